"""The form budget: nothing is asked twice, and what is asked costs its asker."""

from __future__ import annotations

from typing import Any

import pytest

from hexi.core.data.models import Parameter
from hexi.kit import registers
from hexi.scenarios.grid.budget import cost, this_month
from hexi.scenarios.grid.matching import held
from hexi.scenarios.grid.models import DataAnswer, DataRequest, FormAllowance, WantedField
from hexi.scenarios.grid.tests.conftest import DISTRICT, GRID, OTHER_GRID, Make, Person, begin, do, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def civil(person: Make, grids: Any) -> Person:
    return person("department_staff", "", "civil")


def asked(who: Person, wanted: str = "养犬数量", **more: Any) -> DataRequest:
    values = {"title": "养犬情况", "basis": "《示例条例》第3条", "wanted": wanted, "area": DISTRICT, "answers": 100, "minutes_each": 4, **more}
    answer = begin(who, "datarequest", "ask_grids", **values)
    assert answer.status_code == 201, answer.content
    return DataRequest.objects.latest("pk")


@pytest.mark.parametrize(
    ("wanted", "field", "how"),
    [("出生日期", "born_on", "label"), ("手机号码", "phone", "meaning"), ("居民姓名", "name", "label"), ("是否独居", "lives_alone", "meaning"),
     ("身份证号", "identity_number", "meaning"), ("家庭住址", "home", "meaning"), ("Date of birth", "born_on", "label")],
)  # fmt: skip
def test_a_field_that_the_register_of_residents_holds_is_found(wanted: str, field: str, how: str) -> None:
    match = held(wanted, registers())
    assert match is not None and (match.register, match.field, match.how) == ("population.resident", field, how)


@pytest.mark.parametrize("wanted", ["养犬数量", "备注", "状态", "楼道堆物照片"])
def test_a_field_that_nothing_holds_or_that_says_nothing_alone_is_not_found(wanted: str) -> None:
    assert held(wanted, registers()) is None


def test_what_the_registers_hold_is_refused_and_answered_from_them(civil: Person) -> None:
    request = asked(civil, "出生日期\n手机号码")
    assert (request.state, request.minutes_needed) == ("from_register", 0)
    assert {(row.state, row.register) for row in WantedField.objects.all()} == {("held", "population.resident")}
    assert "提出部门目前无权查看" in request.verdict and "申请共享" in request.verdict


def test_only_the_rest_costs_minutes(civil: Person) -> None:
    request = asked(civil, "出生日期\n养犬数量")
    assert (request.state, request.minutes_needed) == ("granted", 200)
    assert FormAllowance.objects.get().minutes == 200
    assert cost(100, 4, 1, 3) == 134


def test_over_the_allowance_is_refused_with_a_sentence_and_listed(civil: Person) -> None:
    asked(civil, answers=700)
    request = asked(civil)
    assert request.state == "over_budget" and "需要400分钟，本月额度只剩200分钟" in request.verdict
    assert FormAllowance.objects.get().minutes == 2800
    (newest, _) = rows(civil, "requests")
    assert newest["needed"] == 400 and newest["basis"] == "《示例条例》第3条" and newest["verdict"]["en"].startswith("It needs 400 minutes")


def test_the_allowance_is_tuned_not_coded(civil: Person) -> None:
    Parameter.objects.filter(key="form_allowance").update(value=100)
    from hexi.core.data import parameters

    parameters.forget()
    assert asked(civil).state == "over_budget"


def test_each_department_has_an_allowance_of_its_own(civil: Person, person: Make) -> None:
    asked(civil, answers=700)
    assert asked(person("department_staff", "", "housing"), answers=700).state == "granted"
    assert FormAllowance.objects.filter(month=this_month()).count() == 2


def test_nobody_asks_in_the_name_of_another_office(civil: Person) -> None:
    values = {"title": "养犬情况", "basis": "《示例条例》", "wanted": "养犬数量", "area": DISTRICT, "answers": 1, "minutes_each": 1, "office": "housing"}
    assert begin(civil, "datarequest", "ask_grids", **values).status_code == 403


def test_a_request_needs_a_legal_basis(civil: Person) -> None:
    values = {"title": "养犬情况", "basis": "", "wanted": "养犬数量", "area": DISTRICT, "answers": 1, "minutes_each": 1}
    assert begin(civil, "datarequest", "ask_grids", **values).status_code == 422


def test_an_upheld_dispute_lets_the_field_be_asked_and_costs_its_minutes(civil: Person, person: Make) -> None:
    request = asked(civil, "出生日期\n手机号码")
    field = WantedField.objects.get(name="手机号码")
    assert do(civil, field, "dispute_match").status_code == 422
    assert do(civil, field, "dispute_match", why="要的是紧急联系人的号码").status_code == 200
    assert do(person("data_steward", DISTRICT), field, "uphold_dispute").status_code == 200
    request.refresh_from_db()
    assert (field.state, request.state, request.minutes_needed) == ("upheld", "granted", 200)
    assert FormAllowance.objects.get().minutes == 200


def test_a_dispute_that_the_allowance_cannot_bear_is_not_upheld(civil: Person, person: Make) -> None:
    asked(civil, answers=700)
    asked(civil, "手机号码")
    field = WantedField.objects.get(name="手机号码")
    do(civil, field, "dispute_match", why="要的是紧急联系人的号码")
    assert do(person("data_steward", DISTRICT), field, "uphold_dispute").status_code == 409
    assert field.state == "disputed" and FormAllowance.objects.get().minutes == 2800


def test_the_asker_does_not_decide_the_dispute(civil: Person) -> None:
    asked(civil, "手机号码")
    field = WantedField.objects.get()
    do(civil, field, "dispute_match", why="要的是紧急联系人的号码")
    assert do(civil, field, "uphold_dispute").status_code == 403


def test_a_grid_answers_once_and_the_minutes_used_are_kept(civil: Person, worker: Person) -> None:
    request = asked(civil)
    assert do(worker, request, "answer_request", said="3只", minutes=6).status_code == 200
    assert (request.minutes_used, request.answered, DataAnswer.objects.get().place) == (6, 1, GRID)
    assert do(worker, request, "answer_request", said="4只", minutes=1).status_code == 409


def test_a_grid_outside_the_area_does_not_answer(civil: Person, worker: Person) -> None:
    assert do(worker, asked(civil, area=OTHER_GRID), "answer_request", said="3只", minutes=6).status_code == 403


def test_minutes_that_were_not_used_go_back_when_a_request_ends(civil: Person, worker: Person) -> None:
    request = asked(civil)
    do(worker, request, "answer_request", said="3只", minutes=6)
    assert do(civil, request, "close_request").status_code == 200
    assert FormAllowance.objects.get().minutes == 6 and request.state == "closed"


def test_everybody_sees_who_asked_what_on_what_basis_and_what_it_costs(civil: Person, person: Make) -> None:
    asked(civil)
    (row,) = rows(person(), "requests")
    assert (row["title"]["zh"], row["office"]["zh"], row["basis"], row["needed"], row["used"]) == ("养犬情况", "区民政局", "《示例条例》第3条", 400, 0)


def test_a_department_acts_on_its_own_requests_only(civil: Person, person: Make) -> None:
    request = asked(civil)
    assert do(person("department_staff", "", "housing"), request, "close_request").status_code == 403
