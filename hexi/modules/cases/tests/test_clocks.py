"""Limits, pauses, the working calendar, and the wheel that tells when time runs out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from hexi.core.data.tests.conftest import DISTRICT, Person
from hexi.core.trust.models import Event, Notice
from hexi.kernel.calendar import Calendar
from hexi.kernel.clock import Limit
from hexi.modules.cases import routing
from hexi.modules.cases.models import Case, CaseClock, Category, Extension, Supervision
from hexi.modules.cases.tables import district_calendar
from hexi.modules.cases.tests.conftest import do, lead_task
from hexi.modules.cases.timers import fire
from tests.support.clock import Clock as Time

Report = Callable[..., Case]


def at(text: str) -> datetime:
    """A moment on the district's clock."""
    return datetime.fromisoformat(f"{text}+08:00").astimezone(UTC)


def test_days_off_and_days_worked_instead_are_known_for_two_years() -> None:
    calendar = district_calendar()
    assert not calendar.is_working(date(2025, 10, 1))
    assert calendar.is_working(date(2025, 10, 11)), "a Saturday worked instead of a holiday"
    assert not calendar.is_working(date(2025, 10, 12))
    assert {2025, 2026} <= calendar.years


@pytest.mark.parametrize(
    "start, days, due",
    [
        ("2025-11-20T12:00", 1, "2025-11-21T17:30"),
        ("2025-11-21T12:00", 1, "2025-11-24T17:30"),
        ("2025-09-26T16:00", 3, "2025-09-30T17:30"),
        ("2025-09-30T16:00", 1, "2025-10-09T17:30"),
        ("2025-10-10T09:00", 1, "2025-10-11T17:30"),
    ],
)
def test_working_days_end_at_the_close_of_business_and_skip_the_first_day(start: str, days: int, due: str) -> None:
    assert Limit(days, "working_days").due(at(start), district_calendar()) == at(due)


def test_saturday_half_past_midnight_in_the_district_is_saturday() -> None:
    calendar = district_calendar()
    friday_in_utc = at("2025-11-22T00:30")
    assert friday_in_utc.weekday() == 4
    assert Limit(7, "working_hours").due(friday_in_utc, calendar) == at("2025-11-24T17:00")


def test_working_hours_stand_still_at_noon_and_at_night() -> None:
    calendar = district_calendar()
    assert Limit(4, "working_hours").due(at("2025-11-20T10:00"), calendar) == at("2025-11-20T15:30")
    assert Limit(1, "working_hours").due(at("2025-11-20T17:00"), calendar) == at("2025-11-21T09:00")
    assert calendar.between(at("2025-11-20T17:00"), at("2025-11-21T09:00")) == timedelta(hours=1)


def test_what_is_left_of_a_limit_and_its_resumption_agree() -> None:
    calendar, limit = district_calendar(), Limit(3, "working_days")
    start = at("2025-11-20T10:00")
    due = limit.due(start, calendar)
    for hours in (0, 5, 30, 70):
        now = start + timedelta(hours=hours)
        assert limit.resumed(now, limit.left(now, due, calendar), calendar) == due


def test_a_calendar_without_working_days_says_so() -> None:
    never = Calendar(holidays=frozenset(date(2025, 1, 1) + timedelta(days=n) for n in range(4000)))
    with pytest.raises(ValueError, match="no working days"):
        never.add(at("2025-01-02T10:00"), timedelta(hours=1))


def test_the_most_exact_limit_counts(report: Report, clock: Time) -> None:
    plain, urgent = report(), report(urgency="danger")
    assert CaseClock.objects.get(case=plain, key="accepting").due_at == clock.now + timedelta(minutes=30)
    assert CaseClock.objects.get(case=urgent, key="accepting").due_at == clock.now + timedelta(minutes=15)
    assert plain.due_at == clock.now + timedelta(minutes=30)


def test_several_clocks_of_one_case_run_side_by_side(report: Report, desk: Person, clock: Time) -> None:
    case = report(urgency="danger")
    do(desk, case, "accept")
    keys = set(CaseClock.objects.filter(case=case, ended_at=None).values_list("key", flat=True))
    assert keys == {"mending", "safe"}
    assert (case.clock, case.due_at) == ("safe", clock.now + timedelta(hours=2))


def test_waiting_stands_the_clock_still_and_going_on_gives_the_rest(
    report: Report, desk: Person, person: Callable[..., Person], clock: Time
) -> None:
    housing = person("department_staff", DISTRICT, "housing")
    case = report()
    do(desk, case, "accept")
    do(desk, case, "send_out")
    do(housing, lead_task(case), "accept_task")
    due = CaseClock.objects.get(case=case, key="mending").due_at
    do(housing, case, "wait", why="等待材料")
    assert (case.paused, case.due_at) == (True, None)
    clock.pass_by(timedelta(days=14))
    assert fire() == 0
    housing.client.force_login(housing.account)  # two weeks end a session
    do(housing, case, "go_on")
    fresh = CaseClock.objects.get(case=case, key="mending")
    assert fresh.paused_at is None
    assert fresh.due_at == due + timedelta(days=14)


def test_more_time_asked_for_in_time_and_granted_late_is_no_breach(
    report: Report, desk: Person, person: Callable[..., Person], clock: Time
) -> None:
    housing, late = person("department_staff", DISTRICT, "housing"), report()
    cases = (report(), late)
    for case in cases:
        do(desk, case, "accept")
        do(desk, case, "send_out")
        do(housing, lead_task(case), "accept_task")
    do(housing, cases[0], "ask_more_time", why="等待配件", amount=80)
    clock.pass_by(timedelta(days=5))
    fire()
    housing.client.force_login(housing.account)
    desk.client.force_login(desk.account)
    do(housing, late, "ask_more_time", why="忘了申请", amount=80)
    for asked in Extension.objects.all():
        assert do(desk, asked, "grant_more_time").status_code == 200
    for case in cases:
        case.refresh_from_db()
    assert [case.breached for case in cases] == [False, True], "who asks when it is over was late"
    clock.pass_by(timedelta(days=20))
    fire()
    cases[0].refresh_from_db()
    assert cases[0].breached, "the new end counts like the first"


def test_a_category_that_begins_on_a_day_routes_from_the_districts_own_midnight(rules: None) -> None:
    Category.objects.filter(code="light").update(valid_to="2025-12-31")
    Category.objects.create(code="light", name="照明（新）", lead="civil", kind="lamp", valid_from="2026-01-01")
    routing.forget()
    new_year = at("2026-01-01T00:30")
    routed = [routing.route(routing.Question("lamp", "light", "", moment)) for moment in (new_year, new_year - timedelta(hours=1))]
    assert [one.office for one in routed] == ["civil", "housing"]
    assert ["（新）" in one.why.zh for one in routed] == [True, False]


def test_a_clock_that_runs_out_is_told_once_each_rung_and_survives_a_pause_of_the_wheel(report: Report, clock: Time) -> None:
    case = report()
    assert fire() == 0
    clock.pass_by(timedelta(minutes=23))
    assert fire() == 1
    assert fire() == 0
    clock.pass_by(timedelta(days=5))
    assert fire() == 1, "the wheel stood still for days: both further rungs in one go"
    assert list(Supervision.objects.order_by("id").values_list("rung", flat=True)) == ["near", "over", "first_call"]
    case.refresh_from_db()
    assert case.breached
    told = Event.objects.filter(entity="cases.case", object_id=case.pk).values_list("action", flat=True)
    assert [one for one in told if one.startswith("clock_")] == ["clock_near", "clock_over", "clock_first_call"]
    assert Notice.objects.filter(entity="cases.case", object_id=case.pk).count() == 4
    assert Notice.objects.filter(entity="cases.supervision", object_id=0).count() == 2, "lists of supervision are told to look again"


def test_a_clock_that_was_met_in_time_is_never_told(report: Report, desk: Person, clock: Time) -> None:
    case = report()
    do(desk, case, "refuse", why="不在范围")
    clock.pass_by(timedelta(days=30))
    assert fire() == 0
    assert not Case.objects.get(pk=case.pk).breached


def test_changing_a_limit_later_does_not_rewrite_a_running_clock(report: Report, clock: Time) -> None:
    case = report()
    kept = CaseClock.objects.get(case=case, key="accepting")
    assert (kept.amount, kept.unit, kept.rule["basis"]) == (30, "minutes", "ours")
