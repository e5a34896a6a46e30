"""Faults that were seen in other platforms of this kind, each as a test that ours does not have it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from hexi.core.data.tests.conftest import DISTRICT, Person
from hexi.core.trust import events as trust_events
from hexi.core.trust.api import give_sequence
from hexi.core.trust.models import Event, Notice, Organisation
from hexi.modules.cases import course, routing, tasks, timers
from hexi.modules.cases.models import Case, CaseClock, CaseTask, Category, Route, Supervision
from hexi.modules.cases.people import earlier_of
from hexi.modules.cases.tests.conftest import do, lead_task
from hexi.modules.cases.timers import fire
from hexi.site import settings
from tests.support.clock import Clock as Time

pytestmark = pytest.mark.django_db
Report = Callable[..., Case]
People = Callable[..., Person]
NOTICED = "insert_together" if connection.vendor == "postgresql" else "_notice"
"""What writes the notice of an event: on PostgreSQL together with it."""


@pytest.fixture
def housing(person: People) -> Person:
    return person("department_staff", DISTRICT, "housing")


def traces(case: Case) -> tuple[Any, ...]:
    """All that a change of the case would leave behind."""
    case.refresh_from_db()
    clocks = CaseClock.objects.filter(case=case).order_by("pk").values_list("key", "due_at", "met_at", "ended_at")
    counts = (Event.objects.count(), Notice.objects.count(), CaseTask.objects.filter(case=case).count())
    return case.state, case.version, tuple(clocks), counts


@pytest.mark.parametrize("fault", [TypeError("an argument is missing"), ArithmeticError("no such thing"), OSError("the broker is away")])
@pytest.mark.parametrize("room, effect", [(course, "turned"), (tasks, "withdraw"), (trust_events, NOTICED), (trust_events, "_event_row")])
def test_an_effect_that_fails_undoes_its_change(
    report: Report, desk: Person, monkeypatch: pytest.MonkeyPatch, room: Any, effect: str, fault: Exception
) -> None:
    case = report()
    assert do(desk, case, "accept").status_code == 200
    before = traces(case)

    def fail(*_: Any, **__: Any) -> None:
        raise fault

    with monkeypatch.context() as broken:
        broken.setattr(room, effect, fail)
        answer = do(desk, case, "send_out", lead="housing")
    assert answer.status_code == 500, "an error in an effect is told, never swallowed"
    assert traces(case) == before
    assert do(desk, case, "send_out", lead="housing").status_code == 200
    assert case.state == "sent"


def test_a_report_whose_event_cannot_be_written_is_not_taken_in(report: Report, monkeypatch: pytest.MonkeyPatch, rules: None) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(trust_events, "_event_row", fail)
        with pytest.raises(OSError, match="disk is full"):
            report()
    assert (Case.objects.count(), CaseClock.objects.count(), Notice.objects.count()) == (0, 0, 0)


def test_with_every_other_process_away_nothing_of_a_change_is_lost(report: Report, desk: Person) -> None:
    case = report()
    do(desk, case, "accept")
    assert set(Notice.objects.values_list("sequence", flat=True)) == {None}, "no relay has run yet"
    assert give_sequence() == 2
    told = desk.get("/api/changes", topics="cases.case").json()["rows"]
    assert [(row["action"], row["version"]) for row in told] == [("open", 1), ("accept", 2)]
    assert {row["event"] for row in told} == set(Event.objects.filter(entity="cases.case").values_list("pk", flat=True))


def test_the_audit_row_stands_in_the_transaction_of_its_change(report: Report, desk: Person) -> None:
    case = report()
    do(desk, case, "refuse", why="不在范围")
    told = Event.objects.filter(entity="cases.case", object_id=case.pk).order_by("pk")
    assert [(one.action, one.version) for one in told] == [("open", 1), ("refuse", 2)]
    assert Notice.objects.filter(event_id__in=told.values("pk")).count() == 2


def test_a_stale_copy_is_never_saved_over_what_another_wrote(report: Report, desk: Person) -> None:
    case = report()
    path = f"/api/records/cases.case/{case.pk}"
    assert desk.patch(path, {"values": {"urgency": "urgent"}, "version": 1}).status_code == 200
    late = desk.patch(path, {"values": {"title": "旧的副本"}, "version": 1})
    assert late.status_code == 409
    assert late.json()["present"]["values"]["urgency"] == "urgent"
    case.refresh_from_db()
    assert (case.urgency, case.title) == ("urgent", "路灯不亮")


@pytest.mark.django_db(transaction=True)
def test_writers_who_come_together_are_served_or_refused_with_the_present_state_never_failed(report: Report, desk: Person) -> None:
    case = report()
    statuses: list[int] = []
    gate = threading.Barrier(4)

    def write(n: int) -> None:
        try:
            gate.wait()
            body = {"values": {"description": f"补充 {n}"}, "version": 1}
            statuses.append(desk.patch(f"/api/records/cases.case/{case.pk}", body).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert sorted(statuses) == [200, 409, 409, 409]
    case.refresh_from_db()
    assert case.version == 2


@pytest.mark.django_db(transaction=True)
def test_two_who_merge_the_same_two_cases_crosswise_never_wait_for_each_other_in_a_circle(report: Report, desk: Person) -> None:
    statuses: list[int] = []

    def merge(case: Case, into: Case, gate: threading.Barrier) -> None:
        try:
            gate.wait()
            body = {"values": {"into": into.number}, "version": 1, "why": "同一盏灯"}
            statuses.append(desk.post(f"/api/records/cases.case/{case.pk}/actions/merge", body).status_code)
        finally:
            connection.close()

    for _ in range(6):
        first, second, gate = report(), report(), threading.Barrier(2)
        threads = [threading.Thread(target=merge, args=(a, b, gate)) for a, b in ((first, second), (second, first))]
        for one in threads:
            one.start()
        for one in threads:
            one.join(60)
        assert not any(one.is_alive() for one in threads)
    assert len(statuses) == 12
    assert set(statuses) <= {200, 409, 422}, statuses
    assert statuses.count(200) == 6, "of each pair one"


def test_an_office_that_gave_a_case_back_reads_nothing_of_it_anywhere(report: Report, desk: Person, housing: Person) -> None:
    case = report()
    Case.objects.filter(pk=case.pk).update(is_public=False)
    do(desk, case, "accept")
    do(desk, case, "send_out", lead="housing")
    do(housing, lead_task(case), "return_task", why="不属于本单位")
    give_sequence()
    base = "/api/records/cases.case"
    assert housing.get(base).json()["rows"] == []
    assert housing.get(f"{base}/{case.pk}").status_code == 404
    assert housing.get(f"{base}/{case.pk}/history").status_code == 404
    assert housing.get(f"{base}/count").json()["count"] == 0
    assert housing.get(f"{base}/facets", field="state").json()["rows"] == []
    assert housing.get("/api/changes", topics="cases.case").json()["rows"] == []


def test_a_case_of_two_of_my_offices_is_counted_and_told_once(report: Report, desk: Person, person: People) -> None:
    both = person(("department_staff", DISTRICT, "housing"), ("department_staff", DISTRICT, "civil"), ("case_checker", DISTRICT))
    case = report()
    do(desk, case, "accept")
    do(desk, case, "send_out", lead="housing", co_offices=["civil"])
    give_sequence()
    assert both.get("/api/records/cases.case/count").json()["count"] == 1
    assert [row["count"] for row in both.get("/api/records/cases.case/facets", field="state").json()["rows"]] == [1]
    told = both.get("/api/changes", topics="cases.case").json()["rows"]
    assert len({row["sequence"] for row in told}) == len(told) == 3


def test_a_rule_of_routing_that_was_changed_elsewhere_counts_within_seconds_and_no_process_has_to_start_anew(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert report(category="noise").routing["office"] == "civil"
    Route.objects.update(office="housing")  # as another process does it
    later = time.monotonic() + routing.HELD_S + 0.1
    monkeypatch.setattr(routing.time, "monotonic", lambda: later)
    assert report(category="noise").routing["office"] == "housing"


def test_a_rule_that_cannot_work_says_so_on_every_case_and_the_next_one_counts(report: Report, desk: Person) -> None:
    Route.objects.create(order=1, name="已撤销单位", category="noise", office="gone")
    routing.forget()
    case = report(category="noise")
    assert case.routing["office"] == "civil", "a rule that points nowhere loses no report"
    (broken, sound) = desk.get(f"/api/cases/{case.pk}/beside").json()["routing"]["rules"]
    assert "已不存在" in broken["misfit"]["zh"] and sound["misfit"] is None
    assert Route.objects.get(name="已撤销单位").active, "it does not switch itself off in silence"


def test_an_office_whose_key_is_part_of_anothers_reads_nothing_of_it(report: Report, desk: Person, person: People) -> None:
    for key in ("house", "housing_two", "using"):
        Organisation.objects.create(key=key, name_zh=key, name_en=key)
    case = report()
    Case.objects.filter(pk=case.pk).update(is_public=False)
    do(desk, case, "accept")
    do(desk, case, "send_out", lead="housing", co_offices=["housing_two"])
    reads = {key: person("department_staff", DISTRICT, key).get("/api/records/cases.case/count").json()["count"] for key in ("house", "using", "housing_two")}
    assert reads == {"house": 0, "using": 0, "housing_two": 1}


def test_a_category_that_is_renamed_keeps_its_cases_its_routing_and_its_past(report: Report, desk: Person) -> None:
    case = report(category="noise")
    row = Category.objects.get(code="noise")
    assert desk.patch(f"/api/records/cases.category/{row.pk}", {"values": {"name": "噪音扰民"}, "version": row.version}).status_code == 200
    case.refresh_from_db()
    assert case.category is not None
    assert (case.category.name, report(category="noise").routing["office"]) == ("噪音扰民", "civil")


def test_one_case_without_a_category_breaks_no_list_no_board_and_no_figure(report: Report, desk: Person) -> None:
    case = report(category="", title="没有分类")
    assert case.pk in {row["id"] for row in desk.get("/api/records/cases.case").json()["rows"]}
    for path in ("cases/board/lamp", "cases/figures", f"cases/{case.pk}/beside", "records/cases.case/facets?field=category", "open311/v2/requests.json"):
        assert desk.get(f"/api/{path}").status_code == 200, path


def test_no_step_is_taken_that_does_not_lead_on_from_where_the_case_stands(report: Report, desk: Person) -> None:
    case = report()
    before = traces(case)
    for step in ("pass_check", "fail_check", "reopen", "send_out", "tasks_done", "task_returned", "merge_into"):
        assert do(desk, case, step, why="试试").status_code in {403, 404, 409, 422}, step
    assert traces(case) == before


def test_a_telephone_is_looked_for_among_telephones(report: Report) -> None:
    case = report()
    assert list(earlier_of("+86 138-0000-0000", timedelta(days=1))) == [case]
    assert list(earlier_of("13900000000", timedelta(days=1))) == []


def test_a_page_of_a_search_is_full_and_its_total_is_of_what_one_may_read(report: Report, desk: Person, person: People) -> None:
    for n in range(6):
        case = report(title=f"路灯 {n}")
        Case.objects.filter(pk=case.pk).update(is_public=n % 2 == 0)
    public = person()
    page = public.get("/api/records/cases.case", q="路灯", limit=3).json()
    assert (len(page["rows"]), page["next"]) == (3, None)
    assert public.get("/api/records/cases.case/count", q="路灯").json()["count"] == 3
    assert desk.get("/api/records/cases.case/count", q="路灯").json()["count"] == 6


def test_a_wheel_that_dies_in_the_middle_of_a_batch_tells_everything_once(
    report: Report, clock: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [report() for _ in range(3)]
    clock.pass_by(timedelta(minutes=31))
    before = [traces(case) for case in cases]

    def die(*_: Any) -> None:
        raise SystemExit

    with monkeypatch.context() as broken:
        broken.setattr(timers, "record", die)
        with pytest.raises(SystemExit):
            fire()
    assert [traces(case) for case in cases] == before
    assert Supervision.objects.count() == 0
    assert fire() == 3
    assert fire() == 0
    assert Supervision.objects.count() == 6, "near and over, once for each case"
    assert Event.objects.filter(action__in=("clock_near", "clock_over")).count() == 6


@pytest.mark.parametrize("url", ["sqlite:///cases.sqlite3", "postgresql://hexi:secret@localhost/cases"])
def test_a_connection_to_the_database_outlives_the_request_that_opened_it(url: str) -> None:
    assert settings._database(url)["CONN_MAX_AGE"] is None
