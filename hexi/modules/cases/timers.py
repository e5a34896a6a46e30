"""The wheel: clocks that come to a rung of the ladder are told once each, in the order of their time, and survive every restart."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from hexi.core.data.api import describe, snapshot
from hexi.core.trust.api import PLATFORM, Happening, insert_numbered, record
from hexi.kernel.case_type import Rung
from hexi.kernel.catalogue import catalogue
from hexi.modules.cases.clocks import call_at, next_call
from hexi.modules.cases.models import Case, CaseClock, Supervision

BATCH = 500
BATCHES = 40
"""So many in one go, so that a worker that is told to stop stops."""
NEEDED = ("kind", "place", "lead", "organisations", "version")


@dataclass
class Round:
    """What one batch does."""

    supervisions: list[Supervision] = field(default_factory=list[Supervision])
    breached: set[int] = field(default_factory=set[int])
    told: list[Happening] = field(default_factory=list[Happening])


def fire(now: datetime | None = None) -> int:
    """Tell all that is due, or the most overdue of very many: whoever calls looks again at once. Returns how many clocks spoke."""
    total = 0
    for _ in range(BATCHES):
        total += (spoke := _batch(now or timezone.now()))
        if not spoke:
            break
    return total


def _batch(now: datetime) -> int:
    """The next batch in one transaction. Cases are locked before their clocks, as every other change does it."""
    due = list(CaseClock.objects.filter(next_at__lte=now).order_by("next_at").values_list("case_id", flat=True)[:BATCH])
    if not due:
        return 0
    with transaction.atomic():
        free = Case.objects.filter(pk__in=due).order_by("pk").only(*NEEDED)
        cases = {case.pk: case for case in free.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)}
        clocks = list(CaseClock.objects.filter(case_id__in=cases, next_at__lte=now).order_by("next_at"))
        found = Round()
        for clock in clocks:
            speak(clock, cases[clock.case_id], now, found)  # type: ignore[attr-defined]
        _keep(clocks)
        insert_numbered(found.supervisions)
        Case.objects.filter(pk__in=found.breached).update(breached=True, version=F("version") + 1)
        called = Happening("supervise", "cases.supervision", 0, after={"rows": len(found.supervisions)})  # one call to look again for all
        record(PLATFORM, *found.told, *map(_called, found.supervisions), *((called,) if found.supervisions else ()))
    return len(clocks)


def _keep(clocks: list[CaseClock]) -> None:
    """Straight to the table: Django's own way of changing many rows takes longer than all the rest of a batch."""
    moment = connection.ops.adapt_datetimefield_value
    rows = [(one.rung, moment(one.next_at), moment(one.breached_at), one.pk) for one in clocks]
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE cases_caseclock SET rung = %s, next_at = %s, breached_at = %s WHERE id = %s", rows)


def speak(clock: CaseClock, case: Case, now: datetime, found: Round) -> None:
    """Every rung that the clock has come to; several at once when nobody looked for a while."""
    kind = catalogue.case_types.get(case.kind)
    ladder = kind.ladder if kind else ()
    while clock.rung < len(ladder) and clock.due_at and call_at(clock, ladder[clock.rung]) <= now:
        rung = ladder[clock.rung]
        clock.rung += 1
        found.supervisions.append(_supervision(clock, case, rung, now))
        if rung.is_breach:
            clock.breached_at = clock.due_at
            found.breached.add(case.pk)
        found.told.append(_happening(clock, case, rung))
    clock.next_at = next_call(clock, ladder)


def _supervision(clock: CaseClock, case: Case, rung: Rung, now: datetime) -> Supervision:
    return Supervision(case=case, rung=rung.key, clock=clock.key, due_at=clock.due_at, at=now, office=case.lead, place=case.place)


def _called(row: Supervision) -> Happening:
    """The row's beginning, told to nobody: those who watch hear of its case."""
    about = describe(Supervision)
    after = snapshot(about, row)
    return Happening(
        "supervise", about.key, row.pk, after=after, place=row.place, organisation=row.office, version=row.version, silent=True
    )


def _happening(clock: CaseClock, case: Case, rung: Rung) -> Happening:
    after: dict[str, Any] = {"clock": clock.key, "due_at": clock.due_at, **({"breached": True} if rung.is_breach else {})}
    return Happening(
        f"clock_{rung.key}", "cases.case", case.pk, after=after, place=case.place, organisation=case.organisations,
        version=case.version + int(rung.is_breach),
    )  # fmt: skip
