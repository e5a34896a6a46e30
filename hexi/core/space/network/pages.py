"""Arrays on pages of memory that many share: who writes to one gets a copy of the page alone, and the others see what they saw."""

from __future__ import annotations

import mmap
import os
import tempfile
import weakref
from itertools import accumulate
from typing import IO, NamedTuple

import numpy as np

from hexi.core.space.network.arrays import Graph, Ints


class Laid(NamedTuple):
    """What a closure writes to: the arrays of `Graph`, and those of `Network` that know of chains."""

    start: Ints
    onward: Ints
    half: Ints
    side: Ints
    ends: Ints
    mm: Ints
    pieces: Ints
    second: Ints
    order: Ints
    chain_starts: Ints
    piece_edges: Ints

    @property
    def graph(self) -> Graph:
        return Graph(*self[: len(Graph._fields)])


class Pages:
    """These arrays, kept once. Behind each is room for more rows, which takes no memory before it is written to."""

    def __init__(self, laid: Laid, room: int) -> None:
        # All pieces of a chain that is cut come into the order once more, be it as long as it may.
        rooms = {"order": len(laid.order) + room}
        self._shapes = [(len(each) + rooms.get(name, room), *each.shape[1:]) for name, each in laid._asdict().items()]
        self._places = list(accumulate((_whole_pages(shape) for shape in self._shapes), initial=0))
        self._file = _nameless()
        weakref.finalize(self, self._file.close)
        self._file.truncate(self._places[-1])
        for place, each in zip(self._places, laid, strict=False):
            self._file.seek(place)
            self._file.write(np.ascontiguousarray(each).data)
        self._file.flush()

    def opened(self) -> Laid:
        """All of them with their room, for one who may write to them."""
        own = mmap.mmap(self._file.fileno(), self._places[-1], access=mmap.ACCESS_COPY)
        return Laid(*(np.ndarray(shape, np.int32, own, place) for shape, place in zip(self._shapes, self._places, strict=False)))


def _whole_pages(shape: tuple[int, ...]) -> int:
    size = mmap.ALLOCATIONGRANULARITY
    return -(-int(np.prod(shape)) * np.dtype(np.int32).itemsize // size) * size


def _nameless() -> IO[bytes]:
    """A file that nobody else sees and that goes with its last user; in memory where the system has such."""
    return os.fdopen(os.memfd_create("hexi-streets"), "w+b") if hasattr(os, "memfd_create") else tempfile.TemporaryFile()
