"""The third face of a condition: a sentence in Chinese or English."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, cast

from hexi.kernel import condition as c
from hexi.kernel.context import Param
from hexi.kernel.label import Language
from hexi.kernel.shared import Shared
from hexi.kernel.units import UNITS

ORDER_WORDS: dict[Language, dict[c.Order, str]] = {
    "zh": {"lt": "小于", "le": "不超过", "gt": "大于", "ge": "不小于", "eq": "是", "ne": "不是"},
    "en": {"lt": "is below", "le": "is at most", "gt": "is above", "ge": "is at least", "eq": "is", "ne": "is known and is not"},
}
MOMENT_WORDS: dict[Language, dict[c.Order, str]] = {
    "zh": {"lt": "早于", "le": "不晚于", "gt": "晚于", "ge": "不早于", "eq": "是", "ne": "不是"},
    "en": {"lt": "is before", "le": "is not after", "gt": "is after", "ge": "is not before", "eq": "is", "ne": "is known and is not"},
}


def say(cond: c.Cond, language: Language) -> str:
    """The condition in words. Raises TypeError for a kind of condition that has none."""
    for kind, speaker in SPEAKERS.items():
        if isinstance(cond, kind):
            return speaker(cond, language)
    raise TypeError(f"No words for {type(cond).__name__}: add them to hexi/kernel/condition_words.py.")


def value_words(value: Any, unit: str, language: Language) -> str:
    """One value as people write it."""
    match value:
        case Param():
            value = cast("Param[Any]", value)
            tuned = {"zh": "（可调 {low} 至 {high}）", "en": " (tunable, {low} to {high})"}[language]
            low, high = value_words(value.low, unit, language), value_words(value.high, unit, language)
            return value_words(value.default, unit, language) + tuned.format(low=low, high=high)
        case c.Column():
            return _quoted(value.label.said(language), language)
        case bool():
            return {"zh": "是" if value else "否", "en": "yes" if value else "no"}[language]
        case timedelta():
            return span_words(value, language)
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M")
        case date():
            return value.isoformat()
        case _:
            return f"{value}{_unit(unit, language)}"


def _meant(column: c.Column[Any], value: Any, language: Language) -> str:
    """A value of a column: the label of its key where the column has a closed list."""
    label = column.words.get(value) if isinstance(value, str) else None
    return label.said(language) if label else value_words(value, column.unit, language)


def span_words(span: timedelta, language: Language) -> str:
    """A length of time in the largest unit that keeps it a short number: days where they are whole, else hours, minutes or seconds."""
    seconds = span.total_seconds()
    number, zh, en = (
        (span.days, " 天", "day") if seconds % 86400 == 0
        else (seconds / 3600, " 小时", "hour") if abs(seconds) >= 3600
        else (seconds / 60, " 分钟", "minute") if seconds % 60 == 0
        else (seconds, " 秒", "second")
    )  # fmt: skip
    return f"{number:g}{zh}" if language == "zh" else f"{number:g} {en}{'' if number == 1 else 's'}"


def _unit(key: str, language: Language) -> str:
    if key not in UNITS:
        return ""
    sign = UNITS[key].label.said(language)
    return sign if sign == "%" else f" {sign}"


def _quoted(name: str, language: Language) -> str:
    return f"「{name}」" if language == "zh" else name


def _joined(word: dict[Language, str]) -> Callable[[Any, Language], str]:
    def speak(cond: Any, language: Language) -> str:
        around: c.Both | c.Either = cond
        return word[language].join(_grouped(part, type(around), language) for part in (around.left, around.right))

    return speak


def _grouped(part: c.Cond, around: type, language: Language) -> str:
    words = say(part, language)
    mixed = isinstance(part, c.Both | c.Either) and type(part) is not around
    return (f"（{words}）" if language == "zh" else f"({words})") if mixed else words


def _compare(cond: c.Compare, language: Language) -> str:
    table = MOMENT_WORDS if isinstance(cond.column, c.MomentColumn) else ORDER_WORDS
    gap = "" if language == "zh" else " "
    named = _quoted(cond.column.label.said(language), language)
    return f"{named}{gap}{table[language][cond.order]}{' '}{_meant(cond.column, cond.value, language)}".replace("  ", " ")


def _older(cond: c.OlderThan, language: Language) -> str:
    span, named = value_words(cond.span, "", language), _quoted(cond.column.label.said(language), language)
    if language == "zh":
        return f"{named}距今超过 {span}" + ("或从未有过" if cond.missing else "")
    return f"{named} was more than {span} ago" + (" or never" if cond.missing else "")


def _aged(cond: c.Aged, language: Language) -> str:
    years, named = value_words(cond.years, "", language), _quoted(cond.column.label.said(language), language)
    return f"按{named}满 {years} 周岁" if language == "zh" else f"at least {years} years old by {named}"


def _template(zh: str, en: str) -> Callable[[Any, Language], str]:
    def speak(cond: Any, language: Language) -> str:
        column, words = cond.column, {"zh": zh, "en": en}[language]
        gaps = {
            "name": _quoted(column.label.said(language), language),
            "value": "",
            "piece": getattr(cond, "piece", ""),
            "code": getattr(cond, "code", ""),
        }
        if isinstance(cond, c.OneOf | Shared):
            gaps["value"] = {"zh": "、", "en": ", "}[language].join(_meant(column, v, language) for v in cond.values)
        return words.format(**gaps)

    return speak


def _fixed(zh: str, en: str) -> Callable[[Any, Language], str]:
    return lambda cond, language: zh if language == "zh" else en


def _flag(cond: Any, language: Language) -> str:
    return _quoted(cond.label.said(language), language)


def _not(cond: c.Not, language: Language) -> str:
    inner = say(cond.inner, language)
    return f"并非（{inner}）" if language == "zh" else f"not ({inner})"


SPEAKERS: dict[type, Callable[[Any, Language], str]] = {
    c.Both: _joined({"zh": "且", "en": " and "}),
    c.Either: _joined({"zh": "或", "en": " or "}),
    c.Not: _not,
    c.FlagColumn: _flag,
    c.Compare: _compare,
    c.OlderThan: _older,
    c.Aged: _aged,
    c.OneOf: _template("{name}是 {value} 之一", "{name} is one of {value}"),
    Shared: _template("{name}中有 {value} 之一", "one of {value} is among {name}"),
    c.Has: _template("{name}含有「{piece}」", "{name} contains “{piece}”"),
    c.Missing: _template("{name}未填写", "{name} is missing"),
    c.Within: _template("{name}在 {code} 范围内", "{name} lies within {code}"),
    c.Everything: _fixed("全部", "all"),
    c.Nothing: _fixed("没有一项", "none"),
}
