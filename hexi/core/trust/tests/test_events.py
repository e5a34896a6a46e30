"""Events: in the transaction of their change, never changed, and provable."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from hexi.core.trust.api import PLATFORM, Happening, PostRecord, Viewer, history, record, record_bulk
from hexi.core.trust.events import MANY, stored_leaf
from hexi.core.trust.guard import guard_lifted
from hexi.core.trust.models import Event, Notice

LI = Viewer(5, "示例·李", (PostRecord(1, "street_staff", "120103008"), PostRecord(0, "public", "")))
AWKWARD = {
    "钱": Decimal("12345678901234.50"), "share": 0.1 + 0.2, "round": 100.0, "tiny": 1e-7, "huge": 1e300, "whole": 2**60,
    "minus": -0.0, "flag": True, "none": None,
    "day": date(2025, 11, 20), "moment": datetime(2025, 11, 20, 4, 0, 0, 1, tzinfo=UTC), "text": "谊景村 \0 \ud800 🏠",
    "list": [1, 2.0, {"b": 1, "a": float("nan")}],
}  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="same transaction"):
        record(LI, Happening("revise", "works.task", 1))
    with pytest.raises(RuntimeError, match="same transaction"):
        record_bulk(LI, [], Happening("import", "works.task", 0))


@pytest.mark.django_db(transaction=True)
def test_an_event_goes_when_its_change_is_undone() -> None:
    def fail() -> None:
        record(LI, Happening("revise", "works.task", 1))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        fail()
    assert not Event.objects.exists() and not Notice.objects.exists()


def test_an_event_says_who_what_where_why(db: None) -> None:
    what = Happening(
        "revise", "works.task", 7, before={"n": 1}, after={"n": 2}, place="120103008", organisation="housing", version=3, why="核对"
    )
    (number,) = record(LI, what)
    (told,) = history("works.task", 7)
    assert (told.id, told.who, told.role, told.action, told.why) == (number, "示例·李", "street_staff", "revise", "核对")
    assert (told.before, told.after) == ({"n": 1}, {"n": 2})
    notice = Notice.objects.get()
    assert (notice.topic, notice.object_id, notice.version, notice.place, notice.organisation) == (
        "works.task",
        7,
        3,
        "120103008",
        "housing",
    )


def test_the_post_that_was_used_can_be_named(db: None) -> None:
    record(LI, Happening("revise", "works.task", 7, role="grid_worker"))
    assert Event.objects.get().role == "grid_worker"


def test_a_silent_event_makes_no_notice(db: None) -> None:
    record(LI, Happening("sign_in", "trust.account", 5, silent=True))
    assert Event.objects.count() == 1 and not Notice.objects.exists()


def test_many_changes_make_one_notice(db: None) -> None:
    record_bulk(LI, [Happening("import", "works.task", n) for n in range(1, 4501)], Happening("import", "works.task", 0))
    assert Event.objects.count() == 4500 and Notice.objects.count() == 1


def test_an_event_of_many_is_like_any_other(db: None) -> None:
    what = Happening(
        "import", "works.task", 7, before=AWKWARD, after={"n": 2}, place="120103008", organisation="housing", version=3, why="核\0对"
    )
    record_bulk(LI, [what], Happening("import", "works.task", 0))
    record(LI, what)
    many, one = Event.objects.order_by("id")
    same = [field.attname for field in Event._meta.fields if field.attname not in {"id", "at", "salt", "leaf"}]
    assert [getattr(many, name) for name in same] == [getattr(one, name) for name in same]
    assert (one.at - many.at).total_seconds() < 60 and len({*stored_leaf(many.pk)}) == 1


def test_history_is_newest_first_and_of_that_record_only(db: None) -> None:
    record(LI, *(Happening("revise", "works.task", n, why=str(i)) for i, n in enumerate((1, 2, 1))))
    assert [event.why for event in history("works.task", 1)] == ["2", "0"]


def test_the_leaf_follows_from_the_stored_row(db: None) -> None:
    record(LI, Happening("revise", "works.task", 7, before=AWKWARD, after={"x": AWKWARD}, why="核\0对"))
    written, recomputed = stored_leaf(Event.objects.get().pk)
    assert len(written) == 32 and written == recomputed


def test_values_that_no_json_knows_are_kept_as_text(db: None) -> None:
    record(LI, Happening("revise", "works.task", 7, after=AWKWARD))
    kept = Event.objects.get().after
    assert kept["钱"] == "12345678901234.50" and kept["day"] == "2025-11-20" and kept["moment"] == "2025-11-20T04:00:00.000001+00:00"
    assert kept["text"].startswith("谊景村 \ufffd") and kept["list"][2] == {"a": None, "b": 1}


def test_two_equal_events_have_different_leaves(db: None) -> None:
    record(LI, *[Happening("revise", "works.task", 7)] * 2)
    first, second = Event.objects.values_list("leaf", flat=True)
    assert bytes(first) != bytes(second)


@pytest.mark.parametrize(
    "column, value", [("who", "somebody else"), ("why", ""), ("after", {"n": 3}), ("at", datetime(2020, 1, 1, tzinfo=UTC))]
)
def test_a_row_that_was_tampered_with_does_not_fit_its_leaf(db: None, column: str, value: Any) -> None:
    (number,) = record(LI, Happening("revise", "works.task", 7, after={"n": 2}, why="核对"))
    with guard_lifted(connection):
        Event.objects.filter(pk=number).update(**{column: value})
    written, recomputed = stored_leaf(number)
    assert written != recomputed


CHANGES = {
    "update": "UPDATE trust_event SET why = 'x'",
    "update of nothing": "UPDATE trust_event SET why = why",
    "delete": "DELETE FROM trust_event",
}


@pytest.mark.parametrize("sql", CHANGES.values(), ids=list(CHANGES))
def test_the_database_refuses_to_change_an_event(db: None, sql: str) -> None:
    record(PLATFORM, Happening("create", "works.task", 1))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert Event.objects.get().why == ""


@pytest.mark.sqlite
def test_sqlite_refuses_to_replace_an_event(db: None) -> None:
    record(PLATFORM, Happening("create", "works.task", 1))
    names = ", ".join(field.column for field in Event._meta.concrete_fields)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT OR REPLACE INTO trust_event ({names}) SELECT {names} FROM trust_event")


def test_postgresql_refuses_to_truncate_the_events(db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE trust_event")


@pytest.mark.django_db(transaction=True)
def test_flush_empties_the_table_and_the_guard_stands_again() -> None:
    with transaction.atomic():
        record(PLATFORM, Happening("create", "works.task", 1))
    call_command("flush", interactive=False, verbosity=0)
    assert not Event.objects.exists()
    with transaction.atomic():
        record(PLATFORM, Happening("create", "works.task", 1))
    with pytest.raises(DatabaseError, match="append-only"):
        Event.objects.all().delete()


@pytest.mark.django_db
@pytest.mark.parametrize("many", [1, MANY - 1, MANY, MANY * 3])
def test_every_notice_names_the_event_of_its_own_change_however_many_there_are(many: int) -> None:
    with transaction.atomic():
        record(LI, Happening("open", "works.task", 9999))
        numbers = record(LI, *(Happening("revise", "works.task", n, after={"n": n}, silent=n % 7 == 3) for n in range(1, many + 1)))
        (last,) = record(LI, Happening("close", "works.task", 9999))
    assert sorted({*numbers, last}) == [*numbers, last], "each its own number, in their order"
    events = {event.pk: event.object_id for event in Event.objects.filter(action="revise")}
    assert [events[number] for number in numbers] == list(range(1, many + 1))
    told = Notice.objects.filter(action="revise").values_list("event_id", "object_id")
    assert all(events[event] == number for event, number in told)
    assert len(told) == sum(n % 7 != 3 for n in range(1, many + 1))
    assert all(stored_leaf(number)[0] == stored_leaf(number)[1] for number in numbers[:3])
