"""One town for all tests of the circles: built once, and left as it was by every test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from hexi.scenarios.life_circle import counting
from hexi.scenarios.life_circle.models_circle import Circle, CircleCommunity
from hexi.scenarios.life_circle.standing import KEPT, Standings
from hexi.scenarios.life_circle.tests import town


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The town with one person of 30 behind every door, an elder of 70 behind the first and a child of 5 behind the last."""
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(WALKS=None):
        town.built()
        for door in range(1, 21):
            town.resident(door, 30)
        town.resident(1, 70)
        town.resident(20, 5)
        town.outlet("convenience", 460)
        town.outlet("kindergarten", 1850)
        town.outlet("market", 1500, 600)
        west, east = (Circle.objects.create(name=name, place=town.STREET) for name in ("西圈", "东圈"))
        for number, code in enumerate(town.COMMUNITIES):
            CircleCommunity.objects.create(place=code, circle=west if number < 2 else east)
        counting.count(frozenset())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def standing(built: None, db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The town, in a transaction of the test's own; walks are answered in this process, which knows no other test."""
    settings.WALKS = None
    monkeypatch.setattr(KEPT, "_kept", Standings()._kept)
