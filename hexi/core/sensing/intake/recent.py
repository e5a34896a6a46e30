"""What was taken lately, so that what comes again is not written twice. What is older than that the engine's own rules still find."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa

from hexi.core.sensing.columns import readings_of
from hexi.core.sensing.journal.reading import JournalReader
from hexi.core.sensing.journal.segments import counted, segments

HELD = 500_000
"""Marks in each of two generations; a mark takes some 70 bytes."""


class Recent:
    """Marks of readings, the older half forgotten at once when the newer is full."""

    def __init__(self, held: int = HELD) -> None:
        self.held = held
        self.new, self.old = set[int](), set[int]()

    def seen(self, mark: int) -> bool:
        """Was it there already? It is now."""
        if mark in self.new or mark in self.old:
            return True
        if len(self.new) >= self.held:
            self.old, self.new = self.new, set[int]()
        self.new.add(mark)
        return False

    def forget(self, marks: Iterable[int]) -> None:
        """These were not written after all."""
        gone = set(marks)
        self.new -= gone
        self.old -= gone


def mark_of(key: str, kind: str, moment: int, value: float) -> int:
    """The same for the same reading, in this process."""
    return hash((key, kind, moment, value))


def mark_of_sequence(device: int, sequence: int, kind: str) -> int:
    """The same for the same number in a device's own count; one message may carry several kinds under one number."""
    return hash((device, sequence, kind))


def remembered(folders: Iterable[Path], held: int = HELD) -> Recent:
    """The marks of what stands last in the journals: a process that begins anew knows what the one before it wrote."""
    recent = Recent(held)
    for folder in folders:
        for batch in _last_batches(folder, held):
            for one in readings_of(batch):
                recent.seen(mark_of(one.key, one.kind, one.moment, one.value))
    return recent


def _last_batches(folder: Path, rows: int) -> deque[pa.RecordBatch]:
    last = segments(folder)[-2:]
    if not last:
        return deque()
    reader, kept, count = JournalReader(folder, counted(last[0])), deque[pa.RecordBatch](), 0
    while batches := reader.read():
        kept.extend(batches)
        count += sum(batch.num_rows for batch in batches)
        while len(kept) > 1 and count - kept[0].num_rows >= rows:
            count -= kept.popleft().num_rows
    return kept
