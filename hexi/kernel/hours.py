"""Opening hours as OpenStreetMap writes them, the part of its grammar that shops and gates use.

Understood: `24/7`; rules parted by `;`, each with days (`Mo-Fr`, `Sa,Su`; none for every day) and times (`08:00-12:00,14:00-18:00`, over
midnight too), or `off`; a later rule replaces what an earlier one says of its days. Holidays, months, weeks, sunrise and comments are not:
they are refused, because half understood they would be wrong. Grammar: "Key:opening_hours/specification" in the wiki of OpenStreetMap.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from hexi.kernel.errors import Invalid, Problem
from hexi.kernel.label import t

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
DAY_MINUTES = 24 * 60
LATEST = 2 * DAY_MINUTES
Spans = tuple[tuple[int, int], ...]
_DAY = "|".join(DAYS)
_RULE = re.compile(rf"(?P<days>(?:{_DAY})(?:-(?:{_DAY}))?(?:\s*,\s*(?:{_DAY})(?:-(?:{_DAY}))?)*)?\s*:?\s*(?P<times>.*)")
_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")
_CLOSED = {"off", "closed"}


@dataclass(frozen=True, slots=True)
class Hours:
    """For each weekday from Monday on the spans that begin on it, in minutes after its midnight; an end may lie on the day after."""

    week: tuple[Spans, ...]

    def open_at(self, moment: datetime) -> bool:
        """Is it open then? The moment in local time."""
        minute, today = moment.hour * 60 + moment.minute, moment.weekday()
        yesterday = minute + DAY_MINUTES
        return any(start <= minute < end for start, end in self.week[today]) or any(
            start <= yesterday < end for start, end in self.week[today - 1]
        )


@lru_cache(maxsize=4096)
def opening_hours(said: str) -> Hours:
    """The hours that the text means. Raises Invalid, with the rule that is not understood."""
    if said.strip() == "24/7":
        return Hours((((0, DAY_MINUTES),),) * len(DAYS))
    week: list[Spans] = [()] * len(DAYS)
    rules = [rule.strip() for rule in said.split(";") if rule.strip()]
    if not rules:
        raise _not_understood(said)
    for rule in rules:
        days, spans = _rule(rule)
        for day in days:
            week[day] = spans
    return Hours(tuple(week))


def _rule(rule: str) -> tuple[list[int], Spans]:
    found = _RULE.fullmatch(rule)
    times = found["times"].strip() if found else ""
    if not found or not times:
        raise _not_understood(rule)
    days = _days(found["days"]) if found["days"] else list(range(len(DAYS)))
    return days, () if times in _CLOSED else tuple(_span(part.strip(), rule) for part in times.split(","))


def _days(said: str) -> list[int]:
    days: list[int] = []
    for part in said.split(","):
        first, _, last = part.strip().partition("-")
        start, end = DAYS.index(first), DAYS.index(last or first)
        # Over the end of the week too: Sa-Mo.
        days += [day % len(DAYS) for day in range(start, (end if end >= start else end + len(DAYS)) + 1)]
    return days


def _span(said: str, rule: str) -> tuple[int, int]:
    found = _SPAN.fullmatch(said)
    if not found:
        raise _not_understood(rule)
    from_hour, from_minute, to_hour, to_minute = (int(each) for each in found.groups())
    start, end = from_hour * 60 + from_minute, to_hour * 60 + to_minute
    end += DAY_MINUTES if end <= start else 0
    if from_minute > 59 or to_minute > 59 or start >= DAY_MINUTES or end > LATEST:
        raise _not_understood(rule)
    return start, end


def _not_understood(rule: str) -> Invalid:
    message = t("营业时间写法无法理解", "These opening hours cannot be read")
    do = t("请写成 Mo-Fr 08:00-18:00; Sa,Su 09:00-17:00 的形式", "Write them like Mo-Fr 08:00-18:00; Sa,Su 09:00-17:00")
    return Invalid([Problem("opening_hours", message, value=rule[:80])], message, do=do)
