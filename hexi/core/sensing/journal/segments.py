"""The files of a journal: each named for the offset of its first batch."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from hexi.kernel import disk

SUFFIX = ".journal"


def segments(folder: Path) -> list[Path]:
    """All of them, oldest first."""
    return sorted(folder.glob(f"*{SUFFIX}"))


def last_segment(folder: Path) -> Path | None:
    """The one that is written to."""
    found = segments(folder)
    return found[-1] if found else None


def counted(path: Path) -> int:
    """The offset of the first batch in this segment."""
    return int(path.stem)


def fresh(folder: Path, offset: int) -> BinaryIO:
    """A new segment that begins with this offset; its name is on the disk before anything is in it."""
    file = (folder / f"{offset:020d}{SUFFIX}").open("x+b", buffering=0)
    disk.synced(folder)
    return file


def synced(file: BinaryIO) -> None:
    """What was written is on the disk when this returns."""
    os.fdatasync(file.fileno())


def written(file: BinaryIO, content: bytes) -> None:
    """Write all of it and wait for the disk."""
    left = memoryview(content)
    while left:
        left = left[file.write(left) :]
    synced(file)


def forget_before(folder: Path, offset: int) -> int:
    """Delete the segments that hold only batches before this offset, never the last one. Returns how many."""
    found = segments(folder)
    old = [path for path, after in pairwise(found) if counted(after) <= offset]
    for path in old:
        path.unlink()
    return len(old)
