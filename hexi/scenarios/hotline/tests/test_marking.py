"""Orders under inspection and urgent and important ones: who marks them, how much sooner they are due, and where it is seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from hexi.core.trust.models import Event
from hexi.kit import Case, CaseClock, Limit, district_calendar
from hexi.scenarios.hotline.tests.conftest import DISTRICT, Person, do, lead_task, ok

pytestmark = pytest.mark.django_db
Call = Callable[..., Case]


@pytest.fixture
def supervisor(person: Callable[..., Person]) -> Person:
    return person(("hotline_supervisor", DISTRICT))


def clock(case: Case, key: str) -> CaseClock:
    return CaseClock.objects.filter(case=case, key=key).latest("pk")


def test_an_order_under_inspection_is_due_sooner_and_says_why_and_by_whom(sent: Call, supervisor: Person) -> None:
    case = sent()
    before = clock(case, "handling").due_at
    ok(do(supervisor, case, "inspect_order", "区领导批示"))
    handling = clock(case, "handling")
    assert before is not None
    assert handling.due_at is not None
    assert handling.due_at < before
    assert (handling.amount, handling.unit, handling.rule["attention"], handling.rule["basis"]) == (3, "working_days", "inspected", "ours")
    assert case.attention == "inspected"
    told = Event.objects.get(entity="cases.case", object_id=case.pk, action="inspect_order")
    assert (told.why, told.after["attention"]) == ("区领导批示", "inspected")
    assert set(told.after["clocks"]) == {"receiving", "contacting", "handling"}
    assert case.due_at == min(one.due_at for one in CaseClock.objects.filter(case=case, ended_at=None) if one.due_at)


def test_clocks_to_come_begin_under_the_shorter_limit(sent: Call, unit: Person, supervisor: Person) -> None:
    case = sent()
    ok(do(supervisor, case, "mark_important", "群体性事件风险"))
    ok(do(unit, lead_task(case), "accept_task"))
    ok(do(unit, lead_task(case), "finish_task", result="已办"))
    calling = clock(case, "calling")
    assert (calling.amount, calling.unit, calling.rule["attention"]) == (1, "working_days", "important")


def test_a_mark_never_lengthens_a_clock_and_taking_it_off_gives_no_time_back(sent: Call, supervisor: Person, dispatcher: Person) -> None:
    case, soon = sent(), timezone.now() + timedelta(minutes=5)
    CaseClock.objects.filter(case=case, key="handling").update(due_at=soon)
    ok(do(dispatcher, case, "mark_important", "重要"))
    assert clock(case, "handling").due_at == soon
    contacting = clock(case, "contacting").due_at
    ok(do(supervisor, case, "take_mark_off", "已核实为一般事项"))
    assert (case.attention, clock(case, "contacting").due_at) == ("", contacting)


def test_a_clock_that_stands_still_keeps_no_more_than_the_shorter_limit(sent: Call, unit: Person, dispatcher: Person, supervisor: Person) -> None:
    case = sent()
    ok(do(unit, lead_task(case), "accept_task"))
    ok(do(unit, case, "contact", note="已联系"))
    ok(do(dispatcher, case, "hold", "等待材料"))
    ok(do(supervisor, case, "inspect_order", "督办"))
    handling, now = clock(case, "handling"), timezone.now()
    limit = Limit(3, "working_days")
    assert handling.paused_at is not None
    assert handling.left_s == pytest.approx(limit.left(now, limit.due(now, district_calendar()), district_calendar()).total_seconds(), abs=60)


@pytest.mark.parametrize("action", ["inspect_order", "mark_important", "take_mark_off"])
def test_offices_and_operators_mark_nothing_and_nobody_without_a_reason(
    action: str, sent: Call, unit: Person, operator: Person, dispatcher: Person, supervisor: Person
) -> None:
    case = sent()
    for who in (unit, operator):
        assert do(who, case, action, "想快一点").status_code == 403
    assert do(dispatcher, case, "inspect_order", "想快一点").status_code == 403
    if action == "take_mark_off":
        ok(do(supervisor, case, "mark_important", "重要"))
    assert do(supervisor, case, action, "").status_code == 422


def test_marked_orders_are_found_and_carry_their_mark_on_the_board(sent: Call, dispatcher: Person, supervisor: Person) -> None:
    case, other = sent(), sent()
    ok(do(supervisor, case, "inspect_order", "督办"))
    found = supervisor.get("/api/records/cases.case?where=attention:eq:inspected").json()["rows"]
    assert [row["id"] for row in found] == [case.pk]
    columns = dispatcher.get("/api/cases/board/hotline").json()["columns"]
    marks = {row["id"]: row["attention"] for column in columns for row in column["rows"]}
    assert marks == {case.pk: "inspected", other.pk: ""}


def test_an_order_that_is_closed_is_marked_no_more(call: Call, operator: Person, supervisor: Person) -> None:
    case = call()
    ok(do(operator, case, "tell", answer="已答复"))
    assert do(supervisor, case, "inspect_order", "督办").status_code == 403
