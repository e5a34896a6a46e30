"""Observations: the history's files and what of the journal is not there yet, asked by DuckDB."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from hexi.core.sensing.columns import READINGS
from hexi.core.sensing.devices.models import Datastream
from hexi.core.sensing.history.asking import engine, files_of
from hexi.core.sensing.journal.reading import JournalReader
from hexi.core.sensing.models import ShardState
from hexi.core.sensing.shards import journal_folder, shard_count
from hexi.core.sensing.sta.filters import Node
from hexi.kernel.errors import Unavailable
from hexi.kernel.reading import EPOCH, moment_of

AT_ONCE = 5000
FIRST, LAST = EPOCH, datetime(2200, 1, 1, tzinfo=UTC)
LIMITS = {"gt": ">", "ge": ">=", "lt": "<", "le": "<=", "eq": "="}
TURNED = {"gt": "lt", "ge": "le", "lt": "gt", "le": "ge", "eq": "eq"}
COLUMNS = {"phenomenonTime": "moment", "resultTime": "received", "result": "value"}
Row = tuple[int, int, float, int, float, int]
"""Datastream, moment, value, received, second, flags."""


@dataclass(slots=True)
class Question:
    """Of which datastreams, in which order, behind which one, under which limits."""

    streams: Sequence[Datastream]
    column: str = "moment"
    descending: bool = False
    after: tuple[int, int] | None = None
    limits: Sequence[tuple[str, str, float]] = ()


def limits_of(node: Node | None) -> list[tuple[str, str, float]]:
    """Simple limits on time and result that every row has to keep: DuckDB leaves the others out, the whole filter is asked of the rest."""
    if node is None:
        return []
    if node.kind == "and":
        return [one for part in node.parts for one in limits_of(part)]
    if node.kind not in LIMITS or {part.kind for part in node.parts} != {"path", "literal"}:
        return []
    kind, (left, right) = node.kind, node.parts
    if left.kind == "literal":
        kind, left, right = TURNED[kind], right, left
    column, value = COLUMNS.get(left.value), right.value
    if column == "value" and type(value) in {int, float}:
        return [(column, LIMITS[kind], float(value))]
    if column in {"moment", "received"} and isinstance(value, datetime):
        return [(column, LIMITS[kind], float(moment_of(value)))]
    return []


def rows(question: Question) -> Iterator[Row]:
    """The readings, each moment of a datastream once, in order."""
    if not question.streams:
        return
    tail = _tail({one.device.reading_key for one in question.streams})  # before the list of files: rather twice than not at all
    begin, end = _span(question.limits)
    files = [str(path) for kind in sorted({one.kind for one in question.streams}) for path in files_of(kind, begin, end)]
    with engine() as duck:
        duck.register("tail", tail)
        duck.register("streams", _streams(question.streams))
        asked = duck.execute(_sql(question, files=bool(files)), {"files": files} if files else None)
        while found := asked.fetchmany(AT_ONCE):
            yield from found


def _streams(found: Sequence[Datastream]) -> pa.Table:
    return pa.table({
        "datastream": pa.array([one.pk for one in found], pa.int64()), "key": [one.device.reading_key for one in found],
        "kind": [one.kind for one in found],
    })  # fmt: skip


TAIL = "SELECT key, kind, epoch_us(moment) AS moment, value, epoch_us(received) AS received, second, flags FROM tail"
FILES = """
SELECT key, regexp_extract(filename, 'kind=([^/]+)/day=', 1) AS kind, epoch_us(moment), value, epoch_us(received), second, flags
FROM read_parquet($files, filename = true, hive_partitioning = false)
"""
ASKED = """
SELECT datastream, moment, arg_max(value, value), arg_max(received, value), arg_max(second, value), arg_max(flags, value)
FROM (SELECT * FROM ({parts}) JOIN streams USING (key, kind) WHERE {where}) GROUP BY datastream, moment
ORDER BY {column} {way}, moment {way}, datastream {way}
"""


def _sql(question: Question, *, files: bool) -> str:
    """Written into it are names of ours and numbers."""
    way, beyond = ("DESC", "<") if question.descending else ("ASC", ">")
    wanted = [f"{column} {how} {value!r}" for column, how, value in question.limits]
    if question.after:
        wanted.append(f"(moment, datastream) {beyond} ({question.after[0]}, {question.after[1]})")
    column = "arg_max(value, value)" if question.column == "value" else "moment"
    parts = f"{TAIL} UNION ALL {FILES}" if files else TAIL
    return ASKED.format(parts=parts, where=" AND ".join(wanted) or "true", column=column, way=way)


def _span(limits: Sequence[tuple[str, str, float]]) -> tuple[datetime, datetime]:
    begin = max((value for column, how, value in limits if column == "moment" and how in {">", ">=", "="}), default=0)
    end = min((value for column, how, value in limits if column == "moment" and how in {"<", "<=", "="}), default=float(moment_of(LAST)))
    return EPOCH + timedelta(microseconds=int(begin)), EPOCH + timedelta(microseconds=int(end) + 1)


def _tail(keys: set[str]) -> pa.Table:
    """What stands in the journals and not in the history yet, of these keys."""
    batches = [batch for shard in range(shard_count()) for batch in _shard_tail(shard)]
    table = pa.Table.from_batches(batches, READINGS)
    return table.filter(pc.is_in(table.column("key"), value_set=pa.array(sorted(keys), pa.string())))


def _shard_tail(shard: int) -> list[pa.RecordBatch]:
    for _ in range(2):
        state: Any = ShardState.objects.filter(shard=shard).first()
        try:
            return JournalReader(journal_folder(shard), state.kept if state else 0).read(2**40)
        except Unavailable:  # the history took it meanwhile: then it stands there
            continue
    return []
