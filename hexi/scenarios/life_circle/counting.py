"""The job that keeps the stored coverage up to date, and how it is read."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.utils import timezone

from hexi.kit import Job, asked_of_walks, hours, t
from hexi.scenarios.life_circle import walked
from hexi.scenarios.life_circle.models import Outlet
from hexi.scenarios.life_circle.models_circle import Computed
from hexi.scenarios.life_circle.stamping import stamp
from hexi.scenarios.life_circle.times import ANY

COVERAGE, GAPS, GATES = "coverage", "gaps", "gates"


def count(topics: frozenset[str]) -> None:
    """Have computed and store what changed since. The clock computes in any case: people move without a notice that means a figure."""
    known = Computed.objects.filter(key=COVERAGE).values_list("stamp", flat=True).first()
    if topics and known == stamp():
        return
    if not Outlet.objects.exists():
        Computed.objects.all().delete()
        return
    found = asked_of_walks(walked.COVERAGE, time=ANY, barred=[], at="")
    keep(COVERAGE, found["stamp"], found)
    keep(GAPS, found["stamp"], asked_of_walks(walked.GAPS, at=found["stamp"]))


def rank_gates(_: frozenset[str]) -> None:
    """Every day: many ways are opened one after the other, which takes longer than anybody waits."""
    if Outlet.objects.exists():
        keep(GATES, stamp(), asked_of_walks(walked.GATES))


def keep(key: str, stamp: str, content: dict[str, Any]) -> None:
    Computed.objects.update_or_create(key=key, defaults={"stamp": stamp, "at": timezone.now(), "content": content})


def kept(key: str) -> dict[str, Any] | None:
    """What was computed last, with `at` beside it; None before the first time. Read-only: others read the same."""
    at = Computed.objects.filter(key=key).values_list("at", flat=True).first()
    return None if at is None else _read(key, at.isoformat())


@lru_cache(maxsize=4)
def _read(key: str, at: str) -> dict[str, Any]:
    row = Computed.objects.get(key=key)
    return {**row.content, "at": at, "stamp": row.stamp}


TOPICS = ("life_circle.outlet", "life_circle.circlecommunity")
JOBS = (
    Job("count_coverage", t("计算步行覆盖", "coverage on foot"), count, every=hours(24), topics=TOPICS),
    Job("rank_gates", t("排列可开放的大门", "gates that would help"), rank_gates, every=hours(24)),
)
