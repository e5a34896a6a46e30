"""Two changes that wait for each other: the database ends one of them, and it begins anew; nobody is told of a fault that was none."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, connection

T = TypeVar("T")
TRIES = 4
CIRCLE = {"40P01", "40001"}  # PostgreSQL: deadlock detected, could not serialize
"""SQLite's writers stand in one line and never meet."""


def unentangled(work: Callable[[], T]) -> T:
    """What `work` gives; it is one whole transaction and may be begun again. Inside another's transaction it is tried once."""
    for _ in range(TRIES - 1):
        try:
            return work()
        except OperationalError as error:
            if connection.in_atomic_block or getattr(error.__cause__, "sqlstate", "") not in CIRCLE:
                raise
    return work()
