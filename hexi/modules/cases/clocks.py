"""The clocks of a case: started, stopped and paused by its states, and by nothing else."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from hexi.kernel.case_type import CaseType, LimitRule, Rung
from hexi.kernel.clock import Clock, Limit
from hexi.modules.cases.models import Case, CaseClock
from hexi.modules.cases.tables import district_calendar


@dataclass(frozen=True, slots=True)
class Reading:
    """What the clocks of a case say together: the nearest end and whose it is, whether one ran out, whether all stand still."""

    due_at: datetime | None
    clock: str
    breached: bool
    paused: bool

    def values(self) -> dict[str, Any]:
        """As the case's row keeps it."""
        return {"due_at": self.due_at, "clock": self.clock, "breached": self.breached, "paused": self.paused}


def limit_of(clock: CaseClock) -> Limit:
    """The limit as it was when the clock started."""
    return Limit(clock.amount, clock.unit)  # type: ignore[arg-type]


def first_clocks(case: Case, kind: CaseType, category: str, now: datetime) -> list[CaseClock]:
    """The clocks that run from the beginning, not saved."""
    return [made for clock in kind.clocks if case.state in clock.starts and (made := started(case, kind, clock, category, now))]


def started(case: Case, kind: CaseType, clock: Clock, category: str, now: datetime) -> CaseClock | None:
    """The clock as it begins then, not saved; None where no time is set."""
    calendar = district_calendar()
    rule = kind.limit(clock.key, category, case.urgency, calendar.local(now).date(), case.attention)
    if rule is None:
        return None
    due = rule.limit.due(now, calendar)
    made = CaseClock(case=case, key=clock.key, amount=rule.limit.amount, unit=rule.limit.unit, rule=_told(rule), started_at=now, due_at=due)
    made.next_at = next_call(made, kind.ladder)
    return made


Turned = tuple[list[CaseClock], list[CaseClock]]


def turned(case: Case, kind: CaseType, category: str, clocks: Iterable[CaseClock], now: datetime) -> Turned:
    """What the case's present state does to its clocks: those that changed and those that begin, neither saved."""
    by_key: dict[str, CaseClock] = {one.key: one for one in clocks}
    changed, begun = list[CaseClock](), list[CaseClock]()
    for clock in kind.clocks:
        there = by_key.get(clock.key)
        if there is not None and there.ended_at is None and _turn(there, clock, kind, case.state, now):
            changed.append(there)
        starts = case.state in clock.starts and (there is None or (clock.again and there.ended_at is not None))
        if starts and (fresh := started(case, kind, clock, category, now)):
            begun.append(fresh)
    return changed, begun


def reading(clocks: Iterable[CaseClock]) -> Reading:
    """What they say together."""
    known = list(clocks)
    open_ones = [one for one in known if one.ended_at is None]
    running = [one for one in open_ones if one.due_at is not None and one.paused_at is None]
    nearest = min(running, key=lambda one: one.due_at.timestamp() if one.due_at else math.inf, default=None)
    return Reading(
        nearest.due_at if nearest else None, nearest.key if nearest else "", any(one.breached_at for one in known),
        bool(open_ones) and not running,
    )  # fmt: skip


def extended(clock: CaseClock, more: Limit, kind: CaseType, asked_at: datetime, now: datetime) -> None:
    """Give it more time from its end, not from now: asking early costs nothing. One that stands still has more left when it goes on.

    Whoever asked in time was not late because the answer was: a clock that ran out meanwhile runs again, and its ladder with it.
    """
    if clock.due_at is None:
        return
    calendar, in_time = district_calendar(), asked_at <= clock.due_at
    due = clock.due_at = more.due(clock.due_at, calendar)
    if clock.breached_at is not None and in_time and due > now:
        clock.breached_at, clock.rung = None, sum(call_at(clock, rung) <= now for rung in kind.ladder)
    if clock.paused_at is None:
        clock.next_at = next_call(clock, kind.ladder)
    else:
        clock.left_s = limit_of(clock).left(clock.paused_at, due, calendar).total_seconds()


def shortened(clock: CaseClock, rule: LimitRule, kind: CaseType, now: datetime) -> bool:
    """Give it this limit, counted from now, where that ends sooner; did it? A clock that stands still keeps no more than that."""
    calendar = district_calendar()
    due = rule.limit.due(now, calendar)
    if clock.due_at is None:
        return False
    if clock.paused_at is not None:
        left = rule.limit.left(now, due, calendar).total_seconds()
        if clock.left_s is None or clock.left_s <= left:
            return False
        clock.left_s = left
    elif clock.due_at <= due:
        return False
    clock.amount, clock.unit, clock.rule, clock.due_at = rule.limit.amount, rule.limit.unit, _told(rule), due
    clock.next_at = None if clock.paused_at else next_call(clock, kind.ladder)
    return True


def next_call(clock: CaseClock, ladder: tuple[Rung, ...]) -> datetime | None:
    """When it has something to say next: the coming rung, or nothing once the ladder is at its top."""
    return call_at(clock, ladder[clock.rung]) if clock.rung < len(ladder) and clock.due_at else None


def call_at(clock: CaseClock, rung: Rung) -> datetime:
    """When this rung is reached."""
    assert clock.due_at is not None
    if rung.after:
        return rung.after.due(clock.due_at, district_calendar())
    return clock.due_at - (clock.due_at - clock.started_at) * (1 - rung.share)


def _told(rule: LimitRule) -> dict[str, str]:
    told = {"basis": rule.basis, "source": rule.source, "clause": rule.clause, "category": rule.category}
    told |= {"urgency": rule.urgency, "attention": rule.attention}
    return {key: value for key, value in told.items() if value}


def _turn(one: CaseClock, clock: Clock, kind: CaseType, state: str, now: datetime) -> bool:
    """Stop, end, pause or resume it; did anything change?"""
    if state in clock.stops or kind.lifecycle.state(state).final:
        _end(one, now, met=state in clock.stops)
    elif state in clock.pauses and one.paused_at is None:
        left = limit_of(one).left(now, one.due_at, district_calendar()) if one.due_at else timedelta(0)
        one.paused_at, one.left_s, one.next_at = now, left.total_seconds(), None
    elif state not in clock.pauses and one.paused_at is not None:
        _resume(one, kind, now)
    else:
        return False
    return True


def _end(one: CaseClock, now: datetime, *, met: bool) -> None:
    if met:
        one.met_at = now
        one.breached_at = one.breached_at or (one.due_at if one.paused_at is None and one.due_at and now > one.due_at else None)
    one.ended_at, one.next_at = now, None


def _resume(one: CaseClock, kind: CaseType, now: datetime) -> None:
    due = limit_of(one).resumed(now, timedelta(seconds=one.left_s or 0), district_calendar())
    one.due_at, one.paused_at, one.left_s = due, None, None
    one.next_at = next_call(one, kind.ladder)
