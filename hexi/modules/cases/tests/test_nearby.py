"""Before somebody reports the same again: open cases nearby, scored by distance, category and time, and me too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from hexi.core.data.api import tuned_context
from hexi.core.data.tests.conftest import Person
from hexi.core.trust.models import Event
from hexi.modules.cases.contracts import Reporter
from hexi.modules.cases.duplicates import Matter, score
from hexi.modules.cases.models import Case
from hexi.modules.cases.near import near_weights
from hexi.modules.cases.tests.conftest import do

Report = Callable[..., Case]
HERE = (117.2230, 39.0960)
STEP = 0.0009  # degrees of latitude: some hundred metres


def north(steps: float) -> tuple[float, float]:
    return HERE[0], round(HERE[1] + steps * STEP, 6)


def nearby(who: Person, category: str = "light.out", **more: Any) -> list[dict[str, Any]]:
    got = who.get("/api/cases/near", **{"kind": "lamp", "category": category, "lon": HERE[0], "lat": HERE[1], **more})
    assert got.status_code == 200, got.content
    return got.json()["cases"]


def test_the_nearest_of_the_same_category_comes_first_with_its_count_in_words(report: Report, person: Callable[..., Person]) -> None:
    near, far, other = report(point=north(0.2)), report(point=north(2)), report(point=north(0.2), category="noise")
    report(point=north(20))
    Case.objects.filter(pk=other.pk).update(is_public=True)
    found = nearby(person())
    assert [one["number"] for one in found] == [near.number, far.number, other.number]
    assert found[0]["distance_m"] == 20
    assert found[0]["words"] == {"zh": "20 米外，已有 1 人反映", "en": "20 m away, 1 reported this"}
    assert found[0]["category"] == {"key": "light.out", "zh": "路灯不亮", "en": "路灯不亮"}


def test_closed_hidden_old_and_other_kinds_are_not_like_it(report: Report, person: Callable[..., Person]) -> None:
    rows = [report(point=HERE) for _ in range(5)]
    for row, values in zip(rows, ({"phase": "closed"}, {"is_public": False}, {"opened_at": timezone.now() - timedelta(days=800)}, {"master": rows[4]}, {}), strict=True):
        Case.objects.filter(pk=row.pk).update(**values)
    assert [one["number"] for one in nearby(person())] == [rows[4].number]
    assert nearby(person(), kind="alarm") == []


def test_nothing_personal_or_internal_stands_in_a_case_nearby(report: Report, person: Callable[..., Person]) -> None:
    report(point=HERE, description="门牌 12 号", address="甲路12号")
    (found,) = nearby(person())
    assert set(found) == {"number", "title", "stage", "category", "lon", "lat", "distance_m", "score", "opened_at", "due_at", "supporters", "words", "reasons"}
    assert "12" not in str({k: found[k] for k in ("title", "stage", "category", "words", "reasons")})


def test_a_point_in_another_system_finds_the_same_cases(report: Report, person: Callable[..., Person]) -> None:
    from hexi.core.space.api import Datum, convert

    report(point=HERE)
    lon, lat = convert(*HERE, Datum.WGS84, Datum.GCJ02)
    assert nearby(person(), lon=lon, lat=lat) == []
    assert nearby(person(), lon=lon, lat=lat, datum="gcj02")[0]["distance_m"] == 0


def test_the_index_finds_every_case_within_the_distance_and_none_beyond(report: Report, person: Callable[..., Person]) -> None:
    inside = {report(point=north(n / 2)).number for n in range(-5, 6)}
    report(point=north(3.2))
    report(point=north(-3.2))
    assert {one["number"] for one in nearby(person())} <= inside
    assert len(nearby(person())) == 10  # the most that is shown


def test_likeness_falls_with_distance_age_and_category(db: None) -> None:
    weights, day, now = near_weights(tuned_context()), timedelta(days=1), timezone.now()
    mine = Matter(*HERE, now, "light.out")

    def like(steps: float, category: str = "light.out", age: timedelta = timedelta(0)) -> float:
        return score(mine, Matter(*north(steps), now - age, category), weights)

    best = like(0)
    assert best == pytest.approx(1)
    assert best > like(1) > like(2)
    assert best > like(0, "light.in") > like(0, "noise")
    assert best > like(0, age=10 * day)


def test_a_case_nearby_says_why_it_is_like(report: Report, person: Callable[..., Person]) -> None:
    report(point=north(0.2))
    (found,) = nearby(person())
    assert [(one["key"], one["zh"]) for one in found["reasons"]] == [
        ("distance", "相距 20 米"), ("time", "同一天"), ("what", "分类相同"),
    ]  # fmt: skip


@pytest.mark.parametrize("wrong", [{"lon": "nan"}, {"lat": 91}, {"kind": ""}, {"datum": "mars"}])
def test_a_faulty_question_is_refused(rules: None, person: Callable[..., Person], wrong: dict[str, Any]) -> None:
    assert person().get("/api/cases/near", **{"kind": "lamp", "lon": 1, "lat": 1, **wrong}).status_code == 422


def too(who: Person, number: str, **reporter: Any) -> Any:
    return who.post(f"/api/cases/{number}/support", {"reporter": reporter})


def test_each_telephone_counts_once_and_each_supporter_follows_with_a_secret_of_their_own(report: Report, person: Callable[..., Person]) -> None:
    case, who = report(point=HERE), person()
    first = too(who, case.number, phone="13900000001")
    again, reporter = too(who, case.number, phone="+86 139 0000 0001"), too(who, case.number, phone="13800000000")
    nobody = too(who, case.number)
    assert [one.json()["supporters"] for one in (first, again, reporter, nobody)] == [2, 2, 2, 2]
    secrets = {one.json()["follow"]["secret"] for one in (first, again, reporter, nobody)}
    assert len(secrets) == 4
    for secret in secrets:
        assert who.send("GET", f"/api/cases/{case.number}/progress", HTTP_X_CASE_SECRET=secret).status_code == 200


def test_an_account_counts_once(report: Report, person: Callable[..., Person]) -> None:
    case, who = report(point=HERE), person("grid_worker", "120103")
    assert [too(who, case.number).json()["supporters"] for _ in range(2)] == [2, 2]


def test_support_stands_in_nobodys_way(report: Report, person: Callable[..., Person], desk: Person) -> None:
    case = report(point=HERE)
    version = case.version
    too(person(), case.number, phone="13900000001")
    got = desk.post(f"/api/records/cases.case/{case.pk}/actions/accept", {"values": {}, "version": version})
    assert got.status_code == 200, got.content
    told = Event.objects.get(entity="cases.case", object_id=case.pk, action="support")
    assert (told.before, told.after) == ({"supporters": 1}, {"supporters": 2})


def test_a_supporter_of_a_merged_case_follows_the_one_that_goes_on(report: Report, person: Callable[..., Person], desk: Person) -> None:
    case, master = report(point=HERE), report(point=HERE)
    assert do(desk, case, "merge", "同一路灯", into=master.number).status_code == 200
    got = too(person(), case.number, phone="13900000001")
    assert (got.status_code, got.json()["number"]) == (201, master.number)


def test_nobody_supports_what_is_closed_or_not_public(report: Report, person: Callable[..., Person]) -> None:
    case, hidden = report(point=HERE), report(point=HERE)
    Case.objects.filter(pk=case.pk).update(phase="closed")
    Case.objects.filter(pk=hidden.pk).update(is_public=False)
    assert [too(person(), number).status_code for number in (case.number, hidden.number, "261128-000000")] == [404] * 3


def test_support_is_braked_like_reports(report: Report, person: Callable[..., Person], settings: Any) -> None:
    settings.REPORTS_PER_PERSON = 1
    case, who = report(point=HERE), person()
    assert [too(who, case.number, phone="13900000001").status_code for _ in range(2)] == [201, 429]


def test_the_reporter_is_anonymous_where_they_wish_so(report: Report, person: Callable[..., Person]) -> None:
    from hexi.modules.cases.models import Person as Reported
    from hexi.modules.cases.people import reporter_of

    case = report(point=HERE)
    got = too(person(), case.number, name="示例·乙", phone="13900000001", anonymous=True)
    row = Reported.objects.get(secret=got.json()["follow"]["secret"])
    assert (reporter_of(row), row.mark) == (Reporter(anonymous=True), "")
