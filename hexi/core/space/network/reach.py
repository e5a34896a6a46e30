"""How many outlets of each kind people reach on foot, and the nearest ones: for every origin at once, exact."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hexi.core.space.network import kernels
from hexi.core.space.network.arrays import FAR, Ints, Table
from hexi.core.space.network.attach import Attached
from hexi.core.space.network.contraction import LONGEST_M, Network
from hexi.core.space.network.streets import Bools, Floats
from hexi.kernel.errors import Invalid, Problem
from hexi.kernel.label import t

NEAREST = 5
PORTION = 128
"""Origins that a thread takes at once."""


@dataclass(frozen=True, slots=True, eq=False)
class Outlets:
    """Where things are to be had, each of a kind (0, 1, …, kinds - 1). `open` leaves out those that are shut at the hour."""

    at: Attached
    kind: Ints
    kinds: int
    open: Bools | None = None

    def __post_init__(self) -> None:
        wrong = len(self.kind) != len(self.at) or (self.open is not None and len(self.open) != len(self.at))
        if wrong or (len(self.kind) and not (self.kind.min() >= 0 and self.kind.max() < self.kinds)):
            message = t("每个网点须有一个从零起编号的类别", "Every outlet needs one kind, numbered from 0")
            raise Invalid([Problem("kind", message, value=f"{len(self.kind)} / {len(self.at)}, {self.kinds}")])


@dataclass(frozen=True, slots=True)
class Question:
    """Counts within each of the limits, and the nearest outlets within the horizon (the widest limit unless said). Raises Invalid."""

    limits_m: tuple[float, ...]
    nearest: int = NEAREST
    horizon_m: float | None = None

    def __post_init__(self) -> None:
        asked = (*self.limits_m, self.horizon_m or 0)
        if not self.limits_m or min(self.limits_m) <= 0 or max(asked) > LONGEST_M or self.nearest < 1:
            message = t("步行范围须大于零且不超过五百公里，至少取一个最近网点", "Limits are above zero and at most 500 km; at least one nearest")
            raise Invalid([Problem("limits_m", message, value=f"{asked}, {self.nearest}")])

    @property
    def limits(self) -> Ints:
        return np.rint(np.array(self.limits_m) * 1000).astype(np.int32)

    @property
    def horizon(self) -> int:
        return max(int(self.limits.max()), round((self.horizon_m or 0) * 1000))


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """`counts` [origin, kind, limit]; `nearest` [origin, kind, rank] is an outlet's number, -1 for none; `nearest_mm` fits it."""

    question: Question
    counts: Ints
    nearest: Ints
    nearest_mm: Ints

    def metres(self) -> Floats:
        """The distances of the nearest in metres, infinite for none."""
        return np.where(self.nearest >= 0, self.nearest_mm / 1000, np.inf)

    def of(self, origins: NDArray[np.integer]) -> Reach:
        """The answer for these origins only, in their order."""
        return Reach(self.question, self.counts[origins], self.nearest[origins], self.nearest_mm[origins])

    def with_rows(self, origins: NDArray[np.integer], anew: Reach) -> Reach:
        """A copy in which these origins have the other answer's rows."""
        copies = [known.copy() for known in self._arrays]
        for copy, rows in zip(copies, anew._arrays, strict=True):
            copy[origins] = rows
        return Reach(self.question, *copies)

    @property
    def _arrays(self) -> tuple[Ints, Ints, Ints]:
        return self.counts, self.nearest, self.nearest_mm


def reach(network: Network, origins: Attached, outlets: Outlets, question: Question) -> Reach:
    """The answer for every origin. An origin that meets no street reaches nothing."""
    shape = len(origins), outlets.kinds
    counts = np.zeros((*shape, len(question.limits_m)), np.int32)
    nearest = np.full((*shape, question.nearest), -1, np.int32)
    nearest_mm = np.full(nearest.shape, FAR, np.int32)
    table, asked = table_of(network, outlets), (question.limits, question.horizon)

    def answered(part: Ints) -> None:
        with network.scratch(len(table.rows), question.horizon) as room:
            kernels.answer((network.graph, table), part, room, asked, (counts, nearest, nearest_mm))

    with ThreadPoolExecutor(threads()) as pool:
        list(pool.map(answered, _portions(network, origins)))
    return Reach(question, counts, nearest, nearest_mm)


def _portions(network: Network, origins: Attached) -> Sequence[Ints]:
    """Rows for the kernel, neighbours together: what one search read is then still in the processor's cache for the next."""
    rows = np.column_stack([np.arange(len(origins)), *placed(network, origins)]).astype(np.int32)
    rows = rows[rows[:, 1] >= 0]
    rows = rows[np.argsort(rows[:, 1], kind="stable")]
    return [rows[at : at + PORTION] for at in range(0, len(rows), PORTION)]


def threads() -> int:
    """As many as the processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def placed(network: Network, points: Attached) -> tuple[Ints, Ints, Ints]:
    """For each point its chain (-1 for none), millimetres from the chain's first end, millimetres off the street."""
    edge, second = points.edge, network.second[points.edge]
    edge_mm, first_mm = network.edge_mm[edge], network.edge_mm[edge] // 2
    is_beyond = (second >= 0) & (points.from_u > first_mm)
    piece = np.where(is_beyond, second, edge)
    along = np.where(is_beyond, edge_mm - points.from_u, points.from_u)
    length = np.where(second < 0, edge_mm, np.where(is_beyond, edge_mm - first_mm, first_mm))
    chain, before, is_forward = network.pieces[piece].T
    at = before + np.where(is_forward == 1, along, length - along)
    return np.where(edge < 0, np.int32(-1), chain), at, points.off


def table_of(network: Network, outlets: Outlets) -> Table:
    """The open outlets that meet a street, by chain."""
    numbers = np.arange(len(outlets.at)) if outlets.open is None else np.flatnonzero(outlets.open)
    chain, at, off = placed(network, outlets.at[numbers])
    order = np.argsort(chain, kind="stable")
    order = order[chain[order] >= 0]
    rows = np.column_stack([at, off, outlets.kind[numbers], numbers]).astype(np.int32)[order]
    start, chains, first = kernels.by_chain(network.graph.ends, len(network.graph.start) - 1, chain[order])
    return Table(start, chains, first, rows)
