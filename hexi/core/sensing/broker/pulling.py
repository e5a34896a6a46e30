"""Messages out of the broker. What came by QoS 1 stands in its stream until we have acknowledged it; what came by QoS 0 does not.

The broker answers a device (PUBACK) when the message stands in the stream `$MQTT_msgs`. Our consumer sits on that very stream, so
what was answered is what we get, again and again until it is in our journal.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC

import orjson
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js.api import AckPolicy, ConsumerConfig
from nats.js.errors import NotFoundError

from hexi.core.sensing.broker.setup import SUBJECT
from hexi.kernel.waiting import comes

STREAM, DURABLE = "$MQTT_msgs", "hexi_intake"
EVERY = f"{SUBJECT}.>"
FROM = f"$MQTT.msgs.{EVERY}"
AT_ONCE = 2000
EXPIRES_S, ALIVE_S, SILENCE_S, IDLE = 30, 1, 3.0, "100"
BACK_S = 10.0
"""What a killed process did not acknowledge comes again after so long."""
Left = frozenset[str]
"""Devices whose messages could not be taken now: they stay in the stream and come again."""
NOBODY: Left = frozenset()
Take = Callable[[Sequence[Msg]], Awaitable[Left]]


async def consumer(intake: Client, greet: Callable[[], None]) -> None:
    """Make sure that our consumer is there before any device may come: a stream without one forgets what it answered for.

    `greet` comes by MQTT once, which makes the broker create its streams.
    """
    await asyncio.to_thread(greet)
    js = intake.jetstream()
    wanted = ConsumerConfig(
        durable_name=DURABLE, filter_subject=FROM, ack_policy=AckPolicy.EXPLICIT, ack_wait=BACK_S, max_ack_pending=AT_ONCE * 5,
    )  # fmt: skip
    try:
        await js.consumer_info(STREAM, DURABLE)
    except NotFoundError:
        await js.add_consumer(STREAM, wanted)


class Puller:
    """Takes what the stream holds, in order and in groups; acknowledges a group when `take` has returned."""

    def __init__(self, intake: Client, take: Take) -> None:
        self.intake, self.take = intake, take
        self.waiting: list[Msg] = []
        self.came = asyncio.Event()
        self.wanted = 0

    async def run(self) -> None:
        """Until cancelled, or until `take` raises: then nothing of the group is acknowledged, and the broker gives it again."""
        inbox = self.intake.new_inbox()
        subscription = await self.intake.subscribe(inbox, cb=self._got, pending_msgs_limit=-1, pending_bytes_limit=-1)
        try:
            while True:
                if self.wanted < AT_ONCE // 2:
                    await self._ask(inbox)
                if not await comes(self.came, SILENCE_S):
                    self.wanted = 0  # not even a sign of life: whoever led the stream has gone, and our question with it
                await self._hand_on()
        finally:
            with contextlib.suppress(Exception):  # the connection may be what failed
                await subscription.unsubscribe()

    async def _ask(self, inbox: str) -> None:
        asked = {"batch": AT_ONCE - self.wanted, "expires": EXPIRES_S * 10**9, "idle_heartbeat": ALIVE_S * 10**9}
        await self.intake.publish(f"$JS.API.CONSUMER.MSG.NEXT.{STREAM}.{DURABLE}", orjson.dumps(asked), reply=inbox)
        self.wanted = AT_ONCE

    async def _got(self, message: Msg) -> None:
        status = "" if message.reply else (message.headers or {}).get("Status", "")
        if status == IDLE:
            pass
        elif status:
            self.wanted = 0  # the request ended: 408 after its time, 409 when the broker goes
        else:
            self.wanted -= 1
            self.waiting.append(message)
        self.came.set()

    async def _hand_on(self) -> None:
        group, self.waiting = self.waiting, []
        self.came.clear()
        if group:
            left = await self.take(group)
            for message in group:  # each by itself: one for all before it would cover what went to a process that was killed
                if not left or code_of(message.subject)[0] not in left:
                    await message.ack()


def code_of(subject: str) -> tuple[str, str]:
    """The device that wrote there, and the kind of reading where the subject says it."""
    code, _, kind = subject.partition(f"{SUBJECT}.")[2].partition(".")
    return code, kind


def stamped(message: Msg) -> int:
    """When the broker got it, in microseconds: the same each time that it is given."""
    from hexi.kernel.reading import moment_of

    return moment_of(message.metadata.timestamp.astimezone(UTC))
