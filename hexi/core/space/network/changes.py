"""What a change moves: only origins within reach of it are answered anew, and the answer is that of a complete computation."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from hexi.core.space.network.arrays import FAR, Ints
from hexi.core.space.network.attach import Attached
from hexi.core.space.network.contraction import Network
from hexi.core.space.network.reach import Outlets, Reach, reach
from hexi.core.space.network.search import Found, Index, index, within

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
    which = _walking_there(before, after, origins, outlets.at, known.question.horizon)
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


def _walking_there(before: Network, after: Network, origins: Attached, outlets: Attached, horizon: int) -> Ints:
    """The origins that may have used a changed edge. Where all of them are open every shortest walk is at its shortest; whoever passes
    none of them there walks the same way before and after.
    """
    edges = np.flatnonzero(before.closed != after.closed)
    if len(edges) > MANY:
        return np.arange(len(origins), dtype=np.int32)
    homes = index(_with_open(before, after), origins)
    found = [_through(homes, int(edge), outlets.from_u[outlets.edge == edge], horizon) for edge in edges]
    on_them = np.flatnonzero(np.isin(origins.edge, edges))
    return np.unique(np.concatenate([on_them, *found])).astype(np.int32)


def _with_open(before: Network, after: Network) -> Network:
    closed = before.closed & after.closed
    for known in (before, after):
        if np.array_equal(known.closed, closed):
            return known
    return before.with_closed(closed)


def _through(homes: Index, edge: int, outlets: Ints, horizon: int) -> NDArray[np.intp]:
    """Who passes the edge from end to end on a shortest walk, or its middle to an outlet on it (millimetres from `u`)."""
    length = int(homes.network.edge_mm[edge])
    to_u, to_v = (_walks(homes, edge, from_u, horizon) for from_u in (0, length))
    farther = to_v - to_u
    is_through = np.abs(farther) == length
    beyond = outlets > length // 2
    # An outlet at `t` is nearer by `u` as long as v's lead is less than that of the edge's rest.
    if (~beyond).any():
        is_through |= farther < 2 * int(outlets[~beyond].max()) - length
    if beyond.any():
        is_through |= farther > 2 * int(outlets[beyond].min()) - length
    return np.flatnonzero(is_through & (np.minimum(to_u, to_v) <= horizon))


def _walks(homes: Index, edge: int, from_u: int, horizon: int) -> NDArray[np.int64]:
    """Millimetres from every origin to a spot of the edge, FAR beyond the horizon."""
    spot = Attached(*(np.array([each], np.int32) for each in (edge, from_u, 0)))
    found = within(homes, spot, horizon / 1000)
    walks = np.full(homes.points, FAR, np.int64)
    walks[found.points] = found.mm
    return walks
