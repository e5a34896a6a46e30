"""Events and a log for the ledger's tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction

from hexi.core.trust.api import PLATFORM, Happening, record
from hexi.core.trust.ledger.appending import append, state
from hexi.core.trust.ledger.waiting import Window


@pytest.fixture
def happen() -> Callable[[int], list[int]]:
    """So many events, committed; their numbers."""

    def make(count: int) -> list[int]:
        with transaction.atomic():
            return record(PLATFORM, *(Happening("revise", "works.task", n) for n in range(1, count + 1)))

    return make


@pytest.fixture
def number() -> Callable[[], int]:
    """Give every waiting event its number, in batches; the size of the log afterwards."""

    def run(window: Window | None = None, limit: int = 10_000) -> int:
        looking = window or Window()
        while (found := looking.look(state().settled, limit)).drafts:
            append(found.drafts, found.settled)
        return state().size

    return run
