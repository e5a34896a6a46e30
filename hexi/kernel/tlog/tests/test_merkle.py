"""The tree against the definition in RFC 6962, at the sizes where it changes shape."""

import hashlib
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hexi.kernel.errors import Unavailable, Unproven
from hexi.kernel.tlog.merkle import (
    SHA256,
    SM3,
    Frontier,
    Hashing,
    HashReader,
    TreeHead,
    check_consistency,
    check_inclusion,
    consistency_proof,
    inclusion_proof,
    range_root,
    root_of,
)

SIZES = (0, 1, 2, 255, 256, 257, 65_535, 65_536, 65_537, 70_000)
KNOWN = (b"", b"\0", b"\x10", b"\x20\x21", b"\x30\x31", b"\x40\x41\x42\x43", bytes(range(0x50, 0x58)), bytes(range(0x60, 0x70)))
KNOWN_ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
"""The entries and roots of the reference tests of Certificate Transparency."""


def entries(count: int) -> list[bytes]:
    return [f"entry {number}".encode() for number in range(count)]


def naive_root(name: str, data: list[bytes]) -> bytes:
    """MTH as RFC 6962, 2.1 defines it, and nothing of ours."""
    if not data:
        return hashlib.new(name).digest()
    if len(data) == 1:
        return hashlib.new(name, b"\x00" + data[0]).digest()
    k = 1
    while k * 2 < len(data):
        k *= 2
    return hashlib.new(name, b"\x01" + naive_root(name, data[:k]) + naive_root(name, data[k:])).digest()


def reader(leaves: list[bytes], hashing: Hashing = SHA256) -> HashReader:
    return lambda level, index: root_of(leaves[index << level : (index + 1) << level], hashing)


@pytest.mark.parametrize("hashing", [SHA256, SM3], ids=lambda one: one.name)
@pytest.mark.parametrize("size", SIZES)
def test_the_root_is_that_of_the_definition(size: int, hashing: Hashing) -> None:
    data = entries(size)
    assert root_of(hashing.leaves(data), hashing) == naive_root(hashing.name, data)


@pytest.mark.parametrize("size", range(1, 9))
def test_the_roots_are_the_published_ones(size: int) -> None:
    assert root_of(SHA256.leaves(KNOWN[:size])).hex() == KNOWN_ROOTS[size - 1]


def test_the_empty_root_is_the_hash_of_nothing() -> None:
    assert Frontier().root() == hashlib.sha256(b"").digest()


def test_sm3_is_the_hash_of_the_standard() -> None:
    assert SM3._started(b"abc").digest().hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


@settings(deadline=None)
@given(st.lists(st.integers(0, 40), max_size=12))
def test_however_it_grew_a_frontier_has_the_same_root(steps: list[int]) -> None:
    leaves = SHA256.leaves(entries(sum(steps)))
    batches, singles, at = Frontier(), Frontier(), 0
    for step in steps:
        batches.extend(leaves[at : at + step])
        batches = batches.copy()
        at += step
    for leaf in leaves:
        singles.append(leaf)
    assert batches.root() == singles.root() == naive_root("sha256", entries(len(leaves)))
    assert (batches.size, batches.peaks) == (singles.size, singles.peaks)


def test_a_frontier_wants_a_peak_for_each_bit_of_its_size() -> None:
    with pytest.raises(ValueError, match="3 has 2 peaks"):
        Frontier(SHA256, 3, (b"x" * 32,))


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 33, 70])
def test_every_entry_of_a_tree_is_proved_and_nothing_else(size: int) -> None:
    leaves = SHA256.leaves(entries(size))
    head = TreeHead(size, root_of(leaves))
    for index, leaf in enumerate(leaves):
        proof = inclusion_proof(index, size, reader(leaves))
        check_inclusion(leaf, index, head, proof)
        for other in range(-1, size + 2):
            if other != index:
                with pytest.raises(Unproven):
                    check_inclusion(leaf, other, head, proof)
        for wrong in (proof[:-1], [*proof, leaf], [leaf, *proof]):
            if wrong != proof:
                with pytest.raises(Unproven):
                    check_inclusion(leaf, index, head, wrong)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 33, 64])
def test_every_older_tree_is_proved_and_no_other(size: int) -> None:
    leaves = SHA256.leaves(entries(size))
    new = TreeHead(size, root_of(leaves))
    for old in range(size + 1):
        before = TreeHead(old, root_of(leaves[:old]))
        proof = consistency_proof(old, size, reader(leaves))
        check_consistency(before, new, proof)
        for wrong in ([*proof, new.root], proof[:-1], [b"x" * 32, *proof[1:]]):
            if wrong != proof:
                with pytest.raises(Unproven):
                    check_consistency(before, new, wrong)
        with pytest.raises(Unproven):
            check_consistency(TreeHead(old, b"x" * 32), new, proof)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 600), st.integers(0, 600), st.data())
def test_a_flipped_bit_in_a_proof_is_refused(one: int, other: int, data: st.DataObject) -> None:
    old, size = sorted((one, other))
    leaves = SHA256.leaves(entries(size))
    proof = consistency_proof(old, size, reader(leaves))
    heads = TreeHead(old, root_of(leaves[:old])), TreeHead(size, root_of(leaves))
    check_consistency(*heads, proof)
    if proof:
        step, bit = data.draw(st.integers(0, len(proof) - 1)), data.draw(st.integers(0, 255))
        proof[step] = (int.from_bytes(proof[step], "big") ^ 1 << bit).to_bytes(32, "big")
        with pytest.raises(Unproven):
            check_consistency(*heads, proof)


def test_the_proofs_of_rfc_6962_are_these() -> None:
    """The example of section 2.1.3: seven entries, and the names of its nodes."""
    a, b, c, d, e, f, j = SHA256.leaves(KNOWN[:7])
    node = SHA256.node
    g, h, i = node(a, b), node(c, d), node(e, f)
    k, tree = node(g, h), [a, b, c, d, e, f, j]
    top = node(i, j)
    assert inclusion_proof(0, 7, reader(tree)) == [b, h, top]
    assert inclusion_proof(3, 7, reader(tree)) == [c, g, top]
    assert inclusion_proof(4, 7, reader(tree)) == [f, j, k]
    assert inclusion_proof(6, 7, reader(tree)) == [i, k]
    assert consistency_proof(3, 7, reader(tree)) == [c, d, g, top]
    assert consistency_proof(4, 7, reader(tree)) == [top]
    assert consistency_proof(6, 7, reader(tree)) == [i, j, k]


def test_an_empty_tree_with_another_root_is_refused() -> None:
    with pytest.raises(Unproven):
        check_consistency(TreeHead(0, b"x" * 32), TreeHead(0, b"x" * 32), [])


def test_a_tree_that_shrank_is_refused() -> None:
    leaves = SHA256.leaves(entries(8))
    with pytest.raises(Unproven, match="8 → 5"):
        check_consistency(TreeHead(8, root_of(leaves)), TreeHead(5, root_of(leaves[:5])), [])


def test_a_range_that_is_no_subtree_is_refused() -> None:
    with pytest.raises(ValueError, match="no subtree"):
        range_root(1, 3, reader(SHA256.leaves(entries(4))))
    with pytest.raises(ValueError, match="no entry 4"):
        inclusion_proof(4, 4, reader([]))
    with pytest.raises(ValueError, match="never had"):
        consistency_proof(5, 4, reader([]))


def test_the_two_trees_over_the_same_entries_never_agree() -> None:
    data = entries(5)
    roots = [root_of(hashing.leaves(data), hashing) for hashing in (SHA256, SM3)]
    assert roots[0] != roots[1]
    leaves = SM3.leaves(data)
    proof = inclusion_proof(2, 5, reader(leaves, SM3), SM3)
    check_inclusion(leaves[2], 2, TreeHead(5, roots[1]), proof, SM3)
    with pytest.raises(Unproven):
        check_inclusion(leaves[2], 2, TreeHead(5, roots[1]), proof, SHA256)


def test_a_hash_that_the_machine_lacks_is_named() -> None:
    with pytest.raises(Unavailable, match="sm5"):
        Hashing("sm5").leaf(b"")


def test_proofs_of_a_large_tree_hold_anywhere() -> None:
    leaves = SHA256.leaves(entries(70_000))
    head = TreeHead(70_000, root_of(leaves))
    kept: dict[tuple[int, int], bytes] = {}
    slow = reader(leaves)

    def read(level: int, index: int) -> bytes:
        if (level, index) not in kept:
            kept[level, index] = slow(level, index)
        return kept[level, index]

    for index in [0, 69_999, 65_535, 65_536, *random.sample(range(70_000), 10)]:
        check_inclusion(leaves[index], index, head, inclusion_proof(index, 70_000, read))
    for old in (1, 255, 256, 65_535, 65_536, 65_537, 69_999):
        check_consistency(TreeHead(old, root_of(leaves[:old])), head, consistency_proof(old, 70_000, read))
