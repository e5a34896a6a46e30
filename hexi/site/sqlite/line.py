"""Who writes next: the threads of a process stand in a line, and a process that has waited for long goes before all others.

Whoever commits finds the file free at once, somebody who asks every millisecond finds it free by chance: a process of busy writers would
keep a lone one away for seconds. So its wait is bounded by a lock on a file beside the database that is taken as a sign.
"""

from __future__ import annotations

import os
import time
from fcntl import LOCK_EX, LOCK_NB, LOCK_SH, LOCK_UN, flock
from threading import Lock

PATIENT_S = 0.02
"""So long others may go first. Each burst of one process's commits lasts as long: shorter ones cost changes of turn."""


class Line:
    """The line of one process before one database; the sign is given up by the system when its process is killed."""

    def __init__(self, database: str | None) -> None:
        self.first = Lock()
        """Held by the thread that asks for the file or has it."""
        self._sign = os.open(f"{database}-line", os.O_RDWR | os.O_CREAT, 0o644) if database else None
        self._asked = 0.0
        self._before_all = False

    def ask(self) -> None:
        """The first of the line begins to wait."""
        self._asked, self._before_all = time.monotonic(), False

    def may(self) -> bool:
        """Whether the file may be asked for now: nobody else goes before all."""
        if self._sign is None or self._before_all:
            return True
        if time.monotonic() - self._asked > PATIENT_S:
            self._before_all = self._taken(LOCK_EX)
            return self._before_all
        if passes := self._taken(LOCK_SH):
            flock(self._sign, LOCK_UN)
        return passes

    def asked(self) -> None:
        """It has the file, or waits no longer."""
        if self._before_all and self._sign is not None:
            flock(self._sign, LOCK_UN)
        self._before_all = False

    def close(self) -> None:
        """In a child of a fork: the sign is the parent's."""
        if self._sign is not None:
            os.close(self._sign)

    def _taken(self, way: int) -> bool:
        assert self._sign is not None
        try:
            flock(self._sign, way | LOCK_NB)
        except BlockingIOError:
            return False
        return True


LINES: dict[str, Line] = {}
"""By database."""


def line_of(database: str) -> Line:
    """The line before this database, which all threads of the process share. One in memory has no other process before it."""
    with _opening:
        if database not in LINES:
            LINES[database] = Line(None if "memory" in database.rpartition("/")[2] else database)
        return LINES[database]


def _anew() -> None:
    global _opening  # noqa: PLW0603 - a fork copies it as it stands
    _opening = Lock()
    for line in LINES.values():
        line.close()
    LINES.clear()


_opening = Lock()
os.register_at_fork(after_in_child=_anew)
