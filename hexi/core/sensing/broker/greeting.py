"""One connection by MQTT 3.1.1, opened and closed: enough to know that the broker speaks it."""

from __future__ import annotations

import socket
import ssl

from hexi.core.sensing.broker.setup import Shared

ACCEPTED = b"\x20\x02\x00\x00"
PATIENCE_S = 5.0


def greet(host: str, port: int, known: Shared, *, secure: bool) -> None:
    """Raises OSError when it is not accepted."""
    with socket.create_connection((host, port), PATIENCE_S) as plain, _line(plain, secure=secure) as line:
        line.sendall(_connect("intake", "intake", known.intake))
        answer = line.recv(4)
        line.sendall(b"\xe0\x00")
    if answer != ACCEPTED:
        raise OSError(f"The broker did not accept the intake by MQTT: {answer.hex()}")


def _line(plain: socket.socket, *, secure: bool) -> socket.socket:
    if not secure:
        return plain
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = (
        False,
        ssl.CERT_NONE,
    )  # our own broker on this machine, by whatever name its certificate has
    return context.wrap_socket(plain)


def _connect(client: str, user: str, password: str) -> bytes:
    body = b"\x00\x04MQTT\x04" + bytes([0b11000010]) + b"\x00\x0a" + b"".join(_text(one) for one in (client, user, password))
    return b"\x10" + bytes([len(body)]) + body


def _text(said: str) -> bytes:
    content = said.encode()
    return len(content).to_bytes(2, "big") + content
