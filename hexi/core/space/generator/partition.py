"""Streets, communities and grids: three nested partitions without a gap or an overlap."""

import math
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.random import Generator
from shapely import LineString, Polygon

from hexi.core.space.generator import plan
from hexi.core.space.generator.cutting import Junctions, best_halves
from hexi.core.space.generator.sheet import Numbers, Shapes, bend, bent, in_degrees
from hexi.core.space.generator.skeleton import GRID_M, Road, Skeleton

GRIDS = 1500
# From this many grids on one side of a cut, the cut is a road; below it is a path or only a wall.
ROAD_FROM = {"lanes": 3, "old": 4, "mixed": 4, "new": 5}


@dataclass(frozen=True, slots=True)
class Partition:
    """Grids as polygons in degrees, each with the number of its community and street, and the roads between them (drawn metres)."""

    grids: Shapes
    community: Numbers
    street: Numbers
    roads: tuple[Road, ...]


@dataclass(slots=True)
class _Cutter:
    rng: Generator
    junctions: Junctions
    roads: list[Road]

    def split(self, piece: Polygon, count: int, turn: float, ranks: "_Ranks") -> list[Polygon]:
        """The piece in `count` parts of like area."""
        if count <= 1:
            return [piece]
        part = max(1, min(count - 1, round(count * self.rng.uniform(0.42, 0.58))))
        share = part / count + self.rng.normal(0, 0.02)
        halves = best_halves(piece, share, turn, self.junctions, self.rng)
        if halves is None:
            return [piece]
        self.junctions.add(halves.start, halves.end)
        self.roads.append(Road(LineString([halves.start, halves.end]), ranks.rank(count, self.rng)))
        counts = (part, count - part)
        if (halves.first.area < halves.second.area) != (part <= count - part):
            counts = (count - part, part)
        return [
            *self.split(halves.first, counts[0], turn, ranks),
            *self.split(halves.second, counts[1], turn, ranks),
        ]


@dataclass(frozen=True, slots=True)
class _Ranks:
    """Which kind of road a cut becomes, by how many parts it divides."""

    great: str
    small: str
    none: str
    great_from: int
    small_from: int

    def rank(self, count: int, rng: Generator) -> str:
        if count >= self.great_from:
            return self.great
        return self.small if count >= self.small_from or rng.random() < 0.2 else self.none


def partition(skeleton: Skeleton, rng: Generator) -> Partition:
    cutter = _Cutter(rng, Junctions(reach_m=75), [])
    communities = _communities(skeleton, cutter)
    cutter.junctions.reach_m = 42
    grids: list[Polygon] = []
    owner: list[int] = []
    for number, ((street, piece), count) in enumerate(zip(communities, _grid_counts(communities), strict=True)):
        of = plan.STREETS[street]
        ranks = _Ranks("residential", "residential", "path", 7, ROAD_FROM[of.era])
        turn = math.radians(of.turn) + rng.normal(0, 0.05)
        parts = cutter.split(piece, count, turn, ranks)
        grids += parts
        owner += [number] * len(parts)
    street_of = np.array([street for street, _ in communities])
    order, shapes = _noded(grids)
    community = np.array(owner)[order]
    return Partition(shapes, community, street_of[community], tuple(cutter.roads))


def _communities(skeleton: Skeleton, cutter: _Cutter) -> list[tuple[int, Polygon]]:
    ranks = _Ranks("secondary", "tertiary", "tertiary", 5, 2)
    found: list[tuple[int, Polygon]] = []
    for street, of in enumerate(plan.STREETS):
        pieces = [piece for piece, owner in zip(skeleton.pieces, skeleton.street_of_piece, strict=True) if owner == street]
        for piece, count in zip(pieces, _shares([piece.area for piece in pieces], of.communities), strict=True):
            turn = math.radians(of.turn) + cutter.rng.normal(0, 0.03)
            found += [(street, part) for part in cutter.split(piece, count, turn, ranks)]
    return found


def _shares(areas: list[float], total: int) -> list[int]:
    """Whole numbers in proportion to the areas, at least one each, with the given sum."""
    whole = [area / sum(areas) * total for area in areas]
    counts = [max(1, math.floor(each)) for each in whole]
    while sum(counts) < total:
        short = max(range(len(areas)), key=lambda n: whole[n] - counts[n])
        counts[short] += 1
    while sum(counts) > total:
        long = max((n for n in range(len(areas)) if counts[n] > 1), key=lambda n: counts[n] - whole[n])
        counts[long] -= 1
    return counts


def _grid_counts(communities: list[tuple[int, Polygon]]) -> list[int]:
    weights = [piece.area / plan.STREETS[street].grain_m2 for street, piece in communities]
    return _shares(weights, GRIDS)


def _noded(grids: list[Polygon]) -> tuple[Numbers, Shapes]:
    """The same polygons, bent and in degrees, made anew from shared edges; returns also which polygon each came from.

    Every edge is bent and rounded once and then used by both neighbours: this is what makes the partition exact.
    """
    outlines = shapely.get_exterior_ring(np.array(grids, dtype=object))
    edges = shapely.get_parts(shapely.union_all(outlines, grid_size=GRID_M))
    shapes = shapely.get_parts(shapely.polygonize(in_degrees(bent(edges))))
    marks = shapely.transform(shapely.point_on_surface(np.array(grids, dtype=object)), bend)
    pairs = shapely.STRtree(shapes).query(in_degrees(marks), predicate="within")
    if len(shapes) != len(grids) or len(set(pairs[1])) != len(grids):
        raise ValueError(f"{len(grids)} grids became {len(shapes)} pieces: two lines of the plan run too close to each other.")
    return pairs[0], shapes[pairs[1]]
