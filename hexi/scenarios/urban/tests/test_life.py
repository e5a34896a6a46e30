"""A case through the seven steps, and the ways that leave them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from hexi.kit import Case, CaseClock, Verification
from hexi.modules.cases.tests.conftest import DISTRICT, Person, do, lead_task
from hexi.modules.cases.tests.test_following import upload

pytestmark = pytest.mark.django_db
Report = Callable[..., Case]


@pytest.fixture
def grid(person: Callable[..., Person]) -> Person:
    return person(("grid_worker", DISTRICT))


def read(who: Person, file: int) -> bytes:
    got = who.get(f"/api/files/{file}")
    return b"".join(got.streaming_content)[:3] if got.status_code == 200 else b""


def ok(answer: Any) -> Any:
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def test_a_case_goes_through_all_seven_steps_with_a_failed_check(
    report: Report, desk: Person, unit: Person, checker: Person, grid: Person
) -> None:
    case = report()
    assert (case.state, case.urgency) == ("reported", "danger")
    ok(do(grid, case, "see_there", note="井盖缺失，已围挡"))
    assert case.answers["verified"]["note"] == "井盖缺失，已围挡"
    ok(do(desk, case, "file"))
    ok(do(desk, case, "send_out"))
    assert (case.state, case.lead, case.dispatches) == ("sent_out", "city_management", 1)
    ok(do(unit, lead_task(case), "accept_task"))
    ok(do(unit, lead_task(case), "finish_task", result="已更换井盖"))
    ok(do(checker, case, "fail_check", "井框松动", way="visit"))
    assert (case.state, case.rework) == ("in_hand", 1)
    ok(do(unit, lead_task(case), "finish_task", result="已加固井框"))
    ok(do(checker, case, "pass_check", way="visit"))
    assert (case.state, case.phase) == ("closed", "closed")
    assert list(Verification.objects.filter(case=case).order_by("pk").values_list("verdict", flat=True)) == ["failed", "passed"]
    runs = CaseClock.objects.filter(case=case, key="handling")
    assert runs.count() == 2 and all(run.met_at for run in runs)
    assert not CaseClock.objects.filter(case=case, ended_at=None).exists()
    ok(do(desk, case, "reopen", "井盖又松动"))
    closing = CaseClock.objects.filter(case=case, key="closing").order_by("pk")
    assert [run.met_at is not None for run in closing] == [True, False], "what is opened again has its time for closing anew"


def test_a_report_of_a_resident_is_seen_before_it_is_filed_and_one_of_the_grid_is_not(report: Report, desk: Person) -> None:
    unseen = report()
    assert do(desk, unseen, "file_at_once").status_code == 403
    assert do(desk, unseen, "file").status_code == 403
    case = report(source="grid")
    ok(do(desk, case, "file_at_once"))
    assert case.state == "filed"


def test_a_grid_worker_puts_it_right_on_the_spot(report: Report, grid: Person, desk: Person) -> None:
    case = report(category="event.look.litter", source="grid")
    before, after = upload(grid, 5), upload(grid, 5, size=(320, 240), quality=50)
    ok(do(grid, case, "do_there", result="已清理", before=[before], after=[after]))
    assert (case.state, case.phase, case.answers["on_the_spot"]["result"]) == ("done_there", "closed", "已清理")
    assert (case.files, case.notes.get().files, case.same_photo) == ([before], [after], True), "the same picture twice is no proof of work"
    assert [read(desk, one) for one in (before, after)] == [b"\xff\xd8\xff"] * 2
    seen = report()
    photo = upload(grid, 7)
    ok(do(grid, seen, "see_there", note="井盖缺失", photos=[photo]))
    assert (seen.notes.get().files, read(desk, photo)) == ([photo], b"\xff\xd8\xff"), "whoever files it sees what was seen"


@pytest.mark.parametrize("step, state", [("refuse_filing", "not_filed"), ("void", "voided")])
def test_what_is_not_taken_on_says_why(report: Report, desk: Person, step: str, state: str) -> None:
    case = report()
    assert do(desk, case, step).status_code == 422
    ok(do(desk, case, step, "现场未发现"))
    assert (case.state, case.phase) == (state, "cancelled")


def test_a_return_goes_back_to_the_dispatcher_while_the_clock_of_handling_stands(report: Report, desk: Person, unit: Person) -> None:
    case = report(source="grid")
    ok(do(desk, case, "file_at_once"))
    ok(do(desk, case, "send_out"))
    ok(do(unit, lead_task(case), "return_task", "不属本单位"))
    case.refresh_from_db()
    assert case.state == "filed"
    assert CaseClock.objects.get(case=case, key="handling").paused_at is not None


def test_a_case_put_off_stands_still_and_goes_on(report: Report, desk: Person, unit: Person) -> None:
    case = _in_hand(report, desk, unit)
    assert do(desk, case, "put_off").status_code == 422
    ok(do(desk, case, "put_off", "纳入年度改造"))
    assert (case.state, case.phase, case.paused) == ("put_off", "waiting", True)
    ok(do(desk, case, "take_up"))
    assert (case.state, case.paused) == ("in_hand", False)


def test_more_time_is_asked_for_by_one_and_granted_by_another(report: Report, desk: Person, unit: Person) -> None:
    case = _in_hand(report, desk, unit)
    before = CaseClock.objects.get(case=case, key="handling").due_at
    ok(do(unit, case, "ask_more_time", "需停水作业", clock="handling", amount=2))
    asked = case.requests.get()
    ok(do(desk, asked, "grant_more_time"))
    after = CaseClock.objects.get(case=case, key="handling").due_at
    case.refresh_from_db()
    assert before and after and after - before == timedelta(hours=2) and case.extensions == 1


def test_danger_has_the_shortest_limits(report: Report) -> None:
    (danger,) = CaseClock.objects.filter(case=report())
    (usual,) = CaseClock.objects.filter(case=report(category="event.look.litter"))
    assert (danger.amount, danger.unit, usual.amount, usual.unit) == (30, "minutes", 4, "working_hours")


def test_litter_goes_to_the_street_and_rubble_to_the_department(report: Report) -> None:
    found = {code: report(category=code).routing["office"] for code in ("event.look.litter", "event.look.rubble")}
    assert found == {"event.look.litter": "street_office_test", "event.look.rubble": "city_management"}


def _in_hand(report: Report, desk: Person, unit: Person) -> Case:
    case = report(source="grid")
    ok(do(desk, case, "file_at_once"))
    ok(do(desk, case, "send_out"))
    ok(do(unit, lead_task(case), "accept_task"))
    case.refresh_from_db()
    return case
