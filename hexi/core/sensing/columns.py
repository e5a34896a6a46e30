"""Many readings as columns: the Arrow schema at the room's door, and the shard that a key belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from zlib import crc32

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from hexi.kernel.reading import Reading

MOMENT = pa.timestamp("us", tz="UTC")
READINGS = pa.schema([
    pa.field("key", pa.string(), nullable=False),
    pa.field("kind", pa.string(), nullable=False),
    pa.field("moment", MOMENT, nullable=False),
    pa.field("value", pa.float64(), nullable=False),
    pa.field("received", MOMENT, nullable=False),
    pa.field("second", pa.float64(), nullable=False),
    pa.field("flags", pa.uint16(), nullable=False),
])  # fmt: skip
"""The fields of `Reading`, in its order. `second` is NaN where a kind has one number only."""
NO_SEQUENCE = -1
JOURNALLED = pa.schema([*READINGS, pa.field("device", pa.int64(), nullable=False), pa.field("sequence", pa.int64(), nullable=False)])
"""As the intake writes them: with the device's number and its own count, by which what comes again is known after a restart."""


def batch_of(readings: Iterable[Reading]) -> pa.RecordBatch:
    """The readings as one batch, in the order given."""
    columns = list(zip(*readings, strict=True)) or [()] * len(READINGS)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, READINGS, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=READINGS)


def load_columns() -> None:
    """Make no reading into columns: pyarrow looks for pandas at its first array, and loading that takes the better part of a second.

    For processes that somebody will wait for.
    """
    batch_of(())


def readings_of(batch: pa.RecordBatch | pa.Table) -> list[Reading]:
    """The rows of a batch, one by one: for tests and for few."""
    columns = [batch.column(n).cast(pa.int64()) if field.type == MOMENT else batch.column(n) for n, field in enumerate(READINGS)]
    return [Reading(*row) for row in zip(*(column.to_pylist() for column in columns), strict=True)]


def shard_of(key: str, shards: int) -> int:
    """The shard of a key, the same on every machine and for ever."""
    return crc32(key.encode()) % shards


def by_shard(batch: pa.RecordBatch, shards: int) -> dict[int, pa.RecordBatch]:
    """The batch parted by shard, each part in the order of the whole."""
    if shards == 1 or not batch.num_rows:
        return {0: batch} if batch.num_rows else {}
    coded = pc.dictionary_encode(batch.column("key"))
    owners = np.array([shard_of(key, shards) for key in coded.dictionary.to_pylist()])
    owner = owners[coded.indices.to_numpy()]
    return {int(shard): batch.filter(pa.array(owner == shard)) for shard in np.unique(owner)}
