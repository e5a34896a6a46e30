"""Random lives: mass never appears or vanishes, nothing sealed changes without consent, every state is reached."""

from __future__ import annotations

import random

import pytest

from hexi.scenarios.waste.life import LIFE
from hexi.scenarios.waste.tests.lives import Lives, town
from hexi.scenarios.waste.tests.states import LEGAL, STATES

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
EACH = 100


def test_random_lives_lose_no_gram_and_change_nothing_sealed() -> None:
    """A hundred; `bench/waste.py` drives ten thousand."""
    lives = Lives(random.Random(0), *town())
    for _ in range(EACH):
        lives.live()
    lives.weigh()
    assert lives.seen == STATES == {state.key for state in LIFE.states}
    assert {key for key in LEGAL if not lives.steps[key]} == set()
    assert {"regroup", "agreed_correct", "agreed_cancel"} <= lives.steps.keys()
    assert sum(lives.refused.values()) > EACH
