"""Every event gets exactly one number, and the trees over them are what RFC 6962 says."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from hexi.core.trust.guard import guard_lifted
from hexi.core.trust.ledger.appending import Overtaken, append, state
from hexi.core.trust.ledger.models import Entry, Node, State
from hexi.core.trust.ledger.records import Draft, event_entry, said_by
from hexi.core.trust.ledger.trees import GM, MAIN, TREES, content_of, frontier_of, reader_of
from hexi.core.trust.ledger.waiting import Window
from hexi.core.trust.models import Event
from hexi.kernel.tlog.merkle import root_of
from hexi.kernel.tlog.tiles import bundles_of, contents_of, entries_in, leaf_rows, root_from, tiles_of

Happen = Callable[[int], list[int]]
pytestmark = pytest.mark.django_db


def test_each_event_becomes_one_entry_in_the_order_of_their_numbers(happen: Happen, number: Callable[..., int]) -> None:
    numbers = happen(3) + happen(2)
    assert number(limit=2) == 5 and number() == 5
    assert list(Entry.objects.order_by("index").values_list("event_id", flat=True)) == numbers
    assert list(Entry.objects.order_by("index").values_list("index", flat=True)) == list(range(5))


def test_an_entry_commits_to_its_event_and_says_nothing_else(happen: Happen, number: Callable[..., int]) -> None:
    (event,) = happen(1)
    number()
    said = said_by(bytes(Entry.objects.get().content))
    leaf = bytes(Event.objects.get(pk=event).leaf).hex()
    assert said == {"alg": "sha256-salted-row-v1", "commitment": leaf, "kind": "event", "v": 1}


def test_what_is_written_by_hand_is_canonical_too() -> None:
    import orjson

    content = event_entry(1, b"\xab" * 32).content
    assert orjson.dumps(said_by(content), option=orjson.OPT_SORT_KEYS) == content


@pytest.mark.parametrize("steps", [[1], [255, 1], [256], [100, 300, 113], [1, 255, 256, 257, 1000]])
def test_both_trees_are_those_over_all_entries_however_they_came(steps: list[int]) -> None:
    for step in steps:
        before = state().size
        append([Draft("document", str(before + n).encode()) for n in range(step)])
    size = sum(steps)
    contents = [bytes(one) for one in Entry.objects.order_by("index").values_list("content", flat=True)]
    for tree in TREES:
        leaves = tree.hashing.leaves(contents)
        root = root_of(leaves, tree.hashing)
        assert frontier_of(tree, size, bytes(getattr(state(), tree.peaks))).root() == root
        assert root_from(reader_of(tree, size), size, tree.hashing) == root
        for tile, content in contents_of(leaf_rows(leaves, tree.hashing), tiles_of(size)):
            assert content_of(tree, tile) == content, tile
    assert [one for tile in bundles_of(size) for one in entries_in(tile, content_of(MAIN, tile))] == contents


def test_a_full_tile_of_full_tiles_has_its_hash_too() -> None:
    append([Draft("document", b"%d" % n) for n in range(256 * 256 - 3)])
    append([Draft("document", b"%d" % n) for n in range(256 * 256 - 3, 256 * 256 + 2)])
    assert Node.objects.filter(tree="sha256", level=1).count() == 256
    assert Node.objects.filter(tree="sha256", level=2).count() == Node.objects.filter(tree="sm3", level=2).count() == 1
    size = state().size
    for tree in TREES:
        edge = frontier_of(tree, size, bytes(getattr(state(), tree.peaks)))
        assert root_from(reader_of(tree, size), size, tree.hashing) == edge.root()
    assert GM.hashing.name == "sm3"


def test_a_second_sequencer_that_was_slower_numbers_nothing(happen: Happen, monkeypatch: pytest.MonkeyPatch) -> None:
    happen(2)
    found = Window().look(0, 10)
    old = State(pk=1)
    append(found.drafts, found.settled)
    monkeypatch.setattr("hexi.core.trust.ledger.appending.state", lambda: old)
    with pytest.raises(Overtaken), transaction.atomic():
        append(found.drafts, found.settled)
    assert Entry.objects.count() == 2


def test_the_database_refuses_to_change_or_remove_an_entry(happen: Happen, number: Callable[..., int]) -> None:
    happen(1)
    number()
    for sql in ("UPDATE trust_entry SET content = content", "DELETE FROM trust_entry"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    with guard_lifted(connection):
        Entry.objects.all().delete()
    assert not Entry.objects.exists()
