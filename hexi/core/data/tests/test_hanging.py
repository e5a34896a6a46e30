"""What hangs on a place: every register that says where its rows lie, counted by the one predicate."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hexi.core.data.tests.conftest import COMMUNITY, COMPOUND, DISTRICT, GRID, OTHER_STREET, STREET
from hexi.core.data.tests.samples.models import Errand


def hung(person: Any, code: str) -> dict[str, int]:
    answer = person.get(f"/api/space/{code}/hangs")
    assert answer.status_code == 200, answer.content.decode()
    return {each["entity"]: each["count"] for each in answer.json()["hangs"]}


@pytest.fixture
def things(thing: Any, team: Any) -> None:
    thing(home=COMPOUND, stage="shown")
    thing(home=COMPOUND, stage="draft")
    thing(home=OTHER_STREET, stage="shown")
    team(area=STREET)
    Errand.objects.create(title="示例事项", state="filed", place=COMPOUND)


def test_a_place_tells_what_lies_in_it_by_register(steward: Any, things: None) -> None:
    assert hung(steward, COMPOUND) == {"samples.thing": 2, "samples.errand": 1}
    assert hung(steward, GRID) == hung(steward, COMPOUND)
    assert hung(steward, STREET) == {"samples.team": 1, "samples.thing": 2, "samples.errand": 1}
    assert hung(steward, OTHER_STREET) == {"samples.thing": 1}


def test_everybody_counts_what_they_may_read(person: Any, things: None) -> None:
    assert hung(person(), DISTRICT) == {"samples.thing": 2}
    assert hung(person("street_staff", STREET), COMPOUND) == {"samples.thing": 1}
    assert hung(person("community_worker", OTHER_STREET), COMPOUND) == hung(person(), COMPOUND) == {"samples.thing": 1}


def test_a_hidden_place_is_not_told_by_counting(person: Any, steward: Any, thing: Any) -> None:
    """Where somebody lives is hidden from a community worker; asking of each building how many live there would tell it."""
    thing(home=COMMUNITY, spot=COMPOUND)
    url = f"/api/records/samples.thing/count?where=spot:at:{COMPOUND}"
    assert steward.get(url).json()["count"] == 1
    assert person("community_worker", COMMUNITY).get(url).json()["count"] == 0


def test_the_filter_of_a_count_lists_just_those_rows(steward: Any, things: None) -> None:
    for each in steward.get(f"/api/space/{STREET}/hangs").json()["hangs"]:
        assert len(steward.get(f"/api/records/{each['entity']}", where=each["where"]).json()["rows"]) == each["count"]


def test_the_place_says_what_it_is(steward: Any, things: None) -> None:
    site = steward.get(f"/api/space/{COMPOUND}/hangs").json()["site"]
    assert (site["code"], site["name"]["zh"], site["level"]["en"], site["generated"]) == (COMPOUND, "甲小区", "compound", False)


@pytest.mark.parametrize("code", ["120104", "B0000001", "B", "x%00", "12010%27", "１２"])
def test_there_is_no_place_of_a_strange_code(steward: Any, code: str) -> None:
    assert steward.get(f"/api/space/{code}/hangs").status_code == 404


def test_at_is_asked_of_places_only(steward: Any, things: None) -> None:
    answer = steward.get("/api/records/samples.thing", where=f"title:at:{COMPOUND}")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "where")


def test_a_place_costs_one_question_for_each_register(steward: Any, things: None) -> None:
    hung(steward, COMPOUND)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        hung(steward, COMPOUND)
    counts = [each["sql"] for each in asked if "COUNT" in each["sql"]]
    assert len(counts) == len({each.split("FROM")[2].split()[0] for each in counts})
