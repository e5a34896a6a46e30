"""Published statements that do not fit together: found by rules, shown with both sentences, decided by people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TypeVar

from hexi.kernel.label import Label, t
from hexi.modules.projects.contracts import CATEGORY_LABELS, LEVEL_LABELS, STATUS_LABELS, Comparator, Finding, StatedCount, Status
from hexi.modules.projects.days import spoken_day
from hexi.modules.projects.progress import is_met

K = TypeVar("K")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of one subject as somebody printed or entered it. `planned` figures and `done` figures are never compared."""

    subject: str
    label: Label
    value: Decimal
    source: str
    sentence: str = ""
    as_of: date | None = None
    kind: str = "done"
    unit: str = ""
    revision: bool = False
    task: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """One place under one printed name."""

    place: str
    name: str
    source: str
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class DoneClaim:
    """A target of a task that somebody calls done."""

    task: str
    label: Label
    comparator: Comparator
    quantity: Decimal | None
    value: Decimal | None
    source: str
    sentence: str = ""


def uncounted_names(counts: Iterable[StatedCount]) -> Iterator[Finding]:
    """Sentences whose count differs from the names that they list. A list that ends in 等 may be shorter, never longer."""
    for one in counts:
        short = one.named < one.count and not one.open_list
        if short or one.named > one.count:
            said = t("句中计{count}项，列出{named}项", "The sentence counts {count} and names {named}")
            detail = said.filled(count=one.count, named=one.named)
            category = CATEGORY_LABELS[one.category] if one.category else LEVEL_LABELS[one.level]
            which = t("{category}“{status}”的计数与名单", "Count and names of {category}, {status}")
            subject = which.filled(category=category, status=STATUS_LABELS[one.status])
            yield Finding("count_and_names", subject, detail, (one.source,), (one.sentence,))


def two_figures(figures: Iterable[Figure]) -> Iterator[Finding]:
    """The same subject with different plans, or with different results on the same day."""
    for (_, kind, _), found in _grouped(figures, lambda one: (one.subject, one.kind, one.as_of if one.kind == "done" else None)):
        values = sorted({one.value for one in found if not one.revision})
        if len(values) > 1:
            words = t("计划数", "planned") if kind == "planned" else t("完成数", "done")
            detail = t("{what}有{n}种说法：{values}", "{n} versions of the {what} figure: {values}")
            filled = detail.filled(what=words, n=len(values), values=" / ".join(f"{value.normalize():f}" for value in values))
            yield _finding("two_figures", found, filled)


def shrunk_figures(figures: Iterable[Figure]) -> Iterator[Finding]:
    """A cumulative figure that is lower than an earlier one, though nobody revised it."""
    for _, found in _grouped((one for one in figures if one.kind == "done" and one.as_of), lambda one: one.subject):
        ordered = sorted(found, key=lambda one: one.as_of or date.min)
        for earlier, later in pairwise(ordered):
            if later.value < earlier.value and not later.revision and later.as_of != earlier.as_of:
                detail = t("{a}为{x}，{b}降为{y}，没有更正说明", "{x} on {a}, but {y} on {b}, and no revision says why")
                days = {"a": spoken_day(earlier.as_of or date.min), "b": spoken_day(later.as_of or date.min)}
                filled = detail.filled(**days, x=f"{earlier.value:f}", y=f"{later.value:f}")
                yield _finding("figure_fell", (earlier, later), filled)


def spelled_differently(mentions: Iterable[Mention]) -> Iterator[Finding]:
    """One place under several names in the sources."""
    for place, found in _grouped(mentions, lambda one: one.place):
        names = sorted({one.name for one in found})
        if len(names) > 1:
            detail = t("来源中有{n}种写法：{names}", "The sources print {n} names: {names}").filled(n=len(names), names="、".join(names))
            sources = tuple(sorted({one.source for one in found}))
            yield Finding("place_names", t(place, place), detail, sources, _sentences(found))


def done_below_target(claims: Iterable[DoneClaim]) -> Iterator[Finding]:
    """Called done although the figure is below the target."""
    for one in claims:
        if one.value is not None and not is_met(one.comparator, one.quantity, one.value):
            detail = t("称已完成，数字为{value}，目标为{goal}", "Called done with {value}; the target is {goal}")
            filled = detail.filled(value=f"{one.value:f}", goal=one.quantity)
            yield Finding("done_below_target", one.label, filled, (one.source,), (one.sentence,), one.task)


def unlike_records(counts: Iterable[StatedCount], recorded: dict[tuple[str, str, str], int]) -> Iterator[Finding]:
    """Sentences whose count differs from the records of the same month; tasks whose names were lost are among `recorded`."""
    for one in counts:
        have = recorded.get((one.level.value, one.category.value if one.category else "", one.status.value), 0)
        if have != one.count and one.status is not Status.UNKNOWN:
            detail = t("发布计{count}项，台账为{have}项", "{count} were published, {have} are on record").filled(count=one.count, have=have)
            yield Finding("count_and_records", t("计数与台账", "count and records"), detail, (one.source,), (one.sentence,))


def _grouped(rows: Iterable[R], key: Callable[[R], K]) -> Iterator[tuple[K, list[R]]]:
    groups: defaultdict[K, list[R]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    yield from groups.items()


def _finding(rule: str, found: Sequence[Figure], detail: Label) -> Finding:
    sources = tuple(sorted({one.source for one in found}))
    return Finding(rule, found[0].label, detail, sources, _sentences(found), found[0].task)


def _sentences(found: Sequence[Figure | Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.sentence for one in found if one.sentence))
