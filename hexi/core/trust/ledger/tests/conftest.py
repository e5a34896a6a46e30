"""Events and a log for the ledger's tests; people and browsers are those of the room."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from hexi.core.trust.api import PLATFORM, Happening, record
from hexi.core.trust.ledger.appending import append, state
from hexi.core.trust.ledger.sequencer import Sequencer
from hexi.core.trust.ledger.waiting import Window
from hexi.core.trust.tests.conftest import browser, office, person  # noqa: F401  fixtures are found by name


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


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    """Where the log of this test keeps its files; the first turn makes its keys."""
    settings.LEDGER, settings.DEMO = tmp_path / "ledger", True
    return tmp_path / "ledger"


@pytest.fixture
def sequencer(folder: Path) -> Sequencer:
    """One whose GM tree is signed at every turn."""
    return Sequencer(gm_every=timedelta(0))
