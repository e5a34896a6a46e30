"""Cut a drawn polygon into many of like size with straight roads that meet the neighbours' roads where they can."""

import math
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.random import Generator
from shapely import LineString, Polygon

from hexi.core.space.generator.sheet import Points

FAR_M = 20_000.0


@dataclass(slots=True)
class Junctions:
    """Points where cuts end; a later cut from the other side of a road prefers to meet them, as real crossings do."""

    reach_m: float
    points: Points = field(default_factory=lambda: np.empty((0, 2)))

    def near(self, point: Points, polygon: Polygon) -> Points:
        """The known junction on the polygon's edge nearest to the point, or the point itself."""
        if not len(self.points):
            return point
        away = np.hypot(*(self.points - point).T)
        for n in np.argsort(away)[:3]:
            if away[n] > self.reach_m:
                break
            if shapely.distance(polygon.exterior, shapely.points(self.points[n])) < 0.1:
                return self.points[n]
        return point

    def add(self, *points: Points) -> None:
        self.points = np.vstack([self.points, *points])


@dataclass(frozen=True, slots=True)
class Halves:
    """The result of one cut: both sides, the cut itself and how well-shaped the worse side is (1 = round)."""

    first: Polygon
    second: Polygon
    start: Points
    end: Points
    shape: float


def halve(polygon: Polygon, share: float, angle: float, junctions: Junctions) -> Halves | None:
    """The polygon cut square to `angle` (radians) so that the first side has about `share` of the area; None when it falls in three."""
    chord = _chord(polygon, share, angle)
    if chord is None:
        return None
    start, end = (junctions.near(point, polygon) for point in chord)
    if np.hypot(*(end - start)) < 5:
        return None
    first, second = _sides(polygon, start, end)
    if not (isinstance(first, Polygon) and isinstance(second, Polygon)):
        return None
    if min(first.area, second.area) < 0.45 * min(share, 1 - share) * polygon.area:
        return None
    return Halves(first, second, start, end, min(roundness(first), roundness(second)))


def roundness(polygon: Polygon) -> float:
    return 4 * math.pi * polygon.area / polygon.length**2


def extent(polygon: Polygon, angle: float) -> float:
    """The polygon's width in metres along the direction."""
    along = shapely.get_coordinates(polygon) @ np.array([math.cos(angle), math.sin(angle)])
    return float(along.max() - along.min())


def best_halves(polygon: Polygon, share: float, turn: float, junctions: Junctions, rng: Generator) -> Halves | None:
    """The best of a few cuts along the street's two directions, tried with a little unsteadiness of the hand."""
    quarter = math.pi / 2
    angles = sorted((turn, turn + quarter), key=lambda angle: -extent(polygon, angle))
    tries: list[Halves] = []
    for angle in angles:
        for side in (share, 1 - share):
            halves = halve(polygon, side, angle + rng.normal(0, 0.035), junctions)
            if halves:
                tries.append(halves)
        if tries and max(each.shape for each in tries) > 0.6:
            break
    if not tries:
        tries = [each for angle in np.linspace(0, math.pi, 9) if (each := halve(polygon, share, turn + angle, junctions))]
    return max(tries, key=lambda each: each.shape + rng.uniform(0, 0.04), default=None)


def _rotation(angle: float) -> Points:
    return np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])


def _chord(polygon: Polygon, share: float, angle: float) -> tuple[Points, Points] | None:
    turned = shapely.transform(polygon, lambda points: points @ _rotation(angle))
    west, south, east, north = turned.bounds
    low, high, wanted = west, east, share * polygon.area
    for _ in range(9):
        middle = (low + high) / 2
        if shapely.clip_by_rect(turned, west - 1, south - 1, middle, north + 1).area < wanted:
            low = middle
        else:
            high = middle
    line = shapely.intersection(turned, LineString([(high, south - 1), (high, north + 1)]))
    if not isinstance(line, LineString) or line.is_empty:
        return None
    ends = shapely.get_coordinates(line) @ _rotation(-angle)
    return ends[0], ends[-1]


def _sides(polygon: Polygon, start: Points, end: Points) -> tuple[object, object]:
    along = (end - start) / np.hypot(*(end - start))
    left = np.array([-along[1], along[0]]) * FAR_M
    back, front = start - along * FAR_M, end + along * FAR_M
    half_plane = Polygon([back, start, end, front, front + left, back + left])
    return shapely.intersection(polygon, half_plane), shapely.difference(polygon, half_plane)
