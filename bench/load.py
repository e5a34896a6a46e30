"""A bounded load on loopback: some keep-alive connections that ask, wait for the answer, and ask again."""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Result:
    """What came back within the time. Delays in milliseconds."""

    seconds: float = 0.0
    answers: int = 0
    wrong: int = 0
    delays: list[float] = field(default_factory=list)
    sample: bytes = b""

    @property
    def per_second(self) -> float:
        return self.answers / self.seconds if self.seconds else 0.0


@dataclass
class Connection:
    socket: socket.socket
    asked: float = 0.0
    got: bytes = b""
    needed: int = 0


def load(port: int, request: Callable[[int], bytes], *, connections: int = 8, seconds: float = 8.0) -> Result:
    """Ask `request(n)` again and again on each connection, for that long."""
    result, number = Result(), 0
    with selectors.DefaultSelector() as selector:
        for _ in range(connections):
            one = Connection(socket.create_connection(("127.0.0.1", port)))
            selector.register(one.socket, selectors.EVENT_READ, one)
            number = _ask(one, request, number)
        started = time.monotonic()
        while (passed := time.monotonic() - started) < seconds:
            for key, _ in selector.select(timeout=1.0):
                one = key.data
                if _whole(one):
                    _count(one, result)
                    number = _ask(one, request, number)
        result.seconds = passed
        for key in list(selector.get_map().values()):
            key.data.socket.close()
    return result


def once(port: int, request: bytes) -> bytes:
    """One answer's body."""
    with socket.create_connection(("127.0.0.1", port)) as plug:
        one = Connection(plug)
        _ask(one, lambda _: request, 0)
        while not _whole(one):
            pass
        return body(one.got)


def _ask(one: Connection, request: Callable[[int], bytes], number: int) -> int:
    one.got, one.needed, one.asked = b"", 0, time.monotonic()
    one.socket.sendall(request(number))
    return number + 1


def _whole(one: Connection) -> bool:
    part = one.socket.recv(262_144)
    if not part:
        raise ConnectionError(f"the server closed the connection: {one.got[:200]!r}")
    one.got += part
    if not one.needed and (end := one.got.find(b"\r\n\r\n")) >= 0:
        _, told, length = one.got[:end].lower().partition(b"content-length: ")
        one.needed = end + 4 + int(length.split(b"\r\n")[0]) if told else -1
    return one.got.endswith(b"\r\n0\r\n\r\n") if one.needed < 0 else 0 < one.needed <= len(one.got)


def body(answer: bytes) -> bytes:
    """The answer's body, put together when it came in chunks."""
    head, _, rest = answer.partition(b"\r\n\r\n")
    if b"transfer-encoding: chunked" not in head.lower():
        return rest
    whole = b""
    while rest:
        size, _, rest = rest.partition(b"\r\n")
        length = int(size, 16)
        whole, rest = whole + rest[:length], rest[length + 2 :]
    return whole


def _count(one: Connection, result: Result) -> None:
    result.answers += 1
    result.delays.append((time.monotonic() - one.asked) * 1000)
    if one.got[9:10] == b"2":
        result.sample = one.got
    else:
        result.wrong += 1
        result.sample = result.sample or one.got


def get(path: str, port: int, session: str) -> bytes:
    """A GET request with that session's cookie."""
    return f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nCookie: hexi_session={session}\r\nAccept: application/json\r\n\r\n".encode()
