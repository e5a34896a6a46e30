"""Only one worker works in a lane: a second one waits until the first is gone, and then goes on for it."""

from __future__ import annotations

import fcntl
import logging
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

from hexi.kernel.declare import LANES, Lane

log = logging.getLogger(__name__)
LOCK = 0x68657769  # and the numbers behind it, one for each lane; others than the sequencer's
LOOK_S = 1.0
HELD: dict[int, Any] = {}
"""By lock, the connection that was seen to have it."""


@contextmanager
def alone(folder: Path, stopped: Callable[[], bool], lane: Lane = "work") -> Generator[bool]:
    """True when this is the lane's one worker, False when it was stopped while it waited.

    On one machine a lock on a file of the installation says so; with PostgreSQL, where several machines may share a database, one there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{file_name(lane)}.lock").open("w") as file:
        yield _waited(lambda: file_locked(file.fileno()), stopped) and _waited(lambda: database_locked(_number(lane)), stopped)


def file_name(lane: Lane) -> str:
    """What the lane's own files are called."""
    return "worker" if lane == "work" else lane


def still_alone(lane: Lane) -> bool:
    """Is the database's lock ours?"""
    return still_locked(_number(lane))


def still_locked(lock: int) -> bool:
    """Is this lock of the database ours? It lasts as long as its connection, so nothing is asked while that one is still open."""
    if connection.vendor != "postgresql" or (connection.connection is not None and HELD.get(lock) is connection.connection):
        return True
    if _held_or_taken(lock):
        HELD[lock] = connection.connection
        return True
    return False


def _held_or_taken(lock: int) -> bool:
    with connection.cursor() as cursor:
        held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND granted AND pid = pg_backend_pid()"
        cursor.execute(held, [lock])
        row = cursor.fetchone()
    return bool(row and row[0]) or database_locked(lock)


def _number(lane: Lane) -> int:
    return LOCK + LANES.index(lane)


def _waited(locked: Callable[[], bool], stopped: Callable[[], bool]) -> bool:
    told = False
    while not stopped():
        if locked():
            return True
        if not told:
            log.warning("another worker is at work; this one waits")
            told = True
        time.sleep(LOOK_S)
    return False


def file_locked(number: int) -> bool:
    """Take the lock on an open file, by its descriptor; False when another process has it."""
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def database_locked(lock: int) -> bool:
    """Take that lock of the database; False when another connection has it. SQLite has none: the file's is enough on one machine."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [lock])
        row = cursor.fetchone()
    return bool(row and row[0])
