"""The sequencer's turns: what is signed is durable, what is published is signed, and nothing that was published is ever contradicted."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hexi.core.trust.guard import guard_lifted
from hexi.core.trust.ledger.appending import append, state
from hexi.core.trust.ledger.keys import keys, make_keys
from hexi.core.trust.ledger.models import Checkpoint as Signed
from hexi.core.trust.ledger.models import Entry, Node, State
from hexi.core.trust.ledger.publishing import public_folder, published
from hexi.core.trust.ledger.records import Draft, said_by
from hexi.core.trust.ledger.sequencer import Sequencer
from hexi.core.trust.ledger.trees import GM, MAIN, TREES
from hexi.kernel.errors import Conflict, Unavailable
from hexi.kernel.tlog.checkpoint import opened
from hexi.kernel.tlog.merkle import root_of
from hexi.kernel.tlog.tiles import bundles_of, entries_in, hashes_in, tiles_of

Happen = Callable[[int], list[int]]
pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 1, tzinfo=UTC)


def _audited(size_at_least: int = 1) -> int:
    """Read the published files as a stranger would, and compare every hash and both signatures; the size of the log."""
    own, public = keys(), public_folder()
    sizes: dict[str, int] = {}
    entries: list[bytes] = []
    for tree in TREES:
        found = opened((public / f"{tree.prefix}checkpoint").read_bytes(), [key.verifier for key in (*own.main, *own.gm)])
        size = sizes[tree.name] = found.checkpoint.size
        assert found.checkpoint.origin == f"{own.origin}{tree.suffix}"
        entries = entries or [one for tile in bundles_of(size) for one in entries_in(tile, (public / tile.path).read_bytes())]
        leaves = tree.hashing.leaves(entries[:size])
        read = [
            one for tile in tiles_of(size) if tile.level == 0 for one in hashes_in(tile, (public / tree.prefix / tile.path).read_bytes())
        ]
        assert read == leaves and root_of(leaves, tree.hashing) == found.checkpoint.root
    assert sizes["sha256"] >= size_at_least
    return sizes["sha256"]


def test_the_first_turn_of_a_demonstration_makes_keys_and_publishes_what_is_there(
    happen: Happen, sequencer: Sequencer, folder: Path
) -> None:
    happen(3)
    assert sequencer.turn() is False
    assert _audited() == 1 + 3 + 1
    assert (folder / "keys").stat().st_mode & 0o777 == 0o600
    kinds = list(Entry.objects.order_by("index").values_list("kind", flat=True))
    assert kinds == ["key", "event", "event", "event", "gm-checkpoint"]
    assert said_by(bytes(Entry.objects.get(index=0).content))["keys"] == keys().lines


def test_an_idle_log_stays_as_it_is(happen: Happen, sequencer: Sequencer) -> None:
    happen(1)
    sequencer.turn()
    before = (public_folder() / "checkpoint").read_bytes(), (public_folder() / "gm" / "checkpoint").read_bytes()
    for _ in range(3):
        sequencer.turn()
    assert ((public_folder() / "checkpoint").read_bytes(), (public_folder() / "gm" / "checkpoint").read_bytes()) == before


def test_each_checkpoint_of_the_gm_tree_is_an_entry_of_the_log(happen: Happen, sequencer: Sequencer) -> None:
    notes = list[str]()
    for _ in range(3):
        happen(2)
        sequencer.turn()
        notes.append((public_folder() / "gm" / "checkpoint").read_text())
    logged = [
        said_by(bytes(one))["checkpoint"]
        for one in Entry.objects.filter(kind="gm-checkpoint").order_by("index").values_list("content", flat=True)
    ]
    assert logged == notes


def test_checkpoints_of_the_gm_tree_keep_their_distance(happen: Happen, folder: Path) -> None:
    now = [START]
    sequencer = Sequencer(lambda: now[0], timedelta(seconds=10))
    for second in range(25):
        now[0] = START + timedelta(seconds=second)
        happen(1)
        sequencer.turn()
    assert Signed.objects.filter(tree="sm3").count() == 3


def test_files_that_a_crash_left_behind_catch_up(happen: Happen, sequencer: Sequencer) -> None:
    happen(300)
    sequencer.turn()
    for lost in ("tile", "gm/tile", "gm/checkpoint"):
        path = public_folder() / lost
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    (public_folder() / "checkpoint").write_bytes(b"half a no")
    happen(300)
    Sequencer(gm_every=timedelta(0)).turn()
    assert _audited() >= 600


def test_partial_tiles_go_when_the_full_one_is_there(happen: Happen, sequencer: Sequencer) -> None:
    happen(10)
    sequencer.turn()
    assert (public_folder() / "tile/0/000.p").exists()
    happen(300)
    sequencer.turn()
    assert not (public_folder() / "tile/0/000.p").exists() and (public_folder() / "tile/0/000").stat().st_size == 8192
    assert not list(public_folder().rglob(".*"))


def test_a_log_signed_by_new_keys_says_so_first(happen: Happen, sequencer: Sequencer) -> None:
    happen(1)
    sequencer.turn()
    old = keys()
    new = make_keys(old.origin, instead=True)
    happen(1)
    sequencer.turn()
    said = said_by(bytes(Entry.objects.filter(kind="key").order_by("index").last().content))  # type: ignore[union-attr]
    assert said["keys"] == new.lines != old.lines and _audited()
    with pytest.raises(Conflict):
        make_keys(old.origin)


def test_outside_a_demonstration_nothing_is_written_without_a_key(happen: Happen, folder: Path, settings: Any) -> None:
    settings.DEMO = False
    happen(2)
    sequencer = Sequencer()
    assert sequencer.turn() is False
    assert state().trouble == "no_key" and "hexi ledger --new-key" in state().told and not Entry.objects.exists()
    with pytest.raises(Unavailable):
        keys()
    make_keys("district.example/ledger")
    sequencer.turn()
    assert state().trouble == "" and Entry.objects.filter(kind="event").count() == 2


def test_keys_may_come_from_the_environment(folder: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEMO = False
    lines = make_keys("district.example/ledger").lines
    monkeypatch.setenv("HEXI_LEDGER_KEYS", (folder / "keys").read_text())
    (folder / "keys").unlink()
    assert keys().lines == lines


def _set_back(rows: dict[Any, list[Any]]) -> None:
    from django.db import connection

    with guard_lifted(connection):
        for model, kept in rows.items():
            model.objects.all().delete()
            model.objects.bulk_create(kept)


@pytest.mark.parametrize("more", [0, 5])
def test_a_database_that_was_set_back_signs_nothing_more(happen: Happen, sequencer: Sequencer, more: int) -> None:
    happen(2)
    sequencer.turn()
    backup = {model: list(model.objects.all()) for model in (Entry, Node, State, Signed)}
    happen(3)
    sequencer.turn()
    given = {tree: published(tree) for tree in TREES}
    _set_back(backup)
    append([Draft("document", b"another paper") for _ in range(more)])
    Sequencer(gm_every=timedelta(0)).turn()
    assert state().trouble == ("forked" if more else "behind") and not Signed.objects.filter(size__gt=5).exists()
    assert {tree: published(tree) for tree in TREES} == given
    sequencer.turn()
    assert {tree: published(tree) for tree in TREES} == given, "nor does one that was running all the while"


def test_trouble_is_told_once_and_forgotten_when_it_is_over(happen: Happen, sequencer: Sequencer, folder: Path, caplog: Any) -> None:
    happen(1)
    sequencer.turn()
    (folder / "keys").rename(folder / "away")
    (folder / "keys").write_text("nonsense")
    sequencer.turn()
    sequencer.turn()
    assert [record.levelname for record in caplog.records] == ["ERROR"] and state().trouble == "unproven"
    (folder / "away").rename(folder / "keys")
    sequencer.turn()
    assert state().trouble == ""
    assert json.dumps(published(MAIN).size) and published(GM)  # type: ignore[union-attr]


def test_a_full_disk_is_told_and_made_up_for(happen: Happen, sequencer: Sequencer, monkeypatch: pytest.MonkeyPatch) -> None:
    happen(1)
    sequencer.turn()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr("hexi.core.trust.ledger.publishing.write", full)
        happen(300)
        sequencer.turn()
        assert state().trouble == "unwritable" and "No space left" in state().told
        assert published(MAIN).size < state().size  # type: ignore[union-attr]
    sequencer.turn()
    assert state().trouble == "" and _audited() == state().size


def test_a_sequencer_that_lost_its_database_knows_nothing_of_the_next_one(happen: Happen, sequencer: Sequencer) -> None:
    happen(3)
    sequencer.turn()
    sequencer.window.mark = 10_000  # of a database that is gone
    sequencer.forget()
    assert (sequencer.window.mark, sequencer.keys) == (0, None)
    happen(2)
    sequencer.turn()
    assert Entry.objects.filter(kind="event").count() == 5 and _audited()
