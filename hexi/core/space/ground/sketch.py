"""Streets of the generated district, where no map was imported: its drawn roads, joined wherever they meet."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from hexi.core.space.contracts import Box
from hexi.core.space.ground.tables import Ground
from hexi.core.space.ground.valid import standing_in
from hexi.core.space.network.streets import StreetFlag
from hexi.core.space.shapes import decoded

GRID = 1e-7
"""A centimetre in degrees, as the network joins vertices."""
GATED, STEPPED = 7, 11
"""Invented: every so many of the drawn paths is locked, or has steps."""
Row = tuple[int, str, str, int, bytes]


def sketch_rows(box: Box | None) -> list[Row]:
    """The drawn roads as rows of ways (number, name, English name, flags, geometry); numbers are below zero: no row of a map has them."""
    rows = list(
        standing_in(Ground, box, None).filter(kind="road").order_by("pk").values_list("pk", "name", "name_en", "rank", "geometry")
    )  # fmt: skip
    if not rows:
        return []
    lines = decoded([row[4] for row in rows])
    pieces, owners = _joined(lines)
    flags = [_flags(row[3], number) for number, row in enumerate(rows)]
    wkb: list[bytes] = list(shapely.to_wkb(pieces))
    return [
        (-rows[owner][0], rows[owner][1], rows[owner][2], flags[owner], piece)
        for owner, piece in zip(owners.tolist(), wkb, strict=True)
    ]  # fmt: skip


def _joined(lines: NDArray[np.object_]) -> tuple[NDArray[np.object_], NDArray[Any]]:
    """The lines cut where they cross, and for each piece the number of the line that it is of."""
    pieces: NDArray[np.object_] = shapely.get_parts(shapely.union_all(lines, grid_size=GRID))
    middles = shapely.line_interpolate_point(pieces, 0.5, normalized=True)
    return pieces, shapely.STRtree(lines).nearest(middles)


def _flags(rank: str, number: int) -> int:
    if rank == "path":
        locked = StreetFlag.GATE_CLOSED if number % GATED == 0 else StreetFlag(0)
        return int(locked | (StreetFlag.STEPS if number % STEPPED == 0 else StreetFlag(0)))
    return int(StreetFlag.TRUNK) if rank in {"primary", "beyond"} else 0
