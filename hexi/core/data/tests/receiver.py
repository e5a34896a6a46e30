"""A system outside the platform that is told of changes: a real server on loopback that keeps what it got and answers as it is told."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import orjson


@dataclass
class Receiver:
    """`answer(event)` says the HTTP status; what was answered with 2xx counts as `got`. `delay_s` before each answer."""

    answer: Callable[[dict[str, Any]], int] = lambda _event: 204
    delay_s: float = 0.0
    port: int = 0
    calls: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    got: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    server: ThreadingHTTPServer | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    def up(self) -> Receiver:
        """Begin to listen, at the same port as before."""
        self.server = _Server(("127.0.0.1", self.port), _handler(self))
        self.port = int(self.server.server_address[1])
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def down(self) -> None:
        """Nobody answers there any more."""
        if self.server is not None:
            self.server.shutdown()
            self.server.server_close()
            self.server = None

    def sequences(self) -> list[int]:
        return [one["event"]["data"]["sequence"] for one in self.got]

    def numbers(self) -> list[int]:
        """The records that it was told of, in the order in which it heard."""
        return [one["event"]["data"]["id"] for one in self.got]

    def told_to(self, headers: Any, body: bytes) -> int:
        """One call, and how it is answered."""
        time.sleep(self.delay_s)
        call = {"headers": {name.lower(): value for name, value in headers.items()}, "body": body, "event": orjson.loads(body)}
        self.calls.append(call)
        status = self.answer(call["event"])
        if 200 <= status < 300:
            self.got.append(call)
        return status


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128


def _handler(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            status = receiver.told_to(self.headers, self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the library's word
            """Say nothing."""

    return Handler
