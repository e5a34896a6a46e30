"""The intake's side of the broker: connected as long as it is there, connected again when it comes back."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import nats
from django.conf import settings
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError

from hexi.core.sensing.broker.greeting import greet
from hexi.core.sensing.broker.guard import ASKED, SUBJECT, Guard, put_out
from hexi.core.sensing.broker.overhearing import Heard, Overhearing
from hexi.core.sensing.broker.pulling import Puller, consumer, stamped
from hexi.core.sensing.broker.setup import LOG, shared
from hexi.core.sensing.broker.violations import Violations
from hexi.core.sensing.devices.cards import Card
from hexi.core.sensing.engine.turning import now_us
from hexi.core.sensing.intake.quarantine import put_aside
from hexi.core.sensing.intake.reception import Fault, understood
from hexi.core.sensing.intake.sent import Sent

if TYPE_CHECKING:
    from hexi.core.sensing.intake.service import Intake

log = logging.getLogger(__name__)
PAUSE_S, GATHER_S = 1.0, 0.05
PREFIX = f"{SUBJECT}."


async def listening(intake: Intake) -> None:
    """For ever: connect, let devices in, take what comes. A broker that is away is looked for again."""
    while True:
        try:
            async with _connected(intake) as (ours, system):
                await Listener(intake, ours, system).run()
        except (OSError, NatsError, TimeoutError) as fault:
            if intake.broker == "here":
                log.warning("the broker is away: %r", fault)
        finally:
            intake.say_broker("away")
        await asyncio.sleep(PAUSE_S)


@contextlib.asynccontextmanager
async def _connected(intake: Intake) -> AsyncGenerator[tuple[Client, Client]]:
    known, at = shared(), f"nats://127.0.0.1:{settings.BROKER_PORT}"
    connect = partial(nats.connect, at, allow_reconnect=False, connect_timeout=2, error_cb=_quiet)
    ours = await connect(user="intake", password=known.intake)
    try:
        system = await connect(user="system", password=known.system)
        try:
            yield ours, system
        finally:
            await system.close()
    finally:
        await ours.close()


async def _quiet(_fault: Exception) -> None:
    """What ends the connection ends the listener, which says so once."""


class Listener:
    """One connection's worth of listening."""

    def __init__(self, intake: Intake, ours: Client, system: Client) -> None:
        self.intake, self.ours, self.system = intake, ours, system

    async def run(self) -> None:
        """Until the connection ends, which raises."""
        host = "127.0.0.1" if settings.MQTT_BIND in {"0.0.0.0", "::"} else settings.MQTT_BIND  # noqa: S104 - compared
        secure = bool(settings.MQTT_CERTIFICATE and settings.MQTT_KEY)
        await consumer(self.ours, lambda: greet(host, settings.MQTT_PORT, shared(), secure=secure))
        guard = Guard(lambda: self.intake.cards, shared())
        await self.ours.subscribe(ASKED, cb=guard.asked)
        await put_out(self.system, self.intake.cards)
        self.intake.say_broker("here")
        ways = (Puller(self.ours, self.take).run(), self._overhearing(), self._revoking(), self._watching(), self._violations())
        tasks = [asyncio.create_task(way) for way in ways]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _watching(self) -> None:
        while self.ours.is_connected and self.system.is_connected:
            await asyncio.sleep(PAUSE_S / 4)
        raise ConnectionError("the connection to the broker ended")

    async def _revoking(self) -> None:
        """Whoever was revoked is put out as soon as the register says so."""
        while True:
            await self.intake.changed.wait()
            self.intake.changed.clear()
            await put_out(self.system, self.intake.cards)

    async def _violations(self) -> None:
        """What was written to other devices' subjects was dropped by the broker: it is counted and shown."""
        log = Violations(Path(settings.BROKER) / LOG)
        while True:
            await asyncio.sleep(PAUSE_S)
            for code, topic in await asyncio.to_thread(lambda: list(log.new())):
                await self._aside([Fault("foreign", topic, b"")], code, "", topic)

    async def _overhearing(self) -> None:
        """What came by QoS 0 is taken as well as may be."""
        loop = asyncio.get_running_loop()
        make = partial(Overhearing, shared(), f"{PREFIX}>")
        transport, ear = await loop.create_connection(make, "127.0.0.1", settings.BROKER_PORT)
        try:
            while not ear.lost.done():
                await asyncio.sleep(GATHER_S)
                group, ear.heard = ear.heard, []
                if group:
                    await self.take(group, unsure=True)
        finally:
            transport.close()
        raise ConnectionError("the connection to the broker ended")

    async def take(self, group: Sequence[Msg | Heard], *, unsure: bool = False) -> None:
        """Write what these say into the journal, or into the quarantine; returns when it is there."""
        now, sent, faults = now_us(), list[Sent](), dict[tuple[str, str], list[Fault]]()
        for message in group:
            code, _, kind = message.subject.partition(PREFIX)[2].partition(".")
            card = self.intake.cards.get(code)
            for fault in self._understood(message, card, now, kind, sent, unsure=unsure):
                faults.setdefault((code, kind), []).append(fault)
        outcome = await self.intake.taker.hand_in(sent)
        for device in outcome.throttled:
            code = next(card.code for card in self.intake.cards.values() if card.id == device)
            number = sum(1 for one in sent if one.device == device)
            self.intake.counts.add(device, refused=number - 1)
            faults.setdefault((code, ""), []).append(Fault("too_many", str(number), b""))
        for (code, kind), ones in faults.items():
            await self._aside(ones, code, kind)

    @staticmethod
    def _understood(message: Msg | Heard, card: Card | None, now: int, kind: str, sent: list[Sent], *, unsure: bool) -> Sequence[Fault]:
        if card is None or not card.active:
            return [Fault("revoked", "", message.data)]
        came = (lambda: stamped(message)) if isinstance(message, Msg) else None
        found = understood(message.data, card, now, kind=kind, came=came)
        sent += [one._replace(unsure=True) for one in found.sent] if unsure else found.sent
        return found.faults

    async def _aside(self, faults: Sequence[Fault], code: str, kind: str, topic: str = "") -> None:
        card = self.intake.cards.get(code)
        topic = topic or f"hexi/readings/{code}" + (f"/{kind}" if kind else "")
        await self.intake.in_database(lambda: put_aside(faults, card, way="mqtt", topic=topic, code=code))
