"""What passes through the broker by QoS 0, heard on a connection of its own.

Everything passes here, also what came by QoS 1 and is taken from the stream: a client library would spend a third of the intake's time on
throwing that away. So this reads NATS's own few words (HMSG, PING) and looks no further than the header.
Protocol: docs.nats.io/reference/reference-protocols/nats-protocol.
"""

from __future__ import annotations

import asyncio
from typing import NamedTuple

import orjson

from hexi.core.sensing.broker.setup import Shared

SURE = (b"Nmqtt-Pub: 1", b"Nmqtt-Pub:1", b"Nmqtt-Pub: 2", b"Nmqtt-Pub:2")
HEADED, PLAIN, PING, END = b"HMSG", b"MSG", b"PING", b"\r\n"


class Heard(NamedTuple):
    """One message that nobody was promised."""

    subject: str
    data: bytes


class Overhearing(asyncio.Protocol):
    """Gathers in `heard` what came by QoS 0; `lost` is done when the connection ends."""

    def __init__(self, known: Shared, subject: str) -> None:
        self.hello = b"CONNECT " + orjson.dumps({"user": "intake", "pass": known.intake, "headers": True, "verbose": False, "echo": False})
        self.wanted = f"SUB {subject} 1".encode()
        self.buffer, self.heard = bytearray(), list[Heard]()
        self.lost: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self.transport = transport
        transport.write(self.hello + END + self.wanted + END)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.lost.done():
            self.lost.set_result(None)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        at = 0
        while (after := self._one(at)) > at:
            at = after
        del self.buffer[:at]

    def _one(self, at: int) -> int:
        """The position behind the word that begins here; the same where it is not whole yet."""
        end = self.buffer.find(END, at)
        if end < 0:
            return at
        words = bytes(self.buffer[at:end]).split(b" ")
        if words[0] == PING:
            self.transport.write(b"PONG" + END)
        if words[0] not in {HEADED, PLAIN}:
            return end + 2
        begin, whole = end + 2, int(words[-1])
        if len(self.buffer) < begin + whole + 2:
            return at
        head = int(words[-2]) if words[0] == HEADED else 0
        if not head or not any(self.buffer.find(mark, begin, begin + head) >= 0 for mark in SURE):
            self.heard.append(Heard(words[1].decode(), bytes(self.buffer[begin + head : begin + whole])))
        return begin + whole + 2
