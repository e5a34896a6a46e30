"""A clock that stands still: what time it is decides what a rule finds, so a test says it."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta, tzinfo

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
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Freeze both ways in which the platform asks for the time: Django's, and `datetime.now` in our own modules."""
    clock = Clock(NOON)
    monkeypatch.setattr("django.utils.timezone.now", lambda: clock.now)

    class Frozen(datetime, metaclass=_Stands):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return clock.now.astimezone(tz) if tz else clock.now.replace(tzinfo=None)

    for name, module in list(sys.modules.items()):
        if name.startswith("hexi.") and getattr(module, "datetime", None) is datetime:
            monkeypatch.setattr(module, "datetime", Frozen)
    return clock


class _Stands(type):
    """Lets `isinstance(x, datetime)` go on being true for real moments."""

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, datetime)
