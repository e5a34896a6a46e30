"""What is known of a person can be destroyed, salts and all; the log holds, and says so; nothing else can hide behind that."""

from __future__ import annotations

import base64
import itertools
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from hexi.core.data.concerned.mine import give_link
from hexi.core.data.concerned.models import LookQuestion, PersonLink
from hexi.core.data.tests.conftest import COMMUNITY
from hexi.core.data.tests.samples.models import Thing
from hexi.core.data.tests.test_changes import GOOD
from hexi.core.trust.api import Sequencer, erased_events, rows_against_leaves
from hexi.core.trust.events import leaf_hash
from hexi.core.trust.guard import guard_lifted
from hexi.core.trust.models import Erasure, Event

URL = "/api/records/samples.thing"
NAME, NUMBER = "王小明", "120103199001011234"


@pytest.fixture
def thing(steward: Any, tmp_path: Path, settings: Any) -> int:
    """One that was filled, revised and logged."""
    settings.LEDGER, settings.DEMO = tmp_path / "ledger", True
    answer = steward.post(URL, {"values": {**GOOD, "person": NAME, "secret": NUMBER, "born_on": "1990-01-01"}})
    number = int(answer.json()["record"]["id"])
    assert steward.patch(f"{URL}/{number}", {"values": {"person": "王大明"}, "version": 1, "why": "王小明改名"}).status_code == 200
    assert steward.patch(f"{URL}/{number}", {"values": {"title": "新名"}, "version": 2}).status_code == 200
    _log()
    return number


def _log() -> None:
    sequencer = Sequencer(gm_every=timedelta(0))
    sequencer.turn()
    sequencer.turn()


def _erase(steward: Any, number: int, why: str = "本人申请删除") -> Any:
    version = Thing.objects.get(pk=number).version
    return steward.post(f"{URL}/{number}/actions/erase_personal", {"values": {}, "version": version, "why": why})


def _everything() -> Iterator[str]:
    """Every cell of every table, bytes as hex and as base64."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for cell in itertools.chain.from_iterable(cursor.fetchall()):
                if isinstance(cell, (bytes, memoryview)):
                    yield bytes(cell).hex()
                    yield base64.b64encode(bytes(cell)).decode()
                    yield bytes(cell).decode("utf-8", "replace")
                else:
                    yield str(cell)


def test_what_was_said_of_the_person_and_the_salts_are_nowhere_in_the_database(thing: int, steward: Any) -> None:
    salts = [bytes(event.salt) for event in Event.objects.filter(entity="samples.thing", object_id=thing).order_by("pk")[:2]]
    wanted = [NAME, "王大明", NUMBER, "1990-01-01", *(salt.hex() for salt in salts), *(base64.b64encode(salt).decode() for salt in salts)]
    before = list(_everything())
    assert all(any(one in cell for cell in before) for one in wanted), "the search finds them while they are there"
    assert _erase(steward, thing).status_code == 200
    after = list(_everything())
    assert [one for one in wanted if any(one in cell for cell in after)] == []


def test_the_value_cannot_be_found_by_trying_once_the_salt_is_gone(thing: int, steward: Any) -> None:
    event = Event.objects.filter(entity="samples.thing", object_id=thing).earliest("pk")
    row = {name: getattr(event, name) for name in ("at", "account_id", "who", "role", "action", "entity", "object_id", "version", "place")}
    full = {**row, "organisation": event.organisation, "before": event.before, "after": event.after, "why": event.why}
    assert leaf_hash(full, bytes(event.salt)) == bytes(event.leaf), "with the salt the right guess fits"
    _erase(steward, thing)
    left = Event.objects.get(pk=event.pk)
    assert bytes(left.leaf) == bytes(event.leaf) and bytes(left.salt) == b""
    tried = [b"", b"\0" * 16, bytes(left.leaf)[:16], *(bytes(one.salt) for one in Event.objects.all())]
    assert not any(leaf_hash(full, salt) == bytes(event.leaf) for salt in tried)


def test_the_log_holds_and_says_what_was_erased_by_whose_order(thing: int, steward: Any) -> None:
    _erase(steward, thing)
    _log()
    assert list(rows_against_leaves()) == []
    first, second = erased_events()
    assert (first.entity, first.object_id, first.why) == ("samples.thing", thing, "本人申请删除")
    assert "by order of" in first.words.en and "依令抹除" in first.words.zh and first.event < second.event
    order = Event.objects.get(action="erase")
    assert order.pk == first.by and "person" in order.after["fields"]
    third = Event.objects.filter(entity="samples.thing", object_id=thing, version=3).get()
    assert bytes(third.salt) != b"", "an event that said nothing of the person keeps its salt"


@pytest.mark.parametrize("column, value", [("after", {"person": "赵六"}), ("place", "12"), ("who", "x"), ("why", "y"), ("version", 9)])
def test_an_edit_of_an_erased_event_is_named(thing: int, steward: Any, column: str, value: Any) -> None:
    _erase(steward, thing)
    edited = Event.objects.filter(salt=b"").earliest("pk")
    with guard_lifted(connection):
        Event.objects.filter(pk=edited.pk).update(**{column: value})
        (fault,) = [one for one in rows_against_leaves() if one.event == edited.pk and not one.field]
        assert fault.what.en == "An event was changed"


def test_an_event_without_its_salt_and_without_an_order_is_named(thing: int) -> None:
    edited = Event.objects.filter(entity="samples.thing", object_id=thing).earliest("pk")
    with guard_lifted(connection):
        Event.objects.filter(pk=edited.pk).update(salt=b"", before={}, after={}, why="")
        named = ["An event was changed", "A row was added without an event"]
        assert [one.what.en for one in rows_against_leaves()] == named, "nothing is left that the row could have begun by"
        Erasure.objects.create(event_id=edited.pk, by_event=Event.objects.latest("pk").pk)
        assert [one.what.en for one in rows_against_leaves()] == named, "no erasure speaks of it"


def test_the_database_refuses_to_empty_an_event_without_an_order_and_to_change_more_of_it_with_one(thing: int, steward: Any) -> None:
    event = Event.objects.filter(entity="samples.thing", object_id=thing).earliest("pk")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(salt=b"", why="")
    _erase(steward, thing)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(place="12")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Erasure.objects.all().delete()


def test_the_row_itself_is_emptied_and_keeps_the_rest(thing: int, steward: Any) -> None:
    _erase(steward, thing)
    row = Thing.objects.get(pk=thing)
    assert (row.person, row.secret, row.born_on, row.title) == ("", "", None, "新名") and row.version == 4
    history = steward.get(f"{URL}/{thing}/history").json()["rows"]
    assert history[0]["action"] == "erase_personal" or history[0]["action"] == "erase"
    assert [one["erased"] for one in history] == [False, False, True, True]


def test_links_and_questions_go_with_it(thing: int, steward: Any, person: Any) -> None:
    worker, browser = person(("community_worker", COMMUNITY)), person()
    worker.post(f"{URL}/{thing}/reveal", {"fields": ["person"], "purpose": "visit"})
    look = Event.objects.get(action="reveal").pk
    values = {"look": look, "words": "我是王小明", "secret": give_link("samples.thing", thing)}
    assert browser.post("/api/records/data.lookquestion/actions/ask", {"values": values}).status_code == 201
    assert _erase(steward, thing).status_code == 200
    assert LookQuestion.objects.get().words == "" and not PersonLink.objects.exists()
    assert not any(NAME in cell for cell in _everything())
    assert list(rows_against_leaves()) == []


def test_it_needs_a_reason_and_a_data_officer(thing: int, steward: Any, person: Any) -> None:
    assert _erase(steward, thing, why="").status_code == 422
    assert _erase(person(("community_worker", COMMUNITY)), thing).status_code == 403
    assert Thing.objects.get(pk=thing).secret == NUMBER


def test_erasing_again_adds_nothing_that_was_gone(thing: int, steward: Any) -> None:
    assert _erase(steward, thing).status_code == 200
    assert steward.patch(f"{URL}/{thing}", {"values": {"person": "新来的"}, "version": 4}).status_code == 200
    assert _erase(steward, thing).status_code == 200
    assert list(rows_against_leaves()) == []
    assert len(list(erased_events())) == 3
