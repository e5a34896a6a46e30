"""The sample things in a Parquet file, as the columnar face reads them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from hexi.core.data.tests.drawing import BLANKS, CHOICES, FLAGS
from hexi.core.data.tests.samples.models import Thing
from hexi.kernel.condition import Column

TYPES = {
    "number": pa.decimal128(24, 6), "flag": pa.bool_(), "moment": pa.timestamp("us", tz="UTC"), "day": pa.date32(), "reference": pa.int64(),
    "file": pa.int64(),
}  # fmt: skip
COLUMNS: dict[str, Column[Any]] = {".".join(one.path): one for one in (*BLANKS, *CHOICES, *FLAGS)}
_open: list[duckdb.DuckDBPyConnection] = []


@contextmanager
def written_to_parquet(things: Sequence[Thing], path: Path) -> Iterator[None]:
    """Every column that conditions are drawn over, also those behind references."""
    arrays = {"id": pa.array([row.pk for row in things], pa.int64())}
    arrays |= {name: pa.array([_value(column, row) for row in things], _type(column)) for name, column in COLUMNS.items()}
    pq.write_table(pa.table(arrays), path)
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'America/New_York'")  # whatever the machine's own is must not matter
    connection.execute(f"CREATE VIEW things AS SELECT * FROM read_parquet('{path}')")
    _open.append(connection)
    yield
    _open.pop().close()


def columns_of_things() -> duckdb.DuckDBPyConnection:
    return _open[-1]


def _type(column: Column[Any]) -> pa.DataType:
    if column.kind == "money":
        return pa.decimal128(18, 2)
    return TYPES.get(column.kind, pa.string())


def _value(column: Column[Any], row: Thing) -> Any:
    found: Any = row
    for step in column.path:
        found = None if found is None else getattr(found, step)
    return json.dumps(found) if column.kind == "document" and found is not None else found
