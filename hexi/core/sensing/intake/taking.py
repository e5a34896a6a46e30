"""The one taker of readings: what comes together is freed of what came before, written to the journals at once, then acknowledged."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from hexi.core.sensing.columns import READINGS, by_shard
from hexi.core.sensing.intake.counting import BATTERY, Counts
from hexi.core.sensing.intake.recent import Recent, mark_of, mark_of_sequence
from hexi.core.sensing.intake.sent import NO_SEQUENCE, Outcome, Sent, table_of
from hexi.core.sensing.journal.writing import Journal

GROUP = 200_000
"""So many readings in one write at most: a later sender does not wait for ever longer groups."""
MINUTE_S = 60.0
PER_MINUTE = 60_000


@dataclass(slots=True)
class _Handed:
    sent: Sequence[Sent]
    done: asyncio.Future[Outcome]
    outcome: Outcome = field(default_factory=Outcome)
    repeated: Counter[int] = field(default_factory=Counter[int])
    late: Counter[int] = field(default_factory=Counter[int])


class Taker:
    """Everything that is handed in goes through here, one group after the other: that is what makes duplicates certain.

    `hand_in` returns when the readings are on the disk; only then may a sender be told that they were received.
    """

    def __init__(self, journals: Sequence[Journal], recent: Recent, counts: Counts) -> None:
        self.journals, self.recent, self.counts = journals, recent, counts
        self.queue: asyncio.Queue[_Handed] = asyncio.Queue()
        self.newest = dict[tuple[str, str], int]()
        self.per_minute = PER_MINUTE
        self.minute, self.in_minute = 0.0, dict[int, int]()

    async def hand_in(self, sent: Sequence[Sent]) -> Outcome:
        """Raises OSError when the disk takes nothing: then none of it was received."""
        one = _Handed(sent, asyncio.get_running_loop().create_future())
        await self.queue.put(one)
        return await one.done

    async def run(self) -> None:
        """Take group after group until cancelled."""
        while True:
            group = [await self.queue.get()]
            rows = len(group[0].sent)
            while rows < GROUP and not self.queue.empty():
                group.append(self.queue.get_nowait())
                rows += len(group[-1].sent)
            await self._take(group)

    async def _take(self, group: Sequence[_Handed]) -> None:
        marks, fresh = list[int](), list[Sent]()
        for one in group:
            self._sift(one, fresh, marks)
        try:
            await self._written(fresh)
        except OSError as fault:
            self.recent.forget(marks)
            for one in group:
                if not one.done.cancelled():
                    one.done.set_exception(OSError(fault.errno, str(fault)))
            return
        self._count(group, fresh)
        for one in group:
            if not one.done.cancelled():
                one.done.set_result(one.outcome)

    def _sift(self, one: _Handed, fresh: list[Sent], marks: list[int]) -> None:
        """What of it is new goes to `fresh`."""
        self._throttle(one)
        for sent in one.sent:
            if one.outcome.throttled and sent.device in one.outcome.throttled:
                continue
            mark = mark_of(sent.key, sent.kind, sent.moment, sent.value)
            if sent.sequence != NO_SEQUENCE:
                counted = mark_of_sequence(sent.device, sent.sequence, sent.kind)
                if self.recent.seen(counted):
                    one.repeated[sent.device] += 1
                    continue
                marks.append(counted)
            if self.recent.seen(mark):
                one.repeated[sent.device] += 1
                continue
            marks.append(mark)
            fresh.append(sent)
            one.outcome.stored += 1
            self._order(one, sent)
        one.outcome.duplicates, one.outcome.disordered = one.repeated.total(), one.late.total()

    def _order(self, one: _Handed, sent: Sent) -> None:
        series = (sent.key, sent.kind)
        if sent.moment < self.newest.get(series, 0):
            one.late[sent.device] += 1
        else:
            self.newest[series] = sent.moment

    def _throttle(self, one: _Handed) -> None:
        now = time.monotonic()
        if now - self.minute > MINUTE_S:
            self.minute, self.in_minute = now, {}
        for device, number in Counter(sent.device for sent in one.sent).items():
            total = number + self.in_minute.get(device, 0)
            if total > self.per_minute:
                one.outcome.throttled.add(device)
            else:
                self.in_minute[device] = total

    async def _written(self, fresh: Sequence[Sent]) -> None:
        """On the disk, in all shards beside each other."""
        if not fresh:
            return
        parts = by_shard(table_of(fresh, READINGS), len(self.journals))
        done = await asyncio.gather(
            *(asyncio.to_thread(self.journals[shard].append, part) for shard, part in parts.items()), return_exceptions=True
        )
        for fault in done:
            if isinstance(fault, BaseException):
                raise fault

    def _count(self, group: Sequence[_Handed], fresh: Sequence[Sent]) -> None:
        with self.counts.lock:
            for one in group:
                for device, number in one.repeated.items():
                    self.counts.of(device).duplicates += number
                for device, number in one.late.items():
                    self.counts.of(device).disordered += number
            for sent in fresh:
                tally = self.counts.of(sent.device)
                tally.received += 1
                tally.unsure += sent.unsure
                tally.seen = sent.received
                if sent.kind == BATTERY:
                    tally.battery = round(sent.value)
                self.counts.streamed(sent.device, sent.kind, sent.moment)
