"""The one taker of readings: what comes together is freed of what came before, written to the journals at once, then acknowledged."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from hexi.core.sensing.columns import JOURNALLED, by_shard
from hexi.core.sensing.intake.counting import Counts
from hexi.core.sensing.intake.gate import Gate
from hexi.core.sensing.intake.recent import Recent
from hexi.core.sensing.intake.sent import FEW, Outcome, Sent, batch_of_sent
from hexi.core.sensing.intake.sifting import Sieve
from hexi.core.sensing.journal.writing import Journal
from hexi.core.sensing.shards import bell_of
from hexi.core.trust.api import ring

GROUP = 200_000
"""So many readings in one write at most: a later sender does not wait for ever longer groups."""
Look = Callable[[], Awaitable[None]]
"""Lets the gate learn what it can; raises nothing."""


@dataclass(slots=True)
class _Handed:
    """What one sender handed in together: few as rows, many as columns."""

    given: Sequence[Sent] | pa.RecordBatch
    done: asyncio.Future[Outcome]
    outcome: Outcome = field(default_factory=Outcome)
    marks: list[int] = field(default_factory=list[int])

    @property
    def size(self) -> int:
        return self.given.num_rows if isinstance(self.given, pa.RecordBatch) else len(self.given)


class Taker:
    """Everything that is handed in goes through here, one group after the other: that is what makes duplicates certain.

    `hand_in` returns when the readings are on the disk; only then may a sender be told that they were received.
    """

    def __init__(self, journals: Sequence[Journal], recent: Recent, counts: Counts, gate: Gate, look: Look) -> None:
        self.journals, self.counts, self.gate, self.look = journals, counts, gate, look
        self.sieve = Sieve(recent, counts, gate)
        self.queue: asyncio.Queue[_Handed] = asyncio.Queue()

    async def hand_in(self, sent: Sequence[Sent] | pa.RecordBatch) -> Outcome:
        """Take these readings, columns as those of SENT. Raises OSError when the disk takes nothing: then none of it was received."""
        given = batch_of_sent(sent) if not isinstance(sent, pa.RecordBatch) and len(sent) > FEW else sent
        one = _Handed(given, asyncio.get_running_loop().create_future())
        if not one.size:
            return one.outcome
        await self.queue.put(one)
        return await one.done

    async def run(self) -> None:
        """Take group after group until cancelled."""
        while True:
            group = [await self.queue.get()]
            rows = group[0].size
            while rows < GROUP and not self.queue.empty():
                group.append(self.queue.get_nowait())
                rows += group[-1].size
            await self._take(group)

    async def _take(self, group: Sequence[_Handed]) -> None:
        if any(self.gate.strangers(one.given) for one in group):
            await self.look()
        few, many = list[Sent](), list[pa.RecordBatch]()
        for one in group:
            if isinstance(one.given, pa.RecordBatch):
                batch, one.marks = self.sieve.many(one.given, one.outcome)
                many.append(batch)
            else:
                rows, one.marks = self.sieve.few(one.given, one.outcome)
                few += rows
        try:
            await self._written([*many, batch_of_sent(few)] if few else many)
        except OSError as fault:
            self._refuse(group, fault)
            return
        self.counts.took_few(few)
        for batch in many:
            self.counts.took(batch)
        for one in group:
            if not one.done.cancelled():
                one.done.set_result(one.outcome)

    def _refuse(self, group: Sequence[_Handed], fault: OSError) -> None:
        for one in group:
            self.sieve.recent.forget(one.marks)
            if not one.done.cancelled():
                one.done.set_exception(OSError(fault.errno, str(fault)))

    async def _written(self, batches: Sequence[pa.RecordBatch]) -> None:
        """On the disk as one batch, in all shards beside each other."""
        fresh = pa.Table.from_batches([one.select(JOURNALLED.names) for one in batches], JOURNALLED)
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
