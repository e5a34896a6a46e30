"""Streets contracted to junctions and chains: the same distances, a quarter of the nodes."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue

import numpy as np
from numpy.typing import NDArray

from hexi.core.space.network import kernels
from hexi.core.space.network.arrays import FAR, Graph, Ints, Scratch, halves, roomy, scratch
from hexi.core.space.network.cutting import recut
from hexi.core.space.network.pages import Laid, Pages
from hexi.core.space.network.streets import Bools, Streets
from hexi.kernel.errors import Invalid, Problem
from hexi.kernel.label import t

LONGEST_M = FAR / 1000 / 4
STRIP_M = 300.0
MOST_CUT = 1000
"""Changed edges from which on everything is contracted anew."""


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Streets of which some are closed, ready to be walked. A closed edge is cut in its middle: nobody passes, and who lives on it
    leaves by the end on their side.
    """

    streets: Streets
    closed: Bools
    edge_mm: Ints
    graph: Graph
    pieces: Ints
    """[pieces, 3] chain, millimetres of it before the piece, 1 when the piece runs along it. A closed edge is two pieces."""
    second: Ints
    """[edges] the piece at the `v` end of a closed edge, -1 for an open one; its piece at `u` has the edge's own number."""
    order: Ints
    """The pieces in walking order, chain by chain."""
    chain_starts: Ints
    """[chains + 1] where a chain begins in that order."""
    strips: Ints
    """All nodes of the streets, strip by strip: the same whatever is closed."""
    piece_edges: Ints
    """[pieces] the edge that a piece belongs to."""
    pages: Pages = field(repr=False)
    """Where all that a closure writes to is kept, once for every network that is cut of this one."""
    usual: Network | None = field(default=None, repr=False)
    """The network that this one was cut of."""
    spare: SimpleQueue[Scratch] = field(default_factory=SimpleQueue[Scratch], repr=False)

    def with_closed(self, closed: Bools) -> Network:
        """The same streets with exactly these edges closed. Few changes take the time and the memory of the chains that they touch."""
        usual = self.usual or self
        changed = np.flatnonzero(usual.closed != closed)
        if len(changed) > MOST_CUT:
            return _contracted(self.streets, closed, self.strips)
        return recut(usual, closed, changed) if len(changed) else usual

    @contextmanager
    def scratch(self, points: int, horizon: int) -> Generator[Scratch]:
        """Scratch for one thread, a spare one where it is large enough: to clear megabytes takes longer than an answer."""
        # With room for the ends of streets that are cut: all networks that are made of one share it.
        room, junctions = _spare(self.spare), len(self.graph.start) - 1
        room = roomy(room, junctions, points, horizon) if room else scratch(junctions + 2 * MOST_CUT, points, horizon)
        yield room
        # Not after a fault: it may be half written.
        self.spare.put(room)


def _spare(queue: SimpleQueue[Scratch]) -> Scratch | None:
    try:
        return queue.get_nowait()
    except Empty:
        return None


def contract(streets: Streets, closed: Bools | None = None) -> Network:
    """The network of the streets without the closed edges. Raises Invalid when an edge is longer than any street can be."""
    shut = np.zeros(streets.edges, np.bool_) if closed is None else closed
    return _contracted(streets, shut, np.lexsort((streets.x, np.floor(streets.y / STRIP_M))).astype(np.int32))


def _contracted(streets: Streets, closed: Bools, strips: Ints) -> Network:
    edge_mm = _millimetres(streets)
    u, v, piece_mm, piece_edges, second = _pieces(streets, closed, edge_mm)
    nodes = streets.nodes + 2 * int(closed.sum())
    placed, order, chains = kernels.chained(np.zeros(nodes, np.bool_), u, v, piece_mm)
    graph = _graph(_numbers(strips, nodes, chains), chains)
    chain_starts = np.append(chains[:, 3], np.int32(len(order)))
    # A closed edge makes at most two new rows of anything but the order: two loose ends, one chain more, one piece more.
    pages = Pages(Laid(*graph, placed, second, order, chain_starts, piece_edges), 2 * MOST_CUT)
    return Network(streets, closed, edge_mm, graph, placed, second, order, chain_starts, strips, piece_edges, pages)


def _millimetres(streets: Streets) -> Ints:
    longest = np.flatnonzero(streets.metres > LONGEST_M)
    if len(longest):
        message = t("路段超过五百公里，长度有误", "A piece of street of more than 500 km: its length is wrong")
        raise Invalid([Problem("metres", message, value=f"edge {longest[0]}")])
    # Never nothing: a way back along equal distances must not turn in a circle.
    return np.maximum(np.rint(streets.metres * 1000), 2).astype(np.int32)


def _pieces(streets: Streets, closed: Bools, edge_mm: Ints) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    """Ends, lengths and edges of the pieces, and each edge's second piece. The cut ends are new nodes, each at the end of one piece."""
    cut = np.flatnonzero(closed).astype(np.int32)
    second = np.full(streets.edges, -1, np.int32)
    second[cut] = streets.edges + np.arange(len(cut), dtype=np.int32)
    loose = np.int32(streets.nodes) + np.arange(2 * len(cut), dtype=np.int32).reshape(-1, 2)
    halved = edge_mm.copy()
    halved[cut] //= 2
    ends = streets.v.copy()
    ends[cut] = loose[:, 0]
    u, v = np.concatenate([streets.u, streets.v[cut]]), np.concatenate([ends, loose[:, 1]])
    piece_mm = np.concatenate([halved, edge_mm[cut] - halved[cut]])
    return u, v, piece_mm, np.concatenate([np.arange(streets.edges, dtype=np.int32), cut]), second


def _numbers(strips: Ints, nodes: int, chains: Ints) -> Ints:
    """For each node its number as a junction: strip by strip, so that neighbours lie together in memory, which is a tenth quicker."""
    is_junction = np.zeros(nodes, np.bool_)
    is_junction[chains[:, 0]] = is_junction[chains[:, 1]] = True
    # The ends of cut streets come last: they lie in no strip.
    order = np.concatenate([strips, np.arange(len(strips), nodes, dtype=np.int32)])
    junctions = order[is_junction[order]]
    numbers = np.full(nodes, -1, np.int32)
    numbers[junctions] = np.arange(len(junctions), dtype=np.int32)
    return numbers


def _graph(numbers: Ints, chains: Ints) -> Graph:
    ends = np.ascontiguousarray(numbers[chains[:, :2]])
    start, side = kernels.incidence(int(numbers.max(initial=-1)) + 1, ends[:, 0].copy(), ends[:, 1].copy())
    onward = kernels.onward_first(start, side, ends)
    mm = np.ascontiguousarray(chains[:, 2])
    return Graph(start, onward, halves(side, ends, mm), side, ends, mm)


@dataclass(frozen=True, slots=True)
class Island:
    """A small part of the network that no street joins to the rest: nearly always a fault of the map."""

    metres: float
    edges: int
    lon: float
    lat: float
    way: int


def islands(network: Network, shorter_than_m: float) -> tuple[list[Island], Bools]:
    """The components with less street than that, longest first, and for each edge whether it lies on one."""
    component = kernels.components(network.graph)
    of_chain = component[network.graph.ends[:, 0]]
    of_edge = of_chain[network.pieces[: network.streets.edges, 0]]
    lengths = np.bincount(of_chain, weights=network.graph.mm) / 1000
    is_small = lengths < shorter_than_m
    numbers = np.flatnonzero(is_small)[np.argsort(-lengths[is_small], kind="stable")]
    # Few edges lie on an island: to sort all of a large city's would take longer than all the rest.
    edges = np.flatnonzero(is_small[of_edge])
    edges = edges[np.argsort(of_edge[edges], kind="stable")]
    first, behind = (np.searchsorted(of_edge[edges], numbers, side) for side in ("left", "right"))
    parts = [edges[start:end] for start, end in zip(first, behind, strict=True)]
    found = [_island(network.streets, part, float(lengths[number])) for part, number in zip(parts, numbers, strict=True) if len(part)]
    return found, is_small[of_edge]


def _island(streets: Streets, edges: NDArray[np.intp], metres: float) -> Island:
    at = streets.u[edges[0]]
    lon, lat = streets.in_degrees(streets.x[at], streets.y[at])
    return Island(metres, len(edges), float(lon), float(lat), int(streets.way[edges[0]]))
