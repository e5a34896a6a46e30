"""Water, green and roads of the drawn district, in metres after the bend; what no building may stand on."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.random import Generator
from shapely import LineString, Polygon

from hexi.core.space.generator import plan
from hexi.core.space.generator.partition import Partition
from hexi.core.space.generator.sheet import Numbers, Points, Shapes, bend, bent, in_metres, lines
from hexi.core.space.generator.skeleton import Road, Skeleton

# Half of the room that a road takes between two plots, pavements included.
HALF_WIDTH_M = {"primary": 23.0, "secondary": 17.0, "tertiary": 12.0, "residential": 7.5, "path": 3.0, "beyond": 0.0}
RIVER_HALF_M = 66.0
BANK_M = 46.0
CANAL_HALF_M = 10.0
BANK_ROAD = ("示例沿河路", "Sample Embankment Road")


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing of the base map: `kind` road, water or green, and its class within the kind."""

    kind: str
    rank: str
    shape: Polygon | LineString
    name: str = ""
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """`park_of_grid` is -1 where a grid is no park; `closed` is what buildings keep off, one shape per obstacle."""

    features: tuple[Feature, ...]
    park_of_grid: Numbers
    closed: Shapes
    major_roads: Shapes


def ground(skeleton: Skeleton, partition: Partition, rng: Generator) -> Ground:
    grids = in_metres(partition.grids)
    river_line = lines(bent(_one(skeleton.river)))[0]
    district = shapely.buffer(shapely.coverage_union_all(grids), 0)
    bank_road = _bank_road(river_line, district)
    roads = [Road(lines(bent(_one(road.line)))[0], road.rank, road.name, road.name_en) for road in (*skeleton.roads, *partition.roads)]
    roads.append(bank_road)
    canals = [(name, name_en, lines(bent(_one(LineString(points))))[0]) for name, name_en, points in plan.CANALS]
    river = _river(river_line)
    water = [Feature("water", "river", river, "海河（示意）", "Hai River (sketch)")]
    water += [Feature("water", "canal", shapely.buffer(line, CANAL_HALF_M), name, name_en) for name, name_en, line in canals]
    park_of_grid, parks = _parks(grids, roads, [river, *(shapely.buffer(line, 24) for _, _, line in canals)], rng)
    closed = [shapely.buffer(road.line, HALF_WIDTH_M[road.rank]) for road in roads if road.rank != "beyond"]
    closed += [shapely.buffer(river_line, RIVER_HALF_M + BANK_M + 24), *(shapely.buffer(line, 24) for _, _, line in canals)]
    strips = _strips(river_line, river, canals, district, roads)
    features = (*water, *parks, *strips, *_road_features(roads, parks, shapely.buffer(river_line, RIVER_HALF_M + BANK_M)))
    majors = [road.line for road in roads if road.rank in ("primary", "secondary", "tertiary")]
    return Ground(features, park_of_grid, np.array(closed, dtype=object), np.array(majors, dtype=object))


def _one(shape: LineString) -> Shapes:
    return np.array([shape], dtype=object)


def largest(shape: shapely.Geometry) -> Polygon:
    """The largest polygon of a result that may have fallen apart; an empty polygon when nothing is left."""
    parts = [part for part in shapely.get_parts(shape) if isinstance(part, Polygon)]
    return max(parts, key=shapely.area, default=Polygon())


def _river(line: LineString) -> Polygon:
    """The river's surface: its banks swing a little nearer and farther, as banks do."""
    line = shapely.segmentize(line, 40)
    points = shapely.get_coordinates(line)
    along = np.hypot(*np.diff(points, axis=0, prepend=points[:1]).T).cumsum()
    ahead: Points = np.gradient(points, axis=0)
    normal = np.column_stack([-ahead[:, 1], ahead[:, 0]]) / np.hypot(ahead[:, 0], ahead[:, 1])[:, None]
    left = RIVER_HALF_M + 9 * np.sin(along / 410) + 5 * np.sin(along / 170 + 1)
    right = RIVER_HALF_M + 8 * np.sin(along / 530 + 2) + 4 * np.sin(along / 150)
    ring = np.vstack([points + normal * left[:, None], (points - normal * right[:, None])[::-1]])
    return shapely.simplify(Polygon(ring), 0.5)


def _bank_road(river: LineString, district: Polygon) -> Road:
    beside = shapely.offset_curve(river, -(RIVER_HALF_M + BANK_M))
    inside = shapely.intersection(beside, district)
    line = max(shapely.get_parts(shapely.line_merge(inside)), key=shapely.length)
    return Road(line, "secondary", *BANK_ROAD)


def _parks(grids: Shapes, roads: list[Road], wet: list[Polygon], rng: Generator) -> tuple[Numbers, list[Feature]]:
    centres = shapely.get_coordinates(shapely.centroid(grids))
    of_grid = np.full(len(grids), -1)
    great = [shapely.buffer(road.line, HALF_WIDTH_M[road.rank]) for road in roads if road.rank in ("primary", "secondary")]
    keep_off = shapely.union_all(np.array([*great, *wet], dtype=object))
    features: list[Feature] = []
    for number, park in enumerate(plan.PARKS):
        middle = bend(np.array([park.at], dtype=float))[0]
        chosen = np.hypot(*(centres - middle).T) < park.radius_m
        lawn = largest(shapely.difference(shapely.union_all(grids[chosen]), keep_off))
        within = shapely.area(shapely.intersection(grids, lawn)) > 0.4 * shapely.area(grids)
        of_grid[within & (of_grid < 0)] = number
        features.append(Feature("green", "park", shapely.simplify(lawn, 1), park.name, park.name_en))
        if park.lake:
            lake = lake_in(lawn, park.lake, rng)
            features.append(Feature("water", "lake", lake, _lake_name(park.name), park.name_en + " lake"))
    return of_grid, features


def _lake_name(park: str) -> str:
    return park.removesuffix("公园").removesuffix("园").removesuffix("湖") + "湖"


def lake_in(lawn: Polygon, share: float, rng: Generator) -> Polygon:
    """A shore with bays for about the share of the lawn, sometimes with an island."""
    room = largest(shapely.buffer(lawn, -26))
    wanted = share * lawn.area
    middle = np.array(shapely.get_coordinates(shapely.centroid(room))[0])
    turn = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    ripple = np.ones_like(turn)
    for k in (2, 3, 4, 5):
        ripple += rng.uniform(0.05, 0.26) / k**0.6 * np.sin(k * turn + rng.uniform(0, 6.3))
    low, high = 5.0, 1500.0
    shore = room
    for _ in range(14):
        radius = (low + high) / 2
        blob = Polygon(middle + (radius * ripple)[:, None] * np.column_stack([np.cos(turn), np.sin(turn)]))
        shore = largest(shapely.intersection(room, shapely.buffer(blob, 0)))
        low, high = (radius, high) if shore.area < wanted else (low, radius)
    shore = largest(shapely.buffer(shapely.buffer(shapely.buffer(shore, -18), 36), -18))
    return shapely.simplify(_with_island(shore, rng), 1.2)


def _with_island(shore: Polygon, rng: Generator) -> Polygon:
    if shore.area < 60_000:
        return shore
    west, south, east, north = shore.bounds
    for _ in range(12):
        middle = rng.uniform(west, east), rng.uniform(south, north)
        place = Polygon(_oval(middle, rng.uniform(28, 55), rng.uniform(0.5, 1), rng.uniform(0, 3)))
        if shapely.contains(shapely.buffer(shore, -30), place):
            return largest(shapely.difference(shore, place))
    return shore


def _oval(middle: tuple[float, float], radius: float, flat: float, turn: float) -> Points:
    angle = np.linspace(0, 2 * np.pi, 22, endpoint=False)
    across, along = radius * np.cos(angle), radius * flat * np.sin(angle)
    turned = np.column_stack([across * np.cos(turn) - along * np.sin(turn), across * np.sin(turn) + along * np.cos(turn)])
    return turned + np.array(middle)


def _strips(
    river_line: LineString, river: Polygon, canals: list[tuple[str, str, LineString]], district: Polygon, roads: list[Road]
) -> list[Feature]:
    """The green between the river and its road, and along the canals."""
    crossing = [shapely.buffer(road.line, HALF_WIDTH_M[road.rank]) for road in roads if road.rank in ("primary", "secondary")]
    keep_off = shapely.union_all(np.array([river, *crossing, *(shapely.buffer(line, CANAL_HALF_M) for _, _, line in canals)], dtype=object))
    bank = shapely.intersection(shapely.buffer(river_line, RIVER_HALF_M + BANK_M), district)
    beside = [shapely.intersection(shapely.buffer(line, 21), district) for _, _, line in canals]
    features: list[Feature] = []
    for name, name_en, strip in (
        ("示例滨河绿带", "Sample riverside green", bank), ("示例渠边绿带", "Sample canal green", beside[0]),
        ("示例渠边绿带", "Sample canal green", beside[1]),
    ):  # fmt: skip
        parts = shapely.get_parts(shapely.simplify(shapely.difference(strip, keep_off), 0.7))
        features += [Feature("green", "strip", part, name, name_en) for part in parts if part.area > 400]
    return features


def _road_features(roads: list[Road], parks: list[Feature], bank: Polygon) -> list[Feature]:
    """Small roads end at a park's edge and at the river's road."""
    park = shapely.union_all(np.array([each.shape for each in parks], dtype=object))
    closed = shapely.union_all(np.array([park, bank], dtype=object))
    features: list[Feature] = []
    for road in roads:
        line = road.line if road.rank in ("primary", "secondary", "beyond") else shapely.difference(road.line, closed)
        features += [Feature("road", road.rank, part, road.name, road.name_en) for part in shapely.get_parts(line) if part.length > 15]
    return features
