"""Questions to the history, answered by DuckDB: the curve of one key, thinned out for a chart without losing its peaks."""

from __future__ import annotations

import os
from collections.abc import Generator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import QuerySet

from hexi.core.sensing.history.files import folder, path_of
from hexi.core.sensing.models import ReadingFile, ThinnedFile
from hexi.kernel.reading import datetime_of, microseconds, moment_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SETTINGS = {"threads": "2", "memory_limit": "512MB", "autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
"""It loads nothing from anywhere, and leaves the machine to the rest of the house."""
COARSE = timedelta(hours=2)
"""From a column this wide on a curve is drawn from four readings an hour."""
CLOSE = timedelta(hours=6)
"""Over a longer span the columns of a band are whole hours, and drawn from four readings an hour: that is exact."""
HOUR_US = 3_600_000_000
CURVE = """
WITH seen AS (
    SELECT epoch_us(moment) AS moment, value, flags, (epoch_us(moment) - $begin) * $columns // ($end - $begin) AS place
    FROM read_parquet($files, hive_partitioning = false)
    WHERE key = $key AND moment >= make_timestamptz($begin) AND moment < make_timestamptz($end)
), thinned AS (
    SELECT unnest([min(moment), arg_min(moment, (value, moment)), arg_max(moment, (value, -moment)), max(moment)]) AS moment
    FROM seen GROUP BY place
) SELECT moment, min(value), arg_min(flags, value) FROM seen SEMI JOIN thinned USING (moment) GROUP BY moment ORDER BY moment
"""
BAND = """
WITH seen AS (
    SELECT key, (epoch_us(moment) - $begin) // $width AS place, min(value) AS low, max(value) AS high, bit_or(flags) AS flags
    FROM read_parquet($files, hive_partitioning = false)
    WHERE key IN (SELECT unnest($keys)) AND moment >= make_timestamptz($begin) AND moment < make_timestamptz($end)
    GROUP BY key, place
) SELECT place, min(low), max(high), count(*), bit_or(flags) FROM seen GROUP BY place ORDER BY place
"""
HOLDING = """
SELECT DISTINCT filename FROM read_parquet($files, hive_partitioning = false, filename = true)
WHERE key IN (SELECT unnest($keys)) ORDER BY 1
"""


class Point(NamedTuple):
    """One reading of a curve; `moment` in microseconds, UTC, `flags` as `Quality` has them."""

    moment: int
    value: float
    flags: int = 0


class Band(NamedTuple):
    """The readings of many keys in one column of a chart: its begin (microseconds, UTC), lowest, highest, of how many keys, flags."""

    moment: int
    low: float
    high: float
    keys: int
    flags: int


def curve(key: str, kind: str, begin: datetime, end: datetime, columns: int = 500) -> list[Point]:
    """What was measured of this key and kind from `begin` on and before `end`, for a chart so many columns wide.

    Of each column the first, the lowest, the highest and the last reading stay (M4, Jugel et al., VLDB 2014): a line through them has the
    same pixels as one through all. Where there are fewer readings, all stay. Where a column is two hours or more, of days that are over the
    same four of each hour are asked: peaks stay, a column's edge may take one that lies less than an hour beside it.
    Whether a reader may see them is the caller's matter.
    """
    _check(begin, end, columns)
    asked = _asked(kind, begin, end, thinned=(end - begin) / columns >= COARSE)
    return [Point(*row) for row in answered(CURVE, {**asked, "columns": columns, "key": key})] if asked else []


def band(keys: Sequence[str], kind: str, begin: datetime, end: datetime, columns: int = 200) -> list[Band]:
    """What was measured of all these keys together: the lowest and the highest in each column in which there was anything.

    Over more than six hours the columns are whole hours, at most so many, and the first and the last hour are whole as well.
    """
    _check(begin, end, columns)
    if not keys:
        return []
    first, last, width = _columns(moment_of(begin), moment_of(end), columns)
    begin, end = datetime_of(first), datetime_of(last)
    asked = _asked(kind, begin, end, thinned=end - begin > CLOSE)
    rows = answered(BAND, {**asked, "width": width, "keys": list(keys)}) if asked else []
    return [Band(first + place * width, *rest) for place, *rest in rows]


def _columns(first: int, last: int, columns: int) -> tuple[int, int, int]:
    """Begin, end and width of a band's columns."""
    step = HOUR_US if last - first > microseconds(CLOSE) else 1
    first, last = first // step * step, -(-last // step) * step
    return first, last, -(-(last - first) // (columns * step)) * step


def _check(begin: datetime, end: datetime, columns: int) -> None:
    if begin >= end or columns < 1:
        raise ValueError(f"A chart needs a begin before its end and a column at least, got {begin} to {end}, {columns}.")


def _asked(kind: str, begin: datetime, end: datetime, *, thinned: bool) -> dict[str, Any]:
    """What every question of a chart says; nothing where no file can hold an answer."""
    files = chart_files(kind, begin, end, thinned=thinned)
    return {"files": [str(path) for path in files], "begin": moment_of(begin), "end": moment_of(end)} if files else {}


def chart_files(kind: str, begin: datetime, end: datetime, *, thinned: bool) -> list[Path]:
    """The files that a chart is drawn from: the readings, or thinned ones for the days that they hold."""
    if not thinned:
        return files_of(kind, begin, end)
    days = (begin.astimezone(UTC).date(), end.astimezone(UTC).date())
    few = ThinnedFile.objects.filter(kind=kind, month__range=(days[0].replace(day=1), days[1]))
    held = {day for one in few for day in one.days}
    rest = [path_of(one) for one in _listed(kind, begin, end) if one.day.isoformat() not in held]
    return [folder() / one.path for one in few] + rest


def files_of(kind: str, begin: datetime, end: datetime) -> list[Path]:
    """The files that may hold readings of the kind in that time."""
    return [path_of(one) for one in _listed(kind, begin, end)]


def _listed(kind: str, begin: datetime, end: datetime) -> QuerySet[ReadingFile]:
    first, last = moment_of(begin), moment_of(end)
    days = (begin.astimezone(UTC).date(), end.astimezone(UTC).date())
    return ReadingFile.objects.filter(kind=kind, day__range=days, last__gte=first, first__lt=last).order_by("day", "pk")


def holding(keys: Sequence[str]) -> list[ReadingFile]:
    """The files that hold a reading of one of these keys."""
    files = {path_of(one): one for one in ReadingFile.objects.order_by("pk")}
    return [files[path] for path in holding_paths(list(files), keys)]


def holding_paths(paths: Sequence[Path], keys: Sequence[str]) -> list[Path]:
    """Those of these files of history, or thinned ones, that hold a reading of one of these keys."""
    if not paths or not keys:
        return []
    with engine() as duck:
        found = duck.execute(HOLDING, {"files": list(map(str, paths)), "keys": list(keys)}).fetchall()
    return [Path(path) for (path,) in found]


def answered(question: str, asked: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The rows of one question, in the order that it asks for."""
    with closing(_kept(os.getpid()).cursor()) as duck:
        return duck.execute(question, asked).fetchall()


@cache
def _kept(_process: int) -> DuckDBPyConnection:
    """One engine for all questions of a process: to begin one costs as much as the question. It has no thread of its own."""
    import duckdb

    return duckdb.connect(config={**SETTINGS, "threads": "1"})


@contextmanager
def engine() -> Generator[DuckDBPyConnection]:
    """An engine for long work, gone behind the block. DuckDB is loaded with the first: most processes never ask."""
    import duckdb

    with closing(duckdb.connect(config=dict(SETTINGS))) as found:
        yield found

