"""What is published at every size at which a tree changes its shape is byte for byte what the formats' text makes of the same entries."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hexi.core.trust.ledger.appending import append, state
from hexi.core.trust.ledger.keys import make_keys
from hexi.core.trust.ledger.publishing import public_folder, publish
from hexi.core.trust.ledger.reading import checkpoint_content
from hexi.core.trust.ledger.records import Draft
from hexi.core.trust.ledger.trees import GM, MAIN, TREES, Tree, frontier_of
from hexi.kernel.tlog.audit import Tree as Audited
from hexi.kernel.tlog.audit import audit
from hexi.kernel.tlog.checkpoint import Checkpoint, checkpoint_in
from hexi.kernel.tlog.merkle import root_of
from hexi.kernel.tlog.note import note_in
from hexi.kernel.tlog.sources import source_at
from hexi.kernel.tlog.tiles import bundled, bundles_of, contents_of, leaf_rows, tiles_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SIZES = (1, 2, 255, 256, 257, 65_535, 65_536, 65_537, 70_000)
ENTRIES = [b"entry %d" % number for number in range(SIZES[-1])]


def _published(tree: Tree, size: int, signers: Any) -> None:
    root = frontier_of(tree, size, bytes(getattr(state(), tree.peaks))).root()
    publish(tree, Checkpoint(f"conformance.example/ledger{tree.suffix}", size, root).signed(signers, 1_772_323_200).decode())


def _wanted(size: int) -> dict[str, bytes]:
    """Every file of both trees, made from the entries alone."""
    found = {tile.path: bundled(ENTRIES[tile.start : tile.start + tile.width]) for tile in bundles_of(size)}
    for tree in TREES:
        leaves = tree.hashing.leaves(ENTRIES[:size])
        found |= {f"{tree.prefix}{tile.path}": content for tile, content in contents_of(leaf_rows(leaves, tree.hashing), tiles_of(size))}
    return found


def _there(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file() and file.name != "checkpoint")
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


def test_an_empty_log_publishes_nothing(folder: Path) -> None:
    assert state().size == 0 and checkpoint_content(MAIN) is None and not public_folder().exists()


def test_every_file_at_every_size_is_the_one_that_the_text_asks_for(folder: Path) -> None:
    keys = make_keys("conformance.example/ledger")
    for size in SIZES:
        append([Draft("document", content) for content in ENTRIES[state().size : size]])
        _published(MAIN, size, keys.main)
        _published(GM, size, keys.gm)
        wanted, there = _wanted(size), _there(public_folder())
        assert {path: there.get(path) for path in wanted} == wanted, size
        trees = [Audited(_head(tree), tree.hashing, tree.prefix) for tree in TREES]
        audit(source_at(str(public_folder())), trees)
        assert [tree.head.root for tree in trees] == [root_of(tree.hashing.leaves(ENTRIES[:size]), tree.hashing) for tree in TREES]


def _head(tree: Tree) -> Any:
    return checkpoint_in(note_in((public_folder() / f"{tree.prefix}checkpoint").read_bytes()).text).head
