"""Where things with an extent are kept in one index: each in the smallest tile that holds it whole.

The number of a cell is that of the tile's first spot and the tile's zoom behind it. What lies in a tile is then one range of the index,
and what is too large for it lies in one of its few ancestors.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from hexi.core.space.contracts import Box
from hexi.core.space.spots import SPOT_ZOOM, cell_of, interleaved, spots_of_tile

DEEPEST = 20
"""A tile of that zoom is some thirty metres wide; nothing smaller is worth a cell of its own."""
LEVEL_BITS = 5
MOST_TILES = 9
"""A box is covered by so many tiles at most."""


def cell_of_box(west: float, south: float, east: float, north: float) -> int:
    """The number of the smallest tile that holds the box (degrees, WGS-84)."""
    first, last = interleaved(*cell_of(west, north, DEEPEST)), interleaved(*cell_of(east, south, DEEPEST))
    levels_up = ((first ^ last).bit_length() + 1) // 2
    zoom = DEEPEST - levels_up
    return (first >> 2 * levels_up) << 2 * (SPOT_ZOOM - zoom) << LEVEL_BITS | zoom


def in_tile(zoom: int, column: int, row: int) -> Q:
    """Rows whose cell is in the tile or round it. Some of those round it may not touch it: ask for the box as well."""
    first, behind = spots_of_tile(min(zoom, DEEPEST), *_at(zoom, column, row))
    return Q(cell__gte=first << LEVEL_BITS, cell__lt=behind << LEVEL_BITS) | Q(cell__in=_round(zoom, column, row))


def _at(zoom: int, column: int, row: int) -> tuple[int, int]:
    up = max(0, zoom - DEEPEST)
    return column >> up, row >> up


def _round(zoom: int, column: int, row: int) -> list[int]:
    return [_number(above, column >> (zoom - above), row >> (zoom - above)) for above in range(min(zoom, DEEPEST))]


def _number(zoom: int, column: int, row: int) -> int:
    return spots_of_tile(zoom, column, row)[0] << LEVEL_BITS | zoom


def in_box(box: Box) -> Q:
    """Rows whose cell may touch the box; ask for their own boxes as well."""
    west, south, east, north = box
    zoom = DEEPEST
    while True:
        (left, top), (right, bottom) = cell_of(west, north, zoom), cell_of(east, south, zoom)
        if (right - left + 1) * (bottom - top + 1) <= MOST_TILES:
            return _any(in_tile(zoom, x, y) for x in range(left, right + 1) for y in range(top, bottom + 1))
        zoom -= 1


def _any(conditions: Iterable[Q]) -> Q:
    found = Q()
    for each in conditions:
        found |= each
    return found
