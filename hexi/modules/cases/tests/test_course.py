"""One case through its whole course, by the API, as people of several offices do it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from hexi.core.data.tests.conftest import DISTRICT, Person
from hexi.core.trust.models import Event, Organisation
from hexi.kernel.errors import Invalid
from hexi.modules.cases import routing
from hexi.modules.cases.contracts import Reporter
from hexi.modules.cases.models import Case, CaseClock, CaseTask, Category, Extension, Route, Verification
from hexi.modules.cases.tests.conftest import do, lead_task

Report = Callable[..., Case]
People = Callable[..., Person]


@pytest.fixture
def housing(person: People) -> Person:
    return person("department_staff", DISTRICT, "housing")


@pytest.fixture
def civil(person: People) -> Person:
    return person("department_staff", DISTRICT, "civil")


def sent(desk: Person, report: Report, **how: Any) -> Case:
    """A case on its way to its offices."""
    case = report()
    assert do(desk, case, "accept").status_code == 200
    assert do(desk, case, "send_out", **how).status_code == 200
    return case


def test_a_case_goes_from_report_to_close_with_every_step_told(report: Report, desk: Person, housing: Person) -> None:
    case = sent(desk, report)
    assert (case.state, case.lead, case.dispatches) == ("sent", "housing", 1)
    task = lead_task(case)
    assert do(housing, task, "accept_task").status_code == 200
    assert do(housing, task, "finish_task", result="已更换灯泡").status_code == 200
    case.refresh_from_db()
    assert (case.state, case.phase) == ("mended", "resolved")
    assert do(desk, case, "pass_check", way="visit").status_code == 200
    assert (case.state, case.phase, case.closed_at is not None) == ("closed", "closed", True)
    told = list(Event.objects.filter(entity="cases.case", object_id=case.pk).order_by("id").values_list("action", flat=True))
    assert told[0] == "open"
    assert {"accept", "send_out", "accept_task", "finish_task", "pass_check"} <= set(told)


def test_the_rules_send_it_to_the_office_of_the_nearest_branch(report: Report) -> None:
    assert report().routing["office"] == "housing"
    assert report(category="noise").routing["office"] == "civil"
    assert report(category="").routing["office"] == ""


def test_without_a_rule_the_dispatcher_must_name_the_office(report: Report, desk: Person) -> None:
    case = report(category="")
    do(desk, case, "accept")
    refused = do(desk, case, "send_out")
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "lead"
    assert do(desk, case, "send_out", lead="housing").status_code == 200


def test_every_office_has_its_own_task_and_the_case_waits_for_all(report: Report, desk: Person, housing: Person, civil: Person) -> None:
    case = sent(desk, report, lead="housing", co_offices=["civil"])
    lead, co = lead_task(case), CaseTask.objects.get(case=case, role="co")
    for who, task in ((housing, lead), (civil, co)):
        assert do(who, task, "accept_task").status_code == 200
    do(housing, lead, "finish_task", result="完成")
    case.refresh_from_db()
    assert case.state == "mending"
    do(civil, co, "finish_task", result="完成")
    case.refresh_from_db()
    assert case.state == "mended"


def test_a_return_takes_it_back_and_the_third_dispatch_cannot_be_returned(report: Report, desk: Person, housing: Person) -> None:
    case = sent(desk, report)
    for dispatch in (2, 3):
        assert do(housing, lead_task(case), "return_task", why="不属于本单位").status_code == 200
        case.refresh_from_db()
        assert (case.state, case.lead) == ("accepted", "")
        assert do(desk, case, "send_out", lead="housing").status_code == 200
        assert case.dispatches == dispatch
    refused = do(housing, lead_task(case), "return_task", why="不属于本单位")
    assert refused.status_code == 403
    assert lead_task(case).state == "assigned"


def test_an_office_that_gave_a_case_back_is_not_suggested_again_and_the_desk_reads_why(report: Report, desk: Person, housing: Person) -> None:
    Route.objects.create(order=20, name="照明归住建", name_en="light to housing", category="light", office="housing")
    Route.objects.create(order=30, name="夜间归民政", category="light", office="civil", co_offices="housing")
    routing.forget()
    case = sent(desk, report)
    do(housing, lead_task(case), "return_task", why="不属于本单位")
    case.refresh_from_db()
    assert (case.routing["office"], case.routing["co_offices"]) == ("civil", [])
    assert "已退回本案" in case.routing["why"]["zh"] and "gave it back" in case.routing["why"]["en"]
    told = {rule["name"]: rule["misfit"] for rule in desk.get(f"/api/cases/{case.pk}/beside").json()["routing"]["rules"]}
    assert told["照明归住建"]["zh"] == "其承办单位已退回本案" and told["夜间归民政"] is None
    assert do(desk, case, "send_out").status_code == 200
    assert case.lead == "civil"


def test_a_case_that_every_office_gave_back_waits_for_a_person_to_name_one(report: Report, desk: Person, housing: Person) -> None:
    case = sent(desk, report)
    do(housing, lead_task(case), "return_task", why="不属于本单位")
    assert do(desk, case, "send_out").json()["errors"][0]["field"] == "lead"
    assert do(desk, case, "recategorise", category="light", why="改正").status_code == 200
    assert case.routing["office"] == "", "another branch of the same office does not bring it back"
    assert do(desk, case, "send_out", lead="housing").status_code == 200, "a person may send it there all the same"


def test_a_case_is_given_to_another_lead_while_those_who_help_go_on(
    report: Report, desk: Person, housing: Person, civil: Person, person: People
) -> None:
    Organisation.objects.create(key="parks", name_zh="区园林", name_en="Parks")
    case = sent(desk, report, lead="housing", co_offices=["civil"])
    do(housing, lead_task(case), "accept_task")
    helping = CaseTask.objects.get(case=case, role="co")
    do(civil, helping, "accept_task")
    mending = CaseClock.objects.get(case=case, key="mending")
    assert do(desk, case, "transfer", lead="housing", why="改派").status_code == 422, "it leads already"
    assert do(desk, case, "transfer", lead="parks").status_code == 422, "a reason is owed"
    assert do(desk, case, "transfer", lead="parks", why="灯杆属园林", instruction="两日内修复").status_code == 200
    assert (case.state, case.lead, case.dispatches, case.handler) == ("sent", "parks", 2, "")
    old, new = CaseTask.objects.filter(case=case, role="lead").order_by("pk")
    assert (old.state, new.state, new.instruction) == ("withdrawn", "assigned", "两日内修复")
    helping.refresh_from_db()
    assert (helping.state, CaseTask.objects.filter(case=case, role="co").count()) == ("accepted", 1)
    assert CaseClock.objects.get(pk=mending.pk).due_at == mending.due_at, "its time goes on"
    assert housing.get(f"/api/records/cases.case/{case.pk}").json()["record"].get("lead") != "housing"
    assert do(housing, case, "transfer", lead="civil", why="不归我们").status_code == 403, "an office returns; it does not pass on"


def test_what_no_office_has_cannot_be_given_to_another(report: Report, desk: Person) -> None:
    assert do(desk, report(), "transfer", lead="civil", why="改派").status_code in {403, 409}


def test_a_return_needs_its_reason(report: Report, desk: Person, housing: Person) -> None:
    assert do(housing, lead_task(sent(desk, report)), "return_task").status_code == 422


def test_an_office_reads_its_cases_and_no_longer_those_that_it_gave_back(
    report: Report, desk: Person, housing: Person, civil: Person
) -> None:
    case = sent(desk, report)
    path = f"/api/records/cases.case/{case.pk}"
    Case.objects.filter(pk=case.pk).update(is_public=False)
    assert (housing.get(path).status_code, civil.get(path).status_code) == (200, 404)
    assert [row["id"] for row in housing.get("/api/records/cases.case").json()["rows"]] == [case.pk]
    do(housing, lead_task(case), "return_task", why="不属于本单位")
    assert housing.get(path).status_code == 404
    assert housing.get("/api/records/cases.case").json()["rows"] == []


def test_a_case_of_two_of_my_offices_is_listed_once(report: Report, desk: Person, person: People) -> None:
    both = person(("department_staff", DISTRICT, "housing"), ("department_staff", DISTRICT, "civil"))
    case = sent(desk, report, lead="housing", co_offices=["civil"])
    assert [row["id"] for row in both.get("/api/records/cases.case").json()["rows"]] == [case.pk]
    assert both.get("/api/records/cases.case/count").json()["count"] == 1


def test_whoever_handled_a_case_cannot_check_it(report: Report, desk: Person, housing: Person) -> None:
    case = sent(desk, report)
    do(housing, lead_task(case), "accept_task")
    do(housing, lead_task(case), "finish_task", result="完成")
    assert do(housing, case, "pass_check", way="visit").status_code == 403
    assert not Verification.objects.exists()


def test_neither_who_took_the_work_on_nor_who_reported_it_as_done_can_check_it(
    report: Report, desk: Person, housing: Person, person: People
) -> None:
    case, colleague = sent(desk, report), person("department_staff", DISTRICT, "housing")
    do(housing, lead_task(case), "accept_task")
    assert do(colleague, lead_task(case), "finish_task", result="完成").status_code == 200
    assert [do(who, case, "pass_check", way="visit").status_code for who in (housing, colleague)] == [403, 403]
    assert do(desk, case, "pass_check", way="visit").status_code == 200


def test_a_failed_check_sends_the_work_back(report: Report, desk: Person, housing: Person) -> None:
    case = sent(desk, report)
    task = lead_task(case)
    do(housing, task, "accept_task")
    do(housing, task, "finish_task", result="完成")
    assert do(desk, case, "fail_check", why="灯仍不亮", way="photo").status_code == 200
    task.refresh_from_db()
    assert (case.state, case.rework, task.state) == ("mending", 1, "accepted")
    assert do(housing, task, "finish_task", result="再次更换").status_code == 200
    assert Verification.objects.get(case=case).verdict == "failed"


def test_a_case_is_reopened_once(report: Report, desk: Person, housing: Person) -> None:
    case = sent(desk, report)
    for again in (True, False):
        task = lead_task(case)
        do(housing, task, "accept_task")
        do(housing, task, "finish_task", result="完成")
        do(desk, case, "pass_check", way="visit")
        assert case.state == "closed"
        assert do(desk, case, "reopen", why="又坏了").status_code == (200 if again else 409)
        if again:
            assert (case.state, case.closed_at) == ("accepted", None)
            do(desk, case, "send_out")


def test_more_time_is_asked_by_one_and_granted_by_another(report: Report, desk: Person, housing: Person, person: People) -> None:
    case = sent(desk, report)
    do(housing, lead_task(case), "accept_task")
    before = CaseClock.objects.get(case=case, key="mending").due_at
    assert do(housing, case, "ask_more_time", why="等待配件", amount=4).status_code == 200
    asked = Extension.objects.get(case=case)
    assert do(desk, asked, "grant_more_time").status_code == 200
    clock = CaseClock.objects.get(case=case, key="mending")
    assert clock.due_at > before
    case.refresh_from_db()
    assert (case.due_at, case.extensions) == (clock.due_at, 1)


def test_more_time_granted_while_a_clock_stands_still_is_there_when_it_goes_on(report: Report, desk: Person, housing: Person) -> None:
    case = sent(desk, report)
    do(housing, lead_task(case), "accept_task")
    do(housing, case, "ask_more_time", why="等待配件", amount=4)
    do(housing, case, "wait", why="等待配件")
    before = CaseClock.objects.get(case=case, key="mending")
    assert do(desk, Extension.objects.get(case=case), "grant_more_time").status_code == 200
    stands = CaseClock.objects.get(case=case, key="mending")
    assert (stands.left_s - before.left_s, stands.next_at) == (4 * 3600, None)
    assert do(housing, case, "go_on").status_code == 200
    assert abs(CaseClock.objects.get(case=case, key="mending").due_at - stands.due_at) < timedelta(minutes=1)


def test_a_category_of_another_kind_of_case_is_refused_wherever_it_is_named(report: Report, desk: Person) -> None:
    Category.objects.create(code="bell", name="铃声", kind="alarm", is_public=True)
    routing.forget()
    with pytest.raises(Invalid):
        report(category="bell")
    case = report()
    for action, more in (("recategorise", {}), ("split", {"title": "另一半"})):
        refused = do(desk, case, action, why="归错了", category="bell", **more)
        assert [one["field"] for one in refused.json()["errors"]] == ["category"]


def test_a_case_in_a_category_that_is_not_public_is_public_no_more(report: Report, desk: Person, person: People) -> None:
    case = report()
    Category.objects.create(code="home", name="家庭纠纷", kind="lamp", is_public=False)
    routing.forget()
    assert person().get(f"/api/cases/{case.pk}").status_code == 200
    assert do(desk, case, "recategorise", why="涉及家庭", category="home").status_code == 200
    assert person().get(f"/api/cases/{case.pk}").status_code == 404
    do(desk, case, "recategorise", why="归错了", category="light")
    assert not case.is_public, "what people wrote was kept back and stays so"


def test_nobody_grants_their_own_request(report: Report, person: People, desk: Person) -> None:
    case = sent(desk, report)
    both = person(("department_staff", DISTRICT, "housing"), ("case_dispatcher", DISTRICT))
    do(both, lead_task(case), "accept_task")
    assert do(both, case, "ask_more_time", why="等待配件", amount=4).status_code == 200
    assert do(both, Extension.objects.get(case=case), "grant_more_time").status_code == 403


def test_merging_takes_the_reporters_along(report: Report, desk: Person) -> None:
    first, same, other = report(), report(), report(reporter=Reporter("示例·另一人", "13800000001"))
    for case, counted in ((same, 1), (other, 2)):
        assert do(desk, case, "merge", why="同一盏灯", into=first.number).status_code == 200
        first.refresh_from_db()
        assert (case.state, case.master_id, first.supporters) == ("merged", first.pk, counted), "one telephone counts once"
    assert first.people.count() == 3
    second = same
    assert do(desk, first, "merge", why="循环", into=second.number).status_code == 422
    lost = do(desk, first, "merge", why="抄错了", into="000000-XXXXXX")
    assert [one["field"] for one in lost.json()["errors"]] == ["into"]


def test_a_stale_version_is_refused_with_the_present_state(report: Report, desk: Person) -> None:
    case = report()
    path = f"/api/records/cases.case/{case.pk}/actions/accept"
    assert desk.post(path, {"version": case.version}).status_code == 200
    late = desk.post(f"/api/records/cases.case/{case.pk}/actions/refuse", {"version": case.version, "why": "重复"})
    assert late.status_code == 409
    assert late.json()["present"]["version"] == case.version + 1


def test_the_allowed_actions_are_those_of_the_state_and_the_post(report: Report, desk: Person, housing: Person) -> None:
    case = report()
    open_to = desk.get(f"/api/records/cases.case/{case.pk}").json()["allowed_actions"]
    assert open_to[0] == "accept"
    assert "send_out" not in open_to
    assert "task_accepted" not in open_to, "what the engine takes by itself is nobody's button"


def test_nobody_is_offered_to_grant_the_time_that_they_asked_for(report: Report, desk: Person, person: People) -> None:
    both = person(("department_staff", DISTRICT, "housing"), ("case_dispatcher", DISTRICT))
    case = sent(desk, report)
    assert do(both, case, "ask_more_time", why="等待配件", amount=8).status_code == 200
    asked = Extension.objects.get()
    path = f"/api/records/cases.extension/{asked.pk}"
    assert both.get(path).json()["allowed_actions"] == []
    assert set(desk.get(path).json()["allowed_actions"]) == {"grant_more_time", "refuse_more_time"}
    assert "申请人不能审批" in do(both, asked, "grant_more_time").content.decode()


def test_a_refused_step_says_whose_it_is_or_at_which_stage_it_is_taken(report: Report, desk: Person, housing: Person) -> None:
    case = sent(desk, report)
    post, stage = do(housing, case, "reopen", why="又坏了").json(), do(desk, case, "pass_check", way="visit").json()
    assert (post["title"], "派遣员" in post["do"]) == ("您的岗位不能办理“重开”", True)
    assert (stage["title"], stage["do"]) == ("“核查通过”不在“待签收”环节办理", "可在以下环节办理：待核查")
    lead = lead_task(case)
    do(housing, lead, "accept_task")
    done = do(housing, lead, "accept_task").json()
    assert done["title"] == "“签收”不在“办理中”环节办理"


def test_the_register_tells_the_desk_each_kind_of_life(desk: Person, rules: None) -> None:
    lives = desk.get("/api/models/cases.case").json()["lives"]
    assert lives["kind"] == "kind"
    assert {step["id"] for step in lives["by_kind"]["lamp"]["actions"]} > {"accept", "send_out", "add_note"}
    assert "accept" not in {step["id"] for step in lives["by_kind"]["alarm"]["actions"]}


def test_an_alarm_goes_out_by_itself_when_its_office_is_known(report: Report, desk: Person) -> None:
    Category.objects.create(code="bell", name="告警", lead="housing", kind="alarm")
    routing.forget()
    case = report(desk.viewer, kind="alarm", category="bell")
    assert (case.state, case.lead) == ("sent", "housing")
    assert CaseTask.objects.get(case=case).state == "assigned"
    assert CaseClock.objects.get(case=case, key="arriving").due_at - case.opened_at < timedelta(minutes=16)
