"""What sensors say: one reading, the kinds that there are, and how late, early or doubled ones are dealt with.

A reading is one number of one kind from one key at one moment. The key says whose it is: a device (`sensing.device:7`) or a record
(`eldercare.elder:12`). Moments are whole microseconds since 1970 in UTC, so that no engine rounds them. Many readings travel as columns:
the Arrow schema READINGS of `hexi.core.sensing`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntFlag
from math import nan
from typing import TYPE_CHECKING, NamedTuple

from hexi.kernel.checked import checked_name, checked_words
from hexi.kernel.errors import DeclarationError
from hexi.kernel.label import Label
from hexi.kernel.units import unit

if TYPE_CHECKING:
    from hexi.kernel.declare import Privacy

LONGEST_KEY = 200
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
PRIVACIES = ("open", "internal", "personal", "sensitive")


class Quality(IntFlag):
    """What is to be known of a reading beside its number; several may be true."""

    GOOD = 0
    TIMED_HERE = 1
    """The device has no clock that can be believed: the moment is when the gateway got it."""
    ESTIMATED = 2
    """Worked out, not measured."""
    IMPLAUSIBLE = 4
    """Outside what its kind can be; kept, and shown to no rule."""
    SIMULATED = 8
    """Invented, for a demonstration or a test."""


class Reading(NamedTuple):
    """One reading. `value` is in the unit of its kind; a position has its longitude there and its latitude in `second` (WGS-84)."""

    key: str
    kind: str
    moment: int
    value: float
    received: int
    second: float = nan
    flags: int = 0


@dataclass(frozen=True, slots=True)
class ReadingKind:
    """A kind of reading: its unit, what is plausible, how late it may come, who may see it and how long it is kept.

    A reading waits `wait` after its arrival for those that belong before it; what comes later than that is kept and evaluated no more.
    One more than `ahead` in the future of its arrival, or more than `back` in its past, is kept and not evaluated. Of two of the same
    key, kind and moment one counts: the larger where both wait, else the first. All of these are counted where people see it.
    """

    key: str
    label: Label
    unit: str = ""
    wait: timedelta = timedelta(0)
    ahead: timedelta = timedelta(minutes=5)
    back: timedelta = timedelta(days=1)
    low: float | None = None
    high: float | None = None
    privacy: Privacy = "internal"
    keep: timedelta = timedelta(days=365)

    def __post_init__(self) -> None:
        checked_name("ReadingKind", self.key, self.label)
        checked_words(f"ReadingKind {self.key}: privacy=", self.privacy, PRIVACIES)
        if self.unit:
            unit(self.unit)
        if min(self.wait, self.ahead) < timedelta(0) or min(self.back, self.keep) <= timedelta(0):
            raise DeclarationError(f"ReadingKind {self.key}: wait= and ahead= are 0 or more, back= and keep= more than 0.")
        if self.wait >= self.back:
            raise DeclarationError(f"ReadingKind {self.key}: wait={self.wait} must be shorter than back={self.back}.")
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise DeclarationError(f"ReadingKind {self.key}: low={self.low} must lie below high={self.high}.")


def microseconds(span: timedelta) -> int:
    """The length of time in whole microseconds."""
    return span // timedelta(microseconds=1)


def moment_of(when: datetime) -> int:
    """The moment in microseconds since 1970, UTC. Raises ValueError for one without a zone."""
    if when.tzinfo is None:
        raise ValueError(f"A moment needs its zone, got {when.isoformat()}: write datetime(…, tzinfo=UTC).")
    return microseconds(when - EPOCH)


def datetime_of(moment: int) -> datetime:
    """The same the other way."""
    return EPOCH + timedelta(microseconds=int(moment))
