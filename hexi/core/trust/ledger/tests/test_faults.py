"""What was changed behind the platform's back is named: the event, the entry, the checkpoint."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import connection, transaction

from hexi.core.trust.api import PLATFORM, Happening, record, rows_against_leaves
from hexi.core.trust.guard import guard_lifted
from hexi.core.trust.ledger.faults import CHANGED, ENTRY, GAP, GONE, ROOT, STRANGE, UNLOGGED
from hexi.core.trust.ledger.models import Entry, State
from hexi.core.trust.ledger.sequencer import Sequencer
from hexi.core.trust.models import Event
from hexi.kernel.label import Label

pytestmark = pytest.mark.django_db
LAST = 5


@pytest.fixture
def events(sequencer: Sequencer) -> Iterator[list[int]]:
    """Five events in the log; whatever a test does to them, the guard does not see it."""
    with transaction.atomic():
        numbers = record(PLATFORM, *(Happening("revise", "works.task", n, after={"n": n}, why="核对") for n in range(1, LAST + 1)))
    sequencer.turn()
    sequencer.turn()
    with guard_lifted(connection):
        yield numbers


def _found() -> list[Label]:
    return [fault.what for fault in rows_against_leaves()]


def test_what_nobody_touched_has_no_fault(events: list[int]) -> None:
    assert list(rows_against_leaves()) == []


@pytest.mark.parametrize("column, value", [("who", "x"), ("after", {"n": 9}), ("place", "12"), ("why", ""), ("object_id", 99)])
def test_an_event_that_was_changed_is_named(events: list[int], column: str, value: Any) -> None:
    Event.objects.filter(pk=events[2]).update(**{column: value})
    (fault,) = rows_against_leaves()
    assert (fault.what, fault.event, fault.entry, fault.entity) == (CHANGED, events[2], 3, "works.task")
    assert isinstance(fault.at, datetime) and f"event {events[2]}" in fault.words.en


def test_an_event_with_a_leaf_made_anew_is_another_than_the_one_that_was_logged(events: list[int]) -> None:
    from hexi.core.trust.events import stored_leaf

    Event.objects.filter(pk=events[0]).update(after={"n": 7})
    Event.objects.filter(pk=events[0]).update(leaf=stored_leaf(events[0])[1])
    (fault,) = rows_against_leaves()
    assert (fault.what, fault.event) == (STRANGE, events[0])


def test_an_event_that_was_removed_is_named_by_its_entry(events: list[int]) -> None:
    Event.objects.filter(pk=events[4]).delete()
    (fault,) = rows_against_leaves()
    assert (fault.what, fault.event, fault.entry) == (GONE, events[4], 5)


def test_an_entry_that_was_made_to_fit_does_not_fit_its_hash_nor_the_tree(events: list[int]) -> None:
    from hexi.core.trust.events import stored_leaf
    from hexi.core.trust.ledger.records import event_entry

    Event.objects.filter(pk=events[0]).update(after={"n": 7})
    Event.objects.filter(pk=events[0]).update(leaf=stored_leaf(events[0])[1])
    Entry.objects.filter(event_id=events[0]).update(content=event_entry(events[0], stored_leaf(events[0])[0]).content)
    assert _found() == [ENTRY, ENTRY, ROOT, ROOT], "both hashes, and both trees' checkpoints"


def test_an_entry_that_was_made_to_fit_with_its_hashes_still_contradicts_what_was_signed(events: list[int]) -> None:
    from hexi.core.trust.ledger.trees import TREES

    content = b"{}"
    Entry.objects.filter(index=0).update(content=content, **{tree.name: tree.hashing.leaf(content) for tree in TREES})
    assert _found() == [ROOT, ROOT]


def test_an_entry_that_was_removed_leaves_a_gap(events: list[int]) -> None:
    Entry.objects.filter(event_id=events[1]).delete()
    State.objects.update(settled=events[-1])
    assert {GAP, UNLOGGED, ROOT} == set(_found())


def test_an_event_that_still_waits_is_no_fault(events: list[int]) -> None:
    with transaction.atomic():
        record(PLATFORM, Happening("revise", "works.task", 1))
    assert _found() == []
