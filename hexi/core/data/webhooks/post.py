"""One letter over HTTP: to the checked IP and nowhere else, never redirected, never longer than a few seconds."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Mapping
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


def posted(address: str, headers: Mapping[str, str], body: bytes) -> tuple[int, str]:
    """The receiver's HTTP status and an empty text; 0 and why there was no answer. What it says beside the status is not read."""
    try:
        target = target_of(address)
        return _answer(target, _Pinned(target, reachable_ip(target)), headers, body), ""
    except AddressRefused as refused:
        return 0, refused.what.en
    except TimeoutError:
        return 0, "no answer in time"
    except ssl.SSLError as fault:
        return 0, f"TLS: {fault.reason or 'failed'}"[:200]
    except (OSError, HTTPException) as fault:
        return 0, type(fault).__name__


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
