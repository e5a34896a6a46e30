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
    """[junctions, 4] distance, next and previous in the bucket, and a column that makes a row 16 bytes."""
    heads: Ints
    """[buckets] the first junction in each bucket."""
    touched: Ints
    """[junctions] those with a distance."""
    found: Ints
    """[points, 2] row in the table, distance."""


def scratch(junctions: int, points: int, horizon: int) -> Scratch:
    """Room for searches as far as `horizon` millimetres."""
    state = np.full((max(junctions, 1), 4), -1, np.int32)
    state[:, 0] = FAR
    heads = np.full((horizon >> BUCKET_BITS) + 2, -1, np.int32)
    return Scratch(state, heads, np.empty(max(junctions, 1), np.int32), np.empty((max(points, 1), 2), np.int32))


def fits(room: Scratch, points: int, horizon: int) -> bool:
    """Whether scratch is large enough for searches as far as that, in a table of that many points."""
    return len(room.found) >= points and len(room.heads) >= (horizon >> BUCKET_BITS) + 2
