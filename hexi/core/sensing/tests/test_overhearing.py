"""What is overheard is the same however the broker's words are cut, and is only what nobody was promised."""

from __future__ import annotations

import asyncio

import pytest

from hexi.core.sensing.broker.overhearing import Heard, Overhearing
from hexi.core.sensing.broker.setup import Shared


class Line(asyncio.WriteTransport):
    """Keeps what is written."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.written += bytes(data)


def headed(subject: str, header: str, data: bytes) -> bytes:
    head = f"NATS/1.0\r\n{header}\r\n\r\n".encode()
    return f"HMSG {subject} 1 {len(head)} {len(head) + len(data)}\r\n".encode() + head + data + b"\r\n"


SAID = (
    b'INFO {"version":"2.15"}\r\n' + headed("hexi.readings.d1", "Nmqtt-Pub: 0", b"4\r\n2") + b"PING\r\n"
    + headed("hexi.readings.d2", "Nmqtt-Pub: 1", b"promised") + b"MSG hexi.readings.d3.smoke 1 5\r\nPING\n\r\n" + b"+OK\r\n"
)  # fmt: skip


@pytest.mark.parametrize("cut", [1, 2, 7, 40, 10_000])
def test_messages_cut_anywhere_are_heard_once_and_those_by_qos_1_are_not(cut: int) -> None:
    async def hear() -> tuple[list[Heard], bytes]:
        ear, line = Overhearing(Shared("secret", "", b""), "hexi.readings.>"), Line()
        ear.connection_made(line)
        for begin in range(0, len(SAID), cut):
            ear.data_received(SAID[begin : begin + cut])
        ear.connection_lost(None)
        await ear.lost
        assert not ear.buffer
        return ear.heard, line.written

    heard, written = asyncio.run(hear())
    assert heard == [Heard("hexi.readings.d1", b"4\r\n2"), Heard("hexi.readings.d3.smoke", b"PING\n")]
    assert written.startswith(b"CONNECT {")
    assert written.endswith(b"SUB hexi.readings.> 1\r\nPONG\r\n"), "a PING inside a message is none"
