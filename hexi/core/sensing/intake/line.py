"""The line between web processes and the intake: a socket in the file system, a length before each message."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings

from hexi.core.sensing.intake.sent import Outcome, Sent, packed
from hexi.kernel.errors import Unavailable
from hexi.kernel.label import t

LENGTH = struct.Struct(">I")
LONGEST = 64 * 1024 * 1024
PATIENCE_S = 20.0
_own = threading.local()


def hand_in(sent: Sequence[Sent]) -> Outcome:
    """Give these to the intake; returns when they are on the disk. Raises Unavailable where it does not run or cannot write."""
    if not sent:
        return Outcome()
    content = packed(sent)
    try:
        answer = _asked(content)
    except (OSError, EOFError):  # the intake began anew since: what was taken already is known there
        try:
            answer = _asked(content, fresh=True)
        except (OSError, EOFError) as fault:
            raise _away() from fault
    if "fault" in answer:
        raise _away()
    return Outcome(answer["stored"], answer["duplicates"], answer["disordered"], set(answer["throttled"]))


def _away() -> Unavailable:
    return Unavailable(
        t("接入服务暂时不可用，这些读数没有保存", "The intake is away for the moment; these readings were not stored"),
        do=t("请稍后原样重发，重复的部分不会重复保存", "Send the same again in a moment; nothing is stored twice"),
    )


def _asked(content: bytes, *, fresh: bool = False) -> dict[str, Any]:
    if fresh:
        hang_up()
    if not hasattr(_own, "line"):
        _own.line = _Line(Path(settings.INTAKE))
    line: socket.socket = _own.line.socket
    try:
        line.sendall(LENGTH.pack(len(content)) + content)
        return orjson.loads(_exactly(line, LENGTH.unpack(_exactly(line, LENGTH.size))[0]))
    except (OSError, EOFError):
        hang_up()
        raise


class _Line:
    """A thread's connection; it goes when the thread goes."""

    def __init__(self, path: Path) -> None:
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.settimeout(PATIENCE_S)
        try:
            self.socket.connect(str(path))
        except OSError:
            self.socket.close()
            raise

    def __del__(self) -> None:
        self.socket.close()


def hang_up() -> None:
    """Close this thread's line, if it has one."""
    if hasattr(_own, "line"):
        _own.line.socket.close()
        del _own.line


def _exactly(line: socket.socket, count: int) -> bytes:
    found = bytearray()
    while len(found) < count:
        part = line.recv(count - len(found))
        if not part:
            raise EOFError
        found += part
    return bytes(found)
