"""The engine's turn: read the journal, move the rules on, write everything in one transaction."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
from django.db import transaction

from hexi.core.data.api import tuned_context
from hexi.core.sensing.columns import READINGS, load_columns, shard_of
from hexi.core.sensing.engine.findings import keep
from hexi.core.sensing.engine.keeping import move_on, restored, write_states
from hexi.core.sensing.history.forgetting import marks, without_forgotten
from hexi.core.sensing.journal.reading import JournalReader
from hexi.core.sensing.models import ForgottenKey, KeyState, ShardState
from hexi.core.sensing.shards import shard_count
from hexi.core.sensing.stream.shard import Finding, Shard
from hexi.kernel.catalogue import catalogue
from hexi.kernel.reading import moment_of

ROWS = 100_000
"""So many readings in one turn and transaction."""
IN_FLIGHT_US = 1_000_000
"""A reading may have been stamped so long before it stands in the journal: time is taken to have gone by only up to here."""
TUNE_S = 5.0


class Engine:
    """The rules of one shard at work. Whoever makes a second one for it is refused at its first turn."""

    def __init__(self, number: int, folder: Path) -> None:
        self.number, self.folder = number, folder
        self.tuned = time.monotonic()
        self._restore()

    def rehearse(self) -> None:
        """Write a finding and take it back: what the first one would work out while somebody waits is ready before it comes."""
        load_columns()
        with transaction.atomic():
            keep([Finding("", "", now_us(), now_us(), 0.0)])
            transaction.set_rollback(True)

    def turn(self, now: int) -> int:
        """One turn at this moment (microseconds, UTC). Returns how many readings were taken in; where it raises, nothing was.

        Raises Conflict when another engine works on the shard, Unavailable when the journal lacks what comes next.
        """
        try:
            return self._turn(now)
        except BaseException:
            self.shard.touched.clear()
            self.fresh = False  # memory may be ahead of the database: the next turn begins from what is written
            raise

    def _turn(self, now: int) -> int:
        if not self.fresh:
            self._restore()
        self._retune()
        batches = self.reader.read(ROWS)
        rows = sum(batch.num_rows for batch in batches)
        found = self._fed(batches)
        if rows < ROWS:  # all that came was read, so time can go on
            found += self.shard.tick(float(now - IN_FLIGHT_US))
        if batches or found or self.shard.touched:
            self._write(found)
        return rows

    def _fed(self, batches: Sequence[pa.RecordBatch]) -> list[Finding]:
        if not batches:
            return []
        return self.shard.feed(without_forgotten(pa.Table.from_batches(batches, READINGS), self.marks), self.row.offset)

    def _write(self, found: list[Finding]) -> None:
        self.reader.sync()
        with transaction.atomic():
            move_on(self.row, self.shard, self.reader.offset)
            write_states(self.number, *self.shard.changed())
            keep(found)
        self.row.refresh_from_db()

    def _restore(self) -> None:
        """Begin from what is written: states, then the batches of which something still waited."""
        rules, kinds = tuple(catalogue.stream_rules.values()), tuple(catalogue.reading_kinds.values())
        self.shard = Shard(rules, kinds, tuned_context())
        self.row: ShardState = restored(self.shard, self.number)
        self.marks = marks()
        self.reader = JournalReader(self.folder, self.row.recall_from)
        while self.reader.offset < self.row.offset and (batches := self.reader.read(rows=1)):
            for batch in without_forgotten(pa.Table.from_batches(batches, READINGS), self.marks).to_batches():
                self.shard.recall(batch, self.reader.offset - len(batches))
        self._forget()
        self._lay_anew()
        self.fresh = True

    def _lay_anew(self) -> None:
        """Where the rules are others than before, every state is written in their layout, before anything is found."""
        if self.shard.same_layout(self.row.layout):
            return
        with transaction.atomic():
            move_on(self.row, self.shard, self.row.offset)
            write_states(self.number, *self.shard.changed(everything=True))
        self.row.refresh_from_db()

    def _retune(self) -> None:
        if time.monotonic() - self.tuned > TUNE_S:
            self.tuned = time.monotonic()
            self.shard.retune(tuned_context())
            self._forget()

    def _forget(self) -> None:
        """Whose readings were deleted meanwhile, of them the rules know nothing more either."""
        fresh = [one.key for one in ForgottenKey.objects.filter(by_rules=False) if shard_of(one.key, shard_count()) == self.number]
        if fresh:
            self.shard.forget(fresh)
            with transaction.atomic():  # a state may have been written between the order and now
                KeyState.objects.filter(key__in=fresh).delete()
                ForgottenKey.objects.filter(key__in=fresh).update(by_rules=True)
            self.marks = marks()


def now_us() -> int:
    """This moment, in microseconds."""
    return moment_of(datetime.now(UTC))
