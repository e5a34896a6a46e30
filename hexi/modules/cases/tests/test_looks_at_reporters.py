"""Whoever reported a case sees who had their name shown; when they are forgotten, their events are erased by the same way as all others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from hexi.core.data.tests.conftest import Person
from hexi.core.trust.api import erased_events, rows_against_leaves
from hexi.core.trust.models import Event
from hexi.modules.cases.contracts import Reporter
from hexi.modules.cases.models import Case
from hexi.modules.cases.models import Person as Reported
from hexi.modules.cases.people import forget_people, reporter_of
from hexi.modules.cases.supporting import support

Report = Callable[..., Case]
People = Callable[..., Person]


def _look(desk: Person, case: Case) -> int:
    answer = desk.post(f"/api/cases/{case.pk}/people", {"purpose": "contact"})
    assert answer.status_code == 200, answer.content.decode()
    return Event.objects.filter(action="reveal").latest("pk").pk


def _rows(who: Person, secret: str = "") -> Any:
    answer = who.client.get("/api/looks", headers={"X-Slip-Secret": secret} if secret else {})
    return answer.json()["rows"] if answer.status_code == 200 else answer.status_code


@pytest.fixture
def resident(person: People) -> Person:
    """Somebody with an account and no post."""
    found = person("grid_worker", "120103")
    assert found.account is not None
    found.account.posts.all().delete()
    return found


def test_the_reporter_s_own_secret_opens_the_looks_at_their_case(report: Report, desk: Person, person: People) -> None:
    case, other = report(), report()
    look = _look(desk, case)
    (row,) = _rows(person(), Reported.objects.get(case=case).secret)
    assert (row["look"], row["record"], row["purpose"]["en"]) == (look, case.number, "calling the person")
    assert row["fields"][0]["zh"] == "反映人姓名和电话"
    assert _rows(person(), Reported.objects.get(case=other).secret) == []


def test_a_resident_who_signed_in_sees_them_without_a_secret(report: Report, desk: Person, resident: Person) -> None:
    look = _look(desk, report(viewer=resident.viewer))
    assert [row["look"] for row in _rows(resident)] == [look]


def test_an_operator_who_wrote_down_what_others_told_is_not_the_person_concerned(report: Report, desk: Person) -> None:
    _look(desk, report(viewer=desk.viewer))
    assert _rows(desk) == 404


def test_whoever_joined_later_is_not_told_of_looks_at_those_before(report: Report, desk: Person, person: People, resident: Person) -> None:
    case = report()
    Case.objects.filter(pk=case.pk).update(is_public=True)
    _look(desk, case)
    secret = support(resident.viewer, case.number, Reporter("乙", "13900000000")).secret
    assert _rows(person(), secret) == [] == _rows(resident)
    later = _look(desk, case)
    assert [row["look"] for row in _rows(resident)] == [later]


def test_what_retention_forgets_is_erased_like_everything_else(report: Report, resident: Person) -> None:
    case = report(viewer=resident.viewer)
    assert resident.account is not None
    Case.objects.filter(pk=case.pk).update(closed_at=timezone.now() - timedelta(days=1))
    assert forget_people(timedelta(hours=1)) == 1
    assert forget_people(timedelta(hours=1)) == 0
    opened = Event.objects.get(entity="cases.case", object_id=case.pk, action="open")
    assert (opened.who, opened.account_id, bytes(opened.salt)) == ("", None, b"")
    order = Event.objects.get(action="erase")
    assert order.who == "platform" and order.why == "办结后保存期满" and order.after["fields"] == ["reporter"]
    assert [(one.event, one.by) for one in erased_events()] == [(opened.pk, order.pk)]
    assert [one.what.en for one in rows_against_leaves() if one.event == opened.pk and not one.field] == []


def test_a_data_officer_erases_reporters_sooner_for_a_reason(report: Report, person: People) -> None:
    case, officer = report(), person("administrator", "120103")
    path = f"/api/records/cases.case/{case.pk}/actions/erase_personal"
    assert officer.post(path, {"values": {}, "version": case.version}).status_code == 422
    answer = officer.post(path, {"values": {}, "version": case.version, "why": "本人申请"})
    assert answer.status_code == 200, answer.json()
    assert reporter_of(Reported.objects.get(case=case)) == Reporter(anonymous=True)
    assert Event.objects.get(action="erase").why == "本人申请"
