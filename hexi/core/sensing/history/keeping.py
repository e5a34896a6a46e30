"""From the journal into the history, each batch once; and what has lain long enough is thrown away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.db import transaction
from django.utils import timezone

from hexi.core.data.api import tuned_context
from hexi.core.sensing.columns import READINGS
from hexi.core.sensing.history.asking import holding
from hexi.core.sensing.history.files import STORED, path_of, written
from hexi.core.sensing.history.forgetting import marks, without_forgotten, without_keys
from hexi.core.sensing.history.ranges import by_ranges
from hexi.core.sensing.history.sealing import EXPIRED, FORGOTTEN, LATE, Reason, exchanged, fault_of, sealed
from hexi.core.sensing.history.thinning import forget_thinned
from hexi.core.sensing.journal.reading import JournalReader
from hexi.core.sensing.journal.segments import forget_before
from hexi.core.sensing.models import ForgottenKey, KeyState, ReadingFile, ShardState
from hexi.core.sensing.shards import journal_folder
from hexi.kernel.catalogue import catalogue
from hexi.kernel.context import Context, Param
from hexi.kernel.declare import Privacy
from hexi.kernel.label import t
from hexi.kernel.reading import ReadingKind, moment_of

ROWS = 500_000
DAY_US = 86_400_000_000
MERGE_AT = 8
"""So many files of one day and kind are merged at once; of a day that is over, two are enough."""


def _keep(privacy: Privacy, zh: str, en: str, days: int) -> Param[timedelta]:
    label = t(f"{zh}读数保存期", f"how long {en} readings are kept")
    return Param(f"keep_{privacy}", label, timedelta(days=days), low=timedelta(days=1), high=timedelta(days=3650))


KEEP: dict[Privacy, Param[timedelta]] = {
    "open": _keep("open", "公开", "open", 1095), "internal": _keep("internal", "内部", "internal", 730),
    "personal": _keep("personal", "个人", "personal", 90), "sensitive": _keep("sensitive", "敏感", "sensitive", 30),
}  # fmt: skip
"""Ours; officials tune it. A kind's own `keep` can only shorten it."""


def keep_new(shard: int) -> int:
    """Write what is new in the shard's journal into the history. Returns how many readings. It bears being killed and run again."""
    state, _ = ShardState.objects.get_or_create(shard=shard)
    reader = JournalReader(journal_folder(shard), state.kept)
    batches = reader.read(ROWS)
    if not batches:
        return 0
    table = without_forgotten(pa.Table.from_batches(batches, READINGS), marks())
    files = [file for kind, day, part in _parted(table) if (file := written([part], kind, day))]
    with transaction.atomic():
        moved = ShardState.objects.filter(shard=shard, kept=state.kept).update(kept=reader.offset)
        if not moved:
            raise RuntimeError(f"Somebody else keeps the readings of shard {shard}: run one worker.")
        ReadingFile.objects.bulk_create(files)
    return table.num_rows


def clear_journal(shard: int) -> int:
    """Delete journal segments that engine and history both have. Returns how many."""
    state = ShardState.objects.filter(shard=shard).first()
    return forget_before(journal_folder(shard), min(state.recall_from, state.kept)) if state else 0


def _parted(table: pa.Table) -> Iterator[tuple[str, date, pa.Table]]:
    """By kind and day (UTC)."""
    kinds = pc.dictionary_encode(table.column("kind").combine_chunks())
    days = table.column("moment").cast(pa.int64()).to_numpy() // DAY_US
    names, codes = kinds.dictionary.to_pylist(), kinds.indices.to_numpy()
    for code, name in enumerate(names):
        for day in np.unique(days[codes == code]).tolist() if name in catalogue.reading_kinds else ():
            part = table.filter(pa.array((codes == code) & (days == day))).select(STORED.names)
            yield name, date(1970, 1, 1) + timedelta(days=day), part


def merge(today: date | None = None) -> int:
    """Merge the many small files of a day and kind into one. Returns how many were merged.

    A file that is not as the ledger has it stays as it is: somebody will want to look at it.
    """
    now, groups = today or datetime.now(UTC).date(), dict[tuple[str, date], list[ReadingFile]]()
    for one in ReadingFile.objects.order_by("pk"):
        groups.setdefault((one.kind, one.day), []).append(one)
    merged = 0
    for (_, day), files in groups.items():
        if len(files) >= (MERGE_AT if day >= now else 2) and not any(map(fault_of, sealed(files))):
            _exchange(files, _together(files), LATE)
            merged += len(files)
    return merged


def _together(files: Sequence[ReadingFile]) -> Iterator[pa.Table]:
    return (part for (part,) in by_ranges([path_of(one) for one in files]))


def _exchange(old: Sequence[ReadingFile], tables: Iterable[pa.Table], reason: Reason) -> int:
    """For files of one day and kind one with what the tables hold, none where they hold nothing. Returns how many readings are gone."""
    new = written(tables, old[0].kind, old[0].day)
    exchanged(old, [new] if new else [], reason)
    return sum(one.rows for one in old) - (new.rows if new else 0)


def forget_old(today: date | None = None) -> int:
    """Delete the days that have been kept as long as their kind and its privacy class allow. Returns how many files."""
    now, context = today or timezone.now().date(), tuned_context()
    old = [one for one in ReadingFile.objects.all() if one.day + kept_for(one.kind, context) < now]
    for one in old:
        exchanged([one], [], EXPIRED)
    return len(old)


def kept_for(kind: str, context: Context) -> timedelta:
    """How long readings of this kind are kept; what nobody declares any more is kept as sensitive."""
    declared: ReadingKind | None = catalogue.reading_kinds.get(kind)
    allowed = context.value(KEEP[declared.privacy if declared else "sensitive"])
    return min(allowed, declared.keep) if declared else allowed


def forget_keys(keys: Iterable[str], now: datetime) -> int:
    """Take all that was measured of these keys out of the history, for good: files are written anew. Returns how many readings it was.

    What still stands in the journal leaves it within an hour and comes into no file; their rules begin anew.
    """
    wanted, gone = sorted(set(keys)), 0
    _mark(wanted, now)
    for one in holding(wanted):
        gone += _exchange([one], (without_keys(part, wanted) for part in _together([one])), FORGOTTEN)
    forget_thinned(wanted)
    return gone


def _mark(keys: list[str], now: datetime) -> None:
    with transaction.atomic():
        for key in keys:
            ForgottenKey.objects.update_or_create(key=key, defaults={"before": moment_of(now), "by_rules": False})
        KeyState.objects.filter(key__in=keys).delete()

