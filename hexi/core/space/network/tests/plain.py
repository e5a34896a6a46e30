"""The same questions answered the slow and obvious way: SciPy's Dijkstra on every vertex, with the points as nodes of their own."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from hexi.core.space.network.attach import Attached
from hexi.core.space.network.streets import Bools, Floats, Streets

NEVER_NOTHING_M = 1e-6
"""SciPy reads a weight of nothing as no edge."""

Weights = dict[tuple[int, int], float]


class PlainGraph:
    """Vertices, then a node on the street for each point, then a node at each point's door."""

    def __init__(self, streets: Streets, closed: Bools, points: Attached) -> None:
        self._first, self._count = streets.nodes, len(points)
        self._weights: Weights = {}
        for edge in range(streets.edges):
            on_it = np.flatnonzero(points.edge == edge)
            self._add_edge(streets, edge, is_closed=bool(closed[edge]), on_it=[(points.from_u[each] / 1000, int(each)) for each in on_it])
        for each in range(self._count):
            self._join(self._first + each, self._first + self._count + each, points.off[each] / 1000)
        self.matrix = self._matrix(streets.nodes + 2 * self._count)

    def _add_edge(self, streets: Streets, edge: int, *, is_closed: bool, on_it: list[tuple[float, int]]) -> None:
        length = float(streets.metres[edge])
        spots = sorted((at, self._first + point) for at, point in on_it)
        line = [(0.0, int(streets.u[edge])), *spots, (length, int(streets.v[edge]))]
        middle = round(length * 1000) // 2 / 1000
        for (one, start), (other, end) in pairwise(line):
            if not (is_closed and one <= middle < other):
                self._join(start, end, max(other - one, 0))

    def _join(self, one: int, other: int, metres: float) -> None:
        pair = min(one, other), max(one, other)
        self._weights[pair] = min(self._weights.get(pair, np.inf), max(metres, NEVER_NOTHING_M))

    def _matrix(self, nodes: int) -> csr_array:
        ends = np.array(list(self._weights)).reshape(-1, 2)
        return csr_array((list(self._weights.values()), (ends[:, 0], ends[:, 1])), shape=(nodes, nodes))

    def between_doors(self, origins: list[int] | None = None, limit: float = np.inf) -> Floats:
        """Metres from door to door, infinite for no way; rows for all points or for these."""
        doors = self._first + self._count + np.arange(self._count)
        asked = doors if origins is None else doors[origins]
        return dijkstra(self.matrix, directed=False, indices=asked, limit=limit)[:, doors]
