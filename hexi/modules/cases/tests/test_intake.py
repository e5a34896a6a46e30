"""A case comes in: once for each key, with its place, its reporter apart, and nothing half kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from hexi.core.data.tests.conftest import COMMUNITY, COMPOUND, DISTRICT, Person
from hexi.core.trust.api import PUBLIC
from hexi.core.trust.models import Event
from hexi.kernel.errors import Forbidden, Invalid, NotFound
from hexi.modules.cases import routing
from hexi.modules.cases.contracts import NewCase, Reporter
from hexi.modules.cases.intake import open_case
from hexi.modules.cases.models import Case, CaseClock, Category
from hexi.modules.cases.models import Person as Reported
from hexi.modules.cases.people import earlier_of, forget_people, reporter_of
from hexi.modules.cases.tests.conftest import do

Report = Callable[..., Case]
KEY = "0f2c6c1e-7a0e-4f3f-9a38-2f1f2f0a1b2c"


def test_the_same_key_gives_the_same_case_and_the_same_secret(rules: None) -> None:
    first, second = (open_case(PUBLIC, NewCase("lamp", "路灯不亮", key=KEY)) for _ in range(2))
    assert (second.case.pk, second.secret, second.again) == (first.case.pk, first.secret, True)
    assert Case.objects.count() == 1


def test_a_report_costs_few_statements(rules: None, django_assert_max_num_queries: Any) -> None:
    open_case(PUBLIC, NewCase("lamp", "路灯不亮", category="light.out", key="warm"))
    with django_assert_max_num_queries(10):
        open_case(PUBLIC, NewCase("lamp", "路灯不亮", category="light.out", reporter=Reporter("甲", "13800000000"), key=KEY))


def test_the_reporter_lies_sealed_and_apart(report: Report) -> None:
    case = report()
    row = Reported.objects.get(case=case)
    assert reporter_of(row) == Reporter("示例·反映人", "13800000000")
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed, mark FROM cases_person")
        sealed, mark = cursor.fetchone()
    assert b"13800000000" not in bytes(sealed)
    assert "13800000000" not in mark
    told = Event.objects.get(entity="cases.case", object_id=case.pk)
    assert "13800000000" not in str(told.after)


def test_the_same_telephone_is_found_again_however_it_is_written(report: Report) -> None:
    from datetime import timedelta

    report(reporter=Reporter("甲", "+86 138-0000-0000"))
    assert earlier_of("13800000000", timedelta(days=1)).count() == 1
    assert earlier_of("13900000000", timedelta(days=1)).count() == 0


def test_a_reporter_is_forgotten_after_the_end(report: Report) -> None:
    from datetime import timedelta

    from django.utils import timezone

    case = report()
    Case.objects.filter(pk=case.pk).update(closed_at=timezone.now() - timedelta(days=1))
    assert forget_people(timedelta(hours=1)) == 1
    assert reporter_of(Reported.objects.get(case=case)) == Reporter(anonymous=True)
    assert earlier_of("13800000000", timedelta(days=1)).count() == 0


@pytest.mark.parametrize(
    "wrong, field",
    [
        ({"title": "  "}, "title"),
        ({"category": "nothing"}, "category"),
        ({"place": "99"}, "place"),
        ({"point": (500.0, 1.0)}, "point"),
        ({"files": (1,)}, "files"),
    ],
)
def test_wrong_input_names_its_field_and_keeps_nothing(rules: None, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        open_case(PUBLIC, NewCase(**{"kind": "lamp", "title": "路灯不亮", **wrong}))
    assert [problem.field for problem in refused.value.problems] == [field]
    assert not Case.objects.exists()
    assert not CaseClock.objects.exists()


def test_an_unknown_kind_says_which_there_are(rules: None) -> None:
    with pytest.raises(NotFound) as refused:
        open_case(PUBLIC, NewCase("lamps", "路灯不亮"))
    assert refused.value.do is not None
    assert "lamp" in refused.value.do.en


def test_who_may_not_open_a_kind_is_told(person: Callable[..., Person], rules: None) -> None:
    with pytest.raises(Forbidden):
        open_case(person("grid_worker", "120103").viewer, NewCase("alarm", "告警"))


def test_numbers_cannot_be_counted_through(report: Report) -> None:
    first, second = report(), report()
    assert first.number[:7] == second.number[:7]
    assert first.number != second.number


def test_a_report_without_a_known_place_is_found_by_the_desk_of_the_district(report: Report, desk: Person) -> None:
    cases = [report(place="", point=(0.0, 0.0)), report(place="", address="某路口")]
    assert {row["id"] for row in desk.get("/api/records/cases.case").json()["rows"]} == {case.pk for case in cases}


def test_a_title_that_is_its_category_alone_has_its_english_name_and_what_people_wrote_has_none(report: Callable[..., Case]) -> None:
    Category.objects.filter(code="light.out").update(name_en="street lamp out")
    routing.forget()
    plain_one, own = report(title="路灯不亮"), report(title="楼下路灯不亮三天了")
    assert (plain_one.title_en, own.title_en) == ("street lamp out", "")


def test_a_title_that_the_platform_wrote_brings_its_english_twin(rules: None) -> None:
    assert open_case(PUBLIC, NewCase("lamp", "示例·路灯", title_en="Sample: a lamp")).case.title_en == "Sample: a lamp"


def test_the_english_title_goes_when_somebody_changes_the_title(report: Callable[..., Case], desk: Person) -> None:
    Category.objects.filter(code="light.out").update(name_en="street lamp out")
    routing.forget()
    case = report(title="路灯不亮")
    path = f"/api/records/cases.case/{case.pk}"
    assert desk.patch(path, {"values": {"address": "友谊路1号"}, "version": case.version}).status_code == 200
    case.refresh_from_db()
    assert case.title_en == "street lamp out"
    assert desk.patch(path, {"values": {"title": "井盖缺失"}, "version": case.version}).status_code == 200
    case.refresh_from_db()
    assert (case.title, case.title_en) == ("井盖缺失", "")


@pytest.mark.parametrize(("language", "said"), [("zh", ("路灯不亮", "路灯不亮")), ("en", ("street lamp out", "street lamp out"))])
def test_what_refers_to_a_case_or_a_category_names_it_in_the_readers_language(
    report: Callable[..., Case], desk: Person, language: str, said: tuple[str, str]
) -> None:
    Category.objects.filter(code="light.out").update(name_en="street lamp out")
    routing.forget()
    case = report(title="路灯不亮")
    assert do(desk, case, "add_note", text="已电话联系", readers="staff").status_code == 200
    desk.client.cookies["hexi_lang"] = language
    note = desk.get("/api/records/cases.note").json()["rows"][0]
    row = desk.get("/api/records/cases.case").json()["rows"][0]
    assert (note["case__label"], row["category__label"]) == said


@pytest.mark.parametrize("address,place", [("甲街道甲小区院内", COMPOUND), ("某个说不清的地方", DISTRICT), ("甲小区里", COMPOUND)])
def test_a_report_without_a_point_goes_where_its_address_says_for_certain(report: Report, address: str, place: str) -> None:
    assert report(place="", address=address).place == place


def test_what_a_person_chose_is_not_changed_by_their_words(report: Report) -> None:
    assert report(place=COMMUNITY, address="甲小区").place == COMMUNITY
