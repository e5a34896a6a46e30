"""The same matter twice: found by place, time, address and category, among what the reader may see."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hexi.core.data.api import tuned_context
from hexi.core.data.models import StoredFile
from hexi.core.data.tests.conftest import COMMUNITY, OTHER_STREET, Person
from hexi.core.space.api import spot_of
from hexi.modules.cases.duplicates import (
    Matter,
    Weights,
    address_likeness,
    best_earlier,
    candidates,
    matter_of,
    score,
    similar_to,
    weights_of,
)
from hexi.modules.cases.models import Case, Category, SamePhoto

SAMPLE = Path(__file__).parent / "samples" / "duplicates.csv"
"""Drawn at random by us: repeats, neighbours, and the same place weeks later."""
NOW = datetime(2025, 3, 1, tzinfo=UTC)
FLOOR = 0.8


@pytest.fixture
def at(rules: None) -> Callable[..., Case]:
    def make(lon: float = 117.22, lat: float = 39.07, **values: Any) -> Case:
        number, category = f"n{Case.objects.count()}", Category.objects.get(code=values.pop("category", "light.out"))
        known = {"kind": "lamp", "state": "received", "title": "灯", "place": COMMUNITY, "opened_at": NOW, "address": "友谊路1号", **values}
        return Case.objects.create(number=number, lon=round(lon, 6), lat=round(lat, 6), spot=spot_of(lon, lat), category=category, **known)

    return make


@pytest.fixture
def weights(db: None) -> Weights:
    return weights_of(tuned_context())


def test_the_finder_keeps_its_floor_on_a_sample_with_the_truth_beside_it(at: Callable[..., Case], weights: Weights) -> None:
    called, truth = list[bool](), list[bool]()
    with SAMPLE.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            opened = datetime.fromisoformat(row["opened_at"]).replace(tzinfo=UTC)
            case = at(float(row["lon"]), float(row["lat"]), category=row["category"], address=row["address"], opened_at=opened)
            mine = matter_of(case)
            earlier = [matter_of(one) for one in candidates(Case.objects.exclude(pk=case.pk), mine, weights).select_related("category")]
            called.append(best_earlier(mine, earlier, weights) >= weights.least)
            truth.append(row["duplicate"] == "1")
    right = sum(a and b for a, b in zip(called, truth, strict=True))
    precision, recall = right / sum(called), right / sum(truth)
    assert 2 * precision * recall / (precision + recall) >= FLOOR, (precision, recall)


def test_a_case_shows_those_like_it_the_likest_first(at: Callable[..., Case], person: Callable[..., Person]) -> None:
    case = at()
    next_day, same_hour = at(opened_at=NOW + timedelta(days=1)), at(117.22001, opened_at=NOW + timedelta(hours=1))
    at(opened_at=NOW + timedelta(days=30))
    at(117.23, 39.08)
    desk = person("case_dispatcher", "120103")
    found = similar_to(desk.viewer, case)
    assert [one.row["number"] for one in found] == [same_hour.number, next_day.number]
    answer = desk.get(f"/api/records/cases.case/{case.pk}/similar")
    assert [one["number"] for one in answer.json()["cases"]] == [same_hour.number, next_day.number]


def test_nobody_learns_of_cases_that_they_may_not_see(at: Callable[..., Case], person: Callable[..., Person]) -> None:
    case = at()
    at(place=OTHER_STREET, opened_at=NOW + timedelta(hours=1))
    street = person("street_staff", "120103001")
    assert street.get(f"/api/records/cases.case/{case.pk}/similar").json() == {"cases": []}
    hidden = at(place=OTHER_STREET)
    assert street.get(f"/api/records/cases.case/{hidden.pk}/similar").status_code == 404


def test_a_report_without_a_point_is_compared_by_its_address(at: Callable[..., Case], person: Callable[..., Person]) -> None:
    one = Case.objects.create(number="a", kind="lamp", state="received", title="灯", place=COMMUNITY, opened_at=NOW, address="友谊路1号")
    other = Case.objects.create(number="b", kind="lamp", state="received", title="灯", place=COMMUNITY, opened_at=NOW, address="友谊路1号")
    assert [found.row["id"] for found in similar_to(person("case_dispatcher", "120103").viewer, one)] == [other.pk]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("友谊路1号", "友谊路1号", 1.0), ("友谊路1号", "友谊路2号", 0.0), ("4853 S WOOD", "4853 s wood", 1.0), ("友谊路1号", "", None)],
)
def test_another_number_is_another_house(one: str, other: str, expected: float | None) -> None:
    assert address_likeness(one, other) == expected


def test_the_score_falls_with_distance_and_days(weights: Weights) -> None:
    mine = Matter(117.22, 39.07, NOW, "light.out", "友谊路1号")
    farther = [score(mine, Matter(117.22 + step * 2e-5, 39.07, NOW, "light.out", "友谊路1号"), weights) for step in range(5)]
    later = [score(mine, Matter(117.22, 39.07, NOW + timedelta(days=n), "light.out", "友谊路1号"), weights) for n in range(5)]
    assert farther == sorted(farther, reverse=True)
    assert later == sorted(later, reverse=True)
    assert farther[0] == later[0] == 1
    assert farther[-1] < 1 > later[-1]


def test_the_same_photograph_makes_two_likelier_and_is_told_first(at: Callable[..., Case], person: Callable[..., Person]) -> None:
    case, plain_one, pictured = at(), at(opened_at=NOW + timedelta(hours=48)), at(opened_at=NOW + timedelta(hours=60))
    photo = StoredFile.objects.create(name="a.jpg", size=1, sha256="0" * 64, media_type="image/jpeg", account_id=1)
    SamePhoto.objects.create(case=pictured, other=case, kind="other_case", part="report", photo=photo, other_photo=photo, bits=0)
    desk = person("case_dispatcher", "120103")
    for path, key in ((f"/api/records/cases.case/{case.pk}/similar", "cases"), (f"/api/cases/{case.pk}/beside", "similar")):
        found = desk.get(path).json()[key]
        assert [one["number"] for one in found] == [pictured.number, plain_one.number], path
        assert found[0]["reasons"][0]["zh"] == "用了同一张照片"
        assert "picture" not in {one["key"] for one in found[1]["reasons"]}


def test_beside_a_case_the_likest_stands_before_the_nearest_with_its_reasons(at: Callable[..., Case], person: Callable[..., Person]) -> None:
    case = at(title="路灯整夜不亮")
    nearest = at(title="噪声", category="noise", opened_at=NOW - timedelta(days=300), address="甲路2号")
    likest = at(117.2201, title="路灯整夜不亮了", opened_at=NOW + timedelta(hours=3))
    found = person("case_dispatcher", "120103").get(f"/api/cases/{case.pk}/beside").json()["similar"]
    assert [one["id"] for one in found] == [likest.pk, nearest.pk]
    assert [one["key"] for one in found[0]["reasons"]] == ["distance", "time", "address", "text", "what"]
    assert [one["key"] for one in found[1]["reasons"]] == ["distance", "time"], "what does not speak for it is no reason"
    assert found[0]["score"] > found[1]["score"]
