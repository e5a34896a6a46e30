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
        at_junction, graph = at_junctions(self.network, source, horizon), self.network.graph
        near, away = (at_junction[graph.ends[self.chain, side]].astype(np.int64) for side in (0, 1))
        walked = np.minimum(near + self.at, away + graph.mm[self.chain] - self.at) + self.off
        along = source.off + np.abs(self.at - source.at).astype(np.int64) + self.off
        walked = np.where(self.chain == source.chain, np.minimum(walked, along), walked)
        return np.where(walked <= horizon, walked, FAR)

    def of(self, chosen: NDArray[np.bool_]) -> Spots:
        """These of them."""
        columns = (self.edge, self.from_u, self.chain, self.at, self.off)
        return Spots(self.network, self.numbers[chosen], *(column[chosen] for column in columns))


def spots_near(network: Network, points: Attached, edges: Ints, horizon: int, chosen: Bools | None = None) -> Spots:
    """Of the (chosen) points those within that walk of any of these edges, which are open, and all that share a chain with one."""
    source, own = _source_along(network, edges), network.pieces[edges, 0]
    is_near = np.zeros(network.streets.edges + 1, np.bool_)
    is_near[edges_of(network, at_junctions(network, source, horizon), own)] = True
    # The last place is that of -1, a point that meets no street.
    is_in = is_near[points.edge] if chosen is None else is_near[points.edge] & chosen
    numbers = np.flatnonzero(is_in)
    some = points[numbers]
    spots = Spots(network, numbers, some.edge, some.from_u, *placed(network, some))
    return spots.of((spots.walks(source, horizon) < FAR) | np.isin(spots.chain, own))


def at_junctions(network: Network, source: Source, horizon: int) -> Ints:
    """Millimetres from the source to every junction that a search enters, FAR elsewhere. What lies in a dead end is reached from the other
    end of its chain.
    """
    with network.scratch(1, horizon) as room:
        count = kernels.spread(network.graph, source, room, horizon)
        found = room.state[: len(network.graph.start) - 1, 0].copy()
        kernels.clear(room, count)
    return found


def edges_of(network: Network, at_junction: Ints, own: Ints) -> Ints:
    """The edges of all chains that a search came to an end of, and of these chains."""
    graph = network.graph
    sides = graph.side[kernels.spans(graph.start, np.flatnonzero(at_junction < FAR).astype(np.int32))]
    chains = np.unique(np.concatenate([np.maximum(sides, ~sides), own]))
    return np.unique(network.piece_edges[network.order[kernels.spans(network.chain_starts, chains)]])


def _source_along(network: Network, edges: Ints) -> Source:
    """A search that begins at all of these edges at once."""
    graph, (chain, before, _) = network.graph, network.pieces[edges].T
    behind = graph.mm[chain] - before - network.edge_mm[edges]
    seeds = np.concatenate([np.column_stack([graph.ends[chain, side], mm]) for side, mm in ((0, before), (1, behind))])
    return Source(seeds.astype(np.int32), -1, 0, 0)
