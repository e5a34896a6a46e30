"""What is handed to the intake: readings with the device that sent them, as columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import nan
from typing import Any, NamedTuple, cast

import pyarrow as pa

from hexi.core.sensing.columns import READINGS

NO_SEQUENCE = -1
SENT = pa.schema([
    *READINGS,
    pa.field("device", pa.int64(), nullable=False),
    pa.field("sequence", pa.int64(), nullable=False),
    pa.field("unsure", pa.bool_(), nullable=False),
])  # fmt: skip
"""A reading, the number of its device, the device's own count of it (-1: it has none), and whether others like it may have been lost."""


class Sent(NamedTuple):
    """One reading as it is handed in; the first seven are those of `Reading`."""

    key: str
    kind: str
    moment: int
    value: float
    received: int
    second: float = nan
    flags: int = 0
    device: int = 0
    sequence: int = NO_SEQUENCE
    unsure: bool = False


@dataclass(slots=True)
class Outcome:
    """What became of what one sender handed in together."""

    stored: int = 0
    duplicates: int = 0
    disordered: int = 0
    throttled: set[int] = field(default_factory=set[int])
    """Devices over their limit: nothing of theirs was taken."""


def packed(sent: Sequence[Sent]) -> bytes:
    """The readings as an Arrow stream."""
    batch = table_of(sent, SENT)
    with pa.BufferOutputStream() as sink:
        with pa.ipc.new_stream(sink, SENT) as writer:
            writer.write_batch(batch)
        return sink.getvalue().to_pybytes()


def unpacked(content: bytes) -> list[Sent]:
    """The same back."""
    with pa.ipc.open_stream(pa.py_buffer(content)) as reader:
        table = reader.read_all()
    columns = [_plain(table.column(n)) for n in range(len(SENT))]
    return list(map(Sent._make, zip(*columns, strict=True)))


def table_of(rows: Iterable[Sequence[Any]], schema: pa.Schema) -> pa.RecordBatch:
    """The first columns of the rows, as this schema names them."""
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [pa.array(column, one.type) for column, one in zip(columns, schema, strict=False)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _plain(column: pa.ChunkedArray) -> list[Any]:
    found = column.cast(pa.int64()) if pa.types.is_timestamp(column.type) else column
    return cast("list[Any]", found.to_pylist())
