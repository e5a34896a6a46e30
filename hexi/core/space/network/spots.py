"""Some points near a piece of street, and how far each of them walks from there: cheap on a network of any size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hexi.core.space.network import kernels
from hexi.core.space.network.arrays import FAR, Ints, Source
from hexi.core.space.network.attach import Attached
from hexi.core.space.network.contraction import Network
from hexi.core.space.network.reach import placed
from hexi.core.space.network.streets import Bools

Longs = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Spots:
    """Points by their numbers in a batch, and where on the network they are."""

    network: Network
    numbers: NDArray[np.intp]
    edge: Ints
    from_u: Ints
    chain: Ints
    at: Ints
    off: Ints

    def walks(self, source: Source, horizon: int) -> Longs:
        """Millimetres from the source to each, FAR beyond the horizon."""
        near, away = self._from_ends(source, horizon)
        walked = np.minimum(near + self.at, away + self.network.graph.mm[self.chain] - self.at) + self.off
        along = source.off + np.abs(self.at - source.at).astype(np.int64) + self.off
        walked = np.where(self.chain == source.chain, np.minimum(walked, along), walked)
        return np.where(walked <= horizon, walked, FAR)

    def _from_ends(self, source: Source, horizon: int) -> tuple[Longs, Longs]:
        graph = self.network.graph
        with self.network.scratch(1, horizon) as room:
            count = kernels.spread(graph, source, room, horizon)
            near, away = (room.state[graph.ends[self.chain, side], 0].astype(np.int64) for side in (0, 1))
            kernels.clear(room, count)
        return near, away

    def of(self, chosen: NDArray[np.bool_]) -> Spots:
        """These of them."""
        columns = (self.numbers, self.edge, self.from_u, self.chain, self.at, self.off)
        return Spots(self.network, *(column[chosen] for column in columns))


def spots_near(network: Network, points: Attached, edges: Ints, horizon: int, chosen: Bools | None = None) -> Spots:
    """Of the (chosen) points those within that walk of any of these edges, which are open, and all that share a chain with one."""
    numbers = np.arange(len(points)) if chosen is None else np.flatnonzero(chosen)
    some = points[numbers]
    everywhere = Spots(network, numbers, some.edge, some.from_u, *placed(network, some))
    spots = everywhere.of(everywhere.chain >= 0)
    walked = spots.walks(_source_along(network, edges), horizon)
    return spots.of((walked < FAR) | np.isin(spots.chain, network.pieces[edges, 0]))


def _source_along(network: Network, edges: Ints) -> Source:
    """A search that begins at all of these edges at once."""
    graph, (chain, before, _) = network.graph, network.pieces[edges].T
    behind = graph.mm[chain] - before - network.edge_mm[edges]
    seeds = np.concatenate([np.column_stack([graph.ends[chain, side], mm]) for side, mm in ((0, before), (1, behind))])
    return Source(seeds.astype(np.int32), -1, 0, 0)
