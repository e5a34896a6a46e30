"""The walking network of the tables, kept ready in one process and brought up to date when somebody asks."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone

from hexi.core.space.ground.streets import streets_of_district
from hexi.core.space.ground.tables import Gate, Way
from hexi.core.space.network.attach import Kerbs
from hexi.core.space.network.contraction import Network, contract, islands
from hexi.core.space.network.profiles import Profile, profile
from hexi.core.space.network.streets import Streets

ISLAND_M = 1000.0
"""Less street than this, joined to nothing, is a fault of the map: nobody is put there."""
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
        self._stamp: Stamp = ()
        self._streets: Streets | None = None
        self._footings: dict[str, Footing] = {}

    def footing(self, walker: str, moment: datetime) -> Footing | None:
        """The network for this walker as it is at that moment; None where there are no streets. Raises NotFound for the walker."""
        day = timezone.localdate(moment)
        with self._lock:
            streets = self._fresh(day)
            if not streets.edges:
                return None
            if walker not in self._footings:
                self._footings[walker] = footing_of(streets, profile(walker, day))
            return self._footings[walker]

    def _fresh(self, day: date) -> Streets:
        stamp = ground_stamp(day)
        if self._streets is None or stamp != self._stamp:
            self._streets, self._stamp = streets_of_district(at=day), stamp
            self._footings.clear()
        return self._streets


def ground_stamp(day: date) -> Stamp:
    """Another one whenever a way or a gate came, changed or went, and every day: things begin and end by day."""
    return day, *(table.objects.aggregate(newest=Max("updated_at"))["newest"] for table in (Way, Gate))


def footing_of(streets: Streets, walker: Profile) -> Footing:
    """Contracted, with the kerbs that this walker may be joined to."""
    network = contract(streets, walker.closed(streets))
    _, is_apart = islands(network, min(ISLAND_M, float(network.graph.mm.sum()) / 2000))
    return Footing(walker, network, Kerbs(network, ~network.closed & ~is_apart))


KEPT = Kept()
