"""The two trees over the same entries, as the database holds them: SHA-256 for every C2SP client, SM3 beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import connection

from hexi.core.trust.contracts import ProofTree
from hexi.core.trust.ledger.models import Entry, Node
from hexi.kernel.tlog.merkle import HASH_SIZE, SHA256, SM3, Frontier, Hashing, HashReader, root_of
from hexi.kernel.tlog.tiles import ENTRIES, TILE_WIDTH, Tile, bundled, hash_reader


@dataclass(frozen=True, slots=True)
class Tree:
    """One tree. `prefix` stands before its paths, `suffix` behind the log's origin: nobody can take one for the other."""

    name: ProofTree
    hashing: Hashing
    prefix: str
    suffix: str
    peaks: str


MAIN = Tree("sha256", SHA256, "", "", "peaks")
GM = Tree("sm3", SM3, "gm/", "/gm", "gm_peaks")
TREES = (MAIN, GM)
TREE_OF = {tree.name: tree for tree in TREES}
FOR_READING = f'SELECT "index", %s FROM {Entry._meta.db_table} WHERE "index" >= %%s AND "index" < %%s ORDER BY "index"'  # noqa: S608


def frontier_of(tree: Tree, size: int, peaks: bytes) -> Frontier:
    """The tree's right edge out of the state row."""
    return Frontier(tree.hashing, size, [peaks[at : at + HASH_SIZE] for at in range(0, len(peaks), HASH_SIZE)])


def hashes(tree: Tree, level: int, first: int, count: int) -> list[bytes]:
    """`count` hashes of that level of tiles from `first` on; fewer where there are no more."""
    if level == 0:
        return _entries(tree.name, first, count)
    rows = Node.objects.filter(tree=tree.name, level=level, index__gte=first, index__lt=first + count).order_by("index")
    return [bytes(one) for one in rows.values_list("hash", flat=True)]


def contents(first: int, count: int) -> list[bytes]:
    """The entries themselves."""
    return _entries("content", first, count)


def _entries(column: str, first: int, count: int) -> list[bytes]:
    with connection.cursor() as cursor:
        cursor.execute(FOR_READING % column, [first, first + count])
        return [bytes(value) for _, value in cursor.fetchall()]


def content_of(tree: Tree, tile: Tile) -> bytes:
    """A tile or an entry bundle as clients get it: the same bytes whether a file or this answers."""
    if tile.level == ENTRIES:
        return bundled(contents(tile.start, tile.width))
    return b"".join(hashes(tree, tile.level, tile.start, tile.width))


def reader_of(tree: Tree, size: int) -> HashReader:
    """Reads what proofs are made of."""
    return hash_reader(lambda tile: content_of(tree, tile), size, tree.hashing)


def new_nodes(tree: Tree, size: int, leaves: Sequence[bytes]) -> Iterator[Node]:
    """The hashes of the tiles that get full when these leaf hashes are added to a tree of `size`."""
    level, row = 0, list(leaves)
    while row and size % TILE_WIDTH + len(row) >= TILE_WIDTH:
        begin = size // TILE_WIDTH
        row = hashes(tree, level, begin * TILE_WIDTH, size % TILE_WIDTH) + row
        ends = range(TILE_WIDTH, len(row) + 1, TILE_WIDTH)
        row = [root_of(row[end - TILE_WIDTH : end], tree.hashing) for end in ends]
        level, size = level + 1, begin
        yield from (Node(tree=tree.name, level=level, index=begin + at, hash=one) for at, one in enumerate(row))
