"""A clock that stands still: what time it is decides what a rule finds, so a test says it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

NOON = datetime(2025, 11, 20, 4, 0, tzinfo=UTC)
"""12:00 in the district on the day after the October report."""


class Clock:
    """`clock.now` is the moment that the platform believes; `clock.pass_by(span)` moves it on."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def pass_by(self, span: timedelta) -> None:
        self.now += span


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    """Freeze `django.utils.timezone.now`, through which the whole platform asks for the time."""
    clock = Clock(NOON)
    monkeypatch.setattr("django.utils.timezone.now", lambda: clock.now)
    yield clock
