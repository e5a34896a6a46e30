"""One point at a time: everything within a distance of it, and the nearest few."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hexi.core.space.network import kernels
from hexi.core.space.network.arrays import Ints, Source, Table
from hexi.core.space.network.attach import Attached
from hexi.core.space.network.contraction import Network
from hexi.core.space.network.reach import Outlets, placed, table_of
from hexi.core.space.network.streets import Floats

FIRST_RING_MM = 300_000
FARTHEST_MM = 50_000_000
WIDER = 2


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Points by their numbers, nearest first (equals by number), and how far the walk is."""

    points: Ints
    mm: Ints

    @property
    def metres(self) -> Floats:
        return self.mm / 1000


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """Points ready to be found on a network: outlets, helpers, or the origins themselves for the question the other way round."""

    network: Network
    table: Table
    points: int


def index(network: Network, points: Attached) -> Index:
    """The points, each by its place in the batch."""
    return index_of(network, Outlets(points, np.zeros(len(points), np.int32), 1))


def index_of(network: Network, outlets: Outlets) -> Index:
    """The outlets that are open."""
    return Index(network, table_of(network, outlets), len(outlets.at))


def within(known: Index, point: Attached, metres: float) -> Found:
    """All within that walk of one point."""
    source = source_of(known.network, point)
    return _found(known, source, round(metres * 1000)) if source else NOTHING


def nearest(known: Index, point: Attached, count: int, *, within_m: float = FARTHEST_MM / 1000) -> Found:
    """The nearest few of one point, fewer where there are no more within the walk. The ring grows until it holds enough."""
    source = source_of(known.network, point)
    if source is None or count < 1:
        return NOTHING
    horizon, farthest = FIRST_RING_MM, round(within_m * 1000)
    while True:
        ring = min(horizon, farthest)
        found = _found(known, source, ring)
        if len(found.points) >= count or len(found.points) == len(known.table.rows) or ring == farthest:
            return Found(found.points[:count], found.mm[:count])
        horizon *= WIDER


def source_of(network: Network, point: Attached) -> Source | None:
    """One point as the beginning of a search, None when it meets no street."""
    chains, along, offs = placed(network, point)
    chain, at, off = int(chains[0]), int(along[0]), int(offs[0])
    if chain < 0:
        return None
    length, (one, other) = int(network.graph.mm[chain]), network.graph.ends[chain]
    return Source(np.array([[one, off + at], [other, off + length - at]], np.int32), chain, at, off)


def _found(known: Index, source: Source, horizon: int) -> Found:
    with known.network.scratch(len(known.table.rows), horizon) as room:
        count = kernels.gather(known.network.graph, known.table, source, room, horizon)
        rows, mm = room.found[:count].T.copy()
    points = known.table.rows[rows, 3]
    order = np.lexsort((points, mm))
    return Found(points[order], mm[order])


NOTHING = Found(np.empty(0, np.int32), np.empty(0, np.int32))
