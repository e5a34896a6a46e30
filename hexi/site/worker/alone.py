"""Only one worker works: a second one waits until the first is gone, and then goes on for it."""

from __future__ import annotations

import fcntl
import logging
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

log = logging.getLogger(__name__)
LOCK = 0x68657769  # another number than the sequencer's
LOOK_S = 1.0


@contextmanager
def alone(folder: Path, stopped: Callable[[], bool]) -> Generator[bool]:
    """True when this is the one worker, False when it was stopped while it waited.

    On one machine a lock on a file of the installation says so; with PostgreSQL, where several machines may share a database, one there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "worker.lock").open("w") as file:
        yield _waited(lambda: _file_locked(file.fileno()), stopped) and _waited(_database_locked, stopped)


def still_alone() -> bool:
    """Is the database's lock still ours? It goes with its connection."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND pid = pg_backend_pid()", [LOCK])
        row = cursor.fetchone()
    return bool(row and row[0])


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


def _file_locked(number: int) -> bool:
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _database_locked() -> bool:
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        row = cursor.fetchone()
    return bool(row and row[0])
