"""The intake's side of the broker: connected as long as it is there, connected again when it comes back."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator, Sequence
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
from django.conf import settings
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError

from hexi.core.sensing.broker.greeting import greet
from hexi.core.sensing.broker.guard import ASKED, Guard, put_out
from hexi.core.sensing.broker.lines import as_intake, as_system
from hexi.core.sensing.broker.nodes import nodes, trust
from hexi.core.sensing.broker.overhearing import Heard, Overhearing
from hexi.core.sensing.broker.pulling import EVERY, NOBODY, Left, Puller, code_of, consumer, stamped
from hexi.core.sensing.broker.refused import REFUSED
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


async def listening(intake: Intake) -> None:
    """For ever: connect, let devices in, take what comes. A broker that is away is looked for again."""
    for node in cycle(nodes()):
        try:
            async with _connected(node) as (ours, system):
                await Listener(intake, node, ours, system).run()
        except (OSError, NatsError, TimeoutError) as fault:
            if intake.broker == "here":
                log.warning("the broker is away: %r", fault)
        finally:
            intake.say_broker("away")
        await asyncio.sleep(PAUSE_S)


@contextlib.asynccontextmanager
async def _connected(node: str) -> AsyncGenerator[tuple[Client, Client]]:
    ours = await as_intake(node)
    try:
        system = await as_system(node)
        try:
            yield ours, system
        finally:
            await system.close()
    finally:
        await ours.close()


class Listener:
    """One connection's worth of listening."""

    def __init__(self, intake: Intake, node: str, ours: Client, system: Client) -> None:
        self.intake, self.node, self.ours, self.system = intake, node, ours, system
        self.guard = Guard(lambda: intake.cards, shared())

    async def run(self) -> None:
        """Until the connection ends, which raises."""
        host = self.node if settings.MQTT_BIND in {"0.0.0.0", "::"} or settings.NATS_NODES else settings.MQTT_BIND  # noqa: S104 - compared
        secure = bool(settings.MQTT_CERTIFICATE and settings.MQTT_KEY)
        await consumer(self.ours, lambda: greet(host, settings.MQTT_PORT, shared(), secure=secure))
        await self.ours.subscribe(ASKED, cb=self.guard.asked)
        await put_out(self.system, self.intake.cards, self.guard.outdated)
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
            await put_out(self.system, self.intake.cards, self.guard.outdated)

    async def _violations(self) -> None:
        """What was written to other devices' subjects was dropped by the broker: it is counted and shown. Several nodes tell it."""
        if len(nodes()) > 1:
            await self.ours.subscribe(REFUSED, cb=self._refused)
            await asyncio.Event().wait()
        log = Violations(Path(settings.BROKER) / LOG)
        while True:
            await asyncio.sleep(PAUSE_S)
            for code, topic in await asyncio.to_thread(lambda: list(log.new())):
                await self._aside([Fault("foreign", topic, b"")], code, "", topic)

    async def _refused(self, message: Msg) -> None:
        code, topic = orjson.loads(message.data)
        await self._aside([Fault("foreign", topic, b"")], code, "", topic)

    async def _overhearing(self) -> None:
        """What came by QoS 0 is taken as well as may be."""
        loop = asyncio.get_running_loop()
        make = partial(Overhearing, shared(), EVERY)
        transport, ear = await loop.create_connection(make, self.node, settings.BROKER_PORT, ssl=trust())
        try:
            while not ear.lost.done():
                await asyncio.sleep(GATHER_S)
                group, ear.heard = ear.heard, []
                if group:
                    await self.take(group, unsure=True)
        finally:
            transport.close()
        raise ConnectionError("the connection to the broker ended")

    async def take(self, group: Sequence[Msg | Heard], *, unsure: bool = False) -> Left:
        """Write what these say into the journal, or into the quarantine; returns when it is there. What is left must come again."""
        now, sent, faults = now_us(), list[Sent](), dict[tuple[str, str], list[Fault]]()
        for message in group:
            code, kind = code_of(message.subject)
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
        return frozenset(card.code for card in self.intake.cards.values() if card.id in outcome.unsure) if outcome.unsure else NOBODY

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
        await self.intake.writes(lambda: put_aside(faults, card, way="mqtt", topic=topic, code=code))
