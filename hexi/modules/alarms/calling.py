"""The ladder: each rung calls its people and waits; where nobody answers the next one is called, and the last is never given up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from hexi.core.data.api import Change
from hexi.core.trust.api import PLATFORM, insert_row, record, ring_after_commit
from hexi.kernel.alarm import Alarm, Call, Whom
from hexi.kernel.catalogue import catalogue
from hexi.modules.alarms.callable import Called, to_call
from hexi.modules.alarms.models import Rescue, RescueCall
from hexi.modules.alarms.telling import tell
from hexi.modules.alarms.whom import Located, whom_of
from hexi.modules.alarms.words import RUNNING
from hexi.modules.cases.api import Case, district_calendar

BATCH = 200


def call_from(change: Change, rescue: Rescue, rung: int, whom: Whom | None = None, *, is_new: bool = False) -> None:
    """Call the people of this rung, or of the first one above it that has anybody, and say until when they are waited for.

    The change has saved `rescue` already; for a new one nobody was called, and it waits as if its first rung had somebody. Whoever
    stands on the last rung is called again each time that its wait is over.
    """
    alarm, now = catalogue.alarms[rescue.alarm], (rescue.raised_at if is_new else None) or timezone.now()
    last = 0 if rescue.is_test else len(alarm.ladder) - 1
    rung, whom = min(rung, last), whom or whom_of(alarm, rescue.subject)
    called = [] if is_new else list(RescueCall.objects.filter(rescue=rescue))
    while not _rung_called(change, rescue, rung, whom, called) and rung < last:
        rung += 1
    at_top = rescue.at_top_at or (now if rung == last and not rescue.is_test else None)
    change.amend(rescue, rung=rung, next_at=after(alarm, alarm.call(rung).key, now), at_top_at=at_top)


def after(alarm: Alarm, wait: str, start: datetime) -> datetime:
    """When this wait is over, if it begins then."""
    calendar = district_calendar()
    return alarm.wait(wait, calendar.local(start).date()).due(start, calendar)


def _rung_called(change: Change, rescue: Rescue, rung: int, whom: Whom | None, known: Sequence[RescueCall]) -> bool:
    """Call everybody of the rung who was not called yet, and again who was and did not answer. Is there anybody?"""
    call = catalogue.alarms[rescue.alarm].call(rung)
    silent = {_key(one): one for one in known if one.rung == rung and one.state == "told"}
    others = {_key(one) for one in known if one.who} - silent.keys()
    people = to_call(call, place_of(rescue), whom, others)
    told = [(_again(change, silent[one.key]) if one.key in silent else _added(change, rescue, rung, call, one), one) for one in people]
    tell(change, rescue, call, told)
    if not told and not any(one.rung == rung for one in known):
        change.create(RescueCall, rescue=rescue, rung=rung, call=call.key, state="nobody", place=rescue.place, told_at=timezone.now())
    return bool(told)


def _key(one: RescueCall) -> int | str:
    return one.account if one.account is not None else one.contact


def _again(change: Change, row: RescueCall) -> RescueCall:
    change.save(row, told_at=timezone.now())
    return row


def _added(change: Change, rescue: Rescue, rung: int, call: Call, one: Called) -> RescueCall:
    walk = one.walk
    row = RescueCall(
        rescue=rescue, rung=rung, call=call.key, who=one.name[:80], relation=one.relation[:80], account=one.account,
        contact=one.contact, place=rescue.place, told_at=timezone.now(), walk_s=round(walk.seconds) if walk else None,
        walk_m=round(walk.metres) if walk else None, exact=bool(walk and walk.exact),
    )  # fmt: skip
    insert_row(row)  # straight to the table: somebody waits
    change.added(row)
    return row


def place_of(rescue: Rescue) -> Located:
    """Where help has to go."""
    point = (float(rescue.lon), float(rescue.lat)) if rescue.lon is not None and rescue.lat is not None else None
    return Located(rescue.place, point, rescue.located)


def escalate() -> int:
    """Every rescue whose wait is over goes on, each in a transaction of its own. Returns how many."""
    due = Rescue.objects.filter(next_at__lte=timezone.now()).order_by("next_at").values_list("pk", flat=True)[:BATCH]
    return sum(_gone_on(number) for number in list(due))


def _gone_on(number: int) -> bool:
    with transaction.atomic():
        rescue = held(number, skip=True)
        if rescue is None or rescue.next_at is None or rescue.next_at > timezone.now():
            return False
        change = Change(PLATFORM, "escalate", record=rescue)
        change.save(rescue, next_at=None)
        if rescue.state in RUNNING[:2]:
            go_on(change, rescue)
        kept(change)
    return True


def kept(change: Change) -> None:
    """Write what happened, and let everybody who watches hear it at once."""
    record(change.viewer, *change.happenings)
    ring_after_commit("stream")


def go_on(change: Change, rescue: Rescue) -> None:
    """The next rung; a test call that nobody answers ends here and says so."""
    from hexi.modules.alarms.ending import test_unanswered

    if rescue.is_test:
        test_unanswered(change, rescue)
    else:
        call_from(change, rescue, rescue.rung + 1)


def held(number: int, *, skip: bool = False) -> Rescue | None:
    """The rescue with its case, both locked, the case first, as every other change of a case does it."""
    case = Rescue.objects.filter(pk=number).values("case_id")
    free = skip and connection.features.has_select_for_update_skip_locked
    if Case.objects.filter(pk__in=case).select_for_update(skip_locked=free).first() is None:
        return None
    return Rescue.objects.select_for_update().filter(pk=number).first()


def release(change: Change, rescue: Rescue, but: Sequence[int] = ()) -> None:
    """Nobody else is needed: whoever was called and did not come is told so."""
    for one in RescueCall.objects.filter(rescue=rescue, state__in=("told", "answered", "coming")).exclude(pk__in=but):
        change.save(one, state="released")
