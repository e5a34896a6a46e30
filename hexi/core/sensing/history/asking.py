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
from hexi.core.sensing.history.steps import LENGTHS, Step, begin_of
from hexi.core.sensing.models import ReadingFile, ThinnedFile
from hexi.kernel.reading import datetime_of, moment_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SETTINGS = {"threads": "2", "memory_limit": "512MB", "autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
"""It loads nothing from anywhere, and leaves the machine to the rest of the house."""
WIDE = 2
"""From a column of so many steps on a curve is drawn from four readings a step."""
CLOSE, FAR = timedelta(hours=6), timedelta(days=60)
"""Over a longer span the columns of a band are whole hours, or whole days, and drawn from four readings of each: that is exact."""
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
    same pixels as one through all. Where there are fewer readings, all stay. Where a column is two hours or more, or two days, the same
    four of each hour, or day, are asked: peaks stay, a column's edge may take one that lies less than a step beside it.
    Whether a reader may see them is the caller's matter.
    """
    _check(begin, end, columns)
    width = (moment_of(end) - moment_of(begin)) // columns
    step: Step | None = "day" if width >= WIDE * LENGTHS["day"] else "hour" if width >= WIDE * LENGTHS["hour"] else None
    asked = _asked(kind, begin, end, step)
    return [Point(*row) for row in answered(CURVE, {**asked, "columns": columns, "key": key})] if asked else []


def band(keys: Sequence[str], kind: str, begin: datetime, end: datetime, columns: int = 200) -> list[Band]:
    """What was measured of all these keys together: the lowest and the highest in each column in which there was anything.

    Over more than six hours the columns are whole hours, over more than sixty days whole days by the district's clock: at most so many, and
    the first and the last are whole as well.
    """
    _check(begin, end, columns)
    if not keys:
        return []
    step: Step | None = "day" if end - begin > FAR else "hour" if end - begin > CLOSE else None
    first, last, width = _columns(moment_of(begin), moment_of(end), columns, step)
    asked = _asked(kind, datetime_of(first), datetime_of(last), step)
    rows = answered(BAND, {**asked, "width": width, "keys": list(keys)}) if asked else []
    return [Band(first + place * width, *rest) for place, *rest in rows]


def _columns(first: int, last: int, columns: int, step: Step | None) -> tuple[int, int, int]:
    """Begin, end and width of a band's columns."""
    if step is None:
        return first, last, -(-(last - first) // columns)
    first, length = begin_of(first, step), LENGTHS[step]
    steps = -(-(last - first) // length)
    return first, first + steps * length, -(-steps // columns) * length


def _check(begin: datetime, end: datetime, columns: int) -> None:
    if begin >= end or columns < 1:
        raise ValueError(f"A chart needs a begin before its end and a column at least, got {begin} to {end}, {columns}.")


def _asked(kind: str, begin: datetime, end: datetime, step: Step | None) -> dict[str, Any]:
    """What every question of a chart says; nothing where no file can hold an answer."""
    files = chart_files(kind, begin, end, step)
    return {"files": [str(path) for path in files], "begin": moment_of(begin), "end": moment_of(end)} if files else {}


def chart_files(kind: str, begin: datetime, end: datetime, step: Step | None) -> list[Path]:
    """The files that a chart is drawn from: the readings, or four of each step for the days that are thinned."""
    if step is None:
        return files_of(kind, begin, end)
    days = (begin.astimezone(UTC).date(), end.astimezone(UTC).date())
    few = ThinnedFile.objects.filter(kind=kind, step=step, month__range=(days[0].replace(day=1), days[1]))
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

