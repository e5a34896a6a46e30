"""The intake at work: one process that writes the journals, fed by web processes and by the broker."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import struct
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import orjson
import pyarrow as pa
from django.conf import settings
from django.db import DatabaseError, connections

from hexi.core.data.api import tuned_context
from hexi.core.sensing.columns import load_columns
from hexi.core.sensing.devices.cards import Card, cards_since
from hexi.core.sensing.devices.models import IntakeStatus
from hexi.core.sensing.intake.counting import Counts
from hexi.core.sensing.intake.gate import Gate
from hexi.core.sensing.intake.limits import PER_MINUTE
from hexi.core.sensing.intake.recent import remembered
from hexi.core.sensing.intake.sent import unpacked
from hexi.core.sensing.intake.taking import Taker
from hexi.core.sensing.journal.writing import Journal
from hexi.core.sensing.shards import journal_folder, shard_count
from hexi.kernel.line import LENGTH, LONGEST
from hexi.kernel.waiting import comes

log = logging.getLogger(__name__)
T = TypeVar("T")
LOOK_S, WRITE_S = 0.2, 2.0
SETTLED = timedelta(seconds=10)
"""A change that was written so long ago is visible to everybody, however slow its transaction was."""


class Intake:
    """Journals, cards of the devices, counts. `broker` says how the broker is: off, away, here."""

    def __init__(self) -> None:
        folders = [journal_folder(shard) for shard in range(shard_count())]
        self.journals = [Journal(folder) for folder in folders]
        self.counts = Counts()
        self.gate = Gate()
        self.taker = Taker(self.journals, remembered(folders), self.counts, self.gate, self.look)
        self.cards = dict[str, Card]()
        self.changed = asyncio.Event()
        self.lines = set[asyncio.StreamWriter]()
        self.read_at: datetime | None = None
        self.told = asyncio.Event()
        self.broker, self.since = ("away" if settings.BROKER_ON else "off"), datetime.now(UTC)
        self.reader, self.writer = (ThreadPoolExecutor(1, thread_name_prefix=f"intake-{name}") for name in ("reads", "writes"))

    async def run(self, stopped: asyncio.Event, *more: Callable[[Intake], Any]) -> None:
        """Until `stopped`; `more` are further ways in. Raises what ended one of them."""
        load_columns()
        await self.reads(self._learn)
        async with await self._server():
            work = self.taker.run(), self._looking(), self._keeping(), stopped.wait(), *(way(self) for way in more)
            tasks = [asyncio.create_task(one) for one in work]
            try:
                done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()
            finally:
                await self._end(tasks)

    async def _end(self, tasks: list[asyncio.Task[Any]]) -> None:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for line in self.lines:
            line.transport.abort()
        await self.writes(self._finish)
        await self.reads(connections.close_all)
        self.reader.shutdown()
        self.writer.shutdown()
        for journal in self.journals:
            journal.close()

    def _finish(self) -> None:
        self.counts.write()
        connections.close_all()

    async def reads(self, work: Callable[..., T], *given: Any) -> T:
        """Do this in the thread that only reads the database: it never waits for anybody who writes."""
        return await asyncio.get_running_loop().run_in_executor(self.reader, work, *given)

    async def writes(self, work: Callable[..., T], *given: Any) -> T:
        """Do this in the thread that writes to it. Taking waits for none of it: who holds the database may wait for readings."""
        return await asyncio.get_running_loop().run_in_executor(self.writer, work, *given)

    def say_broker(self, how: str) -> None:
        """Keep how the broker is, and since when."""
        if how != self.broker:
            self.broker, self.since = how, datetime.now(UTC)
            self.told.set()

    async def _looking(self) -> None:
        """See what changed in the register: for ever, whatever the database does."""
        while True:
            await self.look()
            await asyncio.sleep(LOOK_S)

    async def look(self) -> None:
        """Once, now."""
        try:
            if await self.reads(self._learn):
                self.changed.set()
        except DatabaseError:
            log.exception(
                "the intake cannot use the database; readings are taken from the devices known so far, but none that need a consent"
            )
            await self.reads(connections.close_all)

    def _learn(self) -> bool:
        """Did a device change since?"""
        now = datetime.now(UTC)
        fresh = {card.code: card for card in cards_since(self.read_at)}
        self.gate.learn(fresh.values(), self.read_at)
        self.read_at = now - SETTLED
        changed = any(self.cards.get(code) != card for code, card in fresh.items())
        self.cards.update(fresh)
        self.taker.sieve.per_minute = tuned_context().value(PER_MINUTE)
        return changed

    async def _keeping(self) -> None:
        """Write the counts and how the broker is: for ever, whatever the database does."""
        while True:
            self.told.clear()
            try:
                await self.writes(self._keep)
            except DatabaseError:
                log.exception("the intake cannot write its counts into the database; it keeps them and tries again")
                await self.writes(connections.close_all)
            await comes(self.told, WRITE_S)

    def _keep(self) -> None:
        for journal in self.journals:
            journal.turn_over()
        self.counts.write()
        seen = {"seen_at": datetime.now(UTC), "broker": self.broker, "since": self.since}
        IntakeStatus.objects.update_or_create(id=1, defaults=seen)

    async def _server(self) -> asyncio.Server:
        path = Path(settings.INTAKE)
        path.unlink(missing_ok=True)  # a killed process leaves it; the journals' locks say that there is no other one
        server = await asyncio.start_unix_server(self._served, str(path))
        path.chmod(0o600)
        return server

    async def _served(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One web process: message after message."""
        self.lines.add(writer)
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):  # the last: the process ends
            while True:
                (length,) = LENGTH.unpack(await reader.readexactly(LENGTH.size))
                if length > LONGEST:
                    break
                answer = await self._answer(await reader.readexactly(length))
                writer.write(LENGTH.pack(len(answer)) + answer)
                await writer.drain()
        self.lines.discard(writer)
        writer.close()

    async def _answer(self, content: bytes) -> bytes:
        try:
            outcome = await self.taker.hand_in(unpacked(content))
        except (OSError, pa.ArrowException, ValueError, TypeError, struct.error) as fault:
            log.error("readings were not taken: %s", fault)
            return orjson.dumps({"fault": str(fault)})
        told = {"stored": outcome.stored, "duplicates": outcome.duplicates, "disordered": outcome.disordered, "withheld": outcome.withheld}
        return orjson.dumps({**told, "unsure": sorted(outcome.unsure), "throttled": sorted(outcome.throttled)})
