"""Where people walk in the drawn district: along the edges of its grids, round the inside of every compound, and through its gates.

Our own sketch like everything here: no gate and no path of it was surveyed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely import LineString, Polygon

from hexi.core.space.generator.ground import BANK_ROAD, Feature, largest
from hexi.core.space.generator.sheet import Shapes, in_metres, lines, polygons, to_degrees

STEP_DEGREES = 1e-7
SAME_ROAD_M = 6.0
WALL_TO_LANE_M = 4.0
GATE_TO_STREET_M = 70.0
TWO_GATES_M2 = 6000.0
PLACES_FOR_GATES = 12
SHUT_ONE_IN = 9
"""Ours: of so many compounds with a second gate one keeps it locked, so that there is something to open."""
KINDS = {"primary": "primary", "secondary": "secondary", "tertiary": "tertiary", "residential": "residential", "path": "footway"}
SIDES = (("东门", "east gate"), ("北门", "north gate"), ("西门", "west gate"), ("南门", "south gate"))


@dataclass(frozen=True, slots=True)
class Walkway:
    """A line in degrees; `compound` is the number of the one that it lies in, -1 for a street."""

    kind: str
    line: LineString
    name: str = ""
    name_en: str = ""
    compound: int = -1


@dataclass(frozen=True, slots=True)
class Entrance:
    """A gate of a compound, on its wall and on the path through it (degrees)."""

    compound: int
    name: str
    name_en: str
    at: tuple[float, float]
    is_shut: bool = False


@dataclass(slots=True)
class _Line:
    """A line in metres that gets more corners where others meet it: by metres along it, in degrees."""

    shape: LineString
    kind: str
    name: tuple[str, str] = ("", "")
    compound: int = -1
    corners: list[tuple[float, tuple[float, float]]] = field(default_factory=list[tuple[float, tuple[float, float]]])

    def met(self, point: shapely.Point) -> tuple[float, float]:
        """The corner where a path from this point meets the line."""
        along = shapely.line_locate_point(self.shape, point)
        corner = _corner(shapely.line_interpolate_point(self.shape, along))
        self.corners.append((along, corner))
        return corner

    def drawn(self) -> Walkway:
        points = shapely.get_coordinates(self.shape)
        along = np.hypot(*np.diff(points, axis=0, prepend=points[:1]).T).cumsum()
        own = [(float(at), (float(lon), float(lat))) for at, (lon, lat) in zip(along, to_degrees(points), strict=True)]
        corners = [corner for _, corner in sorted([*own, *self.corners], key=lambda each: each[0])]
        kept = [corner for number, corner in enumerate(corners) if not number or corner != corners[number - 1]]
        return Walkway(self.kind, LineString(kept), *self.name, self.compound)


def walkways(grids: Shapes, plots: Shapes, features: Iterable[Feature]) -> tuple[list[Walkway], list[Entrance]]:
    """All ways on foot, and the gates of the plots (both in degrees, features too)."""
    ground = list(features)
    water = shapely.union_all(in_metres(np.array([each.shape for each in ground if each.kind == "water"], dtype=object)))
    streets = _streets(grids, [each for each in ground if each.kind == "road" and each.rank != "beyond"], water)
    before = _Before(np.array([each.shape for each in streets], dtype=object), water)
    lanes: list[_Line] = []
    paths: list[Walkway] = []
    gates: list[Entrance] = []
    for number, plot in enumerate(polygons(in_metres(plots))):
        lane = largest(shapely.simplify(shapely.buffer(plot, -WALL_TO_LANE_M), 1))
        if lane.is_empty:
            continue
        lanes.append(_Line(LineString(lane.exterior.coords), "service", compound=number))
        for rank, (at, street) in enumerate(before.gates(plot)):
            corner = _corner(at)
            paths.append(Walkway("footway", LineString([lanes[-1].met(at), corner, streets[street].met(at)]), compound=number))
            gates.append(Entrance(number, *_side(plot, at), corner, is_shut=rank > 0 and number % SHUT_ONE_IN == 0))
    return [*(each.drawn() for each in (*streets, *lanes)), *paths], gates


def _streets(grids: Shapes, roads: Sequence[Feature], water: shapely.Geometry) -> list[_Line]:
    """The edges between grids and the road on the bank, cut where they meet. What no road follows is a path, and ends at the water."""
    banks = [each.shape for each in roads if each.name == BANK_ROAD[0]]
    drawn = np.array([*shapely.get_exterior_ring(grids), *banks], dtype=object)
    edges = in_metres(shapely.get_parts(shapely.union_all(drawn, grid_size=STEP_DEGREES)))
    follows = _followed(edges, [in_metres(np.array([each.shape], dtype=object))[0] for each in roads])
    found: list[_Line] = []
    for edge, road in zip(lines(edges), follows, strict=True):
        if road >= 0:
            of = roads[road]
            found.append(_Line(edge, KINDS[of.rank], (of.name, of.name_en)))
        else:
            dry = shapely.get_parts(shapely.difference(edge, water))
            found += [_Line(part, "footway") for part in dry if isinstance(part, LineString) and part.length > 1]
    return found


def _followed(edges: Shapes, roads: Sequence[LineString]) -> list[int]:
    """For each edge the number of the road that runs along its middle, -1 for none."""
    found = np.full(len(edges), -1)
    if roads:
        middles = shapely.line_interpolate_point(edges, np.full(len(edges), 0.5), normalized=True)
        edge, road = shapely.STRtree(np.array(roads, dtype=object)).query_nearest(middles, max_distance=SAME_ROAD_M, all_matches=False)
        found[edge] = road
    return found.tolist()


class _Before:
    """The streets before the walls."""

    def __init__(self, streets: Shapes, water: shapely.Geometry) -> None:
        self._streets, self._water, self._tree = streets, water, shapely.STRtree(streets)

    def gates(self, plot: Polygon) -> list[tuple[shapely.Point, int]]:
        """Where they are, each with the number of its street: one where a street is nearest; a large plot has another, far from it."""
        shares = (np.arange(PLACES_FOR_GATES) + 0.5) / PLACES_FOR_GATES
        places = shapely.line_interpolate_point(plot.exterior, shares, normalized=True)
        number, street = self._tree.query_nearest(places, max_distance=GATE_TO_STREET_M, all_matches=False)
        ways = shapely.shortest_line(places[number], self._streets[street])
        dry = ~shapely.intersects(ways, self._water)
        number, street, metres = number[dry], street[dry], shapely.length(ways[dry])
        if not len(number):
            return []
        chosen = [int(np.argmin(metres))]
        if plot.area > TWO_GATES_M2:
            apart = np.abs(number - number[chosen[0]])
            other = int(np.argmax(np.minimum(apart, PLACES_FOR_GATES - apart) - metres / GATE_TO_STREET_M))
            chosen += [other] if other != chosen[0] else []
        return [(places[int(number[each])], int(street[each])) for each in chosen]


def _side(plot: Polygon, at: shapely.Point) -> tuple[str, str]:
    middle = shapely.centroid(plot)
    return SIDES[round(float(np.arctan2(at.y - middle.y, at.x - middle.x)) / (np.pi / 2)) % 4]


def _corner(point: shapely.Point) -> tuple[float, float]:
    degrees = to_degrees(np.array([[point.x, point.y]]))
    return float(degrees[0, 0]), float(degrees[0, 1])
