"""A line between two processes of one machine: a socket in the file system, a length before each message."""

from __future__ import annotations

import socket
import struct
import threading
from pathlib import Path

LENGTH = struct.Struct(">I")
LONGEST = 64 * 1024 * 1024
_own = threading.local()


def asked(path: Path, content: bytes, *, patience_s: float) -> bytes:
    """What the other side answers. Raises OSError or EOFError where nobody does.

    A line that was cut is laid once more and the message sent again: the other side must take it twice without harm.
    """
    try:
        return _exchanged(path, content, patience_s)
    except (OSError, EOFError):
        return _exchanged(path, content, patience_s)


def hang_up(path: Path) -> None:
    """Close this thread's line to there, if it has one."""
    if line := _lines().pop(str(path), None):
        line.socket.close()


def exactly(line: socket.socket, count: int) -> bytes:
    """So many bytes from the line. Raises EOFError when it ends before."""
    found = bytearray()
    while len(found) < count:
        part = line.recv(count - len(found))
        if not part:
            raise EOFError
        found += part
    return bytes(found)


def _exchanged(path: Path, content: bytes, patience_s: float) -> bytes:
    lines = _lines()
    if str(path) not in lines:
        lines[str(path)] = _Line(path, patience_s)
    line = lines[str(path)].socket
    line.settimeout(patience_s)
    try:
        line.sendall(LENGTH.pack(len(content)) + content)
        return exactly(line, LENGTH.unpack(exactly(line, LENGTH.size))[0])
    except (OSError, EOFError):
        hang_up(path)
        raise


def _lines() -> dict[str, _Line]:
    if not hasattr(_own, "lines"):
        _own.lines = dict[str, _Line]()
    return _own.lines


class _Line:
    """A thread's connection; it goes when the thread goes."""

    def __init__(self, path: Path, patience_s: float) -> None:
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.settimeout(patience_s)
        try:
            self.socket.connect(str(path))
        except OSError:
            self.socket.close()
            raise

    def __del__(self) -> None:
        self.socket.close()
