"""The HTTP server of a witness: threads of the standard library, for one small body with a few logs."""

from __future__ import annotations

import re
import socket
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import cast

from hexi.kernel.tlog.submission import ADD_CHECKPOINT, LARGEST_SUBMISSION, Answer
from hexi.kernel.tlog.witness import Witness

IDLE_S = 30
_CHECKPOINT = re.compile(r"/([0-9a-f]{64})/checkpoint")


class WitnessServer(ThreadingHTTPServer):
    """Serves one witness until `shutdown`."""

    request_queue_size = 128  # dropped connections would cost a client seconds
    daemon_threads = True

    def __init__(self, address: tuple[str, int], witness: Witness) -> None:
        if ":" in address[0]:
            self.address_family = socket.AF_INET6
        super().__init__(address, _Handler)
        self.witness = witness


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # connections are kept
    server_version, sys_version = "hexi-witness", ""
    timeout = IDLE_S
    disable_nagle_algorithm = True
    wbufsize = -1  # head and body leave together

    @property
    def witness(self) -> Witness:
        return cast(WitnessServer, self.server).witness

    def do_POST(self) -> None:
        if self.path != f"/{ADD_CHECKPOINT}":
            self._answer(Answer(404, b"POST /add-checkpoint\n"), close=True)
            return
        size = self.headers.get("Content-Length", "")
        if not size.isdecimal():
            self._answer(Answer(411, b"Content-Length is missing\n"), close=True)
        elif int(size) > LARGEST_SUBMISSION:
            self._answer(Answer(413, b"too large\n"), close=True)
        else:
            self._answer(self.witness.add_checkpoint(self.rfile.read(int(size))))

    def do_GET(self) -> None:
        found = _CHECKPOINT.fullmatch(self.path)
        self._answer(self.witness.checkpoint(found[1]) if found else Answer(404, b"no such address\n"))

    def _answer(self, answer: Answer, *, close: bool = False) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.media_type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        if close:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(answer.body)
