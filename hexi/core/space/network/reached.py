"""The pieces of street within a walk of one point: what is drawn instead of a guessed outline."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hexi.core.space.network.arrays import Ints, Source
from hexi.core.space.network.attach import Attached
from hexi.core.space.network.contraction import Network
from hexi.core.space.network.search import source_of
from hexi.core.space.network.spots import at_junctions, edges_of
from hexi.core.space.network.streets import Floats

Longs = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Walked:
    """Every piece of street within the horizon, from `start` to `end` (millimetres from its edge's `u`), and the walk to either end of it,
    FAR for no way. The two halves of a closed edge are left out: who is there is told by their neighbours.
    """

    network: Network
    edges: Ints
    start: Longs
    end: Longs
    to_start: Longs
    to_end: Longs

    def lines(self, metres: float) -> Floats:
        """[lines, 2, 2] the parts of the pieces that lie within so many metres, in network metres."""
        limit, length = round(metres * 1000), self.end - self.start
        forth, back = np.clip(limit - self.to_start, 0, length), np.clip(limit - self.to_end, 0, length)
        # Reached from both ends as far as the middle: one line; else a stub at each end that is within.
        is_whole = (forth + back >= length) & (forth + back > 0)
        parts = (
            self._parts(is_whole, self.start, self.end),
            self._parts(~is_whole & (forth > 0), self.start, self.start + forth),
            self._parts(~is_whole & (back > 0), self.end - back, self.end),
        )
        return np.concatenate(parts)

    def _parts(self, chosen: NDArray[np.bool_], start: Longs, end: Longs) -> Floats:
        edges, streets = self.edges[chosen], self.network.streets
        one = np.column_stack([streets.x[streets.u[edges]], streets.y[streets.u[edges]]])
        other = np.column_stack([streets.x[streets.v[edges]], streets.y[streets.v[edges]]])
        shares = [(at[chosen] / self.network.edge_mm[edges])[:, None] for at in (start, end)]
        return np.stack([one + share * (other - one) for share in shares], axis=1)


def walked_from(network: Network, point: Attached, metres: float) -> Walked:
    """What lies within the walk of one point; nothing when it meets no street."""
    source, horizon = source_of(network, point), round(metres * 1000)
    if source is None:
        none = np.empty(0, np.int64)
        return Walked(network, np.empty(0, np.int32), none, none, none, none)
    at_junction = at_junctions(network, source, horizon)
    edges = edges_of(network, at_junction, np.array([source.chain], np.int32))
    edges = edges[~network.closed[edges]]
    to_u, to_v = _to_ends(network, edges, source, at_junction)
    is_in = (np.minimum(to_u, to_v) < horizon) & (edges != point.edge[0])
    edges, to_u, to_v = edges[is_in], to_u[is_in], to_v[is_in]
    found = Walked(network, edges, np.zeros(len(edges), np.int64), network.edge_mm[edges].astype(np.int64), to_u, to_v)
    return found if network.closed[point.edge[0]] else _with_own(found, point, source, at_junction)


def _with_own(found: Walked, point: Attached, source: Source, at_junction: Ints) -> Walked:
    """With the edge that the point is on, as two pieces that meet before its door."""
    at, length = int(point.from_u[0]), int(found.network.edge_mm[point.edge[0]])
    to_u, to_v = _to_ends(found.network, point.edge[:1], source, at_junction)
    more = ([0, at], [at, length], [int(to_u[0]), source.off], [source.off, int(to_v[0])])
    columns = (found.start, found.end, found.to_start, found.to_end)
    edges = np.concatenate([found.edges, point.edge[:1], point.edge[:1]])
    return Walked(found.network, edges, *(np.append(column, two) for column, two in zip(columns, more, strict=True)))


def _to_ends(network: Network, edges: Ints, source: Source, at_junction: Ints) -> tuple[Longs, Longs]:
    """The walk to `u` and `v` of open edges: from either end of their chain, or along it on the source's own."""
    chain, start, is_forward = network.pieces[edges].T
    first, last = (at_junction[network.graph.ends[chain, side]].astype(np.int64) for side in (0, 1))
    ends: list[Longs] = []
    for at in (start, start + network.edge_mm[edges]):
        walk: Longs = np.minimum(first + at, last + network.graph.mm[chain] - at)
        along: Longs = source.off + np.abs(at - source.at).astype(np.int64)
        ends.append(np.where(chain == source.chain, np.minimum(walk, along), walk))
    near, far = ends
    return np.where(is_forward == 1, near, far), np.where(is_forward == 1, far, near)
