"""What a change moves: only origins within reach of it are answered anew, and the answer is that of a complete computation."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from hexi.core.space.network.arrays import Ints, Source
from hexi.core.space.network.attach import Attached
from hexi.core.space.network.contraction import Network
from hexi.core.space.network.reach import Outlets, Reach, placed, reach
from hexi.core.space.network.search import Found, index, touched_by


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
    which = _reached_from(before, after, origins, known.question.horizon)
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


def _reached_from(before: Network, after: Network, origins: Attached, horizon: int) -> Ints:
    """The origins within the horizon of an edge that was closed or opened: no other walk can have used it."""
    edges = np.flatnonzero(before.closed != after.closed)
    found = [_near(network, edges, origins, horizon) for network in (before, after)] if len(edges) else []
    return np.unique(np.concatenate([np.empty(0, np.int32), *found]))


def _near(network: Network, edges: NDArray[np.integer], origins: Attached, horizon: int) -> Ints:
    second = network.second[edges]
    pieces = np.concatenate([edges, second[second >= 0]])
    chain, before, _ = network.pieces[pieces].T
    longest = network.edge_mm[network.piece_edges[pieces]]
    behind = np.maximum(network.graph.mm[chain] - before - longest, 0)
    one, other = network.graph.ends[chain].T
    seeds = np.concatenate([np.column_stack([one, before]), np.column_stack([other, behind])])
    around = touched_by(index(network, origins), Source(np.ascontiguousarray(seeds, np.int32), -1, 0, 0), horizon)
    # Between the edge and its chain's end nobody passes a junction.
    beside = np.flatnonzero(np.isin(placed(network, origins)[0], chain)).astype(np.int32)
    return np.concatenate([around.points, beside])
