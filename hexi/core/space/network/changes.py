"""What a change moves: only origins within reach of it are answered anew, and the answer is that of a complete computation."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from hexi.core.space.network.arrays import FAR, Ints
from hexi.core.space.network.attach import Attached
from hexi.core.space.network.contraction import Network
from hexi.core.space.network.reach import Outlets, Reach, reach
from hexi.core.space.network.search import Found, Index, index, index_of, within

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
    which = _walking_there(before, after, origins, outlets, known.question.horizon)
    return Moved(which, reach(after, origins[which], outlets, known.question))


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


def _walking_there(before: Network, after: Network, origins: Attached, outlets: Outlets, horizon: int) -> Ints:
    """The origins that may have used a changed edge to an outlet. Where all such edges are open every walk is at its shortest; whoever
    passes none of them there walks the same way before and after.
    """
    edges = np.flatnonzero(before.closed != after.closed)
    if len(edges) > MANY:
        return np.arange(len(origins), dtype=np.int32)
    network = _with_open(before, after)
    homes, shops = index(network, origins), index_of(network, outlets)
    found = [_passing(homes, shops, int(edge), outlets.at.from_u[outlets.at.edge == edge], horizon) for edge in edges]
    on_them = np.flatnonzero(np.isin(origins.edge, edges))
    return np.unique(np.concatenate([on_them, *found])).astype(np.int32)


def _with_open(before: Network, after: Network) -> Network:
    closed = before.closed & after.closed
    for known in (before, after):
        if np.array_equal(known.closed, closed):
            return known
    return before.with_closed(closed)


def _passing(homes: Index, shops: Index, edge: int, on_it: Ints, horizon: int) -> NDArray[np.intp]:
    """Who passes the edge from end to end on a shortest walk to an outlet, or its middle to one on it (millimetres from `u`)."""
    length = int(homes.network.edge_mm[edge])
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


def _walks(points: Index, edge: int, horizon: int) -> list[NDArray[np.int64]]:
    """Millimetres from every point to the edge's `u` and to its `v`, FAR beyond the horizon."""
    both: list[NDArray[np.int64]] = []
    for from_u in (0, int(points.network.edge_mm[edge])):
        spot = Attached(*(np.array([each], np.int32) for each in (edge, from_u, 0)))
        found = within(points, spot, horizon / 1000)
        walks = np.full(points.points, FAR, np.int64)
        walks[found.points] = found.mm
        both.append(walks)
    return both
