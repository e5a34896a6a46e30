"""Points joined to the street: each to the nearest spot of the nearest piece of street, not to a junction."""

from __future__ import annotations

import math
from copy import copy
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hexi.core.space.network import kerb_kernels as kernels
from hexi.core.space.network.arrays import Floats, Ints
from hexi.core.space.network.contraction import Network
from hexi.core.space.network.kernels import spans
from hexi.core.space.network.streets import Bools

WITHIN_M = 300.0
"""Farther from every street a point is joined to none: the map lacks a path, and an invented one would hide it."""

SMALLEST_CELL_M = 20.0
MOST_CELLS = 4000
"""Along one side: an address in another country must not make a grid over half the world."""


@dataclass(frozen=True, slots=True, eq=False)
class Attached:
    """Where points meet the street: `edge` (-1 for none), millimetres from its `u`, millimetres from the point to the street."""

    edge: Ints
    from_u: Ints
    off: Ints

    def __len__(self) -> int:
        return len(self.edge)

    def __getitem__(self, chosen: NDArray[np.integer] | slice) -> Attached:
        return Attached(self.edge[chosen], self.from_u[chosen], self.off[chosen])

    def joined(self, others: Attached) -> Attached:
        """These points and the others behind them."""
        both = ((self.edge, others.edge), (self.from_u, others.from_u), (self.off, others.off))
        return Attached(*(np.concatenate(pair) for pair in both))


class Kerbs:
    """The pieces of street that points may be joined to, searchable; build it once for many batches of points, and ask it for others that
    differ in what is usable only: they share what is sorted.
    """

    def __init__(self, network: Network, usable: Bools | None = None) -> None:
        streets = network.streets
        self._edge_mm = network.edge_mm
        ends = streets.u, streets.v
        lines = np.column_stack([part[end] for end in ends for part in (streets.x, streets.y)])
        self._cells = _cells_over(lines)
        self._every = kernels.Sorted(lines, *kernels.sorted_into(self._cells, lines), np.ones(len(lines), np.bool_))
        self._sorted = self._every if usable is None else self._every._replace(usable=usable)

    def only(self, usable: Bools) -> Kerbs:
        """The same streets, other pieces usable."""
        other = copy(self)
        other._sorted = self._every._replace(usable=usable)
        return other

    def everywhere(self) -> Kerbs:
        """The same streets, every piece usable."""
        return self.only(self._every.usable)

    def near(self, x: float, y: float, metres: float) -> Ints:
        """The pieces of street, usable or not, that may lie within so many metres: none that does is missing."""
        west, south, side, columns, rows = self._cells
        across, up = _cells_about(x - west, metres, side, columns), _cells_about(y - south, metres, side, rows)
        cells = np.add.outer(up * columns, across).ravel().astype(np.int32)
        return np.unique(self._every.members[spans(self._every.first, cells)])

    def attach(self, x: Floats, y: Floats, *, within_m: float = WITHIN_M) -> Attached:
        """The points (metres, as `Streets.in_metres` gives them) joined to the nearest usable street; of equals to the first edge."""
        spots = np.column_stack([x, y]).astype(float)
        edge, share, off = np.empty(len(spots), np.int32), np.empty(len(spots)), np.empty(len(spots))
        kernels.nearest_lines(self._cells, self._sorted, spots, float(within_m), (edge, share, off))
        if not len(self._edge_mm):
            return Attached(edge, np.zeros_like(edge), np.zeros_like(edge))
        is_joined = edge >= 0
        from_u = np.where(is_joined, np.rint(share * self._edge_mm[edge]), 0).astype(np.int32)
        return Attached(edge, from_u, np.where(is_joined, np.rint(off * 1000), 0).astype(np.int32))


def _cells_about(at: float, metres: float, side: float, count: int) -> NDArray[np.int64]:
    first, last = math.floor((at - metres) / side), math.floor((at + metres) / side)
    return np.arange(max(first, 0), min(last + 1, count), dtype=np.int64)


def _cells_over(lines: Floats) -> kernels.Cells:
    """About as many cells as lines, but none smaller than a house."""
    if not len(lines):
        return kernels.Cells(0.0, 0.0, SMALLEST_CELL_M, 1, 1)
    spots = lines.reshape(-1, 2)
    (west, south), (east, north) = spots.min(axis=0).tolist(), spots.max(axis=0).tolist()
    side = max(SMALLEST_CELL_M, math.sqrt((east - west) * (north - south) / len(lines)), max(east - west, north - south) / MOST_CELLS)
    return kernels.Cells(west, south, side, int((east - west) / side) + 1, int((north - south) / side) + 1)
