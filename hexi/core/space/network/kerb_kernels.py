"""The compiled search for the nearest piece of street: cells of a grid, looked through ring by ring."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from hexi.core.space.network.arrays import Floats, Ints
from hexi.core.space.network.compiled import kernel
from hexi.core.space.network.streets import Bools


class Cells(NamedTuple):
    """A grid over all lines: its corner, the side of a cell in metres, and how many there are."""

    west: float
    south: float
    side: float
    columns: int
    rows: int


class Sorted(NamedTuple):
    """Lines [lines, 4] (x, y, x, y) sorted into the cells that their boxes touch; a cell's lines begin at `first` in `members`. Lines that
    are not `usable` are passed over.
    """

    lines: Floats
    first: Ints
    members: Ints
    usable: Bools


@kernel
def sorted_into(cells: Cells, lines: Floats) -> tuple[Ints, Ints]:
    """`first` and `members` of the lines."""
    first = np.zeros(cells.columns * cells.rows + 1, np.int32)
    for line in range(len(lines)):
        west, south, east, north = _box(cells, lines, line)
        for row in range(south, north + 1):
            for column in range(west, east + 1):
                first[row * cells.columns + column + 1] += 1
    for cell in range(len(first) - 1):
        first[cell + 1] += first[cell]
    filled, members = first.copy(), np.empty(first[-1], np.int32)
    for line in range(len(lines)):
        west, south, east, north = _box(cells, lines, line)
        for row in range(south, north + 1):
            for column in range(west, east + 1):
                cell = row * cells.columns + column
                members[filled[cell]] = line
                filled[cell] += 1
    return first, members


@kernel
def _box(cells: Cells, lines: Floats, line: int) -> tuple[int, int, int, int]:
    x, y, to_x, to_y = lines[line, 0], lines[line, 1], lines[line, 2], lines[line, 3]
    west, east = int((min(x, to_x) - cells.west) / cells.side), int((max(x, to_x) - cells.west) / cells.side)
    south, north = int((min(y, to_y) - cells.south) / cells.side), int((max(y, to_y) - cells.south) / cells.side)
    return west, south, min(east, cells.columns - 1), min(north, cells.rows - 1)


@kernel
def nearest_lines(cells: Cells, known: Sorted, spots: Floats, within_m: float, found: tuple[Ints, Floats, Floats]) -> None:
    """For each spot the nearest usable line within the distance (-1: none; of equals the first), how far along it (0 to 1), metres off."""
    lines, first, members, usable = known
    nearest, shares, offs = found
    for spot in range(len(spots)):
        x, y = spots[spot, 0], spots[spot, 1]
        column, row = int(np.floor((x - cells.west) / cells.side)), int(np.floor((y - cells.south) / cells.side))
        nearest[spot], shares[spot], offs[spot] = -1, 0.0, within_m
        ring = 0
        # What lies in no ring so far is at least as far as the rim of those looked through.
        while ring == 0 or _rim(cells, x, y, (row, column, ring - 1)) < offs[spot]:
            for looked in range(max(row - ring, 0), min(row + ring + 1, cells.rows)):
                step = 1 if abs(looked - row) == ring else max(2 * ring, 1)
                for across in range(column - ring, column + ring + 1, step):
                    if across < 0 or across >= cells.columns:
                        continue
                    cell = looked * cells.columns + across
                    for at in range(first[cell], first[cell + 1]):
                        share, off = _foot(lines, members[at], x, y)
                        is_nearer = off < offs[spot] or (off == offs[spot] and (nearest[spot] < 0 or members[at] < nearest[spot]))
                        if is_nearer and usable[members[at]]:
                            nearest[spot], shares[spot], offs[spot] = members[at], share, off
            ring += 1


@kernel
def _rim(cells: Cells, x: float, y: float, block: tuple[int, int, int]) -> float:
    row, column, ring = block
    west, south = cells.west + (column - ring) * cells.side, cells.south + (row - ring) * cells.side
    side = (2 * ring + 1) * cells.side
    return min(x - west, west + side - x, y - south, south + side - y)


@kernel
def _foot(lines: Floats, line: int, x: float, y: float) -> tuple[float, float]:
    """How far along the line the spot's foot lies, and how far the spot is from it."""
    east, north = lines[line, 2] - lines[line, 0], lines[line, 3] - lines[line, 1]
    off_x, off_y = x - lines[line, 0], y - lines[line, 1]
    square = east * east + north * north
    share = min(max((off_x * east + off_y * north) / square, 0.0), 1.0) if square > 0 else 0.0
    return share, np.hypot(off_x - share * east, off_y - share * north)
