"""What every demonstration account is offered works, and is said in both languages."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import pytest

from hexi.core.trust import demo
from hexi.modules.alarms import sample as alarms
from hexi.scenarios.eldercare import sample_people as eldercare
from hexi.scenarios.life_circle import sample as life_circle
from hexi.scenarios.waste import sample_people as waste
from tests.support.houses import ROOT, furnished
from tests.support.words import faults_of

PEOPLE = (*demo.PEOPLE, *alarms.PEOPLE, *eldercare.PEOPLE, *life_circle.PEOPLE, *waste.PEOPLE)


@pytest.fixture(scope="module")
def faults(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """By account; the public under no name. One process asks for all of them."""
    house = tmp_path_factory.mktemp("house") / "var"
    shutil.copytree(furnished(), house)
    words = (sys.executable, "-m", "tests.support.every_account", str(house))
    told = subprocess.run(words, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False, capture_output=True, text=True)
    assert told.returncode == 0, told.stderr[-4000:]
    return dict(json.loads(line) for line in told.stdout.splitlines())


@pytest.mark.parametrize("username", ["", *(person.username for person in PEOPLE)], ids=lambda name: name or "the public")
def test_all_that_an_account_is_offered_answers_in_both_languages(faults: dict[str, list[str]], username: str) -> None:
    assert faults[username] == []


def test_nobody_of_the_demonstration_is_left_out(faults: dict[str, list[str]]) -> None:
    assert set(faults) == {"", *(person.username for person in PEOPLE)}


def test_a_word_of_the_other_language_is_found_and_a_name_that_somebody_typed_is_not() -> None:
    answer = {"rows": [{"title": {"zh": "路灯", "en": "lamp 路灯"}, "name": "示例小区 3", "state": "已结案", "who": "张**", "kind": {"zh": "", "en": ""}}]}
    found = list(faults_of(answer, "en", frozenset({"示例小区"})))
    assert [one.partition(":")[0] for one in found] == [".rows[].title", ".rows[].state", ".rows[].kind"]
    assert [one.partition(":")[0] for one in faults_of(answer, "zh", frozenset())] == [".rows[].title", ".rows[].kind"]
