"""Outline, river and arterial roads of the drawn plan, and the pieces that they cut the streets into."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely import LineString, Polygon

from hexi.core.space.generator import plan
from hexi.core.space.generator.sheet import Shapes, smooth

# Two lines count as meeting when their points fall on the same centimetre.
GRID_M = 0.01
STUB_M = 150


@dataclass(frozen=True, slots=True)
class Road:
    """One drawn road. `rank`: primary, secondary, tertiary, residential, path, or beyond for the city around."""

    line: LineString
    rank: str
    name: str = ""
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class Skeleton:
    outline: Polygon
    river: LineString
    pieces: Shapes
    street_of_piece: tuple[int, ...]
    roads: tuple[Road, ...]


def skeleton() -> Skeleton:
    """The plan as geometry, still in drawn metres. ValueError when the plan leaves a piece without a street or with two."""
    river = _line(plan.RIVER)
    land = LineString(smooth(np.array(plan.LAND, dtype=float), rounds=1))
    outline = max(_polygons([river, land]), key=shapely.area)
    arterials = [_line(_drawn_out(points, outline)) for _, _, points in plan.ARTERIALS]
    pieces = [piece for piece in _polygons([outline.exterior, *arterials]) if shapely.contains_xy(outline, *_inside(piece))]
    streets = tuple(_street_of(piece) for piece in pieces)
    roads = [*_arterials(arterials, outline), Road(_border_road(outline, river), "secondary")]
    return Skeleton(outline, river, np.array(pieces, dtype=object), streets, tuple(roads))


def _line(points: plan.Line) -> LineString:
    return LineString(smooth(np.array(points, dtype=float)))


def _drawn_out(points: plan.Line, outline: Polygon) -> plan.Line:
    """The road with its outer ends carried on, so that none breaks off within sight of the district."""
    before = [] if _is_near(points[0], outline) else _onward(points[1], points[0], 1)[::-1]
    behind = [] if _is_near(points[-1], outline) else _onward(points[-2], points[-1], -1)
    return (*before, *points, *behind)


def _is_near(point: plan.Point, outline: Polygon) -> bool:
    return shapely.distance(shapely.Point(*point), outline) < 300


def _onward(start: plan.Point, end: plan.Point, side: int) -> list[plan.Point]:
    along = np.array(end) - np.array(start)
    along = along / np.hypot(*along)
    aside = np.array([-along[1], along[0]]) * side
    return [tuple((np.array(end) + along * far + aside * far * off).tolist()) for far, off in ((3000, 0.16), (7500, 0.05), (14000, 0.2))]


def _polygons(lines: list[LineString]) -> list[Polygon]:
    noded = shapely.union_all(np.array(lines, dtype=object), grid_size=GRID_M)
    return list(shapely.get_parts(shapely.polygonize(shapely.get_parts(noded))))


def _inside(piece: Polygon) -> tuple[float, float]:
    point = shapely.point_on_surface(piece)
    return point.x, point.y


def _street_of(piece: Polygon) -> int:
    owners = {n for n, street in enumerate(plan.STREETS) for x, y in street.seeds if shapely.contains_xy(piece, x, y)}
    if len(owners) != 1:
        raise ValueError(f"The plan gives the piece at {_inside(piece)} to {len(owners)} streets: put one street's seed into it.")
    return owners.pop()


def _arterials(lines: list[LineString], outline: Polygon) -> list[Road]:
    """Arterials cut where they meet each other or the outline; dead ends that only made sure of a meeting are dropped."""
    noded = shapely.get_parts(shapely.union_all(np.array([*lines, outline.exterior], dtype=object), grid_size=GRID_M))
    ends = shapely.get_point(noded, [[0], [-1]])
    count: dict[tuple[float, float], int] = {}
    for x, y in shapely.get_coordinates(ends):
        count[x, y] = count.get((x, y), 0) + 1
    found: list[Road] = []
    for (name, name_en, _), line in zip(plan.ARTERIALS, lines, strict=True):
        mine = [edge for edge in noded if shapely.distance(line, shapely.line_interpolate_point(edge, 0.5, normalized=True)) < 1]
        kept = [edge for edge in mine if edge.length > STUB_M or min(count[edge.coords[0]], count[edge.coords[-1]]) > 1]
        for edge in kept:
            within = shapely.contains(outline, shapely.line_interpolate_point(edge, 0.5, normalized=True))
            found.append(Road(edge, "primary" if within else "beyond", name, name_en))
    return _joined(found)


def _joined(roads: list[Road]) -> list[Road]:
    """The edges of one road and rank as few long lines: smaller to send, and labels run along them."""
    groups: dict[tuple[str, str, str], list[LineString]] = {}
    for road in roads:
        groups.setdefault((road.name, road.name_en, road.rank), []).append(road.line)
    joined: list[Road] = []
    for (name, name_en, rank), lines in groups.items():
        merged = shapely.line_merge(shapely.multilinestrings(lines))
        joined += [Road(part, rank, name, name_en) for part in shapely.get_parts(merged)]
    return joined


def _border_road(outline: Polygon, river: LineString) -> LineString:
    """The district's border by land is a road; by water it is not."""
    land = shapely.difference(outline.exterior, shapely.buffer(river, 150))
    return max(shapely.get_parts(shapely.line_merge(land)), key=shapely.length)
