"""The walking network of the tables, kept ready in one process and brought up to date when somebody asks."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils import timezone

from hexi.core.space.ground.streets import streets_of_district
from hexi.core.space.ground.tables import Gate, Way
from hexi.core.space.network.attach import Kerbs
from hexi.core.space.network.contraction import Network, contract, islands
from hexi.core.space.network.profiles import Profile, profile
from hexi.core.space.network.streets import Streets
from hexi.core.space.walks.barring import closed_now
from hexi.core.space.walks.closures import GatesWithHours, closures_at, gates_with_hours, shut_at
from hexi.kernel.ground import Barred

ISLAND_M = 1000.0
"""Less street than this, joined to nothing, is a fault of the map: nobody is put there."""
DAYS, VARIANTS = 2, 16
"""So many days are kept, and of each so many networks: of other walkers, of what is barred now and at an hour that somebody asks about."""
Stamp = tuple[object, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Footing:
    """The network as one kind of walker may use it, and where points are joined to it."""

    walker: Profile
    network: Network
    kerbs: Kerbs


class Kept:
    """What one process keeps. Several threads may ask."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._grounds: dict[Stamp, _Ground] = {}

    def footing(self, walker: str, moment: datetime) -> Footing | None:
        """The network for this walker as it is at that moment; None where there are no streets. Raises NotFound for the walker."""
        with self._lock:
            ground = self._ground(timezone.localdate(moment))
            return ground.footing(walker, moment) if ground.streets.edges else None

    def _ground(self, day: date) -> _Ground:
        stamp = ground_stamp(day)
        if stamp not in self._grounds:
            make_room(self._grounds, DAYS)
            self._grounds[stamp] = _Ground(streets_of_district(at=day), gates_with_hours(day), day)
        return self._grounds[stamp]


@dataclass(slots=True, eq=False)
class _Ground:
    """The streets of one day, and the networks that were made of them: by walker, and by what is barred."""

    streets: Streets
    gates: GatesWithHours
    day: date
    footings: dict[tuple[str, frozenset[Barred]], Footing] = field(default_factory=dict[tuple[str, frozenset[Barred]], Footing])

    def footing(self, walker: str, moment: datetime) -> Footing:
        barred = frozenset(self._barred_at(moment))
        opened = frozenset(each for each in barred if each.opens)
        usual = self._kept((walker, frozenset()), lambda: footing_of(self.streets, profile(walker, self.day)))
        # Behind a gate that opens there may be whole streets; what is closed only cuts, and where points are joined to it stays.
        if opened:
            usual = self._kept((walker, opened), lambda usual=usual: with_opened(usual, opened))
        return self._kept((walker, barred), lambda: with_closed(usual, barred)) if barred != opened else usual

    def _kept(self, key: tuple[str, frozenset[Barred]], made: Callable[[], Footing]) -> Footing:
        if key not in self.footings:
            make_room(self.footings, VARIANTS)
            self.footings[key] = made()
        return self.footings[key]

    def _barred_at(self, moment: datetime) -> Iterable[Barred]:
        yield from shut_at(self.gates, moment)
        yield from closures_at(moment)


def make_room(kept: dict[Any, Any], most: int) -> None:
    """Let the oldest go until one more has room."""
    while len(kept) >= most:
        del kept[next(iter(kept))]


def with_opened(usual: Footing, barred: frozenset[Barred]) -> Footing:
    """The streets behind the opened gates are walked too, and whoever lives there leaves by them."""
    network = usual.network.with_closed(closed_now(usual.network, usual.walker, barred, usual.kerbs))
    return _footing(usual.walker, network, usual.kerbs)


def with_closed(usual: Footing, barred: frozenset[Barred]) -> Footing:
    """Only the chains that hold the closed pieces are made anew."""
    closed = closed_now(usual.network, usual.walker, (each for each in barred if not each.opens), usual.kerbs)
    return replace(usual, network=usual.network.with_closed(closed))


def ground_stamp(day: date) -> Stamp:
    """Another one whenever a way or a gate came, changed or went, and every day: things begin and end by day."""
    return day, *(table.objects.aggregate(newest=Max("updated_at"))["newest"] for table in (Way, Gate))


def footing_of(streets: Streets, walker: Profile) -> Footing:
    """Contracted, with the kerbs that this walker may be joined to."""
    network = contract(streets, walker.closed(streets))
    return _footing(walker, network, Kerbs(network))


def _footing(walker: Profile, network: Network, kerbs: Kerbs) -> Footing:
    _, is_apart = islands(network, min(ISLAND_M, float(network.graph.mm.sum()) / 2000))
    return Footing(walker, network, kerbs.only(~network.closed & ~is_apart))


KEPT = Kept()
