"""Files that are sorted by key, read together a range of keys at a time: what it takes does not grow with the number of devices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from hexi.core.sensing.history.files import STORED

ROWS = 300_000
"""About so many readings are in memory at a time; more only of a single key."""
FIRST, LAST = "", "\U0010ffff"


class _Group(NamedTuple):
    """A row group: its least and its greatest key, and how many rows it has."""

    least: str
    most: str
    rows: int


def by_ranges(*sets: Sequence[Path]) -> Iterator[tuple[pa.Table, ...]]:
    """Of each set of files the readings of one range of keys, then those of the next; no key is in two ranges.

    Within a table they stand file after file. Read whole row groups: a file with few and large ones takes as much as they do.
    """
    with ExitStack() as opened:
        files = [[opened.enter_context(pq.ParquetFile(path)) for path in paths] for paths in sets]
        groups = {id(file): list(_groups(file)) for some in files for file in some}
        for keys in _ranges([group for own in groups.values() for group in own]):
            yield tuple(pa.concat_tables([EMPTY, *(_within(file, groups[id(file)], *keys) for file in some)]) for some in files)


EMPTY = pa.Table.from_batches([], STORED)


def _groups(file: pq.ParquetFile) -> Iterator[_Group]:
    for number in range(file.metadata.num_row_groups):
        group = file.metadata.row_group(number)
        known = group.column(0).statistics
        least, most = (known.min, known.max) if known and known.has_min_max else (FIRST, LAST)
        yield _Group(least, most, group.num_rows)


def _ranges(groups: Sequence[_Group]) -> list[tuple[str, str]]:
    """Behind which key, and up to which, in order."""
    cuts, held = [FIRST], 0
    for group in sorted(groups, key=lambda one: one.most):
        held += group.rows
        if held >= ROWS and cuts[-1] < group.most < LAST:
            cuts.append(group.most)
            held = 0
    return list(pairwise([*cuts, LAST]))


def _within(file: pq.ParquetFile, groups: Sequence[_Group], after: str, until: str) -> pa.Table:
    numbers = [number for number, group in enumerate(groups) if group.most > after and group.least <= until]
    table = file.read_row_groups(numbers, use_threads=False).cast(STORED)
    return table.filter(pc.and_(pc.greater(table.column("key"), after), pc.less_equal(table.column("key"), until)))
