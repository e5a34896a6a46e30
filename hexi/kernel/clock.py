"""Clocks as data: which states start, stop and pause them, and how long a limit is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

from hexi.kernel.calendar import Calendar
from hexi.kernel.checked import checked_name
from hexi.kernel.errors import DeclarationError
from hexi.kernel.label import Label, t
from hexi.kernel.lifecycle import Lifecycle

LimitUnit = Literal["seconds", "minutes", "hours", "days", "working_hours", "working_days"]
UNIT_LABELS: dict[LimitUnit, Label] = {
    "seconds": t("秒", "seconds"), "minutes": t("分钟", "minutes"), "hours": t("小时", "hours"), "days": t("天", "days"),
    "working_hours": t("工作小时", "working hours"), "working_days": t("个工作日", "working days"),
}  # fmt: skip
WALL: dict[LimitUnit, timedelta] = {
    "seconds": timedelta(seconds=1), "minutes": timedelta(minutes=1), "hours": timedelta(hours=1), "days": timedelta(days=1),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limit:
    """A length of time in a unit of its own: 15 minutes run through the night, 5 working days do not count the weekend."""

    amount: int
    unit: LimitUnit

    def __post_init__(self) -> None:
        if self.unit not in get_args(LimitUnit) or self.amount <= 0:
            raise DeclarationError(f"A limit is a whole number above 0 of {', '.join(get_args(LimitUnit))}; got {self.amount} {self.unit}.")

    @property
    def is_working(self) -> bool:
        """Does it count working time only?"""
        return self.unit not in WALL

    def due(self, start: datetime, calendar: Calendar) -> datetime:
        """When it has run out, if it began then."""
        if self.unit == "working_days":
            return calendar.after_days(start, self.amount)
        if self.unit == "working_hours":
            return calendar.add(start, timedelta(hours=self.amount))
        return start + self.amount * WALL[self.unit]

    def left(self, now: datetime, due: datetime, calendar: Calendar) -> timedelta:
        """What is still to run of it, in the time that it counts; nothing when it is over."""
        return calendar.between(now, due) if self.is_working else max(due - now, timedelta(0))

    def resumed(self, now: datetime, left: timedelta, calendar: Calendar) -> datetime:
        """When it has run out, if `left` of it goes on from now."""
        return calendar.add(now, left) if self.is_working else now + left

    def words(self) -> Label:
        unit = UNIT_LABELS[self.unit]
        return t(f"{self.amount} {unit.zh}", f"{self.amount} {unit.en[:-1] if self.amount == 1 else unit.en}")


@dataclass(frozen=True, slots=True)
class Clock:
    """One named clock of a case: it runs from entering a state of `starts` until one of `stops`, and stands still in those of `pauses`.

    Entering a final state that does not stop it ends it as not needed. `again` starts it anew when a state of `starts` comes again.
    """

    key: str
    label: Label
    starts: tuple[str, ...]
    stops: tuple[str, ...]
    pauses: tuple[str, ...] = ()
    again: bool = False

    def __post_init__(self) -> None:
        checked_name("Clock", self.key, self.label)

    def check(self, life: Lifecycle) -> None:
        """Raises DeclarationError where it names states that the life does not have."""
        known = {state.key for state in life.states}
        if unknown := {*self.starts, *self.stops, *self.pauses} - known:
            raise DeclarationError(f"Clock {self.key}: {sorted(unknown)} are no states of {life.key}; it has {sorted(known)}.")
        if both := set(self.starts) & set(self.stops):
            raise DeclarationError(f"Clock {self.key}: {sorted(both)} cannot both start and stop it.")
