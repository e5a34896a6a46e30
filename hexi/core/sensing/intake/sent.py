"""What is handed to the intake: readings with the device that sent them, as columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import nan
from typing import Any, NamedTuple

import orjson
import pyarrow as pa

from hexi.core.sensing.columns import JOURNALLED, NO_SEQUENCE

SENT = pa.schema([
    *JOURNALLED,
    pa.field("unsure", pa.bool_(), nullable=False),
])  # fmt: skip
"""A reading, the number of its device, the device's own count of it (-1: it has none), and whether others like it may have been lost."""


FEW = 32
"""Up to so many, rows are handled quicker than columns."""


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


SECOND = Sent._fields.index("second")
"""JSON has no number for one that there is not."""


@dataclass(slots=True)
class Outcome:
    """What became of what one sender handed in together."""

    stored: int = 0
    duplicates: int = 0
    disordered: int = 0
    withheld: int = 0
    """Private, and whom they are about did not agree: dropped."""
    unsure: set[int] = field(default_factory=set[int])
    """Devices of which it is not known now whether their private readings may be kept: these were not taken."""
    throttled: set[int] = field(default_factory=set[int])
    """Devices over their limit: nothing of theirs was taken."""


def batch_of_sent(sent: Sequence[Sent]) -> pa.RecordBatch:
    """The readings as columns."""
    columns = list(zip(*sent, strict=True)) or [()] * len(SENT)
    arrays = [pa.array(column, one.type) for column, one in zip(columns, SENT, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=SENT)


def packed(sent: Sequence[Sent]) -> bytes:
    """The readings as an Arrow stream; few as JSON rows, which costs a tenth."""
    if len(sent) <= FEW:
        return orjson.dumps([tuple(one) for one in sent])
    with pa.BufferOutputStream() as sink:
        with pa.ipc.new_stream(sink, SENT) as writer:
            writer.write_batch(batch_of_sent(sent))
        return sink.getvalue().to_pybytes()


def unpacked(content: bytes) -> list[Sent] | pa.RecordBatch:
    """The same back: few as rows, many as columns. Raises ValueError, TypeError or pyarrow.ArrowException for anything else."""
    if content[:1] == b"[":
        rows: list[list[Any]] = orjson.loads(content)
        return [Sent(*row) if row[SECOND] is not None else Sent(*row)._replace(second=nan) for row in rows]
    with pa.ipc.open_stream(pa.py_buffer(content)) as reader:
        return reader.read_next_batch()
