"""Hours at which coverage can be asked for, from a data file: an outlet that is closed then does not count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path

import yaml

from hexi.kit import Label, district_calendar, now_context

TIMES = Path(__file__).with_name("times.yaml")
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
ANY = "any"


@dataclass(frozen=True, slots=True)
class Hour:
    """One time of the week; without `at` no time is meant."""

    key: str
    label: Label
    days: frozenset[int]
    at: time | None

    def next(self, now: datetime) -> datetime | None:
        """The next time that it comes, `now` included; None when no time is meant. In local time."""
        if self.at is None:
            return None
        days = (datetime.combine(now.date() + timedelta(days=more), self.at, now.tzinfo) for more in range(len(DAYS) + 1))
        return next(each for each in days if each >= now and each.weekday() in self.days)


@cache
def times() -> dict[str, Hour]:
    """All of them, by key, in the file's order."""
    rows = yaml.safe_load(TIMES.read_text(encoding="utf-8"))
    return {row["key"]: _hour(row) for row in rows}


def _hour(row: dict[str, str]) -> Hour:
    days = frozenset(DAYS.index(day) for day in row.get("days", ()))
    return Hour(row["key"], Label(row["zh"], row["en"]), days, time.fromisoformat(row["at"]) if "at" in row else None)


def moment_of(key: str) -> datetime | None:
    """The next time that this hour comes in the district; None when no time is meant."""
    return times()[key].next(district_calendar().local(now_context().now))


def hour_of(params: Mapping[str, str]) -> str:
    """The hour that a page asks for; any for none of ours."""
    asked = params.get("time", "")
    return asked if asked in times() else ANY
