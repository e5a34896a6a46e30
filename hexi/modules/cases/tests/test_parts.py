"""A case is taken apart, its parts go their own way, and the whole ends when they have ended: nobody ends them by the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from hexi.core.data.tests.conftest import COMMUNITY, Person
from hexi.core.trust.models import Event
from hexi.modules.cases.models import Case, CaseClock
from hexi.modules.cases.tests.conftest import do

pytestmark = pytest.mark.django_db
Report = Callable[..., Case]


def parted(desk: Person, whole: Case, **values: Any) -> Case:
    answer = do(desk, whole, "split", **{"title": "清理路面积水", "category": "noise", **values})
    assert answer.status_code == 200, answer.content
    return Case.objects.latest("pk")


def faults(answer: Any) -> list[str]:
    assert answer.status_code == 422, answer.content
    return [one["field"] for one in answer.json()["errors"]]


def test_a_part_is_a_case_of_its_own_at_the_same_place_with_its_own_office_and_clocks(report: Report, desk: Person) -> None:
    whole = report(point=(117.22, 39.07))
    part = parted(desk, whole)
    assert (part.parent, part.kind, part.place, part.lon) == (whole, "lamp", COMMUNITY, whole.lon)
    assert (whole.routing["office"], part.routing["office"]) == ("housing", "civil")
    assert CaseClock.objects.filter(case=part).exists() and not part.is_public, "its category is none that the public sees"
    told = Event.objects.filter(entity="cases.case", action="split")
    assert {one.object_id for one in told} == {whole.pk, part.pk}, "both say so in their history"
    row = desk.get(f"/api/records/cases.case/{whole.pk}").json()
    assert {(one["entity"], one["field"]): one["count"] for one in row["related"]}[("cases.case", "parent")] == 1


def test_the_whole_does_not_end_before_its_parts_and_ends_none_of_them(report: Report, desk: Person) -> None:
    whole = report()
    part = parted(desk, whole)
    early = do(desk, whole, "refuse", why="不在范围")
    assert early.status_code == 409 and part.number in early.content.decode()
    part.refresh_from_db()
    assert (whole.state, part.state) == ("received", "received"), "nothing was ended by the way"
    assert do(desk, part, "refuse", why="已清理").status_code == 200
    assert do(desk, whole, "refuse", why="不在范围").status_code == 200


def test_a_case_is_put_under_another_and_taken_out_again_but_never_in_a_circle(report: Report, desk: Person) -> None:
    first, second, third = report(), report(), report()
    assert do(desk, second, "put_under", parent=first.number).status_code == 200
    assert do(desk, third, "put_under", parent=second.number).status_code == 200
    assert faults(do(desk, first, "put_under", parent=third.number)) == ["parent"]
    assert faults(do(desk, first, "put_under", parent=first.number)) == ["parent"]
    assert do(desk, second, "take_out", why="另案办理").status_code == 200
    assert (second.parent_id, third.parent_id) == (None, second.pk)
    assert do(desk, first, "put_under", parent=third.number).status_code == 200


def test_there_are_as_many_parts_as_are_needed_and_only_so_many_levels(report: Report, desk: Person) -> None:
    whole = report()
    for n in range(12):
        parted(desk, whole, title=f"第 {n} 部分")
    assert Case.objects.filter(parent=whole).count() == 12, "no limit of ten"
    deepest = whole
    for _ in range(4):
        deepest = parted(desk, deepest)
    assert faults(do(desk, deepest, "split", title="再拆一层")) == ["title"]
    two = report()
    parted(desk, two)
    assert faults(do(desk, two, "put_under", parent=deepest.parent.number)) == ["parent"], "its own parts count"


def test_merging_takes_the_parts_along_and_no_case_goes_into_its_own_part(report: Report, desk: Person) -> None:
    first, second = report(), report()
    part = parted(desk, second)
    assert do(desk, second, "merge", into=part.number, why="同一盏灯").status_code in {409, 422}
    assert do(desk, second, "merge", into=first.number, why="同一盏灯").status_code == 200
    part.refresh_from_db()
    assert (part.parent_id, second.state) == (first.pk, "merged")
