"""A point as one number, so that a box of the map is a few ranges of one index: a Morton code of Web Mercator at zoom 28.

The bits of column and row of the tile alternate, so the cells of a tile of any zoom are one unbroken range.
"""

from __future__ import annotations

import math
from decimal import Decimal

SPOT_ZOOM = 28
STEEPEST = 85.05112878  # degrees; beyond it Web Mercator ends
Degrees = float | Decimal | None


def spot_of(lon: Degrees, lat: Degrees) -> int | None:
    """The point's number; None where there is no point."""
    if lon is None or lat is None:
        return None
    column, row = cell_of(float(lon), float(lat), SPOT_ZOOM)
    return interleaved(column, row)


def cell_of(lon: float, lat: float, zoom: int) -> tuple[int, int]:
    """Column and row of the tile (XYZ scheme) that the point lies in."""
    side = 1 << zoom
    sine = math.sin(math.radians(max(-STEEPEST, min(STEEPEST, lat))))
    x = (lon + 180) / 360
    y = 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)
    return min(side - 1, max(0, int(x * side))), min(side - 1, max(0, int(y * side)))


def spots_of_tile(zoom: int, column: int, row: int) -> tuple[int, int]:
    """The first spot of the tile, and the first behind it."""
    shift = 2 * (SPOT_ZOOM - zoom)
    first = interleaved(column, row)
    return first << shift, (first + 1) << shift


def interleaved(column: int, row: int) -> int:
    """The bits of both by turns, the row's first."""
    return _spread(column) | (_spread(row) << 1)


def parted(spot: int) -> tuple[int, int]:
    """Column and row back."""
    return _gathered(spot), _gathered(spot >> 1)


def _spread(number: int) -> int:
    """A zero behind each bit."""
    for shift, mask in SPREADS:
        number = (number | (number << shift)) & mask
    return number


def _gathered(number: int) -> int:
    number &= SPREADS[-1][1]
    for shift, mask in GATHERS:
        number = (number | (number >> shift)) & mask
    return number


SPREADS = (
    (16, 0x0000FFFF0000FFFF), (8, 0x00FF00FF00FF00FF), (4, 0x0F0F0F0F0F0F0F0F), (2, 0x3333333333333333), (1, 0x5555555555555555),
)  # fmt: skip
GATHERS = (
    (1, 0x3333333333333333), (2, 0x0F0F0F0F0F0F0F0F), (4, 0x00FF00FF00FF00FF), (8, 0x0000FFFF0000FFFF), (16, 0x00000000FFFFFFFF),
)  # fmt: skip
