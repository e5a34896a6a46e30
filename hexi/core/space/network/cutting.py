"""Streets closed or opened on a network that is kept: only the chains that hold them are made anew, all else stays where it is.

As a closed edge is two pieces, each corner has as many pieces as before. So a junction keeps its number and its place; the ends of cut
streets are new junctions behind all others. New chains stand behind the old ones, to which no way leads any more.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hexi.core.space.network import kernels
from hexi.core.space.network.arrays import Graph, Ints, halves
from hexi.core.space.network.streets import Bools

if TYPE_CHECKING:
    from hexi.core.space.network.contraction import Network

Nodes = NDArray[np.int64]
"""Corners by their numbers; then, for every edge, the loose ends that its two pieces have when it is closed."""


NOBODYS = np.iinfo(np.int32).max
"""The side of a half that no chain has yet."""


class _Chains(NamedTuple):
    """What `kernels.chained` made of the pieces, as rows for the network; `ends` are nodes."""

    pieces: Ints
    placed: Ints
    order: Ints
    starts: Ints
    mm: Ints
    ends: Nodes


def recut(network: Network, closed: Bools, changed: NDArray[np.intp]) -> Network:
    """The network with exactly these edges closed, which differ from its own in those that changed."""
    old = _chains_of(network, changed)
    junctions = _junctions_at(network, old)
    after = replace(network, closed=closed.copy(), **_pieces(network, changed))
    made = _chained(after, _pieces_of(network, after, old), np.array(list(junctions)))
    return _joined(after, made, old, junctions)


def _chains_of(network: Network, edges: NDArray[np.intp]) -> Ints:
    second = network.second[edges]
    return np.unique(network.pieces[np.concatenate([edges, second[second >= 0]]), 0])


def _junctions_at(network: Network, chains: Ints) -> dict[int, int]:
    """The junctions at both ends of the chains, by node."""
    first, last = network.order[network.chain_starts[chains]], network.order[network.chain_starts[chains + 1] - 1]
    begin, end = _nodes(network, first)[0], _nodes(network, last)[1]
    begin = np.where(network.pieces[first, 2] == 1, begin, _nodes(network, first)[1])
    end = np.where(network.pieces[last, 2] == 1, end, _nodes(network, last)[0])
    return dict(zip([*begin.tolist(), *end.tolist()], network.graph.ends[chains].T.ravel().tolist(), strict=True))


def _nodes(network: Network, pieces: Ints) -> tuple[Nodes, Nodes]:
    """Where each piece begins and ends: a whole edge from `u` to `v`, the first of a closed one from `u`, the second from `v`."""
    streets, edges = network.streets, network.piece_edges[pieces].astype(np.int64)
    is_second, is_whole = pieces != edges, network.second[edges] < 0
    begin = np.where(is_second, streets.v[edges], streets.u[edges]).astype(np.int64)
    return begin, np.where(is_whole, streets.v[edges], streets.nodes + 2 * edges + is_second)


def _pieces(network: Network, changed: NDArray[np.intp]) -> dict[str, Ints]:
    """`second`, `piece_edges` and room in `pieces`."""
    is_opened = network.closed[changed]
    shut, second = changed[~is_opened], network.second.copy()
    second[changed[is_opened]] = -1
    second[shut] = len(network.pieces) + np.arange(len(shut), dtype=np.int32)
    edges = np.concatenate([network.piece_edges, shut.astype(np.int32)])
    return {"second": second, "piece_edges": edges, "pieces": np.concatenate([network.pieces, np.empty((len(shut), 3), np.int32)])}


def _pieces_of(before: Network, after: Network, chains: Ints) -> Ints:
    """The pieces that the streets of these chains are now."""
    pieces = before.order[kernels.spans(before.chain_starts, chains)]
    edges = before.piece_edges[pieces]
    is_gone = (pieces != edges) & (after.second[edges] < 0)
    more = np.arange(len(before.pieces), len(after.pieces), dtype=np.int32)
    return np.concatenate([pieces[~is_gone], more])


def _chained(network: Network, pieces: Ints, junctions: Nodes) -> _Chains:
    nodes, at = np.unique(np.concatenate(_nodes(network, pieces)), return_inverse=True)
    u, v = at.astype(np.int32).reshape(2, -1)
    edges = network.piece_edges[pieces]
    mm = network.edge_mm[edges]
    length = np.where(network.second[edges] < 0, mm, np.where(pieces == edges, mm // 2, mm - mm // 2)).astype(np.int32)
    placed, order, chains = kernels.chained(np.isin(nodes, junctions), u, v, length)
    return _Chains(pieces, placed, pieces[order], chains[:, 3].copy(), chains[:, 2].copy(), nodes[chains[:, :2]])


def _joined(network: Network, made: _Chains, old: Ints, junctions: dict[int, int]) -> Network:
    """The network with the new chains. Its `pieces` are written to, for nobody else has them yet."""
    network.pieces[made.pieces] = made.placed + np.array([len(network.graph.mm), 0, 0], np.int32)
    fresh = [node for node in np.unique(made.ends).tolist() if node not in junctions]
    known = junctions | {node: len(network.graph.onward) + number for number, node in enumerate(fresh)}
    ends = np.array([known[node] for node in made.ends.ravel().tolist()], np.int32).reshape(-1, 2)
    order = np.concatenate([network.order, made.order])
    starts = np.concatenate([network.chain_starts[:-1], len(network.order) + made.starts, [len(order)]]).astype(np.int32)
    return replace(network, graph=_graph(network.graph, old, ends, made.mm), order=order, chain_starts=starts)


def _graph(graph: Graph, old: Ints, ends: Ints, mm: Ints) -> Graph:
    grown, chains = _with_room(graph, ends, mm), len(graph.mm) + np.arange(len(mm), dtype=np.int32)
    grown.mm[old] = 0
    sides = np.column_stack([chains, ~chains])
    for junction in np.unique(ends).tolist():
        _rejoin(grown, junction, old, sides[ends == junction])
    return grown


def _with_room(graph: Graph, ends: Ints, mm: Ints) -> Graph:
    """A copy with the new chains, and room for the halves of new junctions, which belong to no old chain either."""
    junctions = len(graph.start) - 1
    count = np.bincount(ends[ends >= junctions] - junctions).astype(np.int32)
    start = np.concatenate([graph.start, graph.start[-1] + np.cumsum(count, dtype=np.int32)])
    more = int(start[-1] - graph.start[-1])
    return Graph(
        start, np.append(graph.onward, np.zeros(len(count), np.int32)), np.concatenate([graph.half, np.zeros((more, 2), np.int32)]),
        np.append(graph.side, np.full(more, NOBODYS, np.int32)), np.concatenate([graph.ends, ends]), np.append(graph.mm, mm),
    )  # fmt: skip


def _rejoin(graph: Graph, junction: int, old: Ints, sides: Ints) -> None:
    """The junction's halves of old chains become those of the new ones: as many."""
    places = np.arange(int(graph.start[junction]), int(graph.start[junction + 1]))
    known = graph.side[places]
    graph.side[places[(known == NOBODYS) | np.isin(np.maximum(known, ~known), old)]] = sides
    graph.onward[junction] = kernels.onward_first_at(junction, graph.start, graph.side, graph.ends)
    graph.half[places] = halves(graph.side[places], graph.ends, graph.mm)
