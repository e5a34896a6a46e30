"""Simulated orders of the last ninety days, the same for the same seed: labelled as simulated, and the people in them invented."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from hexi.kit import (
    CaseTask,
    Course,
    Limit,
    NewCase,
    Over,
    Progress,
    Replay,
    Reporter,
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
from hexi.scenarios.hotline.grounds import DATA
from hexi.scenarios.hotline.models import Dispute, Exclusion

SEED, SPAN_DAYS, ORDERS = 20260312, 90, 2000
WHY = "模拟数据"
COMMON = {
    "appeal.housing.property": 14, "appeal.traffic.parking": 10, "appeal.noise.life": 8, "appeal.street.litter": 8,
    "appeal.housing.leak": 7, "appeal.market.refund": 7, "appeal.noise.works": 5, "appeal.housing.sewer": 6, "appeal.supply.water": 4,
}  # fmt: skip
RISING, RISES = "appeal.supply.heat", 22
"""The heating season begins within the span: calls about it rise in the last month."""
HOT_SPOTS, REPEATERS, EVENT_CALLS = 40, 60, 5
OTHERS = ("property_centre", "housing_construction", "city_management", "ecology_environment")


def load(progress: Progress) -> None:
    """The tree of appeals, then orders with disputes and exclusions, unless there are any."""
    progress(t("{n} 诉求分类", "{n} categories of appeals").filled(n=load_tree(DATA / "tree.yaml", "hotline")))
    if has_cases("hotline"):
        return
    courses, replay = simulated(timezone.now(), min(ORDERS, sample_size(ORDERS)))
    progress(t("{n} 模拟热线工单", "{n} simulated orders").filled(n=replay.write()))
    progress(t("{n} 退回争议", "{n} disputes").filled(n=insert_sample(Dispute, [row for one in courses for row in one.claims()])))
    progress(t("{n} 剔除申请", "{n} exclusions").filled(n=insert_sample(Exclusion, [row for one in courses for row in one.exclusions])))


def simulated(now: datetime, number: int, doors: list[str] | None = None) -> tuple[list[Life], Replay]:
    """So many orders, lived through but not written."""
    rng = random.Random(SEED)  # noqa: S311  a sample, no secret
    replay = Replay("hotline", now, rng, WHY)
    where = doors if doors is not None else doorway_codes()
    spots = rng.sample(where, min(HOT_SPOTS, len(where)))
    moments = sorted(moments_by_day(rng, now, SPAN_DAYS, number if where else 0))
    chosen = [rng.choice(spots) if rng.random() < 0.15 else rng.choice(where) for _ in moments]
    points, called = points_of(chosen), names(chosen)
    courses: list[Life] = []
    for at, door in zip(moments, chosen, strict=True):
        code = _kind(rng, replay, at, now)
        named = called[door].zh if door in called else "示例地点"
        courses.append(Life(replay, rng, _called(rng, (code, replay.names[code]), (door, named), points.get(door)), at))
    for one in courses:
        one.run()
    return [*courses, *_one_event(replay, rng, where, now)], replay


def _one_event(replay: Replay, rng: random.Random, where: list[str], now: datetime) -> list[Life]:
    """A burst pipe this morning: several calls, still open."""
    if not where:
        return []
    door = rng.choice(where)
    named, point = names([door]).get(door), points_of([door]).get(door)
    kind = ("appeal.supply.water", replay.names["appeal.supply.water"])
    place = (door, named.zh if named else "示例地点")
    return [
        Life(replay, rng, _called(rng, kind, place, point), now - timedelta(minutes=170 - 25 * n)) for n in range(EVENT_CALLS)
    ]  # fmt: skip


def _kind(rng: random.Random, replay: Replay, at: datetime, now: datetime) -> str:
    codes = [code for code in replay.names if code.count(".") == 2]
    lately = now - at < timedelta(days=30)
    return rng.choices(codes, [RISES if code == RISING and lately else COMMON.get(code, 2) for code in codes])[0]


def _called(rng: random.Random, kind: tuple[str, str], where: tuple[str, str], point: tuple[float, float] | None) -> NewCase:
    (code, name), (door, named) = kind, where
    caller = rng.randint(1, REPEATERS) if rng.random() < 0.08 else rng.randint(1000, 99999)
    reporter = Reporter(f"示例·来电人{caller}", f"000{caller:08d}")
    return NewCase(
        "hotline", name, f"模拟数据：来电人反映{named}{name}", code, source="hotline", place=door, point=point, address=f"{named}（模拟）",
        reporter=reporter, answers={"simulated": True},
    )  # fmt: skip


class Life(Course):
    """What happens to one order."""

    def __init__(self, replay: Replay, rng: random.Random, new: NewCase, at: datetime) -> None:
        super().__init__(replay, rng, new, at)
        self.returns: list[tuple[CaseTask, dict[str, Any]]] = []
        self.exclusions: list[dict[str, Any]] = []

    def lived(self) -> None:
        if self._taken():
            self._handled()

    def claims(self) -> list[dict[str, Any]]:
        """Its disputes, now that their tasks are written."""
        return [{**row, "case": self.one.case, "task": task} for task, row in self.returns]

    def _taken(self) -> bool:
        if self.chance(0.12):
            self.step("tell", self.by("taking", 0.1, 0.8))
            return False
        if self.chance(0.03):
            self.one.case.answers = {**self.one.case.answers, "not_taken": {"ground": "beyond", "way": "已告知正确途径（模拟）"}}
            self.step("no_order", self.by("taking", 0.1, 0.9), "超出政府职责范围")
            return False
        self.step("take", self.by("taking", 0.1, 1.02))
        return True

    def _handled(self) -> None:
        self._sent()
        if self.chance(0.09):
            self._claimed()
        self.step("contact", self.by("contacting", 0.1, 0.5 + 0.45 * self.slow))
        if self.chance(0.05):
            self.replay.extend(self.one, "handling", Limit(3, "working_days"), "需多部门会商", "示例·承办员", "示例·派单员")
        if self.chance(0.02):
            self.step("hold", self.by("handling", 0.1, 0.4), "等待产权单位确认")
            self.step("go_on", self.later(24, 200))
        self._answered()
        self._called_back()

    def _sent(self, office: str = "") -> None:
        moment = self.until(self.later(0.1, 3))
        self.replay.send(self.one, "send_out", moment, office or self.one.routed.office or "government_services")
        moment = self.until(self.by("receiving", 0.1, 0.4 + 0.55 * self.slow))
        self.replay.accept(self.one, moment, f"示例·承办员{self.rng.randint(1, 60):02d}")

    def _claimed(self) -> None:
        moment, task = self.by("handling", 0.02, 0.1), self.one.lead_task
        self.until(moment)
        suggested = self.rng.choice([key for key in OTHERS if key != task.office])
        why = "不属本单位职责（模拟）"
        row: dict[str, Any] = {
            "office": task.office, "category": self.one.category, "place": self.one.case.place, "reason": why,
            "basis": f"职责清单第 {self.rng.randint(1, 40)} 条（模拟）", "suggested": suggested, "asked_by": "示例·承办员",
            "asked_at": moment,
        }  # fmt: skip
        decided = moment + timedelta(hours=self.rng.uniform(2, 48))
        if decided > self.replay.now:
            self.returns.append((task, row))
            raise Over
        agreed = self.chance(0.6)
        decision = "权属清楚，改派（模拟）" if agreed else "目录明确由该单位主办（模拟）"
        state = "agreed" if agreed else "refused"
        self.returns.append((task, {**row, "state": state, "decision": decision, "decided_by": "示例·派单员", "decided_at": decided}))
        self.at = decided
        if agreed:
            self.replay.give_back(self.one, decided, why)
            self._sent(suggested)
        else:
            task.designated = True

    def _answered(self) -> None:
        if self.chance(0.02):
            raise Over
        moment = self.until(self.by("handling", 0.3, 0.3 + 0.75 * self.slow))
        self.replay.finish(self.one, moment, "已办理并答复（模拟）")

    def _called_back(self) -> None:
        """Reached or not, solved or not; a matter that is not solved is done again once, or closed as it is."""
        first = True
        while True:
            moment = self.by("calling", 0.1, 0.95)
            self.until(moment)
            reached = self.chance(0.9)
            solved = reached and self.chance(1.0 - 0.16 * self.slow)
            satisfied = reached and self.chance(0.97 if solved else 0.25)
            again = reached and not solved and first and self.chance(0.5)
            said = {"way": "callback", "by": "示例·回访员", "reached": reached, "solved": solved if reached else None,
                    "satisfied": satisfied if reached else None}  # fmt: skip
            key = "redo_after_call" if again else "close_after_call"
            self.replay.verify(self.one, key, moment, "failed" if reached and not solved else "passed", **said)
            if not again:
                self._maybe_excluded(reached=reached, solved=solved)
                return
            first = False
            self._answered()

    def _maybe_excluded(self, *, reached: bool, solved: bool) -> None:
        ground = "not_reached" if not reached else "unreasonable" if not solved else ""
        if not ground or not self.chance(0.4 if ground == "not_reached" else 0.12):
            return
        state = self.rng.choice(("granted", "granted", "refused", "asked"))
        row = {"case": self.one.case, "ground": ground, "reason": "三次联系未通（模拟）" if ground == "not_reached" else "诉求无事实依据（模拟）",
               "state": state, "office": self.one.case.lead, "place": self.one.case.place, "asked_by": "示例·承办员",
               "asked_at": self.at}  # fmt: skip
        self.exclusions.append(row if state == "asked" else {**row, "decided_by": "示例·审核员", "decided_at": self.at, "decision": "已核（模拟）"})
