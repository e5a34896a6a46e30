"""Lines and areas of a map tile in the Mapbox Vector Tile format, thousands at once: numpy writes the numbers, Python joins the pieces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from hexi.core.space.vector_tile import EXTENT, Encoded, Tag, tile_layer

MARGIN = 96
"""Units beyond the tile's edge, so that thick lines and outlines do not end at it."""
HALF_PIXEL = 4.0
MOVE, CLOSE = 9, 15
POINTS, LINES, AREAS = 1, 2, 3
Shapes = NDArray[np.object_]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Features of one layer with shapes in Web Mercator (the world is 1 by 1, y downward), their numbers and what is said of them.

    `of` names the feature of each shape, rising, where lines or areas of several things are one feature; None where each is its own.
    """

    shapes: Shapes
    numbers: Sequence[int]
    tags: Sequence[Mapping[str, Tag]]
    of: Ints | None = None


def encoded_layer(name: str, drawn: Drawn, tile: tuple[int, int, int], *, simplified: bool = True) -> bytes:
    """The layer as it stands in the tile (zoom, column, row); empty bytes where nothing of it does."""
    if not len(drawn.shapes):
        return b""
    shapes = _in_tile(drawn.shapes, tile, simplified=simplified)
    kinds = shapely.get_dimensions(shapes)
    of = np.arange(len(shapes)) if drawn.of is None else drawn.of
    features: list[tuple[int, Encoded]] = []
    for dimension, kind in ((0, POINTS), (1, LINES), (2, AREAS)):
        chosen = np.flatnonzero(kinds == dimension)
        for at, geometry in _geometries(shapes[chosen], of[chosen], kind):
            features.append((at, Encoded(drawn.numbers[at], drawn.tags[at], kind, geometry)))
    return tile_layer(name, [each for _, each in sorted(features, key=lambda pair: pair[0])]) if features else b""


def _in_tile(shapes: Shapes, tile: tuple[int, int, int], *, simplified: bool) -> Shapes:
    zoom, column, row = tile
    scale = (1 << zoom) * EXTENT
    origin = np.array([column, row], dtype=np.float64) * EXTENT
    moved = shapely.transform(shapes, lambda points: points * scale - origin)
    bounds = shapely.bounds(moved)
    beyond = (bounds[:, :2] < -MARGIN).any(axis=1) | (bounds[:, 2:] > EXTENT + MARGIN).any(axis=1)
    # Cut before it is simplified: a sea is far more than the piece of it that lies here.
    moved[beyond] = shapely.clip_by_rect(moved[beyond], -MARGIN, -MARGIN, EXTENT + MARGIN, EXTENT + MARGIN)
    return shapely.simplify(moved, HALF_PIXEL, preserve_topology=False) if simplified else moved


def _geometries(shapes: Shapes, of: Ints, kind: int) -> list[tuple[int, bytes]]:
    """The commands of each feature that is still there after rounding, with its number."""
    parts, shape = shapely.get_parts(shapes, return_index=True)
    if not len(parts):
        return []
    owners = of[shape]
    return _points(parts, owners) if kind == POINTS else _lines(parts, owners) if kind == LINES else _areas(parts, owners)


def _points(parts: Shapes, owners: Ints) -> list[tuple[int, bytes]]:
    """The first point of each; there is one as a rule."""
    _, first = np.unique(owners, return_index=True)
    at = np.rint(shapely.get_coordinates(parts[first])).astype(np.int64)
    inside = ((at >= 0) & (at < EXTENT)).all(axis=1)
    commands = np.column_stack([np.full(len(at), MOVE), _zigzag(at)])[inside]
    blobs = _varints(commands.ravel(), np.arange(len(commands) + 1) * 3)
    return list(zip(owners[first][inside].tolist(), blobs, strict=True))


def _lines(parts: Shapes, owners: Ints) -> list[tuple[int, bytes]]:
    points, of_part = shapely.get_coordinates(parts, return_index=True)
    return _commands(points, of_part, owners, is_area=False)


def _areas(parts: Shapes, owners: Ints) -> list[tuple[int, bytes]]:
    """Outer rings turn with the clock on a screen, holes against it."""
    keep = shapely.get_type_id(parts) == 3
    turned = shapely.orient_polygons(parts[keep], exterior_cw=False)
    rings, of_polygon = shapely.get_rings(turned, return_index=True)
    if not len(rings):  # simplified away
        return []
    points, of_ring = shapely.get_coordinates(rings, return_index=True)
    # The last point of a ring is its first: the format closes it.
    is_last = np.append(np.diff(of_ring) != 0, True)
    is_first_ring = np.append(True, np.diff(of_polygon) != 0)
    return _commands(points[~is_last], of_ring[~is_last], owners[keep][of_polygon], is_area=True, leads=is_first_ring)


def _commands(
    points: NDArray[np.float64], of_part: Ints, owners: Ints, *, is_area: bool, leads: NDArray[np.bool_] | None = None
) -> list[tuple[int, bytes]]:  # fmt: skip
    at = np.rint(points).astype(np.int64)
    is_new = np.append(True, (np.diff(of_part) != 0) | (np.diff(at, axis=0) != 0).any(axis=1)) if len(at) else np.empty(0, bool)
    at, of_part = at[is_new], of_part[is_new]
    counts = np.bincount(of_part, minlength=len(owners))
    kept = counts >= (3 if is_area else 2)
    if leads is not None:
        kept &= _with_their_outer_ring(kept, leads)
    stays = kept[of_part]
    at, of_part = at[stays], of_part[stays]
    if not len(at):
        return []
    return _written(at, counts[kept], owners[kept], is_area=is_area)


def _with_their_outer_ring(kept: NDArray[np.bool_], leads: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """A hole whose outer ring has shrunk to nothing would become an area of its own."""
    polygon = np.cumsum(leads) - 1
    return kept[leads][polygon]


def _written(at: Ints, counts: Ints, owners: Ints, *, is_area: bool) -> list[tuple[int, bytes]]:
    """Move, line, close for each part, the pen going on from part to part of one feature."""
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    is_new_owner = np.append(True, np.diff(owners) != 0)
    steps = np.diff(at, axis=0, prepend=at[:1])
    steps[starts[is_new_owner]] = at[starts[is_new_owner]]
    lengths = 2 * counts + 2 + is_area
    bases = np.concatenate([[0], np.cumsum(lengths)])
    out = np.empty(bases[-1], np.int64)
    within = np.arange(len(at)) - np.repeat(starts, counts)
    places = np.repeat(bases[:-1], counts) + 1 + 2 * within + (within > 0)
    signs = _zigzag(steps)
    out[places], out[places + 1] = signs[:, 0], signs[:, 1]
    out[bases[:-1]], out[bases[:-1] + 3] = MOVE, (counts - 1) << 3 | 2
    if is_area:
        out[bases[1:] - 1] = CLOSE
    first = np.flatnonzero(is_new_owner)
    blobs = _varints(out, np.append(bases[:-1][first], bases[-1]))
    return list(zip(owners[first].tolist(), blobs, strict=True))


def _zigzag(numbers: Ints) -> Ints:
    return (numbers << 1) ^ (numbers >> 63)


def _varints(numbers: Ints, bounds: Ints) -> list[bytes]:
    """The numbers as variable-length integers, cut at the bounds."""
    sizes = 1 + (numbers >= 1 << 7) + (numbers >= 1 << 14) + (numbers >= 1 << 21) + (numbers >= 1 << 28)
    ends = np.concatenate([[0], np.cumsum(sizes)])
    out = np.empty(ends[-1], np.uint8)
    for byte in range(int(sizes.max(initial=0))):
        has = sizes > byte
        more = np.where(sizes[has] > byte + 1, 0x80, 0)
        out[ends[:-1][has] + byte] = (numbers[has] >> 7 * byte) & 0x7F | more
    whole, cuts = out.tobytes(), ends[bounds].tolist()
    return [whole[first:behind] for first, behind in pairwise(cuts)]


def mercator(shapes: Shapes) -> Shapes:
    """Shapes in degrees as Web Mercator: the world is 1 by 1, y downward."""

    def there(points: NDArray[np.float64]) -> NDArray[np.float64]:
        sine = np.sin(np.radians(np.clip(points[:, 1], -85.05112878, 85.05112878)))
        y = 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * np.pi)
        return np.column_stack([(points[:, 0] + 180) / 360, y])

    return shapely.transform(shapes, there)
