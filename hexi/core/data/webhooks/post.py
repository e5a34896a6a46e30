"""One letter over HTTP: to the checked IP and nowhere else, never redirected, never longer than a few seconds."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException

from hexi.core.data.webhooks.addresses import AddressRefused, Target, reachable_ip, target_of

PAUSE_S = 4.0
WHOLE_S = 6.0
"""Ours: shorter than the grace that a stopping worker has. A receiver puts the letter aside and answers at once."""


class _Pinned(HTTPConnection):
    """Speaks to one IP under the name that the certificate must carry."""

    def __init__(self, target: Target, ip: str) -> None:
        super().__init__(target.host, target.port, timeout=PAUSE_S)
        self.default_port = 443 if target.secure else 80
        self.secure, self.ip = target.secure, ip

    def connect(self) -> None:
        self.sock = socket.create_connection((self.ip, self.port), self.timeout)
        if self.secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)

    def cut(self) -> None:
        """End it from another thread, so that a receiver that drips an answer holds nobody up."""
        if isinstance(self.sock, socket.socket):
            try:
                self.sock.shutdown(socket.SHUT_RDWR)
            except OSError:  # it is closed already
                return


@dataclass(frozen=True, slots=True)
class Answer:
    """The receiver's HTTP status, 0 without any, and why it is no success: a key of FAULTS, empty for a success."""

    status: int
    fault: str

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300


def posted(address: str, headers: Mapping[str, str], body: bytes) -> Answer:
    """What the receiver answered. What it says beside the status is not read."""
    try:
        target = target_of(address)
        status = _answer(target, _Pinned(target, reachable_ip(target)), headers, body)
        return Answer(status, "" if 200 <= status < 300 else "refused")
    except (AddressRefused, OSError, HTTPException) as fault:
        return Answer(0, next(key for kind, key in WHY if isinstance(fault, kind)))


WHY: tuple[tuple[type[Exception], str], ...] = (
    (AddressRefused, "address"), (TimeoutError, "timeout"), (ssl.SSLCertVerificationError, "certificate"), (ssl.SSLError, "tls"),
    (socket.gaierror, "unknown_name"), (ConnectionResetError, "broken"), (OSError, "closed"), (HTTPException, "broken"),
)  # fmt: skip
"""The first that fits."""


def _answer(target: Target, connection: _Pinned, headers: Mapping[str, str], body: bytes) -> int:
    timer = threading.Timer(WHOLE_S, connection.cut)
    timer.daemon = True
    timer.start()
    try:
        connection.request("POST", target.path, body, dict(headers))
        return connection.getresponse().status
    finally:
        timer.cancel()
        connection.close()
