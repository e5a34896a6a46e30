"""What was measured of one kind on one day, as one hash: the same however its file is cut and packed, another if any reading is another."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from hexi.core.sensing.history.files import STORED

WHAT = "hexi-readings-of-a-day-1"
LENGTHS = "key_lengths"
PLAIN: dict[str, str] = {"moment": "<i8", "value": "<f8", "received": "<i8", "second": "<f8", "flags": "<u2"}
"""How the columns of numbers are hashed, whatever the machine; moments in microseconds, UTC."""


class Content(NamedTuple):
    """How many readings, and their hash in hexadecimal."""

    rows: int
    digest: str


def content(path: Path, kind: str, day: date, salt: bytes) -> Content:
    """What a file of the history holds.

    Each column is hashed by itself, in the order of key, moment and value that files are written in; the key as its letters and their
    lengths. The digest is SHA-256 over the salt and a JSON list of what, kind, day, the number of readings and those hashes. A day
    of few readings could be guessed from its hash: without the salt it tells nothing. Raises OSError or ArrowException where the
    file cannot be read.
    """
    rows, sums = sums_of(tables_in(path))
    said = [WHAT, kind, day.isoformat(), rows, sums]
    return Content(rows, hashlib.sha256(salt + orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest())


def sums_of(tables: Iterable[pa.Table]) -> tuple[int, dict[str, str]]:
    """How many readings these tables hold, and the hash of each column, wherever one table ends and the next begins."""
    sums, rows = {name: hashlib.sha256() for name in (*STORED.names, LENGTHS)}, 0
    for table in tables:
        rows += table.num_rows
        for batch in table.to_batches():
            for name, written in _columns(batch):
                sums[name].update(written)
    return rows, {name: one.hexdigest() for name, one in sums.items()}


def tables_in(path: Path) -> Iterator[pa.Table]:
    """What a file holds, a row group at a time: pyarrow's own iterator reads far ahead."""
    with pq.ParquetFile(path) as file:
        for number in range(file.metadata.num_row_groups):
            yield file.read_row_groups([number], use_threads=False)


def _columns(batch: pa.RecordBatch) -> Iterator[tuple[str, Any]]:
    keys: Any = batch.column("key").cast(pa.string())
    _, ends, letters = keys.buffers()
    if len(keys):
        place = np.frombuffer(ends, np.int32)[keys.offset : keys.offset + len(keys) + 1]
        yield "key", memoryview(letters)[place[0] : place[-1]] if letters else b""
        yield LENGTHS, np.diff(place).astype("<i4").tobytes()
    for name, shape in PLAIN.items():
        column = batch.column(name)
        numbers = column.cast(pa.int64()) if pa.types.is_timestamp(column.type) else column
        yield name, numbers.to_numpy().astype(shape, copy=False).tobytes()
