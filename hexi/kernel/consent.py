"""What a record allows to be kept of it: by which kind of device, since when, until when, and in which room at which hours not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from hexi.kernel.checked import checked_name, checked_tuple
from hexi.kernel.errors import DeclarationError
from hexi.kernel.label import Label

DAY_HOURS = 24


@dataclass(frozen=True, slots=True)
class Quiet:
    """Whole hours of each day, on the district's clock, in which nothing is kept; 22 to 6 goes over midnight. `room` "": every room.

    A device that does not say its room counts as being in every room.
    """

    from_hour: int
    to_hour: int
    room: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.from_hour < DAY_HOURS or not 0 < self.to_hour <= DAY_HOURS:
            raise DeclarationError(f"Quiet: hours are 0 to 23 and 1 to 24, got {self.from_hour} to {self.to_hour}.")

    def covers(self, hour: int, room: str) -> bool:
        """Is nothing kept of a device in that room at that hour?"""
        before, after = hour < self.to_hour, self.from_hour <= hour
        inside = (after and before) if self.from_hour < self.to_hour else (after or before)
        return inside and (not self.room or not room or room == self.room)


@dataclass(frozen=True, slots=True)
class Allowed:
    """The record's yes to one kind of device: for what was measured from `since` on, and neither measured nor received after `until`."""

    record: int
    device: str
    since: datetime
    until: datetime | None = None
    quiet: tuple[Quiet, ...] = ()


@dataclass(frozen=True, slots=True)
class Consents:
    """Of the records of `on`, private readings are kept only as they allow; silence is no. What is refused is counted and dropped.

    Private are kinds of readings whose privacy class is personal or sensitive; a kind that raises an alarm, such as a call for help, is
    never refused, and neither is what devices of the kinds `free` send. `allowed(records)` gives the yes of these records, at most one for
    each kind of device; `changed(since)` says which records' answers may be others since then. Both are asked several times a second, so
    they answer from an index.
    """

    key: str
    label: Label
    on: type
    allowed: Callable[[Collection[int]], Iterable[Allowed]]
    changed: Callable[[datetime], Iterable[int]]
    free: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        checked_name("Consents", self.key, self.label)
        checked_tuple(f"Consents {self.key}: free=", self.free)
