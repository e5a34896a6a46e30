"""Random lives: mass never appears or vanishes, nothing sealed changes without consent, every state is reached."""

from __future__ import annotations

import random

import pytest

from hexi.scenarios.waste.life import LIFE
from hexi.scenarios.waste.tests.conftest import Town
from hexi.scenarios.waste.tests.lives import LEGAL, Lives

pytestmark = pytest.mark.django_db
NUMBER = 60


@pytest.mark.parametrize("seed", range(5))
def test_random_lives_lose_no_gram_and_change_nothing_sealed(town: Town, seed: int) -> None:
    lives = Lives(random.Random(seed), town.firms, {name: who.viewer for name, who in town.people.items() if name in town.firms})
    for _ in range(NUMBER):
        lives.live()
    lives.weigh()
    assert lives.seen == {state.key for state in LIFE.states}
    assert {key for key in LEGAL if not lives.steps[key]} == set()
    assert sum(lives.refused.values()) > NUMBER
