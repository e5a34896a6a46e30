"""No event is lost and none numbered twice, whatever order transactions end in."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction

from hexi.core.trust.api import PLATFORM, Happening, record
from hexi.core.trust.ledger.appending import append, state
from hexi.core.trust.ledger.models import Entry
from hexi.core.trust.ledger.waiting import Window
from hexi.core.trust.models import Event

Happen = Callable[[int], list[int]]
pytestmark = pytest.mark.django_db(transaction=True)
COPIED = ", ".join(field.column for field in Event._meta.concrete_fields if field.column != "id")


@pytest.fixture
def late() -> Iterator[Any]:
    """A second connection to PostgreSQL, in a transaction of its own."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: its events are committed in the order of their numbers")
    other = connection.copy()
    other.set_autocommit(False)
    yield other
    other.close()


def _taken(other: Any) -> int:
    """A number for an event, taken before the transaction has written anything."""
    with other.cursor() as cursor:
        cursor.execute("SELECT nextval('trust_event_id_seq')")
        return int(cursor.fetchone()[0])


def _written(other: Any, number: int) -> None:
    with other.cursor() as cursor:
        cursor.execute(f"INSERT INTO trust_event (id, {COPIED}) SELECT %s, {COPIED} FROM trust_event LIMIT 1", [number])


def test_an_event_that_is_committed_after_higher_numbers_is_not_lost(late: Any, happen: Happen, number: Callable[..., int]) -> None:
    window, before = Window(), happen(1)
    held = _taken(late)
    after = happen(2)
    for _ in range(5):
        assert number(window) == 3, "those that are committed need not wait for the late one"
        happen(0)
        window.look(state().settled, 10)
    assert state().settled < held
    _written(late, held)
    late.commit()
    assert number(window) == 4
    assert list(Entry.objects.order_by("index").values_list("event_id", flat=True)) == [*before, *after, held]


def test_a_number_that_was_rolled_back_holds_nothing_up(late: Any, happen: Happen) -> None:
    window = Window()
    happen(1)
    held = _taken(late)
    _written(late, held)
    (last,) = happen(1)
    found = window.look(0, 10)
    append(found.drafts, found.settled)
    late.rollback()
    for _ in range(3):
        found = window.look(state().settled, 10)
        append(found.drafts, found.settled)
    assert state().settled == last and state().size == 2


def test_the_watermark_waits_while_a_batch_was_too_small_for_all(late: Any, happen: Happen) -> None:
    numbers, window = happen(5), Window()
    window.look(0, 2)
    found = window.look(0, 2)
    assert (len(found.drafts), found.settled) == (2, 0)
    assert [window.look(0, 10).settled for _ in range(2)][-1] == numbers[-1]


def test_writers_that_roll_back_and_commit_late_lose_no_event(number: Callable[..., int]) -> None:
    stop, window = threading.Event(), Window()

    def sequence() -> None:
        while not stop.is_set():
            number(window, limit=7)
            time.sleep(0.001)

    with ThreadPoolExecutor(7) as threads:
        sequencer = threads.submit(_closing, sequence)
        for one in [threads.submit(_closing, _write, random.Random(seed)) for seed in range(6)]:
            one.result(120)
        stop.set()
        sequencer.result(60)
    number()
    events = sorted(Event.objects.values_list("pk", flat=True))
    assert len(events) > 20 and sorted(Entry.objects.values_list("event_id", flat=True)) == events
    assert list(Entry.objects.order_by("index").values_list("index", flat=True)) == list(range(len(events)))


def _closing(work: Callable[..., None], *about: object) -> None:
    """In a thread, whose connection ends with it."""
    try:
        work(*about)
    finally:
        connection.close()


def _write(chance: random.Random) -> None:
    for n in range(25):
        _write_one(chance, n)


class _Undone(Exception):
    pass


def _write_one(chance: random.Random, n: int) -> None:
    try:
        with transaction.atomic():
            record(PLATFORM, *[Happening("revise", "works.task", n)] * chance.choice((1, 1, 2, 60)))
            if connection.vendor == "postgresql":
                time.sleep(chance.random() / 50)
            if chance.random() < 0.4:
                raise _Undone
    except _Undone:
        return
