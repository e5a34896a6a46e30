"""Tiles: their names, which there are, and what they hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexi.kernel.errors import TooLarge, Unproven
from hexi.kernel.tlog.merkle import SHA256, TreeHead, check_consistency, check_inclusion, consistency_proof, inclusion_proof, root_of
from hexi.kernel.tlog.tests.test_merkle import SIZES, entries, naive_root, reader
from hexi.kernel.tlog.tiles import (
    ENTRIES,
    Tile,
    bundled,
    bundles_of,
    contents_of,
    entries_in,
    hash_reader,
    leaf_rows,
    root_from,
    tile_at,
    tile_content,
    tiles_of,
)

PATHS = {
    Tile(0, 1_234_067): "tile/0/x001/x234/067",
    Tile(0, 0): "tile/0/000",
    Tile(1, 0, 1): "tile/1/000.p/1",
    Tile(0, 273, 112): "tile/0/273.p/112",
    Tile(63, 1000, 255): "tile/63/x001/000.p/255",
    Tile(ENTRIES, 999): "tile/entries/999",
    Tile(ENTRIES, 1_000_000, 7): "tile/entries/x001/x000/000.p/7",
}
NO_PATHS = (
    "tile/0/0", "tile/0/1000", "tile/0/x000/001", "tile/00/000", "tile/01/000", "tile/64/000", "tile/0/000.p/0", "tile/0/000.p/256",
    "tile/0/000.p/01", "tile/0/x001/67", "/tile/0/000", "tile/0/000/", "tile/-1/000", "tile/data/000", "tile/0/001/067", "tile/0/000.p/",
    "tile/0/٠٠٠", "tile/0/000\n",
)  # fmt: skip


@pytest.mark.parametrize("tile, path", PATHS.items())
def test_a_tile_has_the_path_of_the_text(tile: Tile, path: str) -> None:
    assert tile.path == path
    assert tile_at(path) == tile


@pytest.mark.parametrize("path", NO_PATHS)
def test_any_other_path_is_no_tile(path: str) -> None:
    assert tile_at(path) is None


def test_a_tree_of_70000_has_the_tiles_of_the_text() -> None:
    tiles = list(tiles_of(70_000))
    full = [tile for tile in tiles if tile.is_full]
    assert [sum(tile.level == level for tile in full) for level in range(3)] == [273, 1, 0]
    assert [tile for tile in tiles if not tile.is_full] == [Tile(0, 273, 112), Tile(1, 1, 17), Tile(2, 0, 1)]


def test_a_tree_of_256_has_a_full_tile_and_one_of_width_1_above() -> None:
    assert list(tiles_of(256)) == [Tile(0, 0), Tile(1, 0, 1)]


def test_an_empty_tree_has_no_tile() -> None:
    assert [*tiles_of(0), *bundles_of(0)] == []


@given(st.integers(0, 300_000), st.integers(0, 300_000))
def test_growing_adds_exactly_the_tiles_that_were_not_there(one: int, other: int) -> None:
    old, size = sorted((one, other))
    assert set(tiles_of(size, old)) == set(tiles_of(size)) - set(tiles_of(old))
    assert set(bundles_of(size, old)) == set(bundles_of(size)) - set(bundles_of(old))


@pytest.mark.parametrize("size", SIZES[1:])
def test_the_tiles_alone_give_the_root_and_every_proof(size: int) -> None:
    leaves = SHA256.leaves(entries(size))
    rows = leaf_rows(leaves)
    kept = dict(contents_of(rows, tiles_of(size)))
    assert all(len(content) == tile.width * 32 for tile, content in kept.items())
    read = hash_reader(kept.__getitem__, size)
    root = root_from(read, size)
    assert root == naive_root("sha256", entries(size))
    for index in {0, size // 3, size - 1}:
        check_inclusion(leaves[index], index, TreeHead(size, root), inclusion_proof(index, size, read))
    for old in {1, size // 2 + 1, max(1, size - 1)}:
        check_consistency(TreeHead(old, root_of(leaves[:old])), TreeHead(size, root), consistency_proof(old, size, read))


def test_a_tile_holds_the_roots_of_its_subtrees() -> None:
    leaves = SHA256.leaves(entries(600))
    tile = Tile(1, 0, 2)
    content = tile_content(tile, reader(leaves))
    assert content == root_of(leaves[:256]) + root_of(leaves[256:512])
    assert dict(contents_of(leaf_rows(leaves), [tile])) == {tile: content}


def test_a_tile_of_another_length_is_refused() -> None:
    read = hash_reader(lambda _tile: b"x" * 31, 1)
    with pytest.raises(Unproven, match=r"tile/0/000\.p/1"):
        read(0, 0)


def test_nothing_is_read_beyond_the_tree() -> None:
    with pytest.raises(ValueError, match="no full subtree"):
        hash_reader(lambda _tile: b"", 5)(1, 2)


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=256))
def test_a_bundle_gives_back_its_entries(data: list[bytes]) -> None:
    tile = Tile(ENTRIES, 0, len(data))
    assert entries_in(tile, bundled(data)) == data


def test_a_bundle_is_written_as_the_text_says() -> None:
    assert bundled([b"", b"ab", b"x" * 258]) == b"\0\0" + b"\0\2ab" + b"\1\2" + b"x" * 258


@pytest.mark.parametrize("content", [b"", b"\0", b"\0\2a", b"\0\1ab", b"\0\1a\0\1b", b"\0\1a\0"])
def test_a_bundle_that_holds_more_or_less_is_refused(content: bytes) -> None:
    with pytest.raises(Unproven, match=r"tile/entries/000\.p/1"):
        entries_in(Tile(ENTRIES, 0, 1), content)


def test_an_entry_beyond_the_length_field_is_refused() -> None:
    assert len(bundled([b"x" * 65_535])) == 65_537
    with pytest.raises(TooLarge, match="65536"):
        bundled([b"x" * 65_536])
