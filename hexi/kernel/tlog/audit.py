"""Rebuilds a whole log from its entries and compares everything that was published of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from hexi.kernel.errors import NotFound, Unproven
from hexi.kernel.label import Label, t
from hexi.kernel.tlog.merkle import (
    HASH_SIZE,
    SHA256,
    Frontier,
    Hashing,
    TreeHead,
    check_consistency,
    consistency_proof,
    root_of,
)
from hexi.kernel.tlog.sources import Source
from hexi.kernel.tlog.tiles import (
    CHECKPOINT_PATH,
    TILE_HEIGHT,
    TILE_WIDTH,
    Tile,
    bundles_of,
    contents_of,
    entries_in,
    hash_reader,
    hashes_in,
    leaf_rows,
    tiles_of,
)

WINDOW = 64
"""Files that are read ahead."""

T = TypeVar("T")
Look = Callable[[int, Sequence[bytes]], None]
"""(index of the first, entries) is called for each bundle, in order."""


@dataclass
class Tree:
    """One tree of a log while it is rebuilt. `prefix` stands before its paths; entries lie below the log's own prefix."""

    head: TreeHead
    hashing: Hashing = SHA256
    prefix: str = ""
    full: list[bytes] = field(default_factory=list[bytes])
    """The roots of the full tiles of level 0."""
    rest: list[bytes] = field(default_factory=list[bytes])
    """The leaf hashes of the tile that is not full yet."""

    def add(self, index: int, entries: Sequence[bytes], published: bytes) -> None:
        """The next bundle's entries, and the tile of level 0 over them. Raises Unproven at the first entry that is not the one hashed."""
        leaves = self.hashing.leaves(entries)
        if b"".join(leaves) != published:
            raise _other_entry(self.prefix, index, leaves, published)
        if len(leaves) == TILE_WIDTH:
            self.full.append(root_of(leaves, self.hashing))
        else:
            self.rest = leaves

    def upper_tiles(self) -> Iterator[tuple[Tile, bytes]]:
        """What the tiles above level 0 must hold."""
        rows = leaf_rows(self.full, self.hashing)
        for tile, content in contents_of(rows, tiles_of(self.head.size >> TILE_HEIGHT)):
            yield Tile(tile.level + 1, tile.index, tile.width), content

    def root(self) -> bytes:
        """The root over all that was added."""
        upper, lower = Frontier(self.hashing), Frontier(self.hashing)
        upper.extend(self.full)
        lower.extend(self.rest)
        size = TILE_WIDTH * len(self.full) + len(self.rest)
        return Frontier(self.hashing, size, upper.peaks + lower.peaks).root()


def audit(source: Source, trees: Sequence[Tree], look: Look | None = None) -> None:
    """Read all entries of a log and rebuild these trees; raises Unproven at the first thing that does not fit.

    The heads must come from checkpoints whose signatures were checked: that is what makes this worth anything.
    """
    size = max(tree.head.size for tree in trees)
    for bundle, (entries, published) in _ahead(source, bundles_of(size), lambda tile: _piece(source, trees, tile)):
        for tree, tile in zip(trees, published, strict=True):
            if own := _part(tree, bundle, entries):
                tree.add(bundle.start, own, tile)
        if look:
            look(bundle.start, entries)
    for tree in trees:
        _close(source, tree)


def grown_since(source: Source, old: TreeHead, tree: Tree) -> None:
    """Raises Unproven unless the tree begins with an older one, such as a reader kept from the last time."""
    if old.size > tree.head.size:
        check_consistency(old, tree.head, ())
    read = hash_reader(lambda tile: tile_of(source, tree.prefix, tile), tree.head.size, tree.hashing)
    check_consistency(old, tree.head, consistency_proof(old.size, tree.head.size, read, tree.hashing), tree.hashing)


def tile_of(source: Source, prefix: str, tile: Tile) -> bytes:
    """A tile of hashes. A log may drop a partial one once the full one is there."""
    try:
        content = source.read(prefix + tile.path)
    except NotFound:
        if tile.is_full:
            raise
        whole = source.read(prefix + tile.full.path)
        content = b"".join(hashes_in(tile.full, whole)[: tile.width])
    hashes_in(tile, content)
    return content


def _entries(source: Source, tile: Tile) -> list[bytes]:
    try:
        return entries_in(tile, source.read(tile.path))
    except NotFound:
        if tile.is_full:
            raise
        return entries_in(tile.full, source.read(tile.full.path))[: tile.width]


def _piece(source: Source, trees: Sequence[Tree], bundle: Tile) -> tuple[list[bytes], list[bytes]]:
    """A bundle's entries, and the tile of level 0 over them of each tree."""
    entries = _entries(source, bundle)
    widths = [len(_part(tree, bundle, entries)) for tree in trees]
    tiles = [Tile(0, bundle.index, width) for width in widths]
    return entries, [tile_of(source, tree.prefix, tile) if tile.width else b"" for tree, tile in zip(trees, tiles, strict=True)]


def _part(tree: Tree, bundle: Tile, entries: Sequence[bytes]) -> Sequence[bytes]:
    """What of the bundle is in the tree: a second tree may be somewhat behind the first."""
    return entries[: max(0, tree.head.size - bundle.start)]


def _close(source: Source, tree: Tree) -> None:
    for tile, (wanted, found) in _ahead_of_upper(source, tree):
        if wanted != found:
            raise _false(t("日志分片与条目不符", "A tile of the log does not follow from the entries"), f"{tree.prefix}{tile.path}")
    if tree.root() != tree.head.root:
        which = f"{tree.prefix}{CHECKPOINT_PATH} {tree.head.size}"
        raise _false(t("已签名的根与条目不符", "The signed root does not follow from the entries"), which)


def _ahead_of_upper(source: Source, tree: Tree) -> Iterator[tuple[Tile, tuple[bytes, bytes]]]:
    wanted = dict(tree.upper_tiles())
    return _ahead(source, wanted, lambda tile: (wanted[tile], tile_of(source, tree.prefix, tile)))


def _ahead(source: Source, tiles: Iterable[Tile], read: Callable[[Tile], T]) -> Iterator[tuple[Tile, T]]:
    """The tiles with what was read, in order; a window of them side by side where the source allows it."""
    if source.at_once == 1:
        yield from ((tile, read(tile)) for tile in tiles)
        return
    each = iter(tiles)
    with ThreadPoolExecutor(source.at_once) as pool:
        while window := list(islice(each, WINDOW)):
            yield from zip(window, pool.map(read, window), strict=True)


def _other_entry(prefix: str, start: int, leaves: Sequence[bytes], published: bytes) -> Unproven:
    hashes = [published[at : at + HASH_SIZE] for at in range(0, len(published), HASH_SIZE)]
    differing = next((at for at, (ours, theirs) in enumerate(zip(leaves, hashes, strict=False)) if ours != theirs), 0)
    return _false(t("条目不是当初写入的条目", "The entry is not the one that was logged"), f"{prefix}entry {start + differing}")


def _false(what: Label, which: str) -> Unproven:
    do = t("请保留全部文件作为证据，并通知见证方", "Keep all files as evidence, and tell the witnesses")
    return Unproven(what, which=which, do=do)
