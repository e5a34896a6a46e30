"""Four readings an hour of every key, for charts over weeks and years: of each hour the first, the lowest, the highest and the last.

A month of one kind is one file. It is made anew for those of its days of which the history's files are others than they were.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.db import transaction

from hexi.core.sensing.history.asking import engine
from hexi.core.sensing.history.files import STORED, folder, path_of
from hexi.core.sensing.models import ReadingFile, ThinnedFile
from hexi.kernel.disk import synced

PLACE = "_thinned"
"""Below the history; a name with a line before it is no partition for whoever reads the folder as a whole."""
ROW_GROUP = 20_000
DAY_US = 86_400_000_000
THIN = """
WITH seen AS (
    SELECT key, epoch_us(moment) // 3600000000 AS hour, moment, value, {moment: moment, value: value, received: received, second: second,
        flags: flags} AS reading
    FROM read_parquet($files, hive_partitioning = false)
), picked AS (
    SELECT DISTINCT key, unnest([arg_min(reading, moment), arg_min(reading, (value, moment)), arg_max(reading, (value, -epoch_us(moment))),
        arg_max(reading, moment)]) AS reading
    FROM seen GROUP BY key, hour
) SELECT key, unnest(reading) FROM picked
"""
Days = dict[str, str]


def thin(today: date | None = None) -> int:
    """Bring the thinned files to what the history holds of days that are over. Returns how many were written or deleted."""
    before = today or datetime.now(UTC).date()
    wanted: dict[tuple[str, date], Days] = {(one.kind, one.month): {} for one in ThinnedFile.objects.all()}
    for one in ReadingFile.objects.filter(day__lt=before).order_by("pk"):
        days = wanted.setdefault((one.kind, one.day.replace(day=1)), {})
        days[one.day.isoformat()] = f"{days.get(one.day.isoformat(), '')} {one.pk}".strip()
    return sum(_renewed(kind, month, days) for (kind, month), days in sorted(wanted.items()))


def _renewed(kind: str, month: date, wanted: Days) -> bool:
    old = ThinnedFile.objects.filter(kind=kind, month=month).first()
    had: Days = old.days if old else {}
    if had == wanted:
        return False
    other = {day for day in {*had, *wanted} if had.get(day) != wanted.get(day)}
    parts: list[pa.Table] = [_without_days(_read(old), other)] if old else []
    if numbers := [number for day in sorted(other) for number in wanted.get(day, "").split()]:
        parts.append(_thinned(ReadingFile.objects.filter(pk__in=numbers)))
    _replace(old, pa.concat_tables(parts) if parts else pa.Table.from_batches([], STORED), kind, month, wanted)
    return True


def _thinned(files: Iterable[ReadingFile]) -> pa.Table:
    paths = [str(path_of(one)) for one in files]
    if not paths:
        return pa.Table.from_batches([], STORED)
    with engine() as duck:
        return duck.sql(THIN, params={"files": paths}).to_arrow_table().cast(STORED)


def _read(file: ThinnedFile) -> pa.Table:
    return pq.read_table(folder() / file.path, schema=STORED, partitioning=None)


def _without_days(table: pa.Table, days: set[str]) -> pa.Table:
    own = table.column("moment").cast(pa.int64()).to_numpy() // DAY_US
    numbers = [(date.fromisoformat(day) - date(1970, 1, 1)).days for day in days]
    return table.filter(pa.array(~np.isin(own, numbers)))


def _replace(old: ThinnedFile | None, table: pa.Table, kind: str, month: date, days: Days) -> None:
    """Put the new file on the list in the old one's place; where nothing is left, there is none."""
    new = _written(table, kind, month, days) if table.num_rows else None
    with transaction.atomic():
        if old is not None and not ThinnedFile.objects.filter(pk=old.pk, path=old.path).delete()[0]:
            raise RuntimeError(f"{old.path} was replaced meanwhile: run one worker.")
        if new is not None:
            new.save()
    if old is not None:
        (folder() / old.path).unlink(missing_ok=True)


def _written(table: pa.Table, kind: str, month: date, days: Days) -> ThinnedFile:
    place = folder() / PLACE / f"kind={kind}"
    place.mkdir(parents=True, exist_ok=True)
    path = place / f"{month:%Y-%m}-{secrets.token_hex(8)}.parquet"
    with path.open("xb") as file, pq.ParquetWriter(file, STORED, compression="zstd") as writer:
        writer.write_table(table.sort_by([("key", "ascending"), ("moment", "ascending")]), ROW_GROUP)
    synced(path)
    synced(place)
    return ThinnedFile(path=str(path.relative_to(folder())), kind=kind, month=month, rows=table.num_rows, days=days)


def forget_thinned(keys: Sequence[str]) -> int:
    """Take these keys out of the thinned files at once. Returns how many of their readings stood there."""
    gone = 0
    for one in ThinnedFile.objects.all():
        table = _read(one)
        stay = table.filter(pc.invert(pc.is_in(table.column("key"), value_set=pa.array(keys, pa.string()))))
        if stay.num_rows < table.num_rows:
            gone += table.num_rows - stay.num_rows
            _replace(one, stay, one.kind, one.month, one.days)
    return gone
