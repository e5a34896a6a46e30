"""Cases that come from elsewhere while they are open: their clocks run from their own day, and nobody is called for old time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from hexi.core.data.api import describe, index_rows, offices_written
from hexi.core.data.tests.conftest import Person
from hexi.core.trust.models import Event
from hexi.modules.cases.models import Case, CaseClock, Supervision
from hexi.modules.cases.tests.conftest import do
from hexi.modules.cases.tests.test_importing import ANSWERS, Upload, importer, sheet
from hexi.modules.cases.timers import fire

__all__ = ["importer"]


def line(number: str, state: str, opened: datetime, kind: str = "") -> str:
    return f"{number},{timezone.localtime(opened):%Y-%m-%d %H:%M:%S},,{state},{kind},,,39.0712345,117.2212345,"


def brought(importer: Person, *lines: str) -> tuple[Upload, dict[str, Any]]:
    file = Upload(importer, sheet(*lines))
    answers = file.proposals(**ANSWERS)
    found = file.preview(**answers)
    assert file.commit(answers).json()["added"] == len(lines)
    return file, found


def ago(**span: float) -> datetime:
    return (timezone.now() - timedelta(**span)).replace(microsecond=0)


def test_an_open_case_has_the_clocks_of_its_state_from_its_own_day_and_limit(importer: Person) -> None:
    opened = ago(minutes=5)
    brought(importer, line("A-1", "待受理", opened), line("A-2", "处置中", opened, "路灯不亮"), line("A-3", "办结", ago(days=9)))
    waiting, working, closed = (Case.objects.get(number_elsewhere=number) for number in ("A-1", "A-2", "A-3"))
    told = [(one.key, one.amount, one.unit, one.started_at) for one in CaseClock.objects.filter(case__in=(waiting, working)).order_by("case")]
    assert told == [("accepting", 30, "minutes", opened), ("mending", 8, "working_hours", opened)]
    assert (waiting.clock, waiting.due_at, waiting.breached) == ("accepting", opened + timedelta(minutes=30), False)
    assert (working.clock, closed.clock, closed.due_at) == ("mending", "", None)
    assert waiting.due_at is not None
    event = Event.objects.get(entity="cases.case", action="import", object_id=waiting.pk)
    assert event.after["clock"] == "accepting", "the import's own event tells of it"


def test_what_ran_out_before_is_recorded_told_once_in_the_report_and_calls_nobody(importer: Person) -> None:
    opened = ago(days=400)
    _, found = brought(importer, line("B-1", "待受理", opened), line("B-2", "待受理", ago(minutes=1)))
    assert [(one["cell"], one["message"]) for one in found["remarks"]] == [("B2", "导入前已超时：受理。已如实记录，不再补发督办")]
    case = Case.objects.get(number_elsewhere="B-1")
    clock = CaseClock.objects.get(case=case)
    assert (case.breached, clock.breached_at, clock.rung, clock.next_at) == (True, opened + timedelta(minutes=30), 3, None)
    assert fire() == 0
    assert Supervision.objects.count() == 0
    assert not Event.objects.filter(action__startswith="clock_").exists()


def test_rungs_that_are_still_to_come_speak_and_those_before_the_import_do_not(importer: Person) -> None:
    brought(importer, line("C-1", "待受理", ago(minutes=28)))  # three quarters are gone: only its end and what follows are left
    clock = CaseClock.objects.get()
    assert (clock.rung, clock.breached_at, clock.next_at) == (1, None, clock.due_at)
    assert clock.due_at is not None
    assert fire(clock.due_at + timedelta(seconds=1)) == 1
    assert [one.rung for one in Supervision.objects.all()] == ["over"]
    assert Case.objects.get().breached


def test_a_case_that_waits_stands_still_and_goes_on_at_its_next_step(importer: Person, person: Any) -> None:
    brought(importer, line("D-1", "等待材料", ago(minutes=1)))
    case, clock = Case.objects.get(), CaseClock.objects.get()
    assert (case.paused, clock.next_at, clock.breached_at) == (True, None, None)
    assert clock.left_s is not None
    assert clock.left_s > 0
    case.lead, case.organisations = "housing", offices_written(["housing"])
    case.save()
    index_rows("cases.case", [case], describe(Case).shared)
    assert do(person(("department_staff", "120103", "housing")), case, "go_on").status_code == 200
    clock.refresh_from_db()
    assert (clock.paused_at, CaseClock.objects.count()) == (None, 1), "it goes on; no second clock begins"


def test_undoing_takes_the_clocks_along_also_when_the_wheel_has_spoken_since(importer: Person) -> None:
    file, _ = brought(importer, line("E-1", "待受理", ago(minutes=1)), line("E-2", "待受理", ago(days=400)))
    fire(timezone.now() + timedelta(days=30))
    assert Supervision.objects.count() == 3
    assert Case.objects.get(number_elsewhere="E-1").version == 2
    assert file.undo().status_code == 200
    assert (Case.objects.count(), CaseClock.objects.count(), Supervision.objects.count()) == (0, 0, 0)


def test_undoing_is_refused_when_somebody_worked_on_one_of_them(importer: Person, desk: Person) -> None:
    file, _ = brought(importer, line("F-1", "待受理", ago(minutes=1)))
    fire(timezone.now() + timedelta(days=30))
    assert do(desk, Case.objects.get(), "accept").status_code == 200
    assert file.undo().status_code == 409
    assert CaseClock.objects.exists()


def test_clocks_come_in_with_few_statements_however_many_cases(importer: Person, django_assert_max_num_queries: Any) -> None:
    number = 200
    lines = [line(f"G-{n}", "待受理", ago(minutes=n % 25)) for n in range(number)]
    file = Upload(importer, sheet(*lines))
    answers = file.proposals(**ANSWERS)
    with django_assert_max_num_queries(60):
        assert file.commit(answers).json()["added"] == number
    assert CaseClock.objects.count() == number
