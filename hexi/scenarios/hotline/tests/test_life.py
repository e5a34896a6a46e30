"""An order from the call to the call-back, and the ways that leave it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hexi.kit import Case, CaseClock, Verification
from hexi.scenarios.hotline.grounds import NOT_ORDERS
from hexi.scenarios.hotline.tests.conftest import Person, do, lead_task, ok

pytestmark = pytest.mark.django_db
Call = Callable[..., Case]


def test_an_order_goes_from_the_call_to_the_call_back_and_is_done_again_in_between(
    sent: Call, unit: Person, caller: Person, dispatcher: Person
) -> None:
    case = sent()
    ok(do(unit, lead_task(case), "accept_task"))
    ok(do(unit, case, "contact", note="已电话联系"))
    assert (case.state, case.answers["contacts"][0]["note"]) == ("contacted", "已电话联系")
    ok(do(unit, lead_task(case), "finish_task", result="已约谈物业"))
    ok(do(caller, case, "redo_after_call", "仍未修复", reached=True, solved=False, satisfied=False))
    assert (case.state, case.rework) == ("contacted", 1)
    ok(do(unit, lead_task(case), "finish_task", result="已修复"))
    ok(do(caller, case, "close_after_call", reached=True, solved=True, satisfied=True))
    assert (case.state, case.phase) == ("order_closed", "closed")
    said = Verification.objects.filter(case=case, way="callback").order_by("pk").values_list("solved", "satisfied")
    assert list(said) == [(False, False), (True, True)]
    ok(do(dispatcher, case, "reopen", "又坏了"))
    ok(do(dispatcher, case, "send_out", lead="property_centre"))
    runs = CaseClock.objects.filter(case=case, key="contacting").order_by("pk")
    assert [run.met_at is not None for run in runs] == [True, False], "who is sent it anew has to speak to the caller anew"


def test_what_a_caller_does_not_say_is_not_made_up(sent: Call, unit: Person, caller: Person) -> None:
    case = sent()
    ok(do(unit, lead_task(case), "accept_task"))
    ok(do(unit, lead_task(case), "finish_task", result="已办"))
    ok(do(caller, case, "close_after_call", reached=False, solved=True))
    row = Verification.objects.get(case=case)
    assert (row.reached, row.solved, row.satisfied, row.verdict) == (False, None, None, "unclear")


@pytest.mark.parametrize(
    "category, amount, unit",
    [("appeal.supply.gas", 15, "minutes"), ("appeal.supply.heat", 30, "minutes"), ("appeal.market.food", 1, "working_days")],
)
def test_an_office_receives_in_the_time_of_the_urgency(sent: Call, category: str, amount: int, unit: str) -> None:
    clock = CaseClock.objects.get(case=sent(category=category), key="receiving")
    assert (clock.amount, clock.unit) == (amount, unit)
    assert clock.rule["source"] and clock.rule["clause"]


def test_five_working_days_for_handling_are_a_default_of_ours(sent: Call) -> None:
    clock = CaseClock.objects.get(case=sent(), key="handling")
    assert (clock.amount, clock.unit, clock.rule["basis"]) == (5, "working_days", "ours")


@pytest.mark.parametrize("ground", [key for key, _ in NOT_ORDERS])
def test_the_six_classes_are_no_orders_and_say_the_right_way(call: Call, operator: Person, ground: str) -> None:
    case = call()
    assert do(operator, case, "no_order", "情形", ground=ground).status_code == 422
    ok(do(operator, case, "no_order", "情形", ground=ground, way="请拨打110"))
    assert (case.state, case.answers["not_taken"]) == ("no_order", {"ground": ground, "way": "请拨打110"})


def test_there_are_six_of_them_and_no_other_ground_counts(call: Call, operator: Person) -> None:
    assert len(NOT_ORDERS) == 6
    assert do(operator, call(), "no_order", "情形", ground="too_hard", way="无").status_code == 422


def test_an_operator_answers_at_once(call: Call, operator: Person) -> None:
    case = call()
    ok(do(operator, case, "tell", answer="办理时间为周一至周五"))
    assert (case.state, case.phase) == ("told", "closed")


def test_a_unit_neither_sends_out_nor_calls_back(call: Call, unit: Person) -> None:
    case = call()
    assert do(unit, case, "take").status_code in {403, 404}
