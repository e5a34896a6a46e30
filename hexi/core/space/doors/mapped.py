"""Doors of the place tree from a map: buildings that it has, entrances that are drawn on them, and a stand-in where none is drawn."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely

from hexi.core.space.addresses.reading import half_width, stair_key
from hexi.core.space.contracts import PointBy
from hexi.core.space.datum import LonLat, distance_m, metres_per_degree
from hexi.core.space.doors.assuming import assume_points
from hexi.core.space.doors.contracts import DoorEnd, DoorWish
from hexi.core.space.doors.houses import House, houses_of
from hexi.core.space.doors.keeping import Turned, changed, entered
from hexi.core.space.doors.making import MOVED_M, Below, end_doors
from hexi.core.space.doors.numbering import NAMED_DOORS
from hexi.core.space.ground import rules
from hexi.core.space.ground.comparing import Change
from hexi.core.space.ground.tables import Gate
from hexi.core.space.ground.things import Bad
from hexi.core.space.ground.valid import standing_in
from hexi.core.space.models import Place

WHY = "地图导入"
ON_WALL_M = 2.0
"""An entrance is drawn on the outline itself; so much is left to whoever draws beside it."""
SIDES = (("东门", "East door"), ("北门", "North door"), ("西门", "West door"), ("南门", "South door"))
ASSUMED = "assumed"


@dataclass(frozen=True, slots=True)
class Entrance:
    """One entrance of the map: its own code, which stair it leads to as far as the map says."""

    code: str
    stair: str
    at: LonLat


def follow_map(source: str, bad: list[Bad]) -> Counter[str]:
    """Bring the doors of the tree up to what the map has now; how many are new, moved, gone, and how many stand in. In the caller's
    transaction; `bad` gets what could not be done."""
    houses = houses_of(source, bad)
    doors = _Doors(Below({house.code for house in houses}, PointBy.ENTRANCE))
    by_house = _entrances(source, houses)
    for house in houses:
        doors.of_house(house, by_house.get(house.code, []))
    doors.write()
    doors.counts[ASSUMED] = assume_points([house.code for house in houses], WHY)
    return Counter({key: count for key, count in doors.counts.items() if count})


def _entrances(source: str, houses: Sequence[House]) -> Mapping[str, list[Entrance]]:
    """The entrances on the outline of each house."""
    rows = standing_in(Gate).filter(source=source, kind="entrance").exclude(use__in=rules.rules()["doors"]["not_doors"]).order_by("code")
    columns = rows.values_list("code", "number", "name", "lon", "lat")
    gates = [Entrance(code, number or name, (lon, lat)) for code, number, name, lon, lat in columns]
    found: dict[str, list[Entrance]] = {}
    if not gates or not houses:
        return found
    scale = np.array(metres_per_degree(gates[0].at[1]))
    walls = shapely.boundary(shapely.transform(np.array([house.shape for house in houses], dtype=object), lambda points: points * scale))
    spots = shapely.points(np.array([gate.at for gate in gates]) * scale)
    ones, twos = shapely.STRtree(walls).query_nearest(spots, max_distance=ON_WALL_M, all_matches=False)
    pairs: list[tuple[int, int]] = list(zip(ones.tolist(), twos.tolist(), strict=True))
    for one, two in pairs:
        found.setdefault(houses[two].code, []).append(gates[one])
    return found


@dataclass
class _Doors:
    """The doors of all houses on their way into the tree."""

    below: Below
    counts: Counter[str] = field(default_factory=Counter[str])
    turned: dict[str, Turned] = field(default_factory=dict[str, Turned])
    ends: list[DoorEnd] = field(default_factory=list[DoorEnd])

    def of_house(self, house: House, entrances: Sequence[Entrance]) -> None:
        """What the map says of this house's doors."""
        stand = [row for row in _own(self.below, house.code) if row.valid_to is None]
        if not entrances and not stand:
            self._made(house.code, "", None)
            return
        met = [self._door(house, entrance, stand, alone=len(entrances) == 1) for entrance in entrances]
        codes = {row.code for row in met}
        for row in stand:
            if row.point_by == PointBy.ENTRANCE and row.code not in codes:
                self._lost(row, met)

    def _door(self, house: House, entrance: Entrance, stand: Sequence[Place], *, alone: bool) -> Place:
        known = self._known(entrance, stand, alone=alone)
        if known is None:
            return self._made(house.code, entrance.stair or self._side(house, entrance), entrance.at)
        self._at(known, entrance.at)
        return known

    def _known(self, entrance: Entrance, stand: Sequence[Place], *, alone: bool) -> Place | None:
        number = stair_key(entrance.stair) if entrance.stair else None
        if number is not None:
            return next((row for row in stand if stair_key(row.name) == number), None)
        near = [row for row in stand if row.point_by == PointBy.ENTRANCE and _apart_m(row, entrance.at) <= MOVED_M]
        named = [row for row in stand if entrance.stair and half_width(row.name) == half_width(entrance.stair)]
        return next(iter((*named, *near, *(stand if alone and len(stand) == 1 else ()))), None)

    def _side(self, house: House, entrance: Entrance) -> str:
        """What a door without a number is called: by the side of the house that it is on; a second one there gets a number."""
        middle = house.shape.centroid
        east_m, north_m = metres_per_degree(middle.y)
        angle = math.degrees(math.atan2((entrance.at[1] - middle.y) * north_m, (entrance.at[0] - middle.x) * east_m))
        side: str = SIDES[round(angle / 90) % 4][0]
        taken = {row.name for row in _own(self.below, house.code)}
        return next(name for name in (side, *(f"{side}{n}" for n in range(2, 100))) if name not in taken)

    def _made(self, house: str, name: str, at: LonLat | None) -> Place:
        row, is_new = self.below.part(house, name, DoorWish(house, point=at))
        if is_new:
            self.counts[Change.NEW.value] += 1
        else:
            self.counts[Change.RETURNED.value] += 1
            self.turned[row.code] = Turned(row, {"valid_to": None, "successor": "", **_values(at)})
        return row

    def _at(self, row: Place, at: LonLat) -> None:
        """The point of the map, unless a list gave one nearby: whoever walked there knows better than whoever drew."""
        if (row.lon, row.lat) == at and row.point_by == PointBy.ENTRANCE:
            self.counts["same"] += 1
        elif row.point_by == PointBy.LIST:
            self.counts["kept"] += 1
        else:
            self.counts[Change.MOVED.value] += 1
            self.turned[row.code] = Turned(row, _values(at))

    def _lost(self, row: Place, met: Sequence[Place]) -> None:
        """An entrance that is gone: a stair stays, at a point that is assumed; a door that only the map named ends, the nearest follows."""
        if met and int(row.code[-2:]) >= NAMED_DOORS and row.lon is not None and row.lat is not None:
            here = (row.lon, row.lat)
            self.ends.append(DoorEnd(row.code, self.below.today, min(met, key=lambda each: _apart_m(each, here)).code))
            self.counts[Change.GONE.value] += 1
        else:
            self.turned[row.code] = Turned(row, {"lon": None, "lat": None, "point_by": PointBy.UNSAID.value})

    def write(self) -> None:
        entered(self.below.fresh, WHY)
        changed("renew", list(self.turned.values()), WHY)
        end_doors(self.ends, WHY)


def _own(below: Below, house: str) -> list[Place]:
    """The doors of a house, each once, by code."""
    return sorted({row.code: row for row in below.parts.get(house, {}).values()}.values(), key=lambda row: row.code)


def _values(at: LonLat | None) -> dict[str, Any]:
    return {} if at is None else {"lon": at[0], "lat": at[1], "point_by": PointBy.ENTRANCE.value, "is_drawn": False}


def _apart_m(row: Place, at: LonLat) -> float:
    return float("inf") if row.lon is None or row.lat is None else distance_m((row.lon, row.lat), at)
