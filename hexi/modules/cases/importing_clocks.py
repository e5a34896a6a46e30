"""Clocks of cases that come from another system while they are still open.

Each clock that can be running in the state where a case stands begins when the case was opened, under the limit of that day. What ran
out before the import is recorded as run out; the rungs that the ladder would have spoken by then are counted as spoken, so that nobody
is called for old time: the import's own report says it once, and only rungs that are still to come speak. A file does not say since
when a case waits, so a clock that stands still is stopped at the import, with what was left then.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from hexi.kernel.case_type import CaseType
from hexi.kernel.catalogue import catalogue
from hexi.kernel.clock import Clock
from hexi.kernel.lifecycle import Lifecycle
from hexi.modules.cases.clocks import call_at, limit_of, next_call, reading, started
from hexi.modules.cases.models import Case, CaseClock, Category
from hexi.modules.cases.tables import district_calendar


def clocks_beside(rows: Sequence[Case]) -> list[CaseClock]:
    """The clocks of those that are open, not saved; the rows themselves say when the next one ends."""
    now, codes = timezone.now(), codes_of(row.category_id for row in rows)  # type: ignore[attr-defined]
    found = list[CaseClock]()
    for row in rows:
        clocks = clocks_of(row, codes.get(row.category_id, ""), now)  # type: ignore[attr-defined]
        for name, value in (reading(clocks).values() if clocks else {}).items():
            setattr(row, name, value)
        found += clocks
    return found


def codes_of(numbers: Any) -> dict[int | None, str]:
    """The codes of these categories."""
    return dict(Category.objects.filter(pk__in={number for number in numbers if number}).values_list("pk", "code"))


def clocks_of(case: Case, category: str, now: datetime) -> list[CaseClock]:
    """The clocks of one case as they stand now, none where it is over."""
    kind = catalogue.case_types[case.kind]
    if kind.lifecycle.state(case.state).final or case.opened_at is None:
        return []
    found = list[CaseClock]()
    for clock in kind.clocks:
        runs = case.state in states_of(kind.lifecycle, clock)
        if runs and (one := started(case, kind, clock, category, case.opened_at)):
            _caught_up(one, clock, kind, case.state, now)
            found.append(one)
    return found


@cache
def states_of(life: Lifecycle, clock: Clock) -> frozenset[str]:
    """The states in which it can be running or stand still: reached from where it starts, with nothing on the way that stops it."""
    barred = {*clock.stops, *(state.key for state in life.states if state.final)}
    found, ahead = set[str](), [key for key in clock.starts if key not in barred]
    while ahead:
        found.add(key := ahead.pop())
        ahead += [step.target for step in life.steps_from(key) if step.target not in barred | found]
    return frozenset(found)


def _caught_up(one: CaseClock, clock: Clock, kind: CaseType, state: str, now: datetime) -> None:
    assert one.due_at is not None
    if state in clock.pauses:
        one.paused_at, one.next_at = now, None
        one.left_s = limit_of(one).left(now, one.due_at, district_calendar()).total_seconds()
        return
    while one.rung < len(kind.ladder) and call_at(one, kind.ladder[one.rung]) <= now:
        one.rung += 1
    one.breached_at = one.due_at if one.due_at <= now else None
    one.next_at = next_call(one, kind.ladder)


def changed_by_somebody(rows: QuerySet[Case]) -> QuerySet[Case]:
    """Those that changed for more than clocks that ran out since the import: each round of the wheel raises the version once."""
    breaches = {rung.key for kind in catalogue.case_types.values() for rung in kind.ladder if rung.is_breach}
    told = Count("supervisions__at", filter=Q(supervisions__rung__in=breaches), distinct=True)
    return rows.filter(version__gt=1).annotate(told=told).filter(version__gt=F("told") + 1)
