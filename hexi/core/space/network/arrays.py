"""The arrays that the compiled kernels read and write. Lengths are whole millimetres, so every sum is exact in any order."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]

# Both are compiled into the kernels, whose kept code is renewed when kernels.py changes: touch it after a change here.
FAR = 2**31 - 1
"""No way, or none within the horizon."""
BUCKET_BITS = 12
"""A bucket of the queue is 2**12 mm, some 4 m, wide: the best of six widths from 1 m to 32 m, which differ by a tenth."""


class Graph(NamedTuple):
    """Junctions and the chains of street between them."""

    start: Ints
    """[junctions + 1] where a junction's halves begin."""
    onward: Ints
    """[junctions] where those of its halves end that lead on; dead ends come behind, and no search for a way need enter them."""
    half: Ints
    """[halves, 2] the junction at the other end, and how far."""
    side: Ints
    """[halves] the chain's number when the half leaves from its first end, else that number's complement (`~number`)."""
    ends: Ints
    """[chains, 2] the junctions at both ends."""
    mm: Ints
    """[chains] lengths."""


class Table(NamedTuple):
    """Points sorted by chain."""

    start: Ints
    """[junctions + 1] where in `chains` a junction's begin."""
    chains: Ints
    """The sides (see `Graph.side`) of the chains with points, junction by junction."""
    first: Ints
    """[chains + 1] where a chain's points begin."""
    rows: Ints
    """[points, 4] millimetres from the chain's first end, millimetres off the street, kind, the point's own number."""


class Source(NamedTuple):
    """Where a search begins."""

    seeds: Ints
    """[any, 2] junction and millimetres already walked."""
    chain: int
    """The chain that the source lies on, -1 when it is only its seeds."""
    at: int
    off: int


class Scratch(NamedTuple):
    """What one search writes; each leaves it as it found it."""

    state: Ints
    """[junctions or more, 4] distance, next and previous in the bucket, and a column that makes a row 16 bytes."""
    heads: Ints
    """[buckets] the first junction in each bucket."""
    touched: Ints
    """[junctions or more] those with a distance."""
    found: Ints
    """[points, 2] row in the table, distance."""


def scratch(junctions: int, points: int, horizon: int) -> Scratch:
    """Room for searches as far as `horizon` millimetres."""
    state = np.full((max(junctions, 1), 4), -1, np.int32)
    state[:, 0] = FAR
    return Scratch(state, _heads(horizon), np.empty(max(junctions, 1), np.int32), _found(points))


def roomy(known: Scratch, junctions: int, points: int, horizon: int) -> Scratch:
    """The same scratch with more room where that is too little for such searches in a table of so many points."""
    if len(known.touched) < junctions:
        return scratch(junctions, points, horizon)
    heads = known.heads if len(known.heads) >= (horizon >> BUCKET_BITS) + 2 else _heads(horizon)
    return known._replace(heads=heads, found=known.found if len(known.found) >= points else _found(points))


def _heads(horizon: int) -> Ints:
    return np.full((horizon >> BUCKET_BITS) + 2, -1, np.int32)


def _found(points: int) -> Ints:
    return np.empty((max(points, 1), 2), np.int32)


def halves(side: Ints, ends: Ints, mm: Ints) -> Ints:
    """`Graph.half` of these sides of the chains."""
    chain = np.maximum(side, ~side)
    return np.ascontiguousarray(np.stack([ends[chain, (side >= 0).astype(np.int8)], mm[chain]], axis=1), np.int32)
