"""Points joined to the street: each to the nearest spot of the nearest piece of street, not to a junction."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from hexi.core.space.network.arrays import Ints
from hexi.core.space.network.contraction import Network
from hexi.core.space.network.streets import Bools, Floats

WITHIN_M = 300.0
"""Farther from every street a point is joined to none: the map lacks a path, and an invented one would hide it."""


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
    """The pieces of street that points may be joined to, searchable; build it once for many batches of points."""

    def __init__(self, network: Network, usable: Bools | None = None) -> None:
        streets = network.streets
        self._network = network
        self._edges = np.arange(streets.edges) if usable is None else np.flatnonzero(usable)
        self._from = np.column_stack([streets.x, streets.y])[streets.u[self._edges]]
        self._to = np.column_stack([streets.x, streets.y])[streets.v[self._edges]]
        self._tree = shapely.STRtree(shapely.linestrings(np.stack([self._from, self._to], axis=1)))

    def attach(self, x: Floats, y: Floats, *, within_m: float = WITHIN_M) -> Attached:
        """The points (metres, as `Streets.in_metres` gives them) joined to the nearest usable street."""
        edge, from_u, off = (np.full(len(x), nothing, np.int32) for nothing in (-1, 0, 0))
        spots = np.column_stack([x, y])
        pairs, distances = self._tree.query_nearest(
            shapely.points(spots), max_distance=within_m, return_distance=True, all_matches=False
        )
        points, found = pairs
        share = _share(spots[points], self._from[found], self._to[found])
        edge[points] = self._edges[found]
        from_u[points] = np.rint(share * self._network.edge_mm[edge[points]])
        off[points] = np.rint(distances * 1000)
        return Attached(edge, from_u, off)


def _share(spots: Floats, start: Floats, end: Floats) -> Floats:
    """How far along its segment each spot lies, from 0 to 1."""
    along = end - start
    square = (along**2).sum(axis=1)
    share = ((spots - start) * along).sum(axis=1) / np.where(square > 0, square, 1)
    return np.clip(share, 0, 1)
