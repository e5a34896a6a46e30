"""Simulated findings of invented cameras, behind the simulated cases that say that video found them, so that 疑似问题 can be tried.

Every one is marked as simulated in its title and its evidence: none counts towards the precision of a rule."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from hexi.core.data.api import insert_sample
from hexi.kernel.declare import Progress
from hexi.kernel.label import t
from hexi.modules.cases.models import Case, Suspect

SEED = 20261128
CASES, WAITING = 90, 14
WRONG, OFTEN_WRONG = 0.15, 0.6
"""How often an invented camera is wrong; one of them more than the rest, as in life."""
BAD = 7
COMMUNITY_WIDTH = 12  # digits of a community's code
BY = "示例·陈受理"


def load(progress: Progress) -> None:
    """Unless there are suspicions already, or no such cases."""
    found = Case.objects.filter(source="video", category__isnull=False).select_related("category__parent").order_by("-opened_at", "pk")
    if added := insert_sample(Suspect, simulated(list(found[:CASES]))):
        progress(t("{n} 模拟视频识别", "{n} simulated findings of cameras").filled(n=added))


def simulated(cases: list[Case]) -> Iterator[dict[str, Any]]:
    """For each case the finding that was confirmed, some that were refuted, and a few of the newest that wait."""
    rng = random.Random(SEED)  # noqa: S311  a sample, no secret
    for number, case in enumerate(reversed(cases), 1):  # the newest last, as in life
        if number > len(cases) - WAITING:
            yield _finding(rng, case, "suspected")
            continue
        yield _finding(rng, case, "confirmed")
        if rng.random() < (OFTEN_WRONG if _camera(case) == BAD else WRONG):
            yield _finding(rng, case, "refuted")


def _finding(rng: random.Random, case: Case, state: str) -> dict[str, Any]:
    assert case.category is not None
    assert case.opened_at is not None
    name, kind, at = case.category.name, case.category.parent or case.category, case.opened_at - timedelta(minutes=rng.uniform(2, 40))
    decided = None if state == "suspected" else at + timedelta(minutes=rng.uniform(1, 30))
    return {
        "rule": f"{kind.name}（视频识别）", "device": f"示例·摄像机 {_camera(case):02d}", "kind": case.kind, "title": f"【模拟】疑似{name}",
        "place": case.place, "lon": case.lon, "lat": case.lat, "found_at": at, "state": state,
        "confidence": round(rng.uniform(0.55, 0.8) if state == "refuted" else rng.uniform(0.7, 0.98), 4),
        "evidence": {"simulated": "True", "sentence": f"画面中识别到{name}"}, "decided_by": BY if decided else "", "decided_at": decided,
        "case": case if state == "confirmed" else None,
    }  # fmt: skip


def _camera(case: Case) -> int:
    """Twelve invented cameras, each over some communities."""
    code = case.place[:COMMUNITY_WIDTH]
    return sum(map(int, code[-6:])) % 12 + 1 if code.isdecimal() else 1
