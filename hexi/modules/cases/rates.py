"""Rates as data: what is counted, what is left out and in which period; counted by SQL, with its uncertainty and the cases behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Substr

from hexi.kernel.errors import DeclarationError, NotFound
from hexi.kernel.label import Label, t
from hexi.modules.cases.models import Case, CaseClock
from hexi.modules.cases.suspicion import wilson

Terms = Mapping[str, Any]
Fact = Callable[[], Q]
"""What a scenario adds to the words of a rate: a condition on a case, made anew for each statement."""
FEW = 30
"""Ours: with fewer cases than this in the denominator a share is shown with a caution."""
GROUPS: Mapping[str, Any] = {
    "all": None, "office": F("lead"), "street": Substr("place", 1, 9), "community": Substr("place", 1, 12), "category": F("category__code"),
}  # fmt: skip
CLOCK_FACTS = ("started", "met", "in_time", "late", "open_late")
RANGE = {"from": "gte", "to": "lte"}


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` on, until before `behind`."""

    first: datetime
    behind: datetime


@dataclass(frozen=True, slots=True)
class Part:
    """Numerator or denominator in words, and the terms that say the same to the database."""

    label: Label
    where: Terms


@dataclass(frozen=True, slots=True)
class Exclusion:
    """What is left out of a rate, and why."""

    says: Label
    where: Terms


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of cases. The numerator is counted within the denominator; `dated_by` says which moment puts a case into a period."""

    key: str
    label: Label
    formula: Label
    numerator: Part
    denominator: Part
    dated_by: str
    better: str
    basis: str
    source: Label | None = None
    exclusions: tuple[Exclusion, ...] = ()


@dataclass(frozen=True, slots=True)
class Weight:
    """One part of a score; `inverse` counts what is missing to the whole, for rates that should be low."""

    rate: str
    points: float
    inverse: bool = False


@dataclass(frozen=True, slots=True)
class RateTable:
    """The rates of one kind of case, and the score made of them."""

    kind: str
    rates: tuple[Rate, ...]
    weights: tuple[Weight, ...] = ()
    score_basis: str = ""
    score_source: Label | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict[str, Fact])

    def rate(self, key: str) -> Rate:
        """The rate of that key. Raises NotFound."""
        found = {one.key: one for one in self.rates}.get(key)
        if found is None:
            raise NotFound(t("没有这项率", "There is no such rate"), which=key[:40])
        return found


@dataclass(frozen=True, slots=True)
class Tally:
    """Hits of so many, with Wilson's 95 % interval. No share of nothing."""

    hits: int
    of: int

    @property
    def share(self) -> float | None:
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        return wilson(self.hits, self.of)

    @property
    def caution(self) -> bool:
        """Are they too few to say much?"""
        return 0 < self.of < FEW

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.hits + other.hits, self.of + other.of)


Tallies = dict[str, dict[str, Tally]]


def tallies(table: RateTable, cases: QuerySet[Case], period: Period | None, by: str = "all") -> Tallies:
    """Every rate of every group of these cases: {group: {rate: tally}}, one statement per rate. Groups: the keys of GROUPS."""
    found: Tallies = {}
    for rate in table.rates:
        for group, tally in tally_of(table, rate, cases, period, by).items():
            found.setdefault(group, {})[rate.key] = tally
    return found


def tally_of(table: RateTable, rate: Rate, cases: QuerySet[Case], period: Period | None, by: str = "all") -> dict[str, Tally]:
    """One rate of every group."""
    hit = Count("pk", filter=_all(table, rate.numerator.where))
    within = behind(table, rate, cases, period).order_by()
    if by == "all":
        row = within.aggregate(of=Count("pk"), hits=hit)
        return {"": Tally(row["hits"], row["of"])}
    rows = within.annotate(group=GROUPS[by]).values("group").annotate(of=Count("pk"), hits=hit)
    return {row["group"] or "": Tally(row["hits"], row["of"]) for row in rows}


def behind(table: RateTable, rate: Rate, cases: QuerySet[Case], period: Period | None, part: str = "denominator") -> QuerySet[Case]:
    """The cases that a numerator or denominator counts."""
    found = cases.filter(kind=table.kind).filter(_all(table, rate.denominator.where))
    for one in rate.exclusions:
        found = found.filter(~_all(table, one.where))
    if period is not None:
        found = found.annotate(dated=_moment(rate.dated_by)).filter(dated__gte=period.first, dated__lt=period.behind)
    return found.filter(_all(table, rate.numerator.where)) if part == "numerator" else found


def score(table: RateTable, found: Mapping[str, Tally]) -> float | None:
    """Out of a hundred. A part without cases is left out and the others weigh for it; nothing at all has no score."""
    known = [(one, share) for one in table.weights if (tally := found.get(one.rate)) and (share := tally.share) is not None]
    whole = sum(one.points for one, _ in known)
    return 100 * sum(one.points * (1 - share if one.inverse else share) for one, share in known) / whole if whole else None


def ranked(found: Mapping[str, Tally], *, better: str = "up") -> dict[str, int | None]:
    """The place of each group, and None wherever its interval overlaps another's: such an order would be chance.

    Groups with few cases get no place and take nobody else's: their intervals reach over everything.
    """
    known = {key: interval for key, tally in found.items() if (interval := tally.interval) and not tally.caution}
    sign = 1 if better == "up" else -1
    order = sorted(known, key=lambda key: -sign * (found[key].share or 0))
    place = {key: n for n, key in enumerate(order, 1)}
    return {key: place[key] if key in known and not _overlaps(key, known) else None for key in found}


def _overlaps(key: str, known: Mapping[str, tuple[float, float]]) -> bool:
    low, high = known[key]
    return any(other != key and low <= above and below <= high for other, (below, above) in known.items())


def _all(table: RateTable, terms: Terms) -> Q:
    found = Q()
    for name, wanted in terms.items():
        found &= _term(table, name, wanted)
    return found


def _term(table: RateTable, name: str, wanted: Any) -> Q:
    if name in table.facts:
        return table.facts[name]() if wanted else ~table.facts[name]()
    if wanted in CLOCK_FACTS:
        return _clock(name, wanted)
    if isinstance(wanted, dict):
        return Q(**{f"{name}__{RANGE[end]}": value for end, value in wanted.items()})  # type: ignore[reportUnknownVariableType]
    return Q(**{f"{name}__in": wanted}) if isinstance(wanted, list) else Q(**{name: wanted})


def _clock(key: str, fact: str) -> Q:
    """`in_time`: every time that it ran it was stopped before its end; a failed check that starts it anew counts again."""
    runs = CaseClock.objects.filter(case=OuterRef("pk"), key=key)
    late, met = Q(Exists(runs.filter(breached_at__isnull=False))), Q(Exists(runs.filter(met_at__isnull=False)))
    still = Q(Exists(runs.filter(ended_at__isnull=True)))
    match fact:
        case "started":
            return Q(Exists(runs))
        case "met":
            return met & ~still
        case "in_time":
            return met & ~still & ~late
        case "late":
            return late
        case _:
            return Q(Exists(runs.filter(breached_at__isnull=False, ended_at__isnull=True)))


def _moment(dated_by: str) -> Any:
    """A moment of the case's own, or of the newest run of one of its clocks."""
    clock, _, what = dated_by.rpartition(".")
    if not clock:
        return F(what)
    return Subquery(CaseClock.objects.filter(case=OuterRef("pk"), key=clock).order_by("-started_at", "-pk").values(f"{what}_at")[:1])


def check(table: RateTable, clocks: tuple[str, ...], where: str) -> RateTable:
    """The table itself. Raises DeclarationError for terms that are no fact, no clock and no field of a case."""
    fields = {one.name for one in Case._meta.get_fields()}
    for rate in table.rates:
        parts = (rate.numerator.where, rate.denominator.where, *(one.where for one in rate.exclusions))
        for name, wanted in (term for part in parts for term in part.items()):
            known = name in table.facts or (name in clocks if wanted in CLOCK_FACTS else name in fields)
            if not known:
                said = f"{name!r} is no fact {sorted(table.facts)}, clock {clocks} or field of a case"
                raise DeclarationError(f"{where}, rate {rate.key}: {said}.")
    if lost := {one.rate for one in table.weights} - {one.key for one in table.rates}:
        raise DeclarationError(f"{where}: the score speaks of {sorted(lost)}, which are no rates of the table.")
    return table
