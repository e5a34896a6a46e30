"""The one taker of readings: what comes together is freed of what came before, written to the journals at once, then acknowledged."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from hexi.core.sensing.columns import JOURNALLED, NO_SEQUENCE, by_shard
from hexi.core.sensing.intake.counting import Counts
from hexi.core.sensing.intake.gate import Gate
from hexi.core.sensing.intake.recent import Recent, marks_of, marks_of_sequences
from hexi.core.sensing.intake.sent import Outcome
from hexi.core.sensing.journal.writing import Journal
from hexi.core.sensing.shards import bell_of
from hexi.core.trust.api import ring

GROUP = 200_000
"""So many readings in one write at most: a later sender does not wait for ever longer groups."""
MINUTE_S = 60.0
PER_MINUTE = 60_000
Whole = np.ndarray[Any, np.dtype[np.int64]]
Look = Callable[[], Awaitable[None]]
"""Lets the gate learn what it can; raises nothing."""


@dataclass(slots=True)
class _Handed:
    batch: pa.RecordBatch
    done: asyncio.Future[Outcome]
    outcome: Outcome
    marks: list[int]


class Taker:
    """Everything that is handed in goes through here, one group after the other: that is what makes duplicates certain.

    `hand_in` returns when the readings are on the disk; only then may a sender be told that they were received.
    """

    def __init__(self, journals: Sequence[Journal], recent: Recent, counts: Counts, gate: Gate, look: Look) -> None:
        self.journals, self.recent, self.counts, self.gate, self.look = journals, recent, counts, gate, look
        self.queue: asyncio.Queue[_Handed] = asyncio.Queue()
        self.newest = dict[tuple[str, str], int]()
        self.per_minute = PER_MINUTE
        self.minute, self.in_minute = 0.0, dict[int, int]()

    async def hand_in(self, batch: pa.RecordBatch) -> Outcome:
        """Take these readings, in the columns of SENT. Raises OSError when the disk takes nothing: then none of it was received."""
        if not batch.num_rows:
            return Outcome()
        one = _Handed(batch, asyncio.get_running_loop().create_future(), Outcome(), [])
        await self.queue.put(one)
        return await one.done

    async def run(self) -> None:
        """Take group after group until cancelled."""
        while True:
            group = [await self.queue.get()]
            rows = group[0].batch.num_rows
            while rows < GROUP and not self.queue.empty():
                group.append(self.queue.get_nowait())
                rows += group[-1].batch.num_rows
            await self._take(group)

    async def _take(self, group: Sequence[_Handed]) -> None:
        if any(self.gate.strangers(one.batch) for one in group):
            await self.look()
        for one in group:
            self._sift(one)
        try:
            await self._written(pa.Table.from_batches([one.batch.select(JOURNALLED.names) for one in group], JOURNALLED))
        except OSError as fault:
            for one in group:
                self.recent.forget(one.marks)
                if not one.done.cancelled():
                    one.done.set_exception(OSError(fault.errno, str(fault)))
            return
        for one in group:
            self.counts.took(one.batch)
            if not one.done.cancelled():
                one.done.set_result(one.outcome)

    def _sift(self, one: _Handed) -> None:
        """Leave in it what is new."""
        self._throttle(one)
        self._at_the_gate(one)
        counted = np.flatnonzero(one.batch.column("sequence").to_numpy() != NO_SEQUENCE)
        if len(counted):
            kept = np.ones(one.batch.num_rows, dtype=bool)
            kept[counted] = self._news(one, marks_of_sequences(one.batch.take(pa.array(counted))))
            self._leave(one, kept)
        self._leave(one, self._news(one, marks_of(one.batch)))
        one.outcome.stored = one.batch.num_rows
        one.outcome.disordered = self._late(one.batch)

    def _at_the_gate(self, one: _Handed) -> None:
        """Leave outside what may not be kept."""
        sifted = self.gate.sift(one.batch)
        if sifted is None:
            return
        devices = one.batch.column("device").to_numpy()
        one.outcome.unsure |= set(devices[sifted.unsure].tolist())
        one.outcome.withheld += int(sifted.refused.sum())
        for device, number in _numbers(devices[sifted.refused]):
            self.counts.add(device, withheld=number)
        one.batch = one.batch.filter(pa.array(~(sifted.refused | sifted.unsure)))

    def _news(self, one: _Handed, marks: Any) -> Any:
        fresh = self.recent.fresh(marks)
        kept = np.ones(len(marks), dtype=bool) if fresh is None else np.array(fresh, dtype=bool)
        one.marks += marks[kept].tolist()
        return kept

    def _leave(self, one: _Handed, kept: Any) -> None:
        """Only these rows; the others came before."""
        if kept.all():
            return
        one.outcome.duplicates += int((~kept).sum())
        for device, number in _numbers(one.batch.column("device").to_numpy()[~kept]):
            self.counts.add(device, duplicates=number)
        one.batch = one.batch.filter(pa.array(kept))

    def _late(self, batch: pa.RecordBatch) -> int:
        """How many came after later ones of their series."""
        total, moments, devices = 0, batch.column("moment").cast(pa.int64()).to_numpy(), batch.column("device").to_numpy()
        for series, rows in _series(batch):
            own = moments[rows]
            before = np.maximum.accumulate(np.concatenate(([self.newest.get(series, 0)], own)))
            self.newest[series] = int(before[-1])
            late = own < before[:-1]
            for device, number in _numbers(devices[rows][late]) if late.any() else ():
                self.counts.add(device, disordered=number)
                total += number
        return total

    def _throttle(self, one: _Handed) -> None:
        now = time.monotonic()
        if now - self.minute > MINUTE_S:
            self.minute, self.in_minute = now, {}
        devices = one.batch.column("device").to_numpy()
        for device, number in _numbers(devices):
            total = number + self.in_minute.get(device, 0)
            if total > self.per_minute:
                one.outcome.throttled.add(device)
            else:
                self.in_minute[device] = total
        if one.outcome.throttled:
            one.batch = one.batch.filter(pa.array(~np.isin(devices, list(one.outcome.throttled))))

    async def _written(self, fresh: pa.Table) -> None:
        """On the disk, in all shards beside each other."""
        if not fresh.num_rows:
            return
        (batch,) = fresh.combine_chunks().to_batches()
        parts = by_shard(batch, len(self.journals))
        done = await asyncio.gather(
            *(asyncio.to_thread(self.journals[shard].append, part) for shard, part in parts.items()), return_exceptions=True
        )
        for fault in done:
            if isinstance(fault, BaseException):
                raise fault
        for shard in parts:
            ring(bell_of(shard))


def _numbers(devices: Whole) -> list[tuple[int, int]]:
    """How many of each."""
    found, numbers = np.unique(devices, return_counts=True)
    return list(zip(found.tolist(), numbers.tolist(), strict=True))


def _series(batch: pa.RecordBatch) -> list[tuple[tuple[str, str], Any]]:
    """The rows of each key and kind, in their order."""
    if not batch.num_rows:
        return []
    keys, kinds = pc.dictionary_encode(batch.column("key")), pc.dictionary_encode(batch.column("kind"))
    names, sorts = keys.dictionary.to_pylist(), kinds.dictionary.to_pylist()
    codes = keys.indices.to_numpy().astype(np.int64) * len(sorts) + kinds.indices.to_numpy()
    order = np.argsort(codes, kind="stable")
    found, begins = np.unique(codes[order], return_index=True)
    return [
        ((names[code // len(sorts)], sorts[code % len(sorts)]), rows)
        for code, rows in zip(found.tolist(), np.split(order, begins[1:]), strict=True)
    ]
