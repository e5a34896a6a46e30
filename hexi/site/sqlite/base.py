"""One writer at a time is SQLite's rule; here they also come in their order.

By itself SQLite lets each writer that finds the file taken sleep for longer and longer, up to a tenth of a second, and whoever wakes first
goes next: much of the time nobody writes, and somebody waits for seconds. Here the threads of a process stand in a line, only its
first asks for the file, every millisecond, and no process waits for long. (SQLite: sqlite3_busy_timeout.)
"""

from __future__ import annotations

import sqlite3
import time

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from hexi.site.sqlite.line import Line, line_of

ASK_EVERY_S = 0.001
TAKEN = "database is locked"  # SQLite's own words


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's wrapper; a transaction begins when its thread's turn has come and the file is free."""

    _held: Line | None = None
    """While this thread's transaction is open."""

    def _start_transaction_under_autocommit(self) -> None:
        patience = self.settings_dict["OPTIONS"].get("timeout", 5.0)
        end = time.monotonic() + patience
        line = line_of(str(self.settings_dict["NAME"]))
        if not line.first.acquire(timeout=patience):
            raise OperationalError(TAKEN)
        self._held = line
        try:
            self._begin(line, end, patience)
        except BaseException:
            self._next_please()
            raise

    def _begin(self, line: Line, end: float, patience: float) -> None:
        connection: sqlite3.Connection = self.connection
        connection.execute("PRAGMA busy_timeout = 0")
        line.ask()
        try:
            while not self._began(line, time.monotonic() < end):
                time.sleep(ASK_EVERY_S)
        finally:
            line.asked()
            connection.execute(f"PRAGMA busy_timeout = {patience * 1000:.0f}")

    def _began(self, line: Line, wait: bool) -> bool:
        if wait and not line.may():
            return False
        try:
            self.cursor().execute("BEGIN IMMEDIATE")
        except OperationalError as error:
            if not wait or getattr(error.__cause__, "sqlite_errorcode", None) != sqlite3.SQLITE_BUSY:
                raise
            return False
        return True

    def commit(self) -> None:
        super().commit()  # one that fails is rolled back next: the turn ends there
        self._next_please()

    def rollback(self) -> None:
        super().rollback()
        self._next_please()

    def close(self) -> None:
        try:
            super().close()
        finally:
            self._next_please()

    def _next_please(self) -> None:
        line, self._held = self._held, None
        if line is not None:
            line.first.release()
