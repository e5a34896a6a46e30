"""Place buildings on a plot: parallel rows that face south as far as the plot allows, in a frame turned with the plot."""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.random import Generator
from shapely import Polygon

from hexi.core.space.generator.sheet import Points
from hexi.core.space.generator.styles import Style

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Footprint:
    """One building: its ring (open, metres), storeys, height, kind, and one point just inside the wall for each door."""

    ring: Points
    storeys: int
    height_m: float
    kind: str
    doors: Points

    def turned(self, angle: float) -> "Footprint":
        return Footprint(turned(self.ring, angle), self.storeys, self.height_m, self.kind, turned(self.doors, angle))


def turned(points: Points, angle: float) -> Points:
    cos, sin = math.cos(angle), math.sin(angle)
    return points @ np.array([[cos, sin], [-sin, cos]])


def facing(plot: Polygon) -> float:
    """The turn, at most 45 degrees, that lays most of the plot's outline along the axes."""
    sides = np.diff(shapely.get_coordinates(plot.exterior), axis=0)
    lengths = np.hypot(*sides.T)
    angles = np.arctan2(sides[:, 1], sides[:, 0])
    return float(np.angle((lengths * np.exp(4j * angles)).sum())) / 4


def rows(room: Polygon, styles: tuple[Style, ...], rng: Generator) -> list[Footprint]:
    """Rows over the whole room (already turned), from south to north; the styles follow each other in that order."""
    if room.is_empty:
        return []
    _, south, _, north = room.bounds
    chosen = [_measures(styles[0], rng)]
    reach = chosen[0].depth
    while True:
        style = styles[min(len(styles) - 1, int((reach / max(north - south, 1)) * len(styles)))]
        following = chosen[-1] if style is chosen[-1].style else _measures(style, rng)
        if reach + chosen[-1].pitch - chosen[-1].depth + following.depth > north - south:
            break
        reach += chosen[-1].pitch - chosen[-1].depth + following.depth
        chosen.append(following)
    stretch = min((north - south - reach) / max(len(chosen) - 1, 1), 0.3 * chosen[0].pitch)
    y = south + (north - south - reach - stretch * (len(chosen) - 1)) / 2
    starts: list[float] = []
    for row in chosen:
        starts.append(y)
        y += row.pitch + stretch
    spans = _free(room, np.array(starts), np.array([row.depth for row in chosen]))
    placed = zip(chosen, starts, spans, strict=True)
    return [built for row, start, free in placed for span in free for built in _row(row, start, span, rng)]


@dataclass(frozen=True, slots=True)
class _Row:
    style: Style
    depth: float
    unit: float
    units: int
    gap: float
    pitch: float
    storeys: int


def _measures(style: Style, rng: Generator) -> _Row:
    def draw(bounds: tuple[float, float]) -> float:
        return float(rng.uniform(*bounds))

    low, high = style.storeys
    return _Row(
        style,
        draw(style.depth_m),
        draw(style.unit_m),
        int(rng.integers(style.units[0], style.units[1] + 1)),
        draw(style.gap_m),
        draw(style.pitch_m),
        int(rng.integers(low, high + 1)),
    )


def _free(room: Polygon, starts: np.ndarray, depths: np.ndarray) -> list[list[Span]]:
    """For each row the spans of x where its south wall, its middle and its north wall all lie in the room."""
    west, _, east, _ = room.bounds
    heights = starts[:, None] + depths[:, None] * np.array([0.0, 0.5, 1.0])
    ends = np.empty((*heights.shape, 2, 2))
    ends[..., 0, 0], ends[..., 1, 0] = west - 1, east + 1
    ends[..., 0, 1] = ends[..., 1, 1] = heights
    crossings = shapely.intersection(room, shapely.linestrings(ends))
    parts, owners = shapely.get_parts(crossings.ravel(), return_index=True)
    lines: list[list[Span]] = [[] for _ in range(crossings.size)]
    owner_numbers: list[int] = owners.tolist()
    for (low, _, high, _), owner in zip(shapely.bounds(parts).tolist(), owner_numbers, strict=True):
        if high - low > 6:
            lines[owner].append((low, high))
    return [_common(_common(lines[3 * n], lines[3 * n + 1]), lines[3 * n + 2]) for n in range(len(starts))]


def _common(one: list[Span], other: list[Span]) -> list[Span]:
    pairs = [(max(a[0], b[0]), min(a[1], b[1])) for a in one for b in other]
    return sorted(pair for pair in pairs if pair[1] - pair[0] > 6)


def _row(row: _Row, y: float, span: Span, rng: Generator) -> list[Footprint]:
    length = span[1] - span[0]
    usual = row.unit * row.units
    count = max(1, math.floor((length + row.gap) / (usual + row.gap)))
    units = min(row.units + 1, math.floor(((length + row.gap) / count - row.gap) / row.unit))
    if units < row.style.units[0]:
        units = math.floor(length / row.unit)
        if units < max(1, row.style.units[0] - 1):
            return []
    built = units * row.unit
    gap = min((length - count * built) / max(count - 1, 1), 2.2 * row.gap) if count > 1 else 0.0
    x = span[0] + (length - count * built - gap * (count - 1)) / 2
    found: list[Footprint] = []
    for _ in range(count):
        if rng.random() > 0.03:
            found.append(_building(row, x, y, units, rng))
        x += built + gap
    return found


def _building(row: _Row, x: float, y: float, units: int, rng: Generator) -> Footprint:
    low, high = row.style.storeys
    storeys = row.storeys if rng.random() < 0.7 else int(rng.integers(low, high + 1))
    length = units * row.unit
    doors = np.column_stack([x + (np.arange(units) + 0.5) * row.unit, np.full(units, y + row.depth - 2.2)])
    height = round(storeys * row.style.storey_m + 1.2, 1)
    return Footprint(_ring(row, x, y, length, rng), storeys, height, row.style.kind, doors)


def _ring(row: _Row, x: float, y: float, length: float, rng: Generator) -> Points:
    east, north = x + length, y + row.depth
    if row.style.kind == "tower":
        notch, deep = length * 0.3, row.depth * 0.2
        return np.array(
            [
                (x, y),
                (x + notch, y),
                (x + notch, y + deep),
                (east - notch, y + deep),
                (east - notch, y),
                (east, y),
                (east, north),
                (x, north),
            ]
        )
    if row.style.kind == "slab" and length > 38 and rng.random() < 0.18:
        half, step = x + length / 2, 1.6
        south_side = [(x, y), (half, y), (half, y + step), (east, y + step)]
        return np.array([*south_side, (east, north), (half, north), (half, north - step), (x, north - step)])
    return np.array([(x, y), (east, y), (east, north), (x, north)])


def shop_strips(plot: Polygon, tree: shapely.STRtree, rng: Generator) -> list[Footprint]:
    """Two-storey shops along the sides that face a larger road, with a gate left open in long ones."""
    corners = shapely.get_coordinates(shapely.simplify(plot, 2.5).exterior)
    found: list[Footprint] = []
    for start, end in pairwise(corners):
        length = float(np.hypot(*(end - start)))
        middle = shapely.points((start + end) / 2)
        if length < 46 or not len(tree.query(middle, predicate="dwithin", distance=27)):
            continue
        angle = math.atan2(end[1] - start[1], end[0] - start[0])
        found += _strip(start, angle, length, _is_left(plot, start, end), rng)
    return _apart([strip for strip in found if shapely.contains(plot, Polygon(strip.ring))])


def _apart(strips: list[Footprint]) -> list[Footprint]:
    """Strips round a sharp corner would run into each other: the first one stays."""
    kept: list[Footprint] = []
    for strip in strips:
        if all(shapely.distance(Polygon(strip.ring), Polygon(other.ring)) > 4 for other in kept):
            kept.append(strip)
    return kept


def _is_left(plot: Polygon, start: Points, end: Points) -> bool:
    along = (end - start) / np.hypot(*(end - start))
    beside = (start + end) / 2 + np.array([-along[1], along[0]]) * 3
    return bool(shapely.contains_xy(plot, *beside))


def _strip(start: Points, angle: float, length: float, is_left: bool, rng: Generator) -> list[Footprint]:
    side = 1 if is_left else -1
    depth, storeys = rng.uniform(8.5, 11), int(rng.integers(1, 4))
    spans = [(11.0, length - 11)] if length < 74 else [(11.0, length * 0.5 - 8), (length * 0.5 + 8, length - 11)]
    found: list[Footprint] = []
    for low, high in spans:
        near, far = 3.2 * side, (3.2 + depth) * side
        ring = np.array([(low, near), (high, near), (high, far), (low, far)])
        doors = np.array([((low + high) / 2, near + 1.5 * side)])
        strip = Footprint(ring, storeys, round(storeys * 3.9 + 0.8, 1), "shop", doors).turned(angle)
        found.append(Footprint(strip.ring + start, strip.storeys, strip.height_m, strip.kind, strip.doors + start))
    return found
