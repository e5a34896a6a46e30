"""What was taken lately, so that what comes again is not written twice. What is older the engine and the history still find."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from pathlib import Path
from struct import Struct
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from hexi.core.sensing.columns import NO_SEQUENCE
from hexi.core.sensing.intake.sent import Sent
from hexi.core.sensing.journal.reading import JournalReader
from hexi.core.sensing.journal.segments import counted, segments

HELD = 500_000
"""Marks in each of two generations; a mark takes some 70 bytes."""
MIX_PLAIN, TURN_PLAIN, WORD = 0x9E3779B97F4A7C15, 29, 2**64 - 1
MIX, TURN = np.uint64(MIX_PLAIN), np.uint64(TURN_PLAIN)
NUMBER, BITS = Struct("<d"), Struct("<Q")
Marks = np.ndarray[Any, np.dtype[np.uint64]]


class Recent:
    """Marks of readings, the older half forgotten at once when the newer is full."""

    def __init__(self, held: int = HELD) -> None:
        self.held = held
        self.new, self.old = set[int](), set[int]()

    def fresh(self, marks: Marks) -> list[bool] | None:
        """Which of these were not there before, one after the other; None where all are new. They are there now."""
        if len(self.new) >= self.held:
            self.old, self.new = self.new, set[int]()
        listed: list[int] = marks.tolist()
        together = set(listed)
        if len(together) == len(listed) and together.isdisjoint(self.new) and together.isdisjoint(self.old):
            self.new |= together
            return None
        return [self._added(mark) for mark in listed]

    def add(self, mark: int) -> bool:
        """Was this one not there before? It is there now."""
        if len(self.new) >= self.held:
            self.old, self.new = self.new, set[int]()
        return self._added(mark)

    def _added(self, mark: int) -> bool:
        if mark in self.new or mark in self.old:
            return False
        self.new.add(mark)
        return True

    def forget(self, marks: Iterable[int]) -> None:
        """These were not written after all."""
        gone = set(marks)
        self.new -= gone
        self.old -= gone


def marks_of(batch: pa.RecordBatch | pa.Table) -> Marks:
    """The same number for the same key, kind, moment and value, in this process."""
    moments, values = batch.column("moment").cast(pa.int64()).to_numpy(), batch.column("value").to_numpy()
    return _mixed(_hashed(batch.column("key")), _hashed(batch.column("kind")), moments.view(np.uint64), values.view(np.uint64))


def marks_of_sequences(batch: pa.RecordBatch) -> Marks:
    """The same for the same number in a device's own count; one message may carry several kinds under one number."""
    return _mixed(
        batch.column("device").to_numpy().view(np.uint64),
        _hashed(batch.column("kind")),
        batch.column("sequence").to_numpy().view(np.uint64),
    )


def mark_of(one: Sent) -> int:
    """The mark that `marks_of` gives this reading."""
    (value,) = BITS.unpack(NUMBER.pack(one.value))
    return _mixed_plainly(hash(one.key), hash(one.kind), one.moment, value)


def mark_of_sequence(one: Sent) -> int:
    """The mark that `marks_of_sequences` gives it."""
    return _mixed_plainly(one.device, hash(one.kind), one.sequence)


def _hashed(column: pa.Array | pa.ChunkedArray) -> Marks:
    coded = pc.dictionary_encode(column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column)
    own = np.array([hash(text) for text in coded.dictionary.to_pylist()], dtype=np.int64).view(np.uint64)
    return own[coded.indices.to_numpy()]


def _mixed(first: Marks, *more: Marks) -> Marks:
    """Every bit of each moves every bit of the mark."""
    found = first
    for one in more:
        found = (found ^ one) * MIX
        found ^= found >> TURN
    return found


def _mixed_plainly(first: int, *more: int) -> int:
    """The same with one number each."""
    found = first & WORD
    for one in more:
        found = ((found ^ (one & WORD)) * MIX_PLAIN) & WORD
        found ^= found >> TURN_PLAIN
    return found


def remembered(folders: Iterable[Path], held: int = HELD) -> Recent:
    """The marks of what stands last in the journals: a process that begins anew knows what the one before it wrote."""
    recent = Recent(held)
    for folder in folders:
        for batch in _last_batches(folder, held):
            recent.fresh(marks_of(batch))
            if "sequence" in batch.schema.names:
                counted_ones = np.flatnonzero(batch.column("sequence").to_numpy() != NO_SEQUENCE)
                recent.fresh(marks_of_sequences(batch.take(pa.array(counted_ones))))
    return recent


def _last_batches(folder: Path, rows: int) -> deque[pa.RecordBatch]:
    last = segments(folder)[-2:]
    if not last:
        return deque()
    reader, kept, count = JournalReader(folder, counted(last[0]), whole=True), deque[pa.RecordBatch](), 0
    while batches := reader.read():
        kept.extend(batches)
        count += sum(batch.num_rows for batch in batches)
        while len(kept) > 1 and count - kept[0].num_rows >= rows:
            count -= kept.popleft().num_rows
    return kept
