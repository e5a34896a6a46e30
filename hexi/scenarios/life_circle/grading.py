"""Which grade a circle has: the highest of which it meets every criterion, and what it lacks for the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.timezone import localdate

from hexi.kit import Label, t, tuned_context
from hexi.scenarios.life_circle.params import GOOD, POOR
from hexi.scenarios.life_circle.rules import Criterion, table
from hexi.scenarios.life_circle.stock import Stock, missing_of

NONE = t("未达标", "below")
LINES = {"good": GOOD, "poor": POOR}


@dataclass(frozen=True, slots=True)
class Measured:
    """What a circle has, and which share of its people reach a class of kinds."""

    stock: Stock
    share: Callable[[str], float | None]


@dataclass(frozen=True, slots=True)
class Judged:
    """One criterion with what was measured; `value` None where nobody knows: then it is not met."""

    criterion: Criterion
    value: float | None
    least: float
    is_met: bool


@dataclass(frozen=True, slots=True)
class Graded:
    """`key` of the grade, empty for none; every criterion of the table, judged."""

    key: str
    judged: tuple[Judged, ...]


def grade_of(measured: Measured) -> Graded:
    """By the criteria in force today."""
    judged = tuple(_judged(one, measured) for one in table().criteria_on(localdate()))
    reached = ""
    for grade in table().grades:
        if not all(each.is_met for each in judged if each.criterion.grade == grade.key):
            break
        reached = grade.key
    return Graded(reached, judged)


def grade_labels() -> dict[str, Label]:
    """All grades, and none."""
    return {"": NONE, **{grade.key: grade.label for grade in table().grades}}


def _judged(one: Criterion, measured: Measured) -> Judged:
    value, least = MEASURES[one.what](one, measured), least_of(one)
    return Judged(one, value, least, value is not None and value >= least)


def least_of(one: Criterion) -> float:
    """The number to be met: the table's own, or one of the district's two lines."""
    return float(tuned_context().value(LINES[one.line])) if one.line else one.least


MEASURES: Mapping[str, Callable[[Criterion, Measured], float | None]] = {
    # Nothing missing is as good as it can be: minus the number that is missing.
    "required": lambda _, measured: -len([row for row in missing_of(measured.stock.counted) if row.kinds]),
    "kinds": lambda one, measured: measured.stock.kinds_of(one.group),
    "chain": lambda _, measured: measured.stock.chain,
    "share": lambda one, measured: measured.share(one.group),
    "satisfaction": lambda _, __: None,
}
WORDS: Mapping[str, Label] = {
    "required": t("必备业态一项不缺", "nothing required is missing"),
    "kinds": t("{of}不少于 {n} 种", "{of}: {n} at least"),
    "chain": t("连锁化率不低于 {n}%", "share of chains {n} % at least"),
    "share": t("{of}覆盖不低于 {n}%", "{of}: {n} % of the people covered at least"),
    "satisfaction": t("居民满意度不低于 {n}%（平台没有这项调查）", "residents' satisfaction {n} % at least (the platform has no survey)"),
}


def words_of(judged: Judged) -> Label:
    """The criterion in words."""
    of = next((each.label for each in table().classes if each.key == judged.criterion.group), t("业态", "kinds"))
    return WORDS[judged.criterion.what].filled(of=of, n=f"{judged.least:g}")


def now_of(judged: Judged) -> Label:
    """What was measured, in words."""
    if judged.value is None:
        return t("—", "—")
    if judged.criterion.what == "required":
        return t("缺 {n} 项", "{n} missing").filled(n=f"{-judged.value:g}")
    return t("{n}", "{n}").filled(n=f"{judged.value:g}")
