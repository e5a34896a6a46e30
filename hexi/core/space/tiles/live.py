"""A tile of the base map drawn from the tables as they stand now: what an archive of yesterday does not know yet."""

from __future__ import annotations

import math
from typing import Any

from django.db.models import QuerySet

from hexi.core.space.cells import in_tile
from hexi.core.space.ground.showing import STEPS
from hexi.core.space.shapes import in_box
from hexi.core.space.tiles.content import TABLES, chosen, merged, rows_of
from hexi.core.space.tiles.encoding import encoded_layer
from hexi.kernel.errors import NotFound
from hexi.kernel.label import t

LARGEST_ZOOM = 19


def live_tile(zoom: int, column: int, row: int) -> bytes:
    """The tile from the tables. Raises NotFound where there is no such tile."""
    check_tile(zoom, column, row)
    layers = merged([one for table in TABLES for one in rows_of(table, lambda rows: _narrowed(rows, zoom, column, row), zoom)])
    every = ((one.layer, chosen(one, range(len(one.drawn.shapes)), zoom)) for one in layers)
    return b"".join(encoded_layer(layer, drawn, (zoom, column, row)) for layer, drawn in every)


def check_tile(zoom: int, column: int, row: int) -> None:
    """Raises NotFound for a tile that no map has."""
    side = 1 << min(max(zoom, 0), LARGEST_ZOOM)
    if not (0 <= zoom <= LARGEST_ZOOM and 0 <= column < side and 0 <= row < side):
        raise NotFound(t("没有这个地图瓦片", "There is no such tile"), which=f"{zoom}/{column}/{row}"[:60])


def _narrowed(rows: QuerySet[Any], zoom: int, column: int, row: int) -> QuerySet[Any]:
    steps = [step for step in STEPS if step <= zoom]
    return in_box(rows.filter(in_tile(zoom, column, row), shown_from__in=steps), box_of_tile(zoom, column, row))


def box_of_tile(zoom: int, column: int, row: int) -> tuple[float, float, float, float]:
    """West, south, east, north of the tile in degrees."""
    side = 1 << zoom
    west, east = (at / side * 360 - 180 for at in (column, column + 1))
    north, south = (_latitude(at / side) for at in (row, row + 1))
    return west, south, east, north


def _latitude(y: float) -> float:
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y))))
