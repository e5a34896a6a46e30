"""Random lives: mass never appears or vanishes, nothing sealed changes without consent, every state is reached."""

from __future__ import annotations

import random

import pytest
from django.db import connection

from hexi.scenarios.waste.life import LIFE
from hexi.scenarios.waste.tests.lives import Lives, town
from hexi.scenarios.waste.tests.states import LEGAL, STATES

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
EACH, SOME = 100, 30


def test_random_lives_lose_no_gram_and_change_nothing_sealed() -> None:
    """A hundred, and on PostgreSQL some of them; `bench/waste.py` drives ten thousand."""
    lives, is_whole = Lives(random.Random(0), *town()), connection.vendor == "sqlite"
    for _ in range(EACH if is_whole else SOME):
        lives.live()
    lives.weigh()
    assert sum(lives.refused.values()) > SOME
    if is_whole:
        reached(lives)


def reached(lives: Lives) -> None:
    """Every state was there, every step was taken and refused."""
    assert lives.seen == STATES == {state.key for state in LIFE.states}
    assert {key for key in LEGAL if not lives.steps[key]} == set()
    assert {"regroup", "agreed_correct", "agreed_cancel"} <= lives.steps.keys()
    assert sum(lives.refused.values()) > EACH
