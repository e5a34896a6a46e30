"""Blind re-inspection: drawn by chance that anybody can repeat, blind to the first verdict, and estimated with its uncertainty."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from hexi.kit import Case, CaseTask, Tally, Verification, wilson
from hexi.modules.cases.tests.conftest import DISTRICT, Person
from hexi.scenarios.urban.models import Drawing, Recheck
from hexi.scenarios.urban.rechecking import estimated, sampled, tallies_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(report: Callable[..., Case]) -> list[Case]:
    """Six closed cases of two offices."""
    found = [report(source="grid") for _ in range(6)]
    for n, case in enumerate(found):
        office = "city_management" if n < 4 else "street_office_test"
        Case.objects.filter(pk=case.pk).update(state="closed", phase="closed", closed_at=datetime.now(UTC), lead=office)
        Verification.objects.create(case=case, way="visit", verdict="passed", by="示例·首查", at=datetime.now(UTC))
    return found


@pytest.fixture
def second(person: Callable[..., Person]) -> Person:
    return person(("rechecker", DISTRICT))


def drawn(desk: Person, **values: Any) -> Drawing:
    body = {"values": {"days": 30, "per_office": 2, "seed": 7, **values}, "version": 0, "why": ""}
    answer = desk.post("/api/records/urban.drawing/actions/draw", body)
    assert answer.status_code in {200, 201}, answer.content.decode()
    return Drawing.objects.latest("pk")


def test_the_same_seed_draws_the_same_cases_and_another_does_not() -> None:
    population = {"a": list(range(100)), "b": list(range(100, 130))}
    assert sampled(population, 10, 7) == sampled(dict(reversed(population.items())), 10, 7)
    assert sampled(population, 10, 7) != sampled(population, 10, 8)
    assert {office: len(numbers) for office, numbers in sampled(population, 40, 7).items()} == {"a": 40, "b": 30}


def test_a_drawing_takes_as_many_of_each_office_and_can_be_repeated(closed: list[Case], desk: Person) -> None:
    first, again = drawn(desk), drawn(desk)
    assert (first.drawn, first.strata) == (4, {"city_management": 4, "street_office_test": 2})
    cases = [list(Recheck.objects.filter(drawing=one).order_by("case").values_list("case", flat=True)) for one in (first, again)]
    assert cases[0] == cases[1]


def test_the_second_checker_sees_the_place_and_no_first_verdict(closed: list[Case], desk: Person, second: Person) -> None:
    drawn(desk)
    row = Recheck.objects.first()
    assert row is not None
    answer = second.get(f"/api/records/urban.recheck/{row.pk}")
    assert answer.status_code == 200 and "首查" not in answer.content.decode()
    assert "井盖归位" in answer.content.decode()
    as_the_public = second.get(f"/api/records/cases.case/{row.case.pk}").json()["record"]
    assert "rework" not in as_the_public or as_the_public["rework"] is None
    verdicts = second.get("/api/records/cases.verification")
    assert verdicts.status_code != 200 or verdicts.json()["rows"] == []


def test_a_verdict_is_kept_and_counted(closed: list[Case], desk: Person, second: Person) -> None:
    drawing = drawn(desk)
    for n, row in enumerate(Recheck.objects.filter(drawing=drawing, office="city_management")):
        assert do_recheck(second, row, "failed" if n else "passed").status_code == 200
    assert tallies_of(drawing) == {"city_management": Tally(1, 2)}


def test_whoever_checked_or_handled_the_case_may_not_look_again(closed: list[Case], desk: Person, second: Person) -> None:
    one, other = Recheck.objects.filter(drawing=drawn(desk))[:2]
    Verification.objects.create(case=one.case, way="visit", verdict="passed", by=second.viewer.name, at=datetime.now(UTC))
    CaseTask.objects.create(case=other.case, office="civil", assigned_at=datetime.now(UTC), handler_id=second.viewer.account)
    assert do_recheck(second, one, "passed").status_code == 403
    assert do_recheck(second, other, "passed").status_code == 403


def test_a_drawing_from_nothing_is_refused(tree: None, desk: Person) -> None:
    body = {"values": {"days": 1, "per_office": 2}, "version": 0, "why": ""}
    assert desk.post("/api/records/urban.drawing/actions/draw", body).status_code == 422


def test_the_estimate_weighs_offices_by_what_they_closed() -> None:
    found = estimated({"a": Tally(1, 4), "b": Tally(2, 4)}, {"a": 80, "b": 20})
    variance = 0.8**2 * (1 - 4 / 80) * 0.25 * 0.75 / 4 + 0.2**2 * (1 - 4 / 20) * 0.5 * 0.5 / 4
    number = 0.3 * 0.7 / variance
    assert (found.failed, found.judged) == (3, 8)
    assert found.share == pytest.approx(0.3)
    assert found.interval == pytest.approx(wilson(0.3 * number, number))


def test_nothing_judged_estimates_nothing() -> None:
    assert estimated({}, {"a": 3}).share is None


@given(some.lists(some.tuples(some.integers(1, 30), some.integers(0, 30), some.integers(0, 200)), min_size=1, max_size=6))
def test_the_interval_holds_the_estimate_and_stays_within_all_and_nothing(rows: list[tuple[int, int, int]]) -> None:
    found = {str(n): Tally(min(hits, of), of) for n, (of, hits, _) in enumerate(rows)}
    strata = {str(n): of + more for n, (of, _, more) in enumerate(rows)}
    estimate = estimated(found, strata)
    assert estimate.share is not None and estimate.interval is not None
    low, high = estimate.interval
    assert 0 <= low <= estimate.share + 1e-9 and estimate.share - 1e-9 <= high <= 1


def do_recheck(who: Person, row: Recheck, verdict: str) -> Any:
    body = {"values": {"verdict": verdict}, "version": row.version, "why": ""}
    return who.post(f"/api/records/urban.recheck/{row.pk}/actions/judge", body)




def test_what_waits_is_a_patrol_for_the_telephone_until_it_was_looked_at(closed: list[Case], desk: Person, second: Person) -> None:
    drawn(desk)
    [round_] = [one for one in second.get("/api/cases/work").json()["rounds"] if one["key"] == "rechecks"]
    assert len(round_["stops"]) == 4 and "首查" not in str(round_["stops"])
    [planned] = [one for one in desk.get("/api/tours").json()["tours"] if one["key"] == "rechecks"]
    assert {stop["record"] for stop in planned["stops"]} == {stop["record"] for stop in round_["stops"]}
    row = Recheck.objects.get(pk=round_["stops"][0]["record"])
    assert do_recheck(second, row, "passed").status_code == 200
    [after] = [one for one in second.get("/api/cases/work").json()["rounds"] if one["key"] == "rechecks"]
    assert row.pk not in {stop["record"] for stop in after["stops"]}


def test_a_seed_is_written_as_it_is_and_offices_are_called_by_their_names(closed: list[Case], desk: Person) -> None:
    drawn(desk)
    fields = {one["key"]: one for one in desk.get("/api/models/urban.drawing").json()["fields"]}
    called = {one["value"]: one["label"] for one in fields["strata"]["options"]}
    assert (fields["seed"]["plain"], "plain" in fields["drawn"]) == (True, False)
    assert set(Drawing.objects.latest("pk").strata) <= set(called)


def test_an_english_checker_reads_what_was_reported_in_english(closed: list[Case], desk: Person, second: Person) -> None:
    Case.objects.update(title="路灯不亮", title_en="street lamp out")
    drawn(desk)
    (first, *_) = second.get("/api/records/urban.recheck").json()["rows"]
    assert (first["title"], first["title_en"]) == ("路灯不亮", "street lamp out")
