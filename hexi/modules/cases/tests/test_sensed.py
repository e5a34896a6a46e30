"""From a reading to a case: the engine finds, the cases room acts, once for each subject."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Q

from hexi.core.data.tests.conftest import COMMUNITY, DISTRICT, OTHER_STREET, Person
from hexi.core.data.tests.samples.models import Thing
from hexi.core.notices.models import Delivery
from hexi.core.sensing.api import Engine, Finding, Journal, batch_of
from hexi.core.sensing.models import Device
from hexi.core.sensing.tests.samples import BEGIN, SECOND
from hexi.kernel.catalogue import catalogue
from hexi.kernel.found import Decide, Found
from hexi.kernel.reading import Reading, moment_of
from hexi.modules.cases.models import Case, RuleRun, Suspect
from hexi.modules.cases.sensed import act_on_all
from hexi.modules.cases.suspicion import precision_of, precisions
from tests.support.clock import Clock as Time

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
    case, waiting = Case.objects.get(), Suspect.objects.get(state="suspected")
    assert (case.kind, case.title, case.source, case.subject) == ("alarm", "device:gas-7 燃气 1200", "sensor", "device:gas-7")
    assert (waiting.rule, waiting.title, waiting.device) == ("gas_smell", "device:gas-7 自 03-02 09:00 异常", "device:gas-7")
    assert waiting.evidence["sentence"] == "「燃气」高于 200.0 ppm"
    sensed("device:gas-7", "gas", 10.0, 1)
    assert sensed("device:gas-7", "gas", 1300.0, 2) == 2, "found again, and acted on"
    assert (Case.objects.count(), Suspect.objects.count()) == (1, 2), "one is open about it already"
    assert sensed("device:gas-8", "gas", 1300.0, 3) == 2
    assert (Case.objects.count(), Suspect.objects.count()) == (2, 4)
    assert RuleRun.objects.get(rule="gas_leak").opened == 3


def test_what_simulated_devices_cause_says_so_and_counts_for_no_rule(sensed: Any) -> None:
    key = Device.objects.create(name="示例·燃气", kind="gas", simulated=True).reading_key
    assert sensed(key, "gas", 1200.0) == 2
    case, waiting = Case.objects.get(), Suspect.objects.get(state="suspected")
    assert case.title.startswith("【模拟】")
    assert waiting.title.startswith("【模拟】")
    assert set(Finding.objects.values_list("simulated", flat=True)) == {True}
    Case.objects.update(phase="cancelled")
    assert (precision_of("gas_smell").waiting, precision_of("gas_leak").decided) == (0, 0)
    apart = {one.rule: (one.waiting, one.decided) for one in precisions(simulated=True)}
    assert apart == {"gas_smell": (1, 0), "gas_leak": (0, 1)}, "told apart, and of no weight"
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


@pytest.fixture
def failing(sensed: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A scenario that fails to decide about whoever is hot; found once, or once more after so long."""

    def fails(found: Found) -> None:
        raise ValueError(f"示例·王小明 {found.rule}")

    monkeypatch.setitem(catalogue.stream_rules, "fever", replace(catalogue.stream_rules["fever"], then=Decide(fails)))
    thing = Thing.objects.create(code="c1", title="x", person="王小明", home=COMMUNITY, seen_at=BEGIN, level=1, amount=1)

    def find(after_s: int = 0) -> None:
        sensed(f"samples.thing:{thing.pk}", "warmth", 36.5, after_s)
        sensed(f"samples.thing:{thing.pk}", "warmth", 39.5, after_s + 1)

    return find


def test_a_scenario_that_fails_to_decide_shows_as_failing(failing: Any, caplog: pytest.LogCaptureFixture) -> None:
    failing()
    assert "ValueError" in RuleRun.objects.get(rule="fever").error
    assert not Suspect.objects.filter(rule="fever").exists() and "fever fails" in caplog.text


def test_whoever_answers_for_rules_is_told_that_one_fails_to_decide_and_not_at_every_finding(
    failing: Any, person: Callable[..., Person], clock: Time
) -> None:
    boss, steward, elsewhere = person("administrator", DISTRICT), person("data_steward", DISTRICT), person("data_steward", OTHER_STREET)
    person("grid_worker", DISTRICT)
    failing()
    told = list(Delivery.objects.order_by("pk"))
    assert {one.account for one in told} == {boss.viewer.account, steward.viewer.account}, "those of the place, and no others"
    assert elsewhere.viewer.account is not None
    letter = told[0]
    assert (letter.title, letter.urgent, letter.link, letter.about) == ("规则执行失败：发热", True, "/work/pages/rules", "sensing.finding")
    assert "ValueError" in letter.body and "立即人工查看" in letter.body and "王小明" not in letter.body, "no word that may name a person"
    failing(10)
    assert Delivery.objects.count() == 2
    clock.pass_by(timedelta(hours=1, seconds=1))
    failing(20)
    assert Delivery.objects.count() == 4, "while it fails it is told again"


def test_a_rule_with_a_fallback_that_fails_is_told_once_a_day_and_is_not_urgent(sensed: Any, person: Callable[..., Person], clock: Time) -> None:
    person("administrator", DISTRICT)
    thing = Thing.objects.create(code="c1", title="x", person="王小明", home=COMMUNITY, seen_at=BEGIN, level=1, amount=1)
    for after in (0, 10):
        sensed(f"samples.thing:{thing.pk}", "warmth", 36.5, after)
        sensed(f"samples.thing:{thing.pk}", "warmth", 39.5, after + 1)
        clock.pass_by(timedelta(hours=2))
    letter = Delivery.objects.get()
    assert not letter.urgent and "疑似问题" in letter.body


def test_how_a_case_ends_that_a_rule_opened_by_itself_says_whether_the_rule_was_right(sensed: Any) -> None:
    for number, ends in enumerate(({"phase": "closed"}, {"phase": "cancelled"}, {"phase": "working"}, {"phase": "cancelled", "merged": True})):
        sensed(f"device:gas-{number}", "gas", 1200.0, number)
        case = Case.objects.latest("pk")
        master = case.pk if ends.pop("merged", False) else None
        Case.objects.filter(pk=case.pk).update(**ends, master=master)
    found = precision_of("gas_leak")
    assert (found.confirmed, found.decided, found.waiting) == (1, 2, 0), "open and merged ones say nothing yet"
    assert [(one.device, one.confirmed, one.decided) for one in precisions(Q(rule="gas_leak"), by_device=True)] == [
        ("device:gas-0", 1, 1), ("device:gas-1", 0, 1), ("device:gas-2", 0, 0), ("device:gas-3", 0, 0),
    ]  # fmt: skip


def test_a_device_that_is_often_wrong_opens_no_case_by_itself_while_others_go_on(sensed: Any) -> None:
    wrong = {"rule": "gas_leak", "device": "device:gas-7", "kind": "alarm", "title": "x", "found_at": BEGIN, "state": "refuted"}
    Suspect.objects.bulk_create(Suspect(**wrong) for _ in range(20))
    right = {**wrong, "device": "device:gas-8", "state": "confirmed"}
    Suspect.objects.bulk_create(Suspect(**right) for _ in range(60))
    sensed("device:gas-7", "gas", 1200.0)
    assert not Case.objects.exists() and Suspect.objects.filter(rule="gas_leak", state="suspected").count() == 1
    sensed("device:gas-8", "gas", 1200.0, 1)
    assert Case.objects.get().subject == "device:gas-8"
