"""Opening hours as people and maps write them, as spans of minutes: OpenStreetMap's usual subset, and the same in Chinese words.

Understood: `Mo-Fr 09:00-17:30; Sa,Su 10:00-16:00`, several times a day, `24/7`, `off`, a time past midnight (`18:00-02:00`), and
周一至周五 9:00-17:30, 每天, 周末, 全天, 24小时, 休息. A later rule takes the place of an earlier one for its days. Rules for public holidays
(`PH`) are passed over: what a shop does on one, nobody here can tell. Whatever else is written is not understood, which is no fault:
then people read the words themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
DAY_M = 1440
Span = tuple[int, int]
Week = tuple[tuple[Span, ...], ...]
"""For each weekday, Monday first, the spans in minutes after its midnight; a span may end after the next one."""
_WORDS = (
    ("：", ":"), ("，", ","), ("、", ","), ("；", ";"), ("至", "-"), ("到", "-"), ("—", "-"), ("–", "-"), ("～", "-"), ("~", "-"),
    ("星期", "周"), ("礼拜", "周"), ("周天", "周日"), ("每天", "mo-su "), ("每日", "mo-su "), ("工作日", "mo-fr "), ("周末", "sa,su "),
    ("24小时营业", "24/7"), ("24小时", "24/7"), ("全天", "24/7"), ("休息", "off"), ("不营业", "off"), ("closed", "off"),
)  # fmt: skip
_CHINESE_DAYS = dict(zip("一二三四五六日", DAYS, strict=True))
_RULE = re.compile(r"^(?P<days>(?:(?:mo|tu|we|th|fr|sa|su|ph)(?:\s*[-,]\s*)?)+)?\s*(?P<times>[\d:\-,\s/]+|off)$")
_TIME = re.compile(r"^(\d{1,2}):(\d\d)-(\d{1,2}):(\d\d)$")
_LATEST_H = 48


def spans(text: str, start: date, days: int) -> list[Span] | None:
    """When it is open from `start` on, in minutes after that day's midnight, for so many days; None for what is not understood."""
    week = _week(text)
    if week is None:
        return None
    found: list[Span] = []
    # What opened the evening before may be open still.
    for day in range(-1, days):
        shift = day * DAY_M
        found += [(opens + shift, closes + shift) for opens, closes in week[(start + timedelta(days=day)).weekday()]]
    return _joined([(max(opens, 0), closes) for opens, closes in found if closes > 0])


def _joined(found: list[Span]) -> list[Span]:
    """Spans that touch are one: who is open round the clock does not close at midnight."""
    out: list[Span] = []
    for opens, closes in sorted(found):
        if out and opens <= out[-1][1]:
            out[-1] = (out[-1][0], max(closes, out[-1][1]))
        else:
            out.append((opens, closes))
    return out


@lru_cache(maxsize=4096)
def _week(text: str) -> Week | None:
    week: list[tuple[Span, ...]] = [()] * 7
    rules = [rule.strip() for rule in _plain(text).split(";") if rule.strip()]
    for rule in rules:
        found = _RULE.match(rule)
        if found is None:
            return None
        days, times = _days(found["days"] or ""), _times(found["times"].strip())
        if days is None or times is None:
            return None
        for day in days:
            week[day] = times
    return tuple(week) if rules else None


def _plain(text: str) -> str:
    said = text.strip().lower()
    for word, plain in _WORDS:
        said = said.replace(word, plain)
    said = re.sub("周([一二三四五六日])", lambda found: _CHINESE_DAYS[found[1]] + " ", said)
    return re.sub(r"\s*([-,])\s*", r"\1", said)


def _days(text: str) -> list[int] | None:
    """Weekdays by number; every day where none is named, none for holidays alone."""
    if not text.strip():
        return list(range(7))
    parts = [part.strip() for part in text.strip(" ,").split(",")]
    found: list[int] = []
    for part in parts:
        if part == "ph":
            continue
        ends = part.split("-")
        if len(ends) > 2 or any(end not in DAYS for end in ends):
            return None
        found += list(_from_to(DAYS.index(ends[0]), DAYS.index(ends[-1])))
    return found


def _from_to(first: int, last: int) -> Iterator[int]:
    yield from ((first + step) % 7 for step in range((last - first) % 7 + 1))


def _times(text: str) -> tuple[Span, ...] | None:
    if text == "off":
        return ()
    if text == "24/7":
        return ((0, DAY_M),)
    found = [_TIME.match(part.strip()) for part in text.split(",")]
    read = [_span(*map(int, one.groups())) for one in found if one is not None]
    return None if len(read) < len(found) or None in read else tuple(one for one in read if one is not None)


def _span(hour: int, minute: int, until_hour: int, until_minute: int) -> Span | None:
    opens, closes = hour * 60 + minute, until_hour * 60 + until_minute
    if max(minute, until_minute) > 59 or hour > 24 or until_hour > _LATEST_H:
        return None
    return opens, closes if closes > opens else closes + DAY_M
