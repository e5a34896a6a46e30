"""From a reading to a case: the engine finds, the cases room acts, once for each subject."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hexi.core.data.tests.conftest import COMMUNITY
from hexi.core.data.tests.samples.models import Thing
from hexi.core.sensing.api import Engine, Finding, Journal, batch_of
from hexi.core.sensing.models import Device
from hexi.core.sensing.tests.samples import BEGIN, SECOND
from hexi.kernel.catalogue import catalogue
from hexi.kernel.found import Decide, Found
from hexi.kernel.reading import Reading, moment_of
from hexi.modules.cases.models import Case, RuleRun, Suspect
from hexi.modules.cases.sensed import act_on_all
from hexi.modules.cases.suspicion import precision_of

pytestmark = pytest.mark.django_db
NOW = moment_of(BEGIN)


@pytest.fixture
def sensed(tmp_path: Path, rules: None) -> Any:
    """Readings go into the journal and through the engine; the cases room acts on what was found."""
    journal, engine = Journal(tmp_path), Engine(0, tmp_path)

    def send(key: str, kind: str, value: float, after_s: int = 0) -> int:
        moment = NOW + after_s * SECOND
        journal.append(batch_of([Reading(key, kind, moment, value, moment)]))
        engine.turn(moment)
        return act_on_all()

    yield send
    journal.close()


def test_a_rule_that_is_sure_opens_one_case_and_one_that_is_not_a_suspicion(sensed: Any) -> None:
    assert sensed("device:gas-7", "gas", 1200.0) == 2
    case, waiting = Case.objects.get(), Suspect.objects.get()
    assert (case.kind, case.title, case.source, case.subject) == ("alarm", "device:gas-7 燃气 1200", "sensor", "device:gas-7")
    assert (waiting.rule, waiting.title, waiting.device) == ("gas_smell", "device:gas-7 自 03-02 09:00 异常", "device:gas-7")
    assert waiting.evidence["sentence"] == "「燃气」高于 200.0 ppm"
    sensed("device:gas-7", "gas", 10.0, 1)
    assert sensed("device:gas-7", "gas", 1300.0, 2) == 2, "found again, and acted on"
    assert (Case.objects.count(), Suspect.objects.count()) == (1, 1), "one is open about it already"
    assert sensed("device:gas-8", "gas", 1300.0, 3) == 2
    assert (Case.objects.count(), Suspect.objects.count()) == (2, 2)
    assert RuleRun.objects.get(rule="gas_leak").opened == 3


def test_what_simulated_devices_cause_says_so_and_counts_for_no_rule(sensed: Any) -> None:
    key = Device.objects.create(name="示例·燃气", kind="gas", simulated=True).reading_key
    assert sensed(key, "gas", 1200.0) == 2
    case, waiting = Case.objects.get(), Suspect.objects.get()
    assert case.title.startswith("【模拟】")
    assert waiting.title.startswith("【模拟】")
    assert set(Finding.objects.values_list("simulated", flat=True)) == {True}
    assert precision_of("gas_smell").waiting == 0
    assert sensed("device:gas-7", "gas", 1200.0, 1) == 2
    assert precision_of("gas_smell").waiting == 1


def test_a_finding_about_a_person_lies_at_their_place_and_masks_their_name(sensed: Any) -> None:
    thing = Thing.objects.create(code="c1", title="x", person="王小明", home=COMMUNITY, seen_at=BEGIN, level=1, amount=1)
    assert sensed(f"samples.thing:{thing.pk}", "warmth", 38.5) == 1
    case = Case.objects.get()
    assert (case.title, case.place) == ("王** 高热", COMMUNITY) or case.title == "王* 高热"
    assert sensed("device:band", "warmth", 38.5, 1) == 0, "the rule is about people of that register"


def test_a_rule_whose_title_fails_shows_as_failing_and_people_still_hear_of_it(sensed: Any, caplog: pytest.LogCaptureFixture) -> None:
    thing = Thing.objects.create(code="c1", title="x", person="王小明", home=COMMUNITY, seen_at=BEGIN, level=1, amount=1)
    sensed(f"samples.thing:{thing.pk}", "warmth", 39.5)
    assert "no_such_field" in RuleRun.objects.get(rule="fever").error
    assert Suspect.objects.get(rule="fever").title == f"发热 samples.thing:{thing.pk}"
    assert "stream rule fever fails" in caplog.text


def test_where_the_scenario_decides_it_gets_what_was_found_and_nothing_else_happens(sensed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    told = list[Found]()
    rule = catalogue.stream_rules["fever"]
    monkeypatch.setitem(catalogue.stream_rules, "fever", replace(rule, then=Decide(told.append)))
    thing = Thing.objects.create(code="c1", title="x", person="王小明", home=COMMUNITY, seen_at=BEGIN, level=1, amount=1)
    sensed(f"samples.thing:{thing.pk}", "warmth", 39.5)
    (found,) = told
    assert (found.record, found.value, found.place) == (thing.pk, 39.5, COMMUNITY)
    assert not Suspect.objects.filter(rule="fever").exists()


def test_a_scenario_that_fails_to_decide_shows_as_failing(sensed: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def fails(found: Found) -> None:
        raise ValueError(found.rule)

    monkeypatch.setitem(catalogue.stream_rules, "fever", replace(catalogue.stream_rules["fever"], then=Decide(fails)))
    thing = Thing.objects.create(code="c1", title="x", person="王小明", home=COMMUNITY, seen_at=BEGIN, level=1, amount=1)
    sensed(f"samples.thing:{thing.pk}", "warmth", 39.5)
    assert "ValueError" in RuleRun.objects.get(rule="fever").error
    assert not Suspect.objects.filter(rule="fever").exists() and "fever fails" in caplog.text
