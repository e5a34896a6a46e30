"""Streets closed or opened on a network that is kept: only the chains that hold them are made anew, all else stays where it is.

As a closed edge is two pieces, each corner has as many pieces as before. So a junction keeps its number and its place; the ends of cut
streets are new junctions behind all others. New chains stand behind the old ones, to which no way leads any more. What is written to
are the network's own pages: all else it shares with the one that it was cut of.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hexi.core.space.network import kernels
from hexi.core.space.network.arrays import Graph, Ints, halves
from hexi.core.space.network.pages import Laid
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
    old, laid = _chains_of(network, changed), network.pages.opened()
    junctions = _junctions_at(network, old)
    after = replace(network, closed=closed.copy(), usual=network, **_pieces(network, laid, changed))
    made = _chained(after, _pieces_of(network, after, old), np.array(list(junctions)))
    return _joined(after, laid, made, old, junctions)


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


def _pieces(network: Network, laid: Laid, changed: NDArray[np.intp]) -> dict[str, Ints]:
    """`second`, `piece_edges` and room in `pieces`."""
    is_opened, count = network.closed[changed], len(network.pieces)
    shut = changed[~is_opened].astype(np.int32)
    # Without the room: the last edge is found by -1, which is a point that meets no street.
    second = laid.second[: network.streets.edges]
    second[changed[is_opened]] = -1
    second[shut] = count + np.arange(len(shut), dtype=np.int32)
    return {"second": second, "piece_edges": _behind(laid.piece_edges, count, shut), "pieces": laid.pieces[: count + len(shut)]}


def _behind(laid: Ints, count: int, more: Ints) -> Ints:
    """The first rows of an array, and these written behind them."""
    laid[count : count + len(more)] = more
    return laid[: count + len(more)]


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


def _joined(network: Network, laid: Laid, made: _Chains, old: Ints, junctions: dict[int, int]) -> Network:
    """The network with the new chains."""
    network.pieces[made.pieces] = made.placed + np.array([len(network.graph.mm), 0, 0], np.int32)
    fresh = [node for node in np.unique(made.ends).tolist() if node not in junctions]
    known = junctions | {node: len(network.graph.onward) + number for number, node in enumerate(fresh)}
    ends = np.array([known[node] for node in made.ends.ravel().tolist()], np.int32).reshape(-1, 2)
    order, starts = _behind(laid.order, len(network.order), made.order), len(network.order) + np.append(made.starts, len(made.order))
    chain_starts = _behind(laid.chain_starts, len(network.chain_starts) - 1, starts.astype(np.int32))
    return replace(network, graph=_graph(network.graph, laid.graph, old, (ends, made.mm)), order=order, chain_starts=chain_starts)


def _graph(graph: Graph, laid: Graph, old: Ints, made: tuple[Ints, Ints]) -> Graph:
    (ends, mm), count = made, len(graph.mm)
    grown, chains = _with_room(graph, laid, ends, mm), np.arange(count, count + len(mm), dtype=np.int32)
    grown.mm[old] = 0
    sides = np.column_stack([chains, ~chains])
    for junction in np.unique(ends).tolist():
        _rejoin(grown, junction, old, sides[ends == junction])
    return grown


def _with_room(graph: Graph, laid: Graph, ends: Ints, mm: Ints) -> Graph:
    """With the new chains, and room for the halves of new junctions, which belong to no old chain either."""
    junctions, chains, halves_before = len(graph.onward), len(graph.mm), len(graph.side)
    count = np.bincount(ends[ends >= junctions] - junctions).astype(np.int32)
    start = _behind(laid.start, junctions + 1, halves_before + np.cumsum(count, dtype=np.int32))
    nobodys = np.full(int(start[-1]) - halves_before, NOBODYS, np.int32)
    return Graph(
        start, laid.onward[: len(start) - 1], laid.half[: int(start[-1])],
        _behind(laid.side, halves_before, nobodys), _behind(laid.ends, chains, ends), _behind(laid.mm, chains, mm),
    )  # fmt: skip


def _rejoin(graph: Graph, junction: int, old: Ints, sides: Ints) -> None:
    """The junction's halves of old chains become those of the new ones: as many."""
    places = np.arange(int(graph.start[junction]), int(graph.start[junction + 1]))
    known = graph.side[places]
    graph.side[places[(known == NOBODYS) | np.isin(np.maximum(known, ~known), old)]] = sides
    graph.onward[junction] = kernels.onward_first_at(junction, graph.start, graph.side, graph.ends)
    graph.half[places] = halves(graph.side[places], graph.ends, graph.mm)
