"""Cases for staff programs: one whole, commands with the version that was seen, many at once, why it goes where, honest lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from hexi.core.data.tests.conftest import COMMUNITY, OTHER_STREET, STREET, Person
from hexi.core.data.tests.test_pictures import photo
from hexi.modules.cases.contracts import Reporter
from hexi.modules.cases.models import Case, CaseTask, Note
from hexi.modules.cases.tests.conftest import do, lead_task

Report = Callable[..., Case]


def act(who: Person, case: Case, action: str, version: Any, **body: Any) -> Any:
    more = {} if version is None else {"HTTP_IF_MATCH": str(version)}
    return who.send("POST", f"/api/cases/{case.pk}/actions/{action}", body, **more)


def test_one_case_comes_with_what_its_reader_may_do_and_its_version_as_etag(report: Report, desk: Person, person: Callable[..., Person]) -> None:
    case = report()
    got = desk.get(f"/api/cases/{case.pk}")
    assert (got["ETag"], got.json()["record"]["number"]) == (f'"{case.version}"', case.number)
    assert got.json()["allowed_actions"][0] == "accept"
    public = person().get(f"/api/cases/{case.pk}").json()
    assert public["allowed_actions"] == []
    assert public["record"]["description"] is None
    Case.objects.update(is_public=False)
    assert person("street_staff", OTHER_STREET).get(f"/api/cases/{case.pk}").status_code == 404


def test_fields_and_include_say_what_comes(report: Report, desk: Person) -> None:
    case, other = report(), report()
    do(desk, case, "add_note", text="甲")
    do(desk, other, "relate", number=case.number, event=True)
    found = desk.get(f"/api/cases/{case.pk}", fields="number,state", include="clocks,notes,links,tasks,verifications").json()
    assert set(found["record"]) == {"id", "version", "number", "state"}
    assert [note["text"] for note in found["notes"]] == ["甲"]
    assert [clock["key"] for clock in found["clocks"]] == ["accepting"]
    assert found["clocks"][0]["limit"] == {"amount": 30, "unit": "minutes"}
    assert [link["kind"] for link in found["links"]] == ["event"]
    assert (found["tasks"], found["verifications"]) == ([], [])
    assert desk.get(f"/api/cases/{case.pk}", fields="colour").status_code == 422
    assert desk.get(f"/api/cases/{case.pk}", include="everything").status_code == 422


def test_what_is_included_is_only_what_the_reader_may_read(report: Report, desk: Person, person: Callable[..., Person]) -> None:
    case = report()
    do(desk, case, "add_note", text="内部意见")
    got = person().get(f"/api/cases/{case.pk}", include="notes")
    assert got.status_code == 404 or got.json()["notes"] == []
    assert "内部意见" not in got.content.decode()


@pytest.mark.parametrize("form", ["{}", '"{}"', 'W/"{}"'])
def test_an_action_names_the_version_that_was_seen(report: Report, desk: Person, form: str) -> None:
    case = report()
    got = act(desk, case, "accept", form.format(case.version))
    assert (got.status_code, got["ETag"]) == (200, f'"{case.version + 1}"')
    assert got.json()["record"]["state"] == "accepted"


def test_an_old_version_is_a_conflict_with_the_present_one(report: Report, desk: Person) -> None:
    case = report()
    act(desk, case, "accept", case.version)
    got = act(desk, case, "refuse", case.version, why="不属本区")
    assert (got.status_code, got.json()["present"]["version"]) == (409, case.version + 1)


@pytest.mark.parametrize("version", [None, "", "*", "abc", '"-1"', "9" * 30])
def test_an_action_without_a_version_is_refused(report: Report, desk: Person, version: Any) -> None:
    got = act(desk, report(), "accept", version)
    assert (got.status_code, got.json()["errors"][0]["field"]) == (422, "If-Match")


def test_a_note_needs_no_version_and_an_old_one_is_no_conflict(report: Report, desk: Person) -> None:
    case = report()
    do(desk, case, "accept")
    for version in (None, case.version - 1, case.version):
        assert act(desk, case, "add_note", version, values={"text": f"看过 {version}"}).status_code == 200
    by_records = desk.post(f"/api/records/cases.case/{case.pk}/actions/add_note", {"values": {"text": "再看"}})
    assert by_records.status_code == 200
    assert Note.objects.filter(case=case).count() == 4


def test_an_office_notes_from_its_task_what_belongs_to_the_case(report: Report, desk: Person, person: Callable[..., Person]) -> None:
    case = report()
    do(desk, case, "accept")
    do(desk, case, "send_out", lead="housing")
    office, task = person("department_staff", "120103", "housing"), lead_task(case)
    path = f"/api/records/cases.casetask/{task.pk}/actions/add_note"
    sent = [office.post(path, {"values": {"text": "已派人"}, "client_id": "note-0001"}) for _ in range(2)]
    assert [answer.status_code for answer in sent] == [200, 200]
    assert [(note.case_id, note.text) for note in Note.objects.all()] == [(case.pk, "已派人")]


def test_many_are_noted_whatever_version_was_seen(report: Report, desk: Person) -> None:
    cases = [report(), report()]
    do(desk, cases[0], "accept")
    rows = [{"id": case.pk, "version": 1} for case in cases]
    assert desk.post("/api/cases/bulk", {"action": "add_note", "rows": rows, "values": {"text": "已巡"}}).json()["done"] == 2


def test_a_body_is_checked_against_the_step_and_a_stranger_may_take_none(report: Report, desk: Person, person: Callable[..., Person]) -> None:
    case = report()
    assert act(desk, case, "send_out", case.version, values={"lead": "nobody"}).status_code == 403
    act(desk, case, "accept", case.version)
    assert act(desk, case, "send_out", case.version + 1, values={"lead": "nobody"}).status_code == 422
    assert act(person(), case, "accept", case.version + 1).status_code == 403


@pytest.mark.parametrize("number", [2**70, -(2**70), 0, 7])
def test_a_number_that_no_file_has_is_refused_and_not_an_error_of_the_server(report: Report, desk: Person, number: int) -> None:
    assert do(desk, report(), "add_note", text="见照片", files=[number]).status_code == 422


def test_nobody_puts_a_photo_of_others_into_a_case_by_its_number(report: Report, desk: Person, person: Callable[..., Person]) -> None:
    stranger = person("community_worker", OTHER_STREET)
    got = stranger.client.post("/api/files", {"file": SimpleUploadedFile("a.jpg", photo(1))})
    number = got.json()["id"]
    assert do(desk, report(), "add_note", text="见照片", files=[number]).status_code == 422
    assert desk.get(f"/api/files/{number}").status_code == 404


def test_many_cases_get_a_result_each_and_what_one_refuses_holds_up_no_other(report: Report, desk: Person) -> None:
    good, stale, done = report(), report(), report()
    act(desk, done, "accept", done.version)
    done.refresh_from_db()
    rows = [{"id": good.pk, "version": good.version}, {"id": stale.pk, "version": stale.version + 5}, {"id": done.pk, "version": done.version}, {"id": 10**9, "version": 1}]
    got = desk.post("/api/cases/bulk", {"action": "accept", "rows": rows})
    assert got.status_code == 200, got.content
    told = got.json()
    assert [one["result"] for one in told["results"]] == ["done", "conflict", "refused", "refused"]
    assert told["results"][0]["version"] == good.version + 1
    assert told["results"][1]["version"] == stale.version
    assert [one["problem"] and one["problem"]["status"] for one in told["results"]] == [None, 409, 403, 404]
    assert {k: told[k] for k in ("done", "refused", "conflict")} == {"done": 1, "refused": 2, "conflict": 1}
    good.refresh_from_db()
    stale.refresh_from_db()
    assert (good.state, stale.state) == ("accepted", "received")


def test_at_most_two_hundred_cases_at_once(desk: Person) -> None:
    rows = [{"id": n, "version": 1} for n in range(1, 202)]
    assert desk.post("/api/cases/bulk", {"action": "accept", "rows": rows}).status_code == 422
    assert desk.post("/api/cases/bulk", {"action": "accept", "rows": []}).status_code == 422


def test_routing_is_explained_rule_by_rule_with_the_one_that_counts(rules: None, desk: Person) -> None:
    told = desk.post("/api/cases/explain", {"kind": "lamp", "category": "noise", "place": COMMUNITY}).json()["routing"]
    assert (told["office"]["key"], [rule["counts"] for rule in told["rules"]]) == ("civil", [True])
    told = desk.post("/api/cases/explain", {"kind": "lamp", "category": "light.out"}).json()["routing"]
    assert told["office"]["key"] == "housing"
    assert told["rules"][0]["misfit"]["en"] == "the category is not under noise"
    assert told["why"]["en"] == "the office responsible for the category “路灯不亮”"


def test_clocks_are_explained_with_the_rule_that_counts_and_its_end(rules: None, desk: Person) -> None:
    told = desk.post("/api/cases/explain", {"kind": "lamp", "category": "light.out", "urgency": "danger", "at": "2026-05-12T10:00:00+08:00"}).json()
    clocks = {one["key"]: one for one in told["clocks"]}
    assert (clocks["accepting"]["due_at"], [rule["counts"] for rule in clocks["accepting"]["rules"]]) == ("2026-05-12T02:15:00Z", [False, True])
    assert [(rule["limit"]["en"], rule["fits"], rule["counts"]) for rule in clocks["mending"]["rules"]] == [("5 working days", True, False), ("8 working hours", True, True)]
    assert (clocks["safe"]["rules"][0]["basis"], clocks["safe"]["due_at"]) == ("ours", "2026-05-12T04:00:00Z")
    assert not Case.objects.exists()


def test_the_public_is_not_told_how_cases_are_routed(rules: None, person: Callable[..., Person]) -> None:
    assert person().post("/api/cases/explain", {"kind": "lamp"}).status_code == 403


def test_nobody_counts_who_did_not_ask_for_a_count(report: Report, desk: Person) -> None:
    for _ in range(3):
        report()
    assert "count" not in desk.get("/api/cases", limit=2).json()
    found = desk.get("/api/cases", limit=2, count="exact").json()
    assert (found["count"], len(found["rows"]), bool(found["next"])) == (3, 2, True)


def test_pages_are_full_and_totals_tell_only_of_what_the_reader_may_see(report: Report, desk: Person, person: Callable[..., Person]) -> None:
    mine, others = [report(place=STREET) for _ in range(5)], [report(place=OTHER_STREET) for _ in range(5)]
    Case.objects.update(is_public=False)
    who = person("street_staff", STREET)
    first = who.get("/api/cases", q="路灯", limit=3, count="exact").json()
    second = who.get("/api/cases", q="路灯", limit=3, after=first["next"]).json()
    assert (first["count"], len(first["rows"]), len(second["rows"]), second["next"]) == (5, 3, 2, None)
    assert {row["id"] for row in first["rows"] + second["rows"]} == {case.pk for case in mine}
    assert who.get("/api/records/cases.case/count", q="路灯").json()["count"] == 5
    assert who.get("/api/records/cases.case/facets", field="state").json()["rows"] == [{"value": "received", "count": 5}]
    assert desk.get("/api/cases", count="exact").json()["count"] == len(mine) + len(others)


def test_before_and_after_a_date_are_not_taken_for_each_other(report: Report, desk: Person) -> None:
    now = timezone.now()
    old, new = report(occurred_at=now - timedelta(days=3)), report(occurred_at=now - timedelta(days=1))
    border = f"{now - timedelta(days=2):%Y-%m-%dT%H:%M:%SZ}"

    def found(op: str) -> list[int]:
        return [row["id"] for row in desk.get("/api/cases", where=f"occurred_at:{op}:{border}").json()["rows"]]

    assert (found("lt"), found("le"), found("gt"), found("ge")) == ([old.pk], [old.pk], [new.pk], [new.pk])


def test_a_telephone_finds_cases_by_telephone_and_never_by_another_field(report: Report, desk: Person, person: Callable[..., Person]) -> None:
    mine = report(reporter=Reporter("示例·甲", "138 0000 0001"))
    report(reporter=Reporter("13800000001", "13900000001"))
    report(description="13800000001", reporter=None)
    got = desk.post("/api/cases/earlier", {"phone": "+86-13800000001"})
    assert [row["number"] for row in got.json()["rows"]] == [mine.number]
    assert person().post("/api/cases/earlier", {"phone": "13800000001"}).status_code == 403
    Case.objects.update(is_public=False)
    assert person("street_staff", OTHER_STREET).post("/api/cases/earlier", {"phone": "13800000001"}).json()["rows"] == []


def test_a_case_that_two_of_ones_offices_handle_is_listed_once(report: Report, desk: Person, person: Callable[..., Person]) -> None:
    case = report()
    do(desk, case, "accept")
    do(desk, case, "send_out", lead="housing", co_offices=["civil"])
    Case.objects.update(is_public=False)
    both = person(("department_staff", "", "housing"), ("department_staff", "", "civil"))
    found = both.get("/api/cases", count="exact").json()
    assert ([row["id"] for row in found["rows"]], found["count"]) == ([case.pk], 1)


def test_an_office_that_gave_the_case_back_reads_it_no_more_and_list_and_detail_agree(report: Report, desk: Person, person: Callable[..., Person]) -> None:
    case = report()
    do(desk, case, "accept")
    do(desk, case, "send_out", lead="housing")
    Case.objects.update(is_public=False)
    office = person("department_staff", "", "housing")
    assert office.get(f"/api/cases/{case.pk}").status_code == 200
    assert do(office, CaseTask.objects.get(case=case), "return_task", "不属本单位").status_code == 200
    assert office.get(f"/api/cases/{case.pk}").status_code == 404
    assert office.get("/api/cases", count="exact").json()["count"] == 0


def test_reading_one_case_with_all_that_belongs_to_it_costs_few_statements(report: Report, desk: Person, django_assert_max_num_queries: Any) -> None:
    case = report()
    for n in range(5):
        Note.objects.create(case=case, text=f"{n}", by="示例", place=case.place)
    address = f"/api/cases/{case.pk}"
    desk.get(address, include="clocks,tasks,notes,verifications,links")
    with django_assert_max_num_queries(16):
        desk.get(address, include="clocks,tasks,notes,verifications,links")
