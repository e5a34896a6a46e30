"""Choosing another case, to merge into or to relate to: like ones nearby first, else what a number or some words find."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from hexi.core.data.tests.conftest import DISTRICT, Person
from hexi.core.trust.api import PLATFORM
from hexi.modules.cases.models import Case
from hexi.modules.cases.tests.conftest import do

pytestmark = pytest.mark.django_db
Report = Callable[..., Case]
HERE = (117.22, 39.07)


def found(who: Person, case: Case, **asked: Any) -> list[dict[str, Any]]:
    answer = who.get(f"/api/cases/{case.pk}/others", **asked)
    assert answer.status_code == 200, answer.content
    return answer.json()["rows"]


def test_before_a_word_is_typed_like_ones_nearby_are_offered_with_distance_and_age(report: Report, desk: Person) -> None:
    case, near, far = report(point=HERE), report(point=(117.2201, 39.07)), report(point=(117.222, 39.07))
    report(point=(117.4, 39.2))
    Case.objects.filter(pk=far.pk).update(opened_at=timezone.now() - timedelta(days=9, hours=1))
    rows = found(desk, case)
    assert [row["id"] for row in rows] == [near.pk, far.pk]
    assert rows[0]["distance_m"] < 20 < rows[1]["distance_m"]
    assert [row["age_days"] for row in rows] == [0, 9]
    assert rows[0]["state"]["zh"] == "待受理" and rows[0]["reasons"] and rows[0]["kind"]["en"] == "broken lamp"


def test_a_number_or_words_find_any_case_however_far(report: Report, desk: Person) -> None:
    case, other = report(point=HERE), report(point=(117.4, 39.2), title="井盖破损", category="noise")
    assert [row["id"] for row in found(desk, case, q=other.number)] == [other.pk]
    assert [row["id"] for row in found(desk, case, q="井盖")] == [other.pk]
    assert found(desk, case, q="没有这样的案件") == []


def test_to_merge_into_only_open_cases_of_the_kind_that_were_not_merged_are_offered(report: Report, desk: Person) -> None:
    case, fit, refused, merged = (report(point=HERE) for _ in range(4))
    do(desk, refused, "refuse", why="不在范围")
    do(desk, merged, "merge", into=fit.number, why="同一盏灯")
    report(PLATFORM, kind="alarm", category="", point=HERE)
    assert [row["id"] for row in found(desk, case, to_merge=True)] == [fit.pk]
    assert [row["id"] for row in found(desk, case, to_merge=True, q="路灯")] == [fit.pk]
    assert do(desk, case, "merge", into=refused.number, why="同一盏灯").json()["errors"][0]["field"] == "into", "nobody follows a dead case"


def test_only_what_one_may_read_is_offered_and_nobody_unknown_asks(report: Report, person: Callable[..., Person], client: Any) -> None:
    case = report(point=HERE)
    report(point=HERE)
    housing = person("department_staff", DISTRICT, "housing")
    assert housing.get(f"/api/cases/{case.pk}/others").status_code == 403
    assert client.get(f"/api/cases/{case.pk}/others").status_code == 401


def test_the_forms_ask_by_pickers_and_the_urgency_is_one_of_three(report: Report, desk: Person) -> None:
    asked = {one["id"]: one["fields_schema"]["properties"] for one in desk.get("/api/models/cases.case").json()["actions"] if one["fields_schema"]}
    assert asked["merge"]["into"]["x-hexi-widget"] == "case_to_merge" and asked["relate"]["number"]["x-hexi-widget"] == "case"
    assert asked["recategorise"]["category"]["x-hexi-widget"] == "category" and asked["ask_more_time"]["clock"]["x-hexi-widget"] == "clock"
    assert asked["recategorise"]["urgency"]["type"] == "string", "without a type no control is drawn"
    case = report()
    assert do(desk, case, "recategorise", category="noise", urgency="at once", why="改正").status_code == 422
    assert do(desk, case, "recategorise", category="noise", urgency="urgent", why="改正").status_code == 200
    assert (case.category.code if case.category else "", case.urgency) == ("noise", "urgent")
