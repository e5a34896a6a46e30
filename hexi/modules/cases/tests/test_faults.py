"""Faults that were seen in other platforms of this kind, each as a test that ours does not have it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from hexi.core.data.tests.conftest import DISTRICT, Person
from hexi.core.trust import events as trust_events
from hexi.core.trust.api import give_sequence
from hexi.core.trust.models import Event, Notice
from hexi.modules.cases import course, tasks, timers
from hexi.modules.cases.models import Case, CaseClock, CaseTask, Supervision
from hexi.modules.cases.people import earlier_of
from hexi.modules.cases.tests.conftest import do, lead_task
from hexi.modules.cases.timers import fire
from tests.support.clock import Clock as Time

pytestmark = pytest.mark.django_db
Report = Callable[..., Case]
People = Callable[..., Person]


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
@pytest.mark.parametrize("room, effect", [(course, "turned"), (tasks, "withdraw"), (trust_events, "_notice"), (trust_events, "_event_row")])
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
