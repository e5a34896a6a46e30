"""The feed of changes: one order, one permission predicate, nothing told twice and nothing left out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from hexi.core.data.tests.conftest import COMMUNITY, OTHER_STREET, STREET, Person
from hexi.core.data.tests.samples.models import Thing
from hexi.core.trust.api import forget_told, give_sequence
from hexi.core.trust.models import Event, Notice

pytestmark = pytest.mark.django_db
People = Callable[..., Person]


def made(steward: Person, **values: Any) -> int:
    fresh = {"code": f"f{Thing.objects.count()}", "title": "样品", "home": COMMUNITY, **values}
    answer = steward.post("/api/records/samples.thing", {"values": fresh})
    assert answer.status_code == 201, answer.content
    give_sequence()
    return answer.json()["record"]["id"]


def feed(who: Person, **asked: Any) -> dict[str, Any]:
    answer = who.get("/api/changes", **asked)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_change_is_told_with_its_action_its_place_and_its_event(steward: Person) -> None:
    number = made(steward)
    (row,) = feed(steward)["rows"]
    assert (row["topic"], row["id"], row["version"], row["place"], row["action"]) == ("samples.thing", number, 1, COMMUNITY, "create")
    event = Event.objects.get(pk=row["event"])
    assert (event.entity, event.object_id, event.action) == ("samples.thing", number, "create")


def test_pages_follow_each_other_without_gap_and_without_doubles(steward: Person) -> None:
    numbers = [made(steward) for _ in range(7)]
    found: list[int] = []
    page: dict[str, Any] = {"next": 0, "more": True}
    while page["more"]:
        page = feed(steward, since=page["next"], limit=3)
        found += [row["id"] for row in page["rows"]]
    assert found == numbers
    assert feed(steward, since=page["next"]) == {"rows": [], "next": page["next"], "more": False, "missed": False}


def test_a_reader_hears_only_of_records_that_the_list_shows(steward: Person, person: People) -> None:
    here, there = made(steward), made(steward, home=OTHER_STREET)
    worker = person("community_worker", STREET)
    told = feed(worker)
    assert [row["id"] for row in told["rows"]] == [here]
    assert told["next"] == 2, "the position passes what the reader may not read, so it is never looked at again"
    assert {row["id"] for row in worker.get("/api/records/samples.thing").json()["rows"]} == {here}
    assert [row["id"] for row in feed(steward)["rows"]] == [here, there]
    assert feed(person())["rows"] == [], "the public reads what is shown only"


def test_a_record_that_moved_away_is_told_by_where_it_is_now(steward: Person, person: People) -> None:
    number = made(steward)
    worker = person("community_worker", STREET)
    Thing.objects.filter(pk=number).update(home=OTHER_STREET)
    assert feed(worker)["rows"] == []


def test_topics_narrow_the_feed(steward: Person) -> None:
    made(steward)
    assert feed(steward, topics="samples.errand,samples.team")["rows"] == []
    assert len(feed(steward, topics="samples.thing")["rows"]) == 1


def test_whoever_was_away_too_long_is_told_so(steward: Person) -> None:
    for _ in range(3):
        made(steward)
    assert feed(steward, since=1)["missed"] is False
    assert forget_told(timedelta(seconds=-1)) == 2
    assert feed(steward, since=1)["missed"] is True
    assert feed(steward, since=2)["missed"] is False


def test_what_a_receiver_still_waits_for_is_never_thrown_away(steward: Person) -> None:
    for _ in range(4):
        made(steward)
    assert forget_told(timedelta(seconds=-1), wanted_from=2) == 1
    assert list(Notice.objects.order_by("sequence").values_list("sequence", flat=True)) == [2, 3, 4]
