"""What a telephone in the street asks of the server: kinds to report, work to do, the reporter's number, replies sent twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from hexi.core.data.tests.conftest import OTHER_STREET, STREET, Person
from hexi.core.trust.models import Event
from hexi.modules.cases.models import Case, Note
from hexi.modules.cases.tests.conftest import do
from hexi.modules.cases.tests.test_following import finish, secret_of

Report = Callable[..., Case]
People = Callable[..., Person]
KEY = "0f8fad5b-d9cb-469f-a165-70867728950e"


@pytest.fixture
def office(person: People) -> Person:
    return person("department_staff", "120103", "housing")


def sent(case: Case, desk: Person, office: Person) -> Case:
    do(desk, case, "accept")
    assert do(desk, case, "send_out", lead="housing", instruction="先围挡").status_code == 200
    return case


def test_everybody_is_told_what_they_may_report_and_what_it_asks(rules: None, person: People) -> None:
    told = {kind["key"]: kind for kind in person().get("/api/cases/kinds").json()["kinds"]}
    assert "lamp" in told and "alarm" not in told, "an alarm is no matter of the public"
    assert told["lamp"]["questions"]["properties"]["lamps"]["title"] and told["lamp"]["reopens_days"] == 7
    assert told["lamp"]["on_the_spot"] is False and told["lamp"]["kept_days"] > 365


def test_the_work_of_an_office_comes_with_the_case_its_task_and_what_may_be_done(report: Report, desk: Person, office: Person) -> None:
    case = sent(report(), desk, office)
    report()
    (card,) = office.get("/api/cases/work").json()["cards"]
    assert (card["case"]["id"], card["task"]["instruction"]) == (case.pk, "先围挡")
    acts = {act["key"]: act for act in card["acts"] if act["on"] == "task"}
    assert (acts["accept_task"]["from"], acts["accept_task"]["to"]) == (["assigned"], "accepted")
    assert acts["finish_task"]["from"] == ["accepted"], "without network the next step is known too"
    assert acts["finish_task"]["form"]["required"] == ["result"] and acts["return_task"]["needs_reason"]
    assert "ask_more_time" in {act["key"] for act in card["acts"]}


def test_whoever_only_reads_a_task_has_no_work_with_it(report: Report, desk: Person, office: Person) -> None:
    sent(report(), desk, office)
    assert all(card["task"] is None for card in desk.get("/api/cases/work").json()["cards"])


def test_a_case_that_waits_for_a_step_of_mine_is_work_too_with_what_the_step_asks(
    report: Report, desk: Person, office: Person, person: People
) -> None:
    finish(report(), desk, office, close=False)
    checker = person("case_checker", "120103")
    (card,) = checker.get("/api/cases/work").json()["cards"]
    acts = {act["key"]: act for act in card["acts"]}
    assert card["task"] is None and acts["fail_check"]["needs_reason"] and acts["pass_check"]["on"] == "case"
    assert set(acts["pass_check"]["form"]["properties"]) == {"note", "photos", "way"}


def test_what_somebody_only_reads_does_not_crowd_out_their_own_work(
    report: Report, desk: Person, office: Person, person: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hexi.modules.cases.fieldwork.MOST", 2)
    for _ in range(3):
        finish(report(place=OTHER_STREET), desk, office, close=False)
    own = report(place=STREET)
    finish(own, desk, office, close=False)
    work = person("case_checker", STREET).get("/api/cases/work").json()
    assert [card["case"]["id"] for card in work["cards"]] == [own.pk]
    assert work["more"] is False
    all_of_it = person("case_checker", "120103").get("/api/cases/work").json()
    assert (len(all_of_it["cards"]), all_of_it["more"]) == (2, True)


def test_the_work_list_costs_no_more_statements_for_more_cases(
    report: Report, desk: Person, office: Person, django_assert_max_num_queries: Any
) -> None:
    for _ in range(5):
        sent(report(), desk, office)
    with django_assert_max_num_queries(40):
        assert len(office.get("/api/cases/work").json()["cards"]) == 5


def test_the_public_has_no_work_list_and_sees_no_reporter(report: Report, person: People) -> None:
    case = report()
    assert person().get("/api/cases/work").status_code == 403
    assert person().post(f"/api/cases/{case.pk}/reporter", {"purpose": "contact"}).status_code == 403


def test_the_reporter_is_told_for_a_purpose_that_the_ledger_keeps(report: Report, desk: Person, office: Person) -> None:
    case = sent(report(), desk, office)
    assert office.post(f"/api/cases/{case.pk}/reporter", {"purpose": "x"}).status_code == 422
    assert office.post(f"/api/cases/{case.pk}/reporter", {"purpose": "contact"}).json()["phone"] == "13800000000"
    seen = Event.objects.filter(entity="cases.case", action="reveal", object_id=case.pk).get()
    assert seen.after["purpose"] == "contact" and "13800000000" not in str(seen.after)


def test_an_office_that_has_nothing_to_do_with_it_does_not_learn_who_reported(report: Report, person: People) -> None:
    case = report()
    assert person("department_staff", "120103", "civil").post(f"/api/cases/{case.pk}/reporter", {"purpose": "contact"}).status_code in {403, 404}


def test_a_word_that_is_sent_again_because_no_answer_came_is_there_once(report: Report, person: People) -> None:
    case = report()
    how = {"HTTP_X_CASE_SECRET": secret_of(case), "HTTP_IDEMPOTENCY_KEY": KEY}
    for _ in range(2):
        assert person().send("POST", f"/api/cases/{case.number}/add", {"text": "还在漏水"}, **how).status_code == 201
    assert Note.objects.filter(case=case).count() == 1
    assert person().send("POST", f"/api/cases/{case.number}/add", {"text": "另一句"}, **how).status_code == 409


def test_a_reopening_that_is_sent_again_because_no_answer_came_is_no_second_one(
    report: Report, desk: Person, office: Person, person: People
) -> None:
    case = report()
    finish(case, desk, office)
    how = {"HTTP_X_CASE_SECRET": secret_of(case), "HTTP_IDEMPOTENCY_KEY": KEY}
    for _ in range(2):
        assert person().send("POST", f"/api/cases/{case.number}/reopen", {"reason": "没有修好"}, **how).status_code == 200
    case.refresh_from_db()
    assert case.reopenings == 1
