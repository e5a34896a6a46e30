"""Cases as tiles of a map: the list's own rows and permission, counted in cells by the database, as single points where one is near."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Min, Q

from hexi.core.data.api import Query, condition_of, describe, to_q, tuned_context
from hexi.core.space.api import EXTENT, SPOT_ZOOM, TilePoint, parted, point_tile, spots_of_tile
from hexi.core.trust.api import Viewer, newest_event
from hexi.kernel.condition import Cond
from hexi.kernel.errors import NotFound
from hexi.kernel.label import t
from hexi.modules.cases.models import Case

NEAREST = 22
POINTS_FROM = 18
"""From this zoom on every case is a point of its own; before it only one that is alone in its cell is."""
CELL_BITS, COUNT_BITS = 3, 5
"""A tile is 8 cells wide, each counted in 4 by 4 parts, so that a cluster stands where its cases are and not in the middle of a grid."""
SHOWN = ("number", "kind", "state", "phase", "urgency", "breached")
SAME_FOR_S = 60
"""Conditions may look at the clock, so the same rows are the same for a minute at most."""
HELD = 1024
_held: dict[str, bytes] = {}


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile of the usual scheme (XYZ). Raises NotFound where there is no such tile."""

    zoom: int
    column: int
    row: int

    def __post_init__(self) -> None:
        side = 1 << min(self.zoom, SPOT_ZOOM) if self.zoom >= 0 else 0
        if self.zoom > NEAREST or not (0 <= self.column < side and 0 <= self.row < side):
            raise NotFound(t("没有这个地图瓦片", "There is no such tile"), which=f"{self.zoom}/{self.column}/{self.row}")


@dataclass(frozen=True, slots=True)
class Asked:
    """A tile of the rows of one condition; `seal` changes with the viewer's rights, the filters and the newest change."""

    tile: Tile
    cond: Cond
    seal: str

    def body(self) -> bytes:
        """The tile, from memory where somebody with the same rights asked for the same a moment ago."""
        found = _held.get(self.seal)
        if found is None:
            found = _held[self.seal] = drawn(self.tile, self.cond)
            for old in list(_held)[:-HELD]:
                _held.pop(old, None)
        return found


def tile_of(viewer: Viewer, tile: Tile, query: Query) -> Asked:
    """What the viewer's list would show of this tile. Raises Invalid for a faulty filter."""
    cond = condition_of(viewer, describe(Case), query)
    told = (tile, repr(cond), newest_event(), int(time.time() // SAME_FOR_S), sorted(map(str, tuned_context().params.items())))
    # Rows of a transaction that is committed out of turn (PostgreSQL) show when the minute turns.
    return Asked(tile, cond, hashlib.sha256(repr(told).encode()).hexdigest()[:24])


def drawn(tile: Tile, cond: Cond) -> bytes:
    """The tile of the rows for which the condition holds, read anew."""
    first, end = spots_of_tile(tile.zoom, tile.column, tile.row)
    rows = Case.objects.filter(to_q(cond, tuned_context()), spot__gte=first, spot__lt=end)
    if tile.zoom >= POINTS_FROM:
        return point_tile({"cases": list(_points(rows, tile))})
    cells = _cells(rows, first, 2 * (SPOT_ZOOM - tile.zoom - COUNT_BITS))
    alone = Case.objects.filter(pk__in=[cell.one for cell in cells if cell.count == 1])
    clusters = [_cluster(cell, number) for number, cell in enumerate(cells, 1) if cell.count > 1]
    return point_tile({"cases": list(_points(alone, tile)), "clusters": clusters})


@dataclass(slots=True)
class _Cell:
    count: int = 0
    breached: int = 0
    x: float = 0.0
    y: float = 0.0
    one: int = 0


def _cells(rows: Any, first: int, shift: int) -> list[_Cell]:
    """Counted by the leading bits of the spot, then four by four put together."""
    counts = rows.order_by().annotate(part=F("spot").bitrightshift(shift)).values_list("part").annotate(
        n=Count("pk"), over=Count("pk", filter=Q(breached=True)), one=Min("pk")
    )  # fmt: skip
    found: dict[int, _Cell] = {}
    width = EXTENT >> COUNT_BITS
    for part, count, over, one in counts:
        local = part - (first >> shift)
        cell = found.setdefault(local >> 2 * (COUNT_BITS - CELL_BITS), _Cell(one=one))
        column, row = parted(local)
        cell.count, cell.breached = cell.count + count, cell.breached + over
        cell.x, cell.y = cell.x + count * (column + 0.5) * width, cell.y + count * (row + 0.5) * width
    return list(found.values())


def _cluster(cell: _Cell, number: int) -> TilePoint:
    return TilePoint(int(cell.x / cell.count), int(cell.y / cell.count), number, {"count": cell.count, "breached": cell.breached})


def _points(rows: Any, tile: Tile) -> Iterator[TilePoint]:
    found: Iterable[tuple[Any, ...]] = rows.order_by("pk").values_list("pk", "spot", *SHOWN)
    shift = SPOT_ZOOM - tile.zoom
    for pk, spot, *values in found:
        column, row = parted(spot)
        x, y = (((at & ((1 << shift) - 1)) * EXTENT) >> shift for at in (column, row))
        yield TilePoint(x, y, pk, dict(zip(SHOWN, values, strict=True)))
