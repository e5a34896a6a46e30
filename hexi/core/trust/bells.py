"""Bells: a process that waits hears at once that there is something to do, and looks by itself where nobody rang.

A bell is a named pipe in the data folder, and a hint: what is to be done stands in the database or a journal, so one that is lost costs
the usual pause and nothing else. Between machines there are none.
"""

from __future__ import annotations

import errno
import os
import select
from contextlib import suppress
from functools import cache, partial
from pathlib import Path

from django.conf import settings
from django.db import transaction

FOLDER = "bells"


def ring(name: str) -> None:
    """Wake whoever waits on this bell; nobody there, or one that rings already, is all the same."""
    try:
        number = os.open(_path(name), os.O_WRONLY | os.O_NONBLOCK)
    except OSError as fault:
        if fault.errno in {errno.ENXIO, errno.ENOENT}:
            return
        raise
    try:
        os.write(number, b"!")
    except (BlockingIOError, BrokenPipeError):
        return
    finally:
        os.close(number)


def ring_after_commit(*names: str) -> None:
    """Ring when the present transaction stands, or now where there is none."""
    for name in names:
        transaction.on_commit(partial(ring, name))


class Bell:
    """The end of the one who waits. One process waits on a bell at a time."""

    def __init__(self, name: str) -> None:
        path = _path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            os.mkfifo(path, 0o600)
        self.number = os.open(path, os.O_RDWR | os.O_NONBLOCK)

    def wait(self, seconds: float) -> bool:
        """Until somebody rings, at most so long. Did somebody?"""
        ready, _, _ = select.select([self.number], [], [], max(seconds, 0))
        if ready:
            self.hush()
        return bool(ready)

    def hush(self) -> None:
        """Take in all the rings that wait."""
        try:
            while os.read(self.number, 4096):
                pass
        except BlockingIOError:
            return

    def close(self) -> None:
        """Let go of it."""
        os.close(self.number)


@cache
def _folder(var: str) -> Path:
    return Path(var) / FOLDER


def _path(name: str) -> Path:
    return _folder(str(settings.VAR)) / name
