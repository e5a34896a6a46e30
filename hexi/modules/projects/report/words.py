"""Days, figures and targets as people write them in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from string import Formatter

from hexi.kernel.label import Label, Language, t
from hexi.modules.projects.contracts import Comparator, TargetFact
from hexi.modules.projects.report.document import Run

NUMERALS = "一二三四五六七八九十"


def plain(value: Decimal) -> str:
    """A number without idle zeros and without an exponent."""
    return f"{value.normalize():f}" if value else "0"


def goal(target: TargetFact) -> Label:
    """The target as the plan printed it, else built from its parts."""
    if target.quantity is None:
        return t("完成", "done")
    amount = measured(target.quantity, target)
    built = {
        Comparator.AT_LEAST: t("不少于{amount}", "at least {amount}"),
        Comparator.ABOUT: t("约{amount}", "about {amount}"),
        Comparator.MORE_THAN: t("超过{amount}", "more than {amount}"),
    }.get(target.comparator, t("{amount}", "{amount}"))
    said = built.filled(amount=amount)
    return t(target.printed, said.en) if target.printed else said


def result(target: TargetFact) -> Label:
    """How far the target is, or that nobody has said."""
    if target.value is not None:
        return measured(target.value, target) if target.quantity is not None else t("已完成", "done")
    return t("表述为已达到，未公布数字", "stated as reached, no figure") if target.met else t("未公布", "not published")


def measured(value: Decimal, target: TargetFact) -> Label:
    """A figure with its unit."""
    unit = target.unit
    return t(f"{plain(value)}{unit.zh}", f"{plain(value)} {unit.en}") if unit else t(plain(value), plain(value))


def percent(share: float | None) -> str:
    """A share in whole per cent, rounded down so that it never says more than is done; a dash when unknown."""
    return "—" if share is None else f"{int(share * 100)}%"


def woven(sentence: Label, language: Language, gaps: Mapping[str, Sequence[Run]]) -> Iterator[Run]:
    """The sentence with its `{gaps}` filled by runs."""
    for text, gap, _, _ in Formatter().parse(sentence.said(language)):
        if text:
            yield Run(text)
        if gap:
            yield from gaps.get(gap, ())


def enumerated(items: Sequence[Run], language: Language) -> list[Run]:
    """The runs as one enumeration."""
    between = Run("、" if language == "zh" else ", ")
    return [run for index, item in enumerate(items) for run in ([between, item] if index else [item])]
