"""What a record's yes means for a device: since when, until when and at which hours what is private may be kept."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np

from hexi.core.sensing.devices.cards import Card
from hexi.kernel.catalogue import catalogue, entity_key
from hexi.kernel.consent import DAY_HOURS, Allowed, Consents
from hexi.kernel.context import now_context
from hexi.kernel.reading import microseconds, moment_of
from hexi.kernel.stream.patterns import kinds_of

PRIVATE = ("personal", "sensitive")
NEVER, ALWAYS = np.iinfo(np.int64).max, np.iinfo(np.int64).min
HOUR_US = 3_600_000_000
TOGETHER = 500
Record = tuple[str, int]


class Leave(NamedTuple):
    """One device's: `free` of questions, or allowed for moments from `since` on and before `until`, in the hours whose bits are set."""

    free: bool
    since: int
    until: int
    hours: int

    def covers(self, moment: int) -> bool:
        """May something private of that moment be kept?"""
        return self.free or (self.since <= moment < self.until and bool(self.hours >> int(hour_of(moment)) & 1))


FREE, CLOSED = Leave(True, ALWAYS, NEVER, (1 << DAY_HOURS) - 1), Leave(False, NEVER, ALWAYS, 0)


def private_kinds() -> set[str]:
    """Kinds of readings that need a yes: the private ones, but for those that raise an alarm. Nobody's call for help waits for a form."""
    calls = {kind.key for alarm in catalogue.alarms.values() for rule in alarm.rules for kind in kinds_of(rule.when)}
    return {key for key, one in catalogue.reading_kinds.items() if one.privacy in PRIVATE} - calls


def asked() -> dict[str, Consents]:
    """Who is asked, by the key of the register whose records readings are about."""
    return {entity_key(one.on): one for one in catalogue.consents.values()}


def record_of(card: Card) -> Record | None:
    """The record that is to be asked about this device; None where nobody is."""
    entity, _, number = card.key.rpartition(":")
    one = asked().get(entity)
    return (entity, int(number)) if one is not None and number.isdecimal() and card.kind not in one.free else None


def answers(entity: str, records: Iterable[int]) -> dict[tuple[int, str], Allowed]:
    """What these records allow, by record and kind of device. What is not there is not allowed."""
    wanted, one = list(records), asked()[entity]
    parts = (wanted[begin : begin + TOGETHER] for begin in range(0, len(wanted), TOGETHER))
    return {(yes.record, yes.device): yes for part in parts for yes in one.allowed(part)}


def leave_of(card: Card, yes: Allowed | None) -> Leave:
    """The record's answer for a device, where it stands."""
    if yes is None:
        return CLOSED
    hours = sum(1 << hour for hour in range(DAY_HOURS) if not any(quiet.covers(hour, card.room) for quiet in yes.quiet))
    return Leave(False, moment_of(yes.since), NEVER if yes.until is None else moment_of(yes.until), hours)


def present_leave(card: Card) -> Leave:
    """Asked in the database, for the few that need it one by one."""
    record = record_of(card)
    return FREE if record is None else leave_of(card, answers(record[0], [record[1]]).get((record[1], card.kind)))


def hour_of(moments: Any) -> Any:
    """The hour of the district's day, of one moment or of many."""
    return (moments + _ahead()) // HOUR_US % DAY_HOURS


@cache
def _ahead() -> int:
    """How far the district's clock is ahead of UTC, in microseconds; its zone has no summer time."""
    context = now_context()
    offset = context.now.astimezone(ZoneInfo(context.zone)).utcoffset()
    return microseconds(offset) if offset else 0
