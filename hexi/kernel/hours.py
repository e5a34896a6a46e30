"""Opening hours as OpenStreetMap writes them, the part of its grammar that shops and gates use.

Understood: `24/7`; rules parted by `;`, each with days (`Mo-Fr`, `Sa,Su`; none for every day) and times (`08:00-12:00,14:00-18:00`, over
midnight too), or `off`; a later rule replaces what an earlier one says of its days. Holidays, months, weeks, sunrise and comments are not:
they are refused, because half understood they would be wrong. The same in Chinese words, as people write them at the desk: 周一至周五
9:00-17:30, 每天, 工作日, 周末, 24小时, 周日休息. Grammar: "Key:opening_hours/specification" in the wiki of OpenStreetMap.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
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
_HAN = re.compile("[\u4e00-\u9fff]")
_SIGNS = (
    ("：", ":"), ("，", ","), ("、", ","), ("；", ";"), ("至", "-"), ("到", "-"), ("—", "-"), ("～", "-"), ("~", "-"), ("星期", "周"), ("礼拜", "周"),
    ("周天", "周日"), ("每天", "Mo-Su "), ("每日", "Mo-Su "), ("工作日", "Mo-Fr "), ("周末", "Sa,Su "), ("24小时营业", "24/7"), ("24小时", "24/7"),
    ("全天", "24/7"), ("不营业", "off"), ("休息", "off"),
)  # fmt: skip
_CHINESE_DAY = re.compile("周([一二三四五六日])")


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

    def spans(self, start: date, days: int) -> list[tuple[int, int]]:
        """When it is open in so many days from `start` on, in minutes after that day's midnight; round the clock is one span."""
        found: list[tuple[int, int]] = []
        # What opened the evening before may be open still.
        for day in range(-1, days):
            shift = day * DAY_MINUTES
            found += [(begin + shift, end + shift) for begin, end in self.week[(start + timedelta(days=day)).weekday()]]
        return _joined([(max(begin, 0), end) for begin, end in found if end > 0])


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for begin, end in sorted(spans):
        if out and begin <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((begin, end))
    return out


@lru_cache(maxsize=4096)
def opening_hours(said: str) -> Hours:
    """The hours that the text means. Raises Invalid, with the rule that is not understood."""
    if not _HAN.search(said):
        return _read(said)
    try:
        return _read(_in_signs(said))
    except Invalid:
        raise _not_understood(said) from None


def _in_signs(said: str) -> str:
    for word, sign in _SIGNS:
        said = said.replace(word, sign)
    plain = _CHINESE_DAY.sub(lambda found: DAYS["一二三四五六日".index(found[1])] + " ", said)
    return re.sub(r"\s*([-,])\s*", r"\1", plain)


def _read(said: str) -> Hours:
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
