"""Simulated cases of the last ninety days, the same for the same seed: labelled as simulated, and the people in them invented."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from hexi.kit import (
    Course,
    Limit,
    NewCase,
    Over,
    Progress,
    Replay,
    doorway_codes,
    has_cases,
    insert_sample,
    load_tree,
    moments_by_day,
    names,
    points_of,
    sample_size,
    t,
)
from hexi.scenarios.urban.life import DATA
from hexi.scenarios.urban.models import Drawing, Recheck
from hexi.scenarios.urban.rechecking import closed_between, sampled, shown

SEED, SPAN_DAYS, CASES = 20260301, 90, 3000
WHY = "模拟数据"
SOURCES = (("grid", 58), ("resident", 20), ("video", 9), ("hotline", 6), ("drone", 4), ("department", 3))
COMMON = {
    "event.look.litter": 16, "event.street.bike": 10, "event.street.shared": 7, "event.look.poster": 8, "event.street.stall": 7,
    "event.look.bulky": 6, "event.street.shopfront": 6, "event.estate.corridor": 5, "part.traffic.pavement": 6, "part.public.lamp": 5,
}  # fmt: skip
DEMO_GRID, NEAR_SHARE = "12010300800106", 0.02
"""Where the demonstration's grid worker walks: some of the cases lie there, so that there is something to do."""
FALSELY, STUCK, PER_OFFICE, DRAWN_DAYS = 0.07, 0.02, 8, 30


def load(progress: Progress) -> None:
    """The tree of types, then cases and one blind drawing, unless there are any."""
    progress(t("{n} 部件和事件类型", "{n} types of parts and events").filled(n=load_tree(DATA / "types.yaml", "urban")))
    if has_cases("urban"):
        return
    now = timezone.now()
    replay = simulated(now, min(CASES, sample_size(CASES)))
    progress(t("{n} 模拟城市管理案件", "{n} simulated cases of city management").filled(n=replay.write()))
    progress(t("{n} 盲检复查", "{n} blind rechecks").filled(n=draw_blindly(now)))


def simulated(now: datetime, number: int, doors: list[str] | None = None) -> Replay:
    """So many cases, lived through but not written."""
    rng = random.Random(SEED)  # noqa: S311  a sample, no secret
    replay = Replay("urban", now, rng, WHY)
    where = doors if doors is not None else doorway_codes()
    near = [door for door in where if door.startswith(DEMO_GRID)]
    chosen = [rng.choice(near if near and rng.random() < NEAR_SHARE else where) for _ in range(number)] if where else []
    points, called = points_of(chosen), names(chosen)
    kinds = _weighted(replay)
    for at, door in zip(sorted(moments_by_day(rng, now, SPAN_DAYS, number)), chosen, strict=True):
        code = rng.choices(*kinds)[0]
        named = called[door].zh if door in called else "示例地点"
        Life(replay, rng, _reported(rng, (code, replay.names[code]), (door, named), points.get(door)), at).run()
    return replay


def _weighted(replay: Replay) -> tuple[list[str], list[int]]:
    codes = [code for code in replay.names if code.count(".") == 2]
    return codes, [COMMON.get(code, 2) for code in codes]


def _reported(rng: random.Random, kind: tuple[str, str], where: tuple[str, str], point: tuple[float, float] | None) -> NewCase:
    source = rng.choices([key for key, _ in SOURCES], [weight for _, weight in SOURCES])[0]
    (code, name), (door, named) = kind, where
    return NewCase(
        "urban", name, f"模拟数据：{named}附近{name}", code, source=source, place=door, point=point, address=f"{named}（模拟）",
        answers={"simulated": True},
    )  # fmt: skip


class Life(Course):
    """What happens to one case of city management."""

    def lived(self) -> None:
        if self._filed():
            self._handled()

    def _filed(self) -> bool:
        if self.one.case.source == "grid" and self.chance(0.2):
            self.step("do_there", self.later(0.2, 0.6))
            return False
        if self.one.case.source != "grid":
            self.step("see_there", self.by("filing", 0.2, 0.7))
        if self.chance(0.06):
            self.step("refuse_filing", self.by("filing", 0.1, 0.9), "现场未发现所报问题")
            return False
        self.step("file_at_once" if self.one.case.state == "reported" else "file", self.by("filing", 0.1, 1.03))
        if self.chance(0.015):
            self.step("void", self.later(0.1, 0.5), "重复登记")
            return False
        return True

    def _handled(self) -> None:
        self._sent()
        if self.chance(0.07):
            self._back()
        if self.chance(0.05):
            self._more_time()
        if self.chance(0.03):
            self._hung()
        self._finished()
        while self.chance(0.06 * self.slow):
            self._checked("fail_check", "failed")
            self._finished()
        self._checked("pass_check", "passed")

    def _sent(self, office: str = "") -> None:
        moment = self.until(self.by("sending", 0.1, 1.05))
        self.replay.send(self.one, "send_out", moment, office or self.one.routed.office or "city_management")
        moment = self.until(self.by("handling", 0.02, 0.15))
        self.replay.accept(self.one, moment, f"示例·处置员{self.rng.randint(1, 60):02d}")

    def _back(self) -> None:
        moment = self.until(self.by("handling", 0.05, 0.2))
        self.replay.give_back(self.one, moment, "不属本单位管养范围")
        self._sent(self.rng.choice(("city_management", "housing_construction", "property_centre")))

    def _more_time(self) -> None:
        self.replay.extend(self.one, "handling", Limit(2, "working_days"), "需协调产权单位", "示例·处置员", "示例·派遣员")

    def _hung(self) -> None:
        self.step("put_off", self.by("handling", 0.1, 0.4), "等待统一改造计划")
        self.step("take_up", self.later(24, 240))

    def _finished(self) -> None:
        if self.chance(STUCK):
            raise Over
        moment = self.until(self.by("handling", 0.2, 0.2 + 0.9 * self.slow))
        self.replay.finish(self.one, moment, "已处置（模拟）")

    def _checked(self, step: str, verdict: str) -> None:
        moment = self.until(self.by("checking", 0.1, 1.02))
        way = self.rng.choice(("photo", "visit"))
        self.replay.verify(self.one, step, moment, verdict, way=way, by=f"示例·核查员{self.rng.randint(1, 20):02d}")



def draw_blindly(now: datetime) -> int:
    """One drawing of what was closed lately, most of it looked at already. Gives the number of places drawn."""
    rng = random.Random(SEED + 1)  # noqa: S311  a sample, no secret
    first = now - timedelta(days=DRAWN_DAYS)
    cases = {case.pk: case for case in closed_between(first, now).select_related("category")}
    population: dict[str, list[int]] = {}
    for number, case in cases.items():
        population.setdefault(case.lead, []).append(number)
    chosen = [number for numbers in sampled(population, PER_OFFICE, SEED).values() for number in numbers]
    if not chosen:
        return 0
    strata = {office: len(numbers) for office, numbers in population.items()}
    insert_sample(Drawing, [{
        "title": "模拟盲检", "title_en": "simulated drawing", "seed": SEED, "first": first, "behind": now, "per_office": PER_OFFICE,
        "strata": strata, "drawn": len(chosen), "by": "示例·派遣员", "at": now,
    }])  # fmt: skip
    drawing = Drawing.objects.latest("pk")
    return insert_sample(Recheck, [{"drawing": drawing, **shown(cases[number]), **_verdict(rng, now)} for number in chosen])


def _verdict(rng: random.Random, now: datetime) -> dict[str, Any]:
    if rng.random() < 0.1:
        return {}
    verdict = rng.choices(("failed", "unclear", "passed"), (FALSELY, 0.02, 0.91 - FALSELY + 0.07))[0]
    return {"state": "judged", "verdict": verdict, "by": f"示例·复查员{rng.randint(1, 6)}", "at": now}
