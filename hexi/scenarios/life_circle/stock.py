"""What stands in a circle: outlets by kind, how many belong to a chain, and what it lacks of the things that every circle must have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count
from django.utils.timezone import localdate

from hexi.kit import Label, t
from hexi.scenarios.life_circle.kinds import kinds
from hexi.scenarios.life_circle.models import Outlet
from hexi.scenarios.life_circle.rules import Required, table

COMMUNITY_WIDTH = 12
TRADES = frozenset({"basic", "quality"})
"""Schools and bus stops belong to no chain: they count for no rate of chains."""


@dataclass(frozen=True, slots=True)
class Stock:
    """Standing outlets: `counted` by kind; of those in trade how many are a chain's (`chains`) and how many are not (`single`)."""

    counted: Counter[str] = field(default_factory=Counter[str])
    chains: int = 0
    single: int = 0

    @property
    def chain(self) -> float | None:
        """Percent of outlets in trade that belong to a chain, of those of which it is known; None where it is known of none."""
        known = self.chains + self.single
        return round(100 * self.chains / known, 1) if known else None

    def kinds_of(self, group: str = "") -> int:
        """How many kinds of a class there are, of all classes when none is said."""
        return sum(self.counted[kind.key] > 0 for kind in kinds() if kind.group == group or not group)


def stock_by_community() -> dict[str, Stock]:
    """What stands, by community."""
    found: dict[str, Stock] = {}
    trade = {kind.key for kind in kinds() if kind.group in TRADES}
    rows = Outlet.objects.filter(closed_on=None, off_map_on=None).exclude(place="").order_by()
    for place, kind, chain, number in rows.values_list("place", "kind", "chain").annotate(number=Count("id")):
        of = {True: "chains", False: "single"}.get(chain) if kind in trade else None
        more = Stock(Counter({kind: number}), **({of: number} if of else {}))
        found[place[:COMMUNITY_WIDTH]] = _sum(found.get(place[:COMMUNITY_WIDTH], Stock()), more)
    return found


def joined(stock: Mapping[str, Stock], communities: Sequence[str]) -> Stock:
    """What stands in all of them."""
    found = Stock()
    for code in communities:
        found = _sum(found, stock.get(code, Stock()))
    return found


def _sum(one: Stock, other: Stock) -> Stock:
    return Stock(one.counted + other.counted, one.chains + other.chains, one.single + other.single)


def missing_of(counted: Mapping[str, int]) -> list[Required]:
    """What a circle with these outlets lacks of the things that every circle must have."""
    return [row for row in table().required_on(localdate()) if not _is_met(row, counted)]


def _is_met(row: Required, counted: Mapping[str, int]) -> bool:
    if row.kinds_at_least:
        return Stock(Counter(counted)).kinds_of(row.group) >= row.kinds_at_least
    return sum(counted.get(kind, 0) for kind in row.kinds) >= row.count


def label_of(row: Required) -> Label:
    """What is required, in words."""
    if row.kinds_at_least:
        return t("{n} 种基本业态", "{n} basic kinds").filled(n=row.kinds_at_least)
    named = [kind.label for kind in kinds() if kind.key in row.kinds]
    return Label("或".join(each.zh for each in named), " or ".join(each.en for each in named))
