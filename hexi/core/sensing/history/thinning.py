"""Four readings an hour and four a day of every key, for charts over weeks and years: the first, the lowest, the highest and the last.

A month of one kind is one file of each. It is made anew for those of its days of which the history's files are others than they were.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
from django.db import transaction
from numpy.typing import NDArray

from hexi.core.sensing.history.asking import holding_paths
from hexi.core.sensing.history.digest import sums_of, tables_in
from hexi.core.sensing.history.files import ORDER, folder, key_codes, path_of, streamed
from hexi.core.sensing.history.forgetting import without_keys
from hexi.core.sensing.history.ranges import by_ranges
from hexi.core.sensing.history.steps import LENGTHS, Step, aside
from hexi.core.sensing.models import ReadingFile, ThinnedFile

PLACE = "_thinned"
"""Below the history; a name with a line before it is no partition for whoever reads the folder as a whole."""
ROW_GROUP = 20_000
Days = dict[str, str]


def thin(today: date | None = None) -> int:
    """Bring the thinned files to what the history holds of days that are over. Returns how many were written or deleted."""
    before = today or datetime.now(UTC).date()
    wanted: dict[tuple[str, date], Days] = {(one.kind, one.month): {} for one in ThinnedFile.objects.all()}
    for one in ReadingFile.objects.filter(day__lt=before).order_by("pk"):
        _add(wanted.setdefault((one.kind, one.day.replace(day=1)), {}), one)
    return sum(_renewed(kind, month, days) for (kind, month), days in sorted(wanted.items()))


def _add(days: Days, file: ReadingFile) -> None:
    days[file.day.isoformat()] = f"{days.get(file.day.isoformat(), '')} {file.pk}".strip()


def follows_from_days(one: ThinnedFile) -> bool:
    """Does the thinned file hold what thinning its days gives now? One of days that have other files since is old, and counts as right.

    Raises OSError or ArrowException where a file cannot be read.
    """
    files = list(ReadingFile.objects.filter(kind=one.kind, day__in=one.days).order_by("pk"))
    days: Days = {}
    for file in files:
        _add(days, file)
    if days != one.days:
        return True
    hours = _thinned([path_of(file) for file in files], [], set())
    anew = (_four_a("day", part) for part in hours) if one.step == "day" else hours
    return sums_of(tables_in(folder() / one.path)) == sums_of(anew)


def _renewed(kind: str, month: date, wanted: Days) -> bool:
    old = ThinnedFile.objects.filter(kind=kind, month=month, step="hour").first()
    had: Days = old.days if old else {}
    if had == wanted:
        return False
    other = {day for day in {*had, *wanted} if had.get(day) != wanted.get(day)}
    numbers = [number for day in sorted(other) for number in wanted.get(day, "").split()]
    fresh = [path_of(one) for one in ReadingFile.objects.filter(pk__in=numbers).order_by("pk")]
    _replace(old, _thinned(fresh, [folder() / old.path] if old else [], other), kind, month, wanted)
    return True


def _thinned(fresh: Sequence[Path], old: Sequence[Path], other: set[str]) -> Iterator[pa.Table]:
    """Of the fresh files four readings an hour, and what the old one holds of days that are not among the others; by ranges of keys."""
    for readings, had in by_ranges(fresh, old):
        yield pa.concat_tables([_four_a("hour", readings.sort_by(ORDER)), _without_days(had, other)]).sort_by(ORDER)


def _four_a(step: Step, table: pa.Table) -> pa.Table:
    """Of each key and step the first, the last, the lowest and the highest reading; of equally low or high ones the earliest.

    Four a day of four an hour are the same as four a day of all.
    """
    if not table.num_rows:
        return table
    keys, steps = key_codes(table), (table.column("moment").cast(pa.int64()).to_numpy() + aside()) // LENGTHS[step]
    begins = np.flatnonzero(np.append(True, (keys[1:] != keys[:-1]) | (steps[1:] != steps[:-1])))
    ends = np.append(begins[1:], len(keys))
    values = table.column("value").to_numpy()
    picked = (begins, ends - 1, *(_first_at(values, begins, ends, extreme) for extreme in (np.minimum, np.maximum)))
    return table.take(pa.array(np.unique(np.concatenate(picked))))


def _first_at(values: NDArray[np.float64], begins: NDArray[np.int64], ends: NDArray[np.int64], extreme: np.ufunc) -> NDArray[np.int64]:
    """Where each run first has its extreme value."""
    runs = np.repeat(np.arange(len(begins)), ends - begins)
    found = np.flatnonzero(values == extreme.reduceat(values, begins)[runs])
    return found[np.unique(runs[found], return_index=True)[1]]


def _without_days(table: pa.Table, days: set[str]) -> pa.Table:
    own = table.column("moment").cast(pa.int64()).to_numpy() // LENGTHS["day"]
    numbers = [(date.fromisoformat(day) - date(1970, 1, 1)).days for day in days]
    return table.filter(pa.array(~np.isin(own, numbers)))


def _replace(old: ThinnedFile | None, tables: Iterable[pa.Table], kind: str, month: date, days: Days) -> int:
    """Put new files on the list in the old ones' place, none where nothing is left. Returns how many readings the hours' file holds."""
    hours = _written("hour", tables, kind, month, days)
    daily = _written("day", (_four_a("day", part) for (part,) in by_ranges([folder() / hours.path])), kind, month, days)
    gone = list(ThinnedFile.objects.filter(kind=kind, month=month))
    with transaction.atomic():
        if old is not None and not ThinnedFile.objects.filter(pk=old.pk, path=old.path).delete()[0]:
            raise RuntimeError(f"{old.path} was replaced meanwhile: run one worker.")
        ThinnedFile.objects.filter(kind=kind, month=month).delete()
        ThinnedFile.objects.bulk_create([hours, daily] if hours.rows else [])
    for one in gone + ([] if hours.rows else [hours, daily]):
        (folder() / one.path).unlink(missing_ok=True)
    return hours.rows


def _written(step: Step, tables: Iterable[pa.Table], kind: str, month: date, days: Days) -> ThinnedFile:
    path = folder() / PLACE / f"kind={kind}" / f"{month:%Y-%m}-{step}-{secrets.token_hex(8)}.parquet"
    found = streamed(path, tables, ROW_GROUP)
    return ThinnedFile(path=str(path.relative_to(folder())), kind=kind, month=month, step=step, rows=found.rows, days=days)


def forget_thinned(keys: Sequence[str]) -> int:
    """Take these keys out of the thinned files at once. Returns how many of their readings stood there."""
    gone = 0
    for one in ThinnedFile.objects.filter(step="hour"):
        path = folder() / one.path
        if holding_paths([path], keys):
            stay = (without_keys(part, keys) for (part,) in by_ranges([path]))
            gone += one.rows - _replace(one, stay, one.kind, one.month, one.days)
    return gone
