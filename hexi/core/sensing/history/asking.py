"""Questions to the history, answered by DuckDB: the curve of one key, thinned out for a chart without losing its peaks."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from hexi.core.sensing.history.files import path_of
from hexi.core.sensing.models import ReadingFile
from hexi.kernel.reading import moment_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SETTINGS = {"threads": "2", "memory_limit": "512MB", "autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
"""It loads nothing from anywhere, and leaves the machine to the rest of the house."""
CURVE = """
WITH seen AS (
    SELECT epoch_us(moment) AS moment, value, (epoch_us(moment) - $begin) * $columns // ($end - $begin) AS place
    FROM read_parquet($files, hive_partitioning = false)
    WHERE key = $key AND moment >= make_timestamptz($begin) AND moment < make_timestamptz($end)
), thinned AS (
    SELECT unnest([min(moment), arg_min(moment, (value, moment)), arg_max(moment, (value, -moment)), max(moment)]) AS moment
    FROM seen GROUP BY place
) SELECT moment, min(value) FROM seen SEMI JOIN thinned USING (moment) GROUP BY moment ORDER BY moment
"""
HOLDING = """
SELECT DISTINCT filename FROM read_parquet($files, hive_partitioning = false, filename = true)
WHERE key IN (SELECT unnest($keys)) ORDER BY 1
"""


class Point(NamedTuple):
    """One reading of a curve; `moment` in microseconds, UTC."""

    moment: int
    value: float


def curve(key: str, kind: str, begin: datetime, end: datetime, columns: int = 500) -> list[Point]:
    """What was measured of this key and kind from `begin` on and before `end`, for a chart so many columns wide.

    Of each column the first, the lowest, the highest and the last reading stay (M4, Jugel et al., VLDB 2014): a line through them has the
    same pixels as one through all. Where there are fewer readings, all stay. Whether a reader may see them is the caller's matter.
    """
    if begin >= end or columns < 1:
        raise ValueError(f"A curve needs a begin before its end and a column at least, got {begin} to {end}, {columns}.")
    files = files_of(kind, begin, end)
    if not files:
        return []
    asked = {"files": [str(path) for path in files], "key": key, "begin": moment_of(begin), "end": moment_of(end), "columns": columns}
    return [Point(*row) for row in answered(CURVE, asked)]


def files_of(kind: str, begin: datetime, end: datetime) -> list[Path]:
    """The files that may hold readings of the kind in that time."""
    first, last = moment_of(begin), moment_of(end)
    days = (begin.astimezone(UTC).date(), end.astimezone(UTC).date())
    found = ReadingFile.objects.filter(kind=kind, day__range=days, last__gte=first, first__lt=last).order_by("day", "pk")
    return [path_of(one) for one in found]


def holding(keys: Sequence[str]) -> list[ReadingFile]:
    """The files that hold a reading of one of these keys."""
    files = {str(path_of(one)): one for one in ReadingFile.objects.order_by("pk")}
    if not files or not keys:
        return []
    return [files[path] for (path,) in answered(HOLDING, {"files": list(files), "keys": list(keys)})]


def answered(question: str, asked: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The rows of one question, in the order that it asks for."""
    with engine() as duck:
        return duck.execute(question, asked).fetchall()


@contextmanager
def engine() -> Generator[DuckDBPyConnection]:
    """An engine of its own, gone behind the block. DuckDB is loaded with the first: most processes never ask."""
    import duckdb

    with closing(duckdb.connect(config=dict(SETTINGS))) as found:
        yield found

