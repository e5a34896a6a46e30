"""How a batch lies in a journal's file: a head with length and checksum, then the batch as an Arrow message without its schema."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import BinaryIO
from zlib import crc32

import pyarrow as pa

from hexi.core.sensing.columns import JOURNALLED, READINGS
from hexi.kernel.reading import LONGEST_KEY, moment_of

HEAD = struct.Struct("<4sII")
MARK = b"hxj1"
FIRST, LAST = (moment_of(datetime(year, 1, 1, tzinfo=UTC)) for year in (2000, 2100))
LARGEST = 256 * 1024 * 1024
"""A longer frame is no frame: the head was torn."""
WRITING, READING = pa.ipc.IpcWriteOptions(compression="lz4", use_threads=False), pa.ipc.IpcReadOptions(use_threads=False)
"""Arrow would hand each column to a thread of its own: for small batches that costs ten times the work itself."""


def framed(batch: pa.RecordBatch) -> bytes:
    """The batch as it is written. Raises ValueError where its columns are not those of READINGS or JOURNALLED, or a key is none."""
    if not (batch.schema.equals(READINGS) or batch.schema.equals(JOURNALLED)):
        batch = batch.cast(READINGS)
    _check_keys(batch.column("key").to_pylist())
    _check_moments(batch)
    with pa.BufferOutputStream() as sink:
        with pa.ipc.new_stream(sink, batch.schema, options=WRITING) as writer:
            writer.write_batch(batch)
        body = sink.getvalue().to_pybytes()
    return HEAD.pack(MARK, len(body), crc32(body)) + body


def _check_keys(keys: list[str]) -> None:
    """What no database takes must be refused here: behind the journal nobody is left who could be told."""
    wrong = [key for key in set(keys) if not 0 < len(key) <= LONGEST_KEY or "\0" in key]
    if wrong:
        raise ValueError(f"A key has 1 to {LONGEST_KEY} characters and no NUL, got {wrong[0][:250]!r}.")


def _check_moments(batch: pa.RecordBatch) -> None:
    for name in ("moment", "received"):
        moments = batch.column(name).cast(pa.int64()).to_numpy()
        if len(moments) and not FIRST <= moments.min() <= moments.max() < LAST:
            raise ValueError(f"A {name} lies between the years 2000 and 2100, got {moments.min()} to {moments.max()} µs since 1970.")


def frames(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Each whole frame from here on, with the position behind it; ends before one that is torn or not yet written to its end."""
    while len(head := file.read(HEAD.size)) == HEAD.size:
        mark, length, checksum = HEAD.unpack(head)
        if mark != MARK or length > LARGEST:
            return
        body = file.read(length)
        if len(body) < length or crc32(body) != checksum:
            return
        yield file.tell(), body


def batch_in(body: bytes) -> pa.RecordBatch:
    """The batch of a frame."""
    with pa.ipc.open_stream(pa.py_buffer(body), options=READING) as reader:
        return reader.read_next_batch()
