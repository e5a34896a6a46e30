"""Standing rules open cases, once for each subject, and a rule that fails says so without stopping the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from hexi.core.data.tests.conftest import COMMUNITY, DISTRICT, Person, thing  # noqa: F401
from hexi.core.data.tests.samples.models import Thing
from hexi.core.notices.models import Delivery
from hexi.kernel.catalogue import catalogue
from hexi.kernel.condition import Column
from hexi.kernel.declare import OpenCase, Rule, Suspect
from hexi.kernel.label import t
from hexi.modules.cases.models import Case
from hexi.modules.cases.models import Suspect as Suspicion
from hexi.modules.cases.standing import run_rules, runs
from hexi.modules.cases.tests.samples.room import lamp

CHECKED = Rule("unlit", t("未点亮", "unlit"), Thing, ~Thing.done, timedelta(hours=1), "sample", OpenCase(lamp, "查看 {it.title}，{it.person}"))


@pytest.fixture
def declared(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def declare(*rules: Rule) -> None:
        monkeypatch.setattr(catalogue, "rules", {rule.key: rule for rule in rules})

    return declare


def test_a_rule_opens_one_case_for_each_subject_and_no_second_while_it_is_open(declared: Any, thing: Any, rules: None) -> None:  # noqa: F811
    declared(CHECKED)
    thing(title="灯一", person="王小明"), thing(title="灯二", done=True)
    assert run_rules() == 1
    case = Case.objects.get()
    assert (case.title, case.place, case.source) == ("查看 灯一，王**", COMMUNITY, "rule")
    kept = Suspicion.objects.get()
    assert (kept.state, kept.case, kept.rule) == ("opened", case, "unlit"), "its end will tell whether the rule was right"
    later = timezone.now() + timedelta(hours=2)
    assert run_rules(later) == 0
    Case.objects.update(closed_at=later)
    assert run_rules(later + timedelta(hours=2)) == 1


def test_a_rule_runs_no_more_often_than_it_says(declared: Any, thing: Any, rules: None) -> None:  # noqa: F811
    declared(CHECKED)
    assert run_rules() == 0
    thing()
    assert run_rules() == 0
    assert run_rules(timezone.now() + timedelta(hours=1, seconds=1)) == 1


def test_a_rule_that_is_not_sure_raises_a_suspicion(declared: Any, thing: Any, rules: None) -> None:  # noqa: F811
    declared(replace(CHECKED, then=Suspect(lamp, "疑似 {it.title}")))
    thing(title="灯一")
    assert run_rules() == 1
    assert not Case.objects.exists()
    found = Suspicion.objects.get()
    assert (found.title, found.state, found.evidence["because"]) == ("疑似 灯一", "suspected", "sample")


def test_a_rule_that_was_often_wrong_only_suspects(declared: Any, thing: Any, rules: None) -> None:  # noqa: F811
    declared(CHECKED)
    now = timezone.now()
    Suspicion.objects.bulk_create(Suspicion(rule="unlit", kind="lamp", title="x", found_at=now, state="refuted") for _ in range(20))
    thing()
    assert run_rules() == 1
    assert not Case.objects.exists()
    assert Suspicion.objects.filter(state="suspected").count() == 1


def test_a_failing_rule_shows_as_failing_and_the_others_go_on(declared: Any, thing: Any, rules: None, person: Callable[..., Person]) -> None:  # noqa: F811
    boss = person("administrator", DISTRICT)
    wrong = replace(CHECKED, key="wrong", when=Column("nothing", t("无", "nothing"), kind="flag") == True)  # noqa: E712
    declared(wrong, CHECKED)
    thing()
    assert run_rules() == 1
    assert runs()["wrong"].error
    assert "规则执行失败" in Delivery.objects.get(account=boss.viewer.account).title
    assert run_rules(timezone.now() + timedelta(hours=2)) == 0 and Delivery.objects.count() == 1, "not told at every round"
    assert not runs()["unlit"].error
