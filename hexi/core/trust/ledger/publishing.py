"""The log as files: written from the database, each in one move, the checkpoint last. After a crash files are behind, never ahead."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

from django.conf import settings

from hexi.core.trust.ledger.trees import MAIN, Tree, content_of
from hexi.kernel.errors import Unproven
from hexi.kernel.tlog.checkpoint import Checkpoint, checkpoint_in
from hexi.kernel.tlog.note import note_in
from hexi.kernel.tlog.tiles import CHECKPOINT_PATH, Tile, bundles_of, tiles_of

AT_ONCE, SOME = 8, 256


def public_folder() -> Path:
    """What everybody may read: a web server may hand it out as it is, below `/ledger/`."""
    return Path(settings.LEDGER) / "public"


def published(tree: Tree) -> Checkpoint | None:
    """The newest checkpoint that was given out from this folder; None before the first."""
    try:
        return checkpoint_in(note_in(_checkpoint_file(tree).read_bytes()).text)
    except (FileNotFoundError, Unproven):  # a file that the disk spoilt is written anew from the database
        return None


def publish(tree: Tree, note: str) -> bool:
    """Write all that the tree has grown by since the last time, then this checkpoint. False when it was published already."""
    file, encoded = _checkpoint_file(tree), note.encode()
    if file.exists() and file.read_bytes() == encoded:
        return False
    before = published(tree)
    fresh = _fresh(tree, checkpoint_in(note_in(encoded).text).size, before.size if before else 0)
    with ThreadPoolExecutor(AT_ONCE) as pool:  # disks take many files in the time of one
        while some := [(tile, content_of(tree, tile)) for tile in islice(fresh, SOME)]:
            list(pool.map(_write_tile, [tree] * len(some), *zip(*some, strict=True)))
    write(file, encoded)
    return True


def _write_tile(tree: Tree, tile: Tile, content: bytes) -> None:
    path = public_folder() / f"{tree.prefix}{tile.path}"
    write(path, content)
    if tile.is_full:
        shutil.rmtree(path.with_name(f"{path.name}.p"), ignore_errors=True)  # clients ask for the full one then


def _fresh(tree: Tree, size: int, since: int) -> Iterator[Tile]:
    """Bundles first: entries are the same for both trees, so they lie below the first only."""
    if tree is MAIN:
        yield from bundles_of(size, since)
    yield from tiles_of(size, since)


def write(path: Path, content: bytes) -> None:
    """The whole file or nothing of it, on the disk before it has its name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    with scratch.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    scratch.rename(path)


def _checkpoint_file(tree: Tree) -> Path:
    return public_folder() / f"{tree.prefix}{CHECKPOINT_PATH}"
