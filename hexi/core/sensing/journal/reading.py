"""The reading side of a journal: from an offset on, as far as whole batches go."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from hexi.core.sensing.columns import READINGS
from hexi.core.sensing.journal.frames import batch_in, frames
from hexi.core.sensing.journal.segments import counted, segments, synced
from hexi.kernel.errors import Unavailable
from hexi.kernel.label import t


class JournalReader:
    """Reads one shard's journal in order; each `read` goes on behind the last one. It holds no file open in between.

    Batches have the columns of READINGS, or all that was written where they are wanted `whole`.
    """

    def __init__(self, folder: Path, offset: int = 0, *, whole: bool = False) -> None:
        self.folder, self.offset, self.whole = folder, offset, whole
        self.path: Path | None = None
        self.position = 0

    def read(self, rows: int = 100_000) -> list[pa.RecordBatch]:
        """The next batches, at least one where there is one, and no more once they have so many rows together."""
        found: list[pa.RecordBatch] = []
        while rows > 0 and self._placed():
            before = len(found)
            rows -= self._read_on(found, rows)
            if len(found) == before and not self._moved_on():
                break
        return found

    def sync(self) -> None:
        """Make sure that what was read is on the disk, before anybody counts on it: an engine must never be ahead of its journal."""
        if self.path is not None:
            with self.path.open("r+b", buffering=0) as file:
                synced(file)

    def _read_on(self, found: list[pa.RecordBatch], rows: int) -> int:
        """Batches of this segment until there are so many rows; how many there are."""
        assert self.path is not None
        got = 0
        with self.path.open("rb", buffering=0) as file:
            file.seek(self.position)
            for end, body in frames(file):
                batch = batch_in(body)
                found.append(batch if self.whole else batch.select(READINGS.names))
                self.position, self.offset, got = end, self.offset + 1, got + batch.num_rows
                if got >= rows:
                    break
        return got

    def _placed(self) -> bool:
        """Is the reader at its offset? It goes there when it has just been made."""
        if self.path is not None:
            return True
        held = [path for path in segments(self.folder) if counted(path) <= self.offset]
        if not held:
            return self._nothing_yet()
        passed, position = counted(held[-1]), 0
        with held[-1].open("rb", buffering=0) as file:
            for end, _ in frames(file) if passed < self.offset else ():
                passed, position = passed + 1, end
                if passed == self.offset:
                    break
        if passed < self.offset:
            return self._nothing_yet()
        self.path, self.position = held[-1], position
        return True

    def _nothing_yet(self) -> bool:
        """A journal that has not begun is no fault; one that lacks what comes next, or what was read before, is one."""
        if self.offset or segments(self.folder):
            raise Unavailable(
                t("接入日志缺少尚未处理的批次", "The journal lacks batches that were not yet read"), which=f"{self.folder}, {self.offset}",
                do=t("请恢复该目录，或确认放弃这些读数", "Bring the folder back, or decide to do without these readings"),
            )  # fmt: skip
        return False

    def _moved_on(self) -> bool:
        """Has the writer begun another segment with the very next offset?"""
        after = [path for path in segments(self.folder) if self.path is not None and path > self.path]
        if not after or counted(after[0]) != self.offset:
            return False
        self.sync()
        self.path, self.position = after[0], 0
        return True
