"""The one thread in which the stream asks the database, so that a slow answer holds up no client."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import DatabaseError, connection

T = TypeVar("T")


class Database:
    """Asks in a thread that keeps its connection."""

    def __init__(self) -> None:
        self.threads = ThreadPoolExecutor(1, thread_name_prefix="stream-database")

    async def ask(self, question: Callable[..., T], *about: object) -> T:
        """The answer. Raises DatabaseError, and then the next question opens a new connection."""
        return await asyncio.get_running_loop().run_in_executor(self.threads, _asked, question, *about)

    def close(self) -> None:
        """End the thread with its connection."""
        self.threads.submit(_close)
        self.threads.shutdown()


def _close() -> None:
    connection.close()  # looked up here: each thread has a connection of its own


def _asked(question: Callable[..., T], *about: object) -> T:
    try:
        return question(*about)
    except DatabaseError:
        connection.close()
        raise
