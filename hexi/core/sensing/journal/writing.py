"""The writing side of a journal: batches are appended in order, and many writers share one fsync."""

from __future__ import annotations

import fcntl
import os
import threading
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import BinaryIO

import pyarrow as pa

from hexi.core.sensing.journal.frames import framed, frames
from hexi.core.sensing.journal.segments import counted, fresh, last_segment, written
from hexi.kernel.errors import Conflict
from hexi.kernel.label import t

SEGMENT_BYTES = 64 * 1024 * 1024
SEGMENT_S = 3600.0


@dataclass(slots=True)
class _Waiting:
    frame: bytes
    offset: int = -1
    fault: OSError | None = None


class Journal:
    """The one writer of one shard's journal in `folder`. Raises Conflict when another process writes it.

    `append` returns once the batch is on the disk: only then may the sender be told that it was received.
    """

    def __init__(self, folder: Path, segment_bytes: int = SEGMENT_BYTES) -> None:
        self.folder, self.segment_bytes = folder, segment_bytes
        folder.mkdir(parents=True, exist_ok=True)
        self.lock = _only_writer(folder)
        self.file, self.next = _reopened(folder)
        self.begun = monotonic()
        self.door, self.turn = threading.Lock(), threading.Lock()
        self.waiting: list[_Waiting] = []

    def append(self, batch: pa.RecordBatch) -> int:
        """Write one batch and return its offset, once it is on the disk. Threads that come together share one fsync.

        Raises OSError when the disk does not take it: then it was not received, and neither were those beside it.
        """
        one = _Waiting(framed(batch))
        with self.door:
            self.waiting.append(one)
        with self.turn:  # the first to get the turn writes for all that wait behind it
            if one.offset < 0 and one.fault is None:
                self._write()
        if one.fault is not None:
            raise one.fault
        return one.offset

    def _write(self) -> None:
        with self.door:
            taken, self.waiting = self.waiting, []
        try:
            self._begin_another_when_full()
            written(self.file, b"".join(one.frame for one in taken))
        except OSError as fault:
            self._set_back(taken, fault)
            return
        for one in taken:
            one.offset, self.next = self.next, self.next + 1

    def _begin_another_when_full(self) -> None:
        if self.file.tell() >= self.segment_bytes or (self.file.tell() and monotonic() - self.begun >= SEGMENT_S):
            self.file.close()
            self.file, self.begun = fresh(self.folder, self.next), monotonic()

    def turn_over(self) -> None:
        """Begin another segment where this one has stood long enough, also when nobody sends: what is to be forgotten lies in it."""
        with self.turn:
            try:
                self._begin_another_when_full()
            except OSError as fault:
                self._set_back([], fault)

    def _set_back(self, taken: list[_Waiting], fault: OSError) -> None:
        """Cut off what may stand there by half."""
        for one in taken:
            one.fault = fault
        self.file.close()
        self.file, self.next = _reopened(self.folder)

    def close(self) -> None:
        """Let go of the journal."""
        self.file.close()
        self.lock.close()


def _only_writer(folder: Path) -> BinaryIO:
    lock = (folder / "writer.lock").open("wb")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise Conflict(
            t("该日志分片已有进程在写", "Another process writes this journal"), which=str(folder),
            do=t("一个分片只运行一个接入进程", "Run one intake for each shard"),
        ) from None  # fmt: skip
    return lock


def _reopened(folder: Path) -> tuple[BinaryIO, int]:
    """The last segment, cut behind its last whole frame, and the offset of the next batch."""
    path = last_segment(folder)
    if path is None:
        return fresh(folder, 0), 0
    file = path.open("r+b", buffering=0)
    end, count = 0, counted(path)
    for end, _ in frames(file):  # noqa: B007 - the last end is wanted
        count += 1
    file.truncate(end)
    file.seek(end)
    os.fsync(file.fileno())
    return file, count
