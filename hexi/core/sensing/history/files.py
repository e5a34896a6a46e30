"""The files of the history: how they are written, listed, replaced and thrown away."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.conf import settings
from django.db import transaction
from numpy.typing import NDArray

from hexi.core.sensing.columns import READINGS
from hexi.core.sensing.models import ReadingFile, ThinnedFile
from hexi.kernel.disk import synced

STORED = pa.schema([field for field in READINGS if field.name != "kind"])
"""The kind is said by the folder."""
ORDER = [("key", "ascending"), ("moment", "ascending"), ("value", "ascending")]
ROW_GROUP = 50_000
"""Few enough that one device's readings are a small part of a file, many enough to pack well."""
GRACE_S = 3600.0
"""So long stays what is on no list: somebody may be reading it, or writing it."""


def folder() -> Path:
    """Where the files lie: kind=heart_rate/day=2026-03-02/…, as DuckDB and Spark read it too."""
    return Path(settings.HISTORY)


class Extent(NamedTuple):
    """How many readings were written, and the first and the last moment of them."""

    rows: int
    first: int
    last: int


def written(tables: Iterable[pa.Table], kind: str, day: date) -> ReadingFile | None:
    """A new file of these readings, on the disk and on no list yet; sorted by key and moment, each reading once. None of no readings.

    No key may be in two of the tables, and later ones have greater keys.
    """
    path = folder() / f"kind={kind}" / f"day={day.isoformat()}" / f"{secrets.token_hex(8)}.parquet"
    found = streamed(path, (once(one.sort_by(ORDER)) for one in tables), ROW_GROUP)
    if not found.rows:
        path.unlink()
        return None
    return ReadingFile(path=str(path.relative_to(folder())), kind=kind, day=day, bytes=path.stat().st_size, **found._asdict())


def streamed(path: Path, tables: Iterable[pa.Table], group: int) -> Extent:
    """Write these tables into one file, one behind the other: they need not be in memory together. It is on the disk when this returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows, edges = 0, list[int]()
    with path.open("xb") as file, pq.ParquetWriter(file, STORED, compression="zstd") as writer:
        for table in tables:
            if table.num_rows:
                writer.write_table(table, group)
                moments = table.column("moment").cast(pa.int64()).to_numpy()
                rows, edges = rows + table.num_rows, [*edges, int(moments.min()), int(moments.max())]
    synced(path)
    synced(path.parent)
    return Extent(rows, min(edges, default=0), max(edges, default=0))


def once(table: pa.Table) -> pa.Table:
    """Without what was sent again: of neighbours with the same key, moment and value the first."""
    if table.num_rows < 2:
        return table
    keys = key_codes(table)
    moment, value = table.column("moment").cast(pa.int64()).to_numpy(), table.column("value").to_numpy()
    fresh = (keys[1:] != keys[:-1]) | (moment[1:] != moment[:-1]) | (value[1:] != value[:-1])
    return table if fresh.all() else table.filter(pa.array(np.append(True, fresh)))


def key_codes(table: pa.Table) -> NDArray[np.int32]:
    """The keys as numbers, the same for the same key."""
    return pc.dictionary_encode(table.column("key").combine_chunks()).indices.to_numpy()


def path_of(file: ReadingFile) -> Path:
    return folder() / file.path


def replaced(old: Sequence[ReadingFile], new: Sequence[ReadingFile], also: Callable[[], None] | None = None) -> None:
    """In one transaction these come on the list, those leave it, and `also` is done; then the old files are deleted.

    Raises RuntimeError, and changes nothing, where somebody else has replaced one of the old meanwhile.
    """
    with transaction.atomic():
        ReadingFile.objects.bulk_create(new)
        gone, _ = ReadingFile.objects.filter(pk__in=[one.pk for one in old]).delete()
        if gone != len(old):
            raise RuntimeError(f"{len(old) - gone} of {len(old)} files of the history were replaced meanwhile: try again.")
        if also is not None:
            also()
    for one in old:
        path_of(one).unlink(missing_ok=True)


def sweep(now: float | None = None) -> int:
    """Delete files that are on no list and that nobody can still be writing. Returns how many."""
    listed = {*ReadingFile.objects.values_list("path", flat=True), *ThinnedFile.objects.values_list("path", flat=True)}
    old = (now or time.time()) - GRACE_S
    lost = [path for path in folder().rglob("*.parquet") if str(path.relative_to(folder())) not in listed and path.stat().st_mtime < old]
    for path in lost:
        path.unlink(missing_ok=True)
    return len(lost)
