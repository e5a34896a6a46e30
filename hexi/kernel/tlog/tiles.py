"""Tiles and entry bundles of c2sp.org/tlog-tiles: which there are, how they are called, and what is in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from hexi.kernel.errors import TooLarge, Unproven
from hexi.kernel.label import t
from hexi.kernel.tlog.merkle import HASH_SIZE, SHA256, Hashing, HashReader, range_root

TILE_HEIGHT = 8
TILE_WIDTH = 1 << TILE_HEIGHT
HIGHEST_LEVEL = 63
LONGEST_ENTRY = 0xFFFF
CHECKPOINT_PATH = "checkpoint"

_PATH = re.compile(r"tile/(?P<level>entries|0|[1-9][0-9]?)/(?P<number>(?:x[0-9]{3}/)*[0-9]{3})(?:\.p/(?P<width>[1-9][0-9]{0,2}))?")


@dataclass(frozen=True, slots=True, order=True)
class Tile:
    """Hashes [index * 256, index * 256 + width) of a level of tiles; level -1 is a bundle of the entries themselves."""

    level: int
    index: int
    width: int = TILE_WIDTH

    @property
    def is_full(self) -> bool:
        return self.width == TILE_WIDTH

    @property
    def start(self) -> int:
        """The first hash (of a bundle: the first entry), counted within its level."""
        return self.index * TILE_WIDTH

    @property
    def path(self) -> str:
        """Below the log's prefix, without a slash before it: `tile/0/x001/x234/067.p/8`."""
        level = "entries" if self.level < 0 else str(self.level)
        return f"tile/{level}/{_number(self.index)}" + ("" if self.is_full else f".p/{self.width}")

    @property
    def full(self) -> Tile:
        """The same place, once it is full."""
        return Tile(self.level, self.index)


ENTRIES = -1
"""The level of entry bundles."""


def tile_at(path: str) -> Tile | None:
    """The tile of a path below the prefix; None where the text is not one to the letter."""
    found = _PATH.fullmatch(path)
    if not found:
        return None
    level = ENTRIES if found["level"] == "entries" else int(found["level"])
    width = int(found["width"] or TILE_WIDTH)
    tile = Tile(level, int(found["number"].replace("x", "").replace("/", "")), width)
    return tile if level <= HIGHEST_LEVEL and tile.path == path else None


def _number(index: int) -> str:
    digits = str(index)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    return "/".join([f"x{group}" for group in groups[:-1]] + groups[-1:])


def tiles_of(size: int, since: int = 0) -> Iterator[Tile]:
    """The tiles of hashes of a tree of `size`, the lowest level first; with `since` only those that a tree of that size had not yet."""
    level = 0
    while size:
        yield from _row(level, size, since)
        size, since, level = size >> TILE_HEIGHT, since >> TILE_HEIGHT, level + 1


def bundles_of(size: int, since: int = 0) -> Iterator[Tile]:
    """The entry bundles of a log of `size`; with `since` only those that it had not yet at that size."""
    yield from _row(ENTRIES, size, since)


def _row(level: int, size: int, since: int) -> Iterator[Tile]:
    if size == since:
        return
    full, width = divmod(size, TILE_WIDTH)
    yield from (Tile(level, index) for index in range(since // TILE_WIDTH, full))
    if width:
        yield Tile(level, full, width)


def tile_content(tile: Tile, read: HashReader) -> bytes:
    """What a tile of hashes holds. `read` gives the root of a full subtree by (level, index) in the binary tree."""
    return b"".join(read(tile.level * TILE_HEIGHT, tile.start + at) for at in range(tile.width))


def hashes_in(tile: Tile, content: bytes) -> list[bytes]:
    """The hashes of a tile's content; raises Unproven where the length does not fit."""
    if len(content) != tile.width * HASH_SIZE:
        raise _broken(tile)
    return [content[at : at + HASH_SIZE] for at in range(0, len(content), HASH_SIZE)]


def hash_reader(fetch: Callable[[Tile], bytes], size: int, hashing: Hashing = SHA256) -> HashReader:
    """Reads any full subtree's root from the tiles of a tree of `size`; each tile is fetched once.

    The hashes are as trustworthy as the tiles: check the proof that you make of them against a signed root.
    """
    kept: dict[Tile, list[list[bytes]]] = {}

    def levels(tile: Tile) -> list[list[bytes]]:
        """The tile's hashes, and those of the seven levels above them that it stands for."""
        if tile not in kept:
            rows = [hashes_in(tile, fetch(tile))]
            for _ in range(TILE_HEIGHT - 1):
                rows.append(hashing.nodes(rows[-1]))
            kept[tile] = rows
        return kept[tile]

    def read(level: int, index: int) -> bytes:
        if (index + 1) << level > size:
            raise ValueError(f"A tree of size {size} has no full subtree {index} of level {level}.")
        above, height = divmod(level, TILE_HEIGHT)
        number, at = divmod(index << height, TILE_WIDTH)
        width = min(TILE_WIDTH, (size >> above * TILE_HEIGHT) - number * TILE_WIDTH)
        return levels(Tile(above, number, width))[height][at >> height]

    return read


def root_from(read: HashReader, size: int, hashing: Hashing = SHA256) -> bytes:
    """The root of the tree of `size`."""
    return range_root(0, size, read, hashing)


def bundled(entries: Iterable[bytes]) -> bytes:
    """An entry bundle: each entry behind its length as a big-endian uint16. Raises TooLarge for an entry above 65,535 bytes."""
    parts: list[bytes] = []
    for entry in entries:
        if len(entry) > LONGEST_ENTRY:
            do = t("请写入文件的摘要，而不是文件本身", "Log the document's hash, not the document")
            raise TooLarge(t("日志条目过大", "The entry is too large for the log"), which=f"{len(entry)} > {LONGEST_ENTRY}", do=do)
        parts += (len(entry).to_bytes(2, "big"), entry)
    return b"".join(parts)


def entries_in(tile: Tile, content: bytes) -> list[bytes]:
    """The entries of a bundle; raises Unproven unless there are exactly `tile.width` of them and nothing else."""
    found, at, end = list[bytes](), 0, len(content)
    while at + 2 <= end:
        start = at + 2
        at = start + (content[at] << 8 | content[at + 1])
        found.append(content[start:at])
    if at != end or len(found) != tile.width:
        raise _broken(tile)
    return found


def _broken(tile: Tile) -> Unproven:
    do = t("请重新下载；仍不符即为损坏或篡改", "Download it again; if it does not fit then, it was damaged or changed")
    return Unproven(t("日志分片的内容与其名称不符", "A tile of the log does not hold what its name says"), which=tile.path, do=do)


def leaf_rows(leaves: Sequence[bytes], hashing: Hashing = SHA256) -> list[list[bytes]]:
    """The hashes of every level of tiles over these leaf hashes, from the first entry on: `rows[level][i]`.

    Hashes of level 1 and above stand for full tiles below only, as the tiles demand.
    """
    rows = [list(leaves)]
    while len(rows[-1]) >= TILE_WIDTH:
        row = rows[-1][: len(rows[-1]) // TILE_WIDTH * TILE_WIDTH]
        for _ in range(TILE_HEIGHT):
            row = hashing.nodes(row)
        rows.append(row)
    return rows


def contents_of(rows: Sequence[Sequence[bytes]], tiles: Iterable[Tile]) -> Iterator[tuple[Tile, bytes]]:
    """The tiles with their contents, out of what `leaf_rows` gives."""
    for level, group in groupby(tiles, key=lambda tile: tile.level):
        row = rows[level]
        yield from ((tile, b"".join(row[tile.start : tile.start + tile.width])) for tile in group)
