"""Working time of a district: which days people work on, at which hours, and what lies between two moments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

OFFICE_HOURS = ((time(8, 30), time(12, 0)), (time(13, 30), time(17, 30)))
"""Ours, until the district's calendar says its own."""
FURTHEST = timedelta(days=3660)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Holidays are days off whatever the weekday, `workdays` are weekend days on which people work instead (调休).

    `years` are those whose arrangement is known; a day of another year goes by its weekday alone.
    """

    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()
    hours: tuple[tuple[time, time], ...] = OFFICE_HOURS
    zone: str = "Asia/Shanghai"

    def is_working(self, day: date) -> bool:
        """Do people work on this day?"""
        if day in self.workdays:
            return True
        return day.weekday() < 5 and day not in self.holidays

    @property
    def day(self) -> timedelta:
        """How much working time a working day has."""
        lengths = [closes.hour * 60 + closes.minute - opens.hour * 60 - opens.minute for opens, closes in self.hours]
        return timedelta(minutes=sum(lengths))

    def local(self, moment: datetime) -> datetime:
        """The moment on the district's own clock: a day begins and ends there, not in UTC."""
        return moment.astimezone(ZoneInfo(self.zone))

    def close_of(self, day: date) -> datetime:
        """When business ends on that day, in UTC."""
        return self._at(day, self.hours[-1][1])

    def after_days(self, moment: datetime, days: int) -> datetime:
        """The close of business so many working days on; the day of the moment itself does not count (Civil Code, articles 201 and 203)."""
        day = self.local(moment).date()
        for _ in range(days):
            day = self._next_working(day)
        return self.close_of(day)

    def add(self, moment: datetime, span: timedelta) -> datetime:
        """The moment at which `span` of working time has passed."""
        left = span
        for start, end in self._hours_from(moment):
            if left <= end - start:
                return start + left
            left -= end - start
        raise ValueError(f"{span} of working time does not end within ten years of {moment}: the calendar has no working days.")

    def between(self, earlier: datetime, later: datetime) -> timedelta:
        """The working time between two moments; nothing when they stand the other way round."""
        total = timedelta(0)
        for start, end in self._hours_from(earlier):
            if start >= later:
                break
            total += min(end, later) - start
        return total

    def _hours_from(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The stretches of working time from the moment on, in UTC; the first may have begun."""
        day, last = self.local(moment).date(), (moment + FURTHEST).date()
        while day <= last:
            if self.is_working(day):
                for opens, closes in self.hours:
                    start, end = max(self._at(day, opens), moment), self._at(day, closes)
                    if start < end:
                        yield start, end
            day += timedelta(days=1)

    def _next_working(self, day: date) -> date:
        for step in range(1, FURTHEST.days):
            if self.is_working(day + timedelta(days=step)):
                return day + timedelta(days=step)
        raise ValueError(f"No working day follows {day} within ten years.")

    def _at(self, day: date, hour: time) -> datetime:
        return datetime.combine(day, hour, ZoneInfo(self.zone)).astimezone(UTC)
