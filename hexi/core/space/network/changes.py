"""What a change moves: only origins within reach of it are answered anew, and the answer is that of a complete computation."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from hexi.core.space.network.arrays import FAR, Ints
from hexi.core.space.network.attach import Attached
from hexi.core.space.network.contraction import Network
from hexi.core.space.network.reach import Outlets, Reach, reach
from hexi.core.space.network.search import Found, source_of
from hexi.core.space.network.spots import Longs, Spots, spots_near
from hexi.core.space.network.streets import Bools

MANY = 200
"""Changed edges from which on everybody is answered anew: that is then the quicker way."""


@dataclass(frozen=True, slots=True, eq=False)
class Moved:
    """Origins whose answer may have changed, and their answers now, in the same order."""

    origins: Ints
    answer: Reach

    def into(self, known: Reach) -> Reach:
        """The complete answer after the change."""
        return known.with_rows(self.origins, self.answer)


def after_streets(before: Network, after: Network, origins: Attached, outlets: Outlets, known: Reach) -> Moved:
    """For a gate, a fence or a new passage: the same streets, other edges closed."""
    edges = np.flatnonzero(before.closed != after.closed).astype(np.int32)
    if len(edges) > MANY:
        everybody = np.arange(len(origins), dtype=np.int32)
        return Moved(everybody, reach(after, origins, outlets, known.question))
    network, horizon = _with_open(before, after), known.question.horizon
    # Whoever passes a changed edge is within reach of it, and what they reach is within reach of them.
    shops = spots_near(network, outlets.at, edges, 2 * horizon, outlets.open)
    which = _walking_there(spots_near(network, origins, edges, horizon), shops, edges, horizon)
    which = np.union1d(np.flatnonzero(np.isin(origins.edge, edges)), which).astype(np.int32)
    return Moved(which, reach(after, origins[which], replace(outlets, open=_only(shops.numbers, len(outlets.at))), known.question))


def after_opening(known: Reach, served: Found, number: int, kind: int) -> Moved:
    """For a new outlet with this number and kind, that serves these origins (`within` of an index of the origins)."""
    part = known.of(served.points)
    part.counts[:, kind] += served.mm[:, None] <= known.question.limits
    mm = np.column_stack([part.nearest_mm[:, kind], served.mm])
    numbers = np.column_stack([part.nearest[:, kind], np.full(len(served.mm), number, np.int32)])
    order = np.lexsort((numbers, mm))[:, : known.question.nearest]
    part.nearest[:, kind], part.nearest_mm[:, kind] = np.take_along_axis(numbers, order, 1), np.take_along_axis(mm, order, 1)
    return Moved(served.points, part)


def after_shutting(network: Network, origins: Attached, outlets: Outlets, known: Reach, shut: tuple[int, Found]) -> Moved:
    """For one open outlet (its number, and the origins that it served) that is no more. `outlets` has it still."""
    number, served = shut
    kind = int(outlets.kind[number])
    part = known.of(served.points)
    part.counts[:, kind] -= served.mm[:, None] <= known.question.limits
    # Whoever had it among the nearest needs the next one, which no count tells.
    lost = np.flatnonzero((part.nearest[:, kind] == number).any(axis=1))
    anew = reach(network, origins[served.points[lost]], without(outlets, number), known.question)
    return Moved(served.points, part.with_rows(lost, anew))


def without(outlets: Outlets, number: int) -> Outlets:
    """The outlets with this one shut; the others keep their numbers."""
    is_open = np.ones(len(outlets.kind), np.bool_) if outlets.open is None else outlets.open.copy()
    is_open[number] = False
    return replace(outlets, open=is_open)


def _only(numbers: NDArray[np.integer], count: int) -> Bools:
    chosen = np.zeros(count, np.bool_)
    chosen[numbers] = True
    return chosen


def _walking_there(homes: Spots, shops: Spots, edges: Ints, horizon: int) -> NDArray[np.integer]:
    """The origins that may have used a changed edge to an outlet. Where all such edges are open every walk is at its shortest; whoever
    passes none of them there walks the same way before and after.
    """
    found = [homes.numbers[_passing(homes, shops, int(edge), horizon)] for edge in edges]
    return np.concatenate([np.empty(0, np.int32), *found])


def _with_open(before: Network, after: Network) -> Network:
    closed = before.closed & after.closed
    for known in (before, after):
        if np.array_equal(known.closed, closed):
            return known
    return before.with_closed(closed)


def _passing(homes: Spots, shops: Spots, edge: int, horizon: int) -> NDArray[np.intp]:
    """Who passes the edge from end to end on a shortest walk to an outlet, or its middle to one on it."""
    length, on_it = int(homes.network.edge_mm[edge]), shops.from_u[shops.edge == edge]
    (to_u, to_v), (from_u, from_v) = _walks(homes, edge, horizon), _walks(shops, edge, horizon)
    farther, past = to_v - to_u, from_u - from_v
    # The first outlet behind each end whose shortest walk from the other end passes the edge.
    behind_v, behind_u = from_v[past == length].min(initial=FAR), from_u[past == -length].min(initial=FAR)
    passes = ((farther == length) & (to_v + behind_v <= horizon)) | ((farther == -length) & (to_u + behind_u <= horizon))
    # An outlet on the edge is reached over its middle by whoever is so much nearer to the other end.
    is_near_v = on_it > length // 2
    if (~is_near_v).any():
        passes |= farther < 2 * int(on_it[~is_near_v].max()) - length
    if is_near_v.any():
        passes |= farther > 2 * int(on_it[is_near_v].min()) - length
    return np.flatnonzero(passes & (np.minimum(to_u, to_v) <= horizon))


def _walks(spots: Spots, edge: int, horizon: int) -> list[Longs]:
    """Millimetres from every spot to the edge's `u` and to its `v`, FAR beyond the horizon."""
    ends = (Attached(*(np.array([each], np.int32) for each in (edge, from_u, 0))) for from_u in (0, int(spots.network.edge_mm[edge])))
    sources = (source_of(spots.network, end) for end in ends)
    return [spots.walks(source, horizon) for source in sources if source is not None]
