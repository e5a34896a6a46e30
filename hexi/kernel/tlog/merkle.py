"""The Merkle tree of RFC 6962: hashes, roots, and proofs that an entry is in it and that it only grew.

The hash is a parameter. C2SP logs are SHA-256; the second tree over the same entries is SM3 and has an origin of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, Self

from hexi.kernel.errors import Unavailable, Unproven
from hexi.kernel.label import t

HASH_SIZE = 32

HashReader = Callable[[int, int], bytes]
"""(level, index) -> the root of the full subtree over the entries [index * 2**level, (index + 1) * 2**level)."""


@dataclass(frozen=True, slots=True)
class TreeHead:
    """What a log claims about its tree."""

    size: int
    root: bytes


class _Started(Protocol):
    def copy(self) -> Self: ...
    def update(self, data: bytes, /) -> None: ...
    def digest(self) -> bytes: ...


class Hashing:
    """The hashes of one tree. `name` is `sha256` or `sm3`; both give 32 bytes."""

    def __init__(self, name: str) -> None:
        self.name = name

    # Copies of a started hash are as fast as a new SHA-256, and 1.5 times as fast as a new SM3, which OpenSSL looks up by its name.
    @cached_property
    def _leaf(self) -> _Started:
        return self._started(b"\x00")

    @cached_property
    def _node(self) -> _Started:
        return self._started(b"\x01")

    @cached_property
    def empty(self) -> bytes:
        """The root of the tree without entries."""
        return self._started(b"").digest()

    def leaf(self, entry: bytes) -> bytes:
        """The hash of one entry."""
        return self.leaves((entry,))[0]

    def leaves(self, entries: Iterable[bytes]) -> list[bytes]:
        """The hashes of many entries, at more than two million a second (SM3: half a million)."""
        copy, found = self._leaf.copy, list[bytes]()
        add = found.append
        for entry in entries:
            one = copy()
            one.update(entry)
            add(one.digest())
        return found

    def node(self, left: bytes, right: bytes) -> bytes:
        """The hash over two subtrees."""
        one = self._node.copy()
        one.update(left + right)
        return one.digest()

    def nodes(self, hashes: Iterable[bytes]) -> list[bytes]:
        """The level above: one hash for each two. A last odd one is left out."""
        copy, found = self._node.copy, list[bytes]()
        add, each = found.append, iter(hashes)
        for left, right in zip(each, each, strict=False):
            one = copy()
            one.update(left + right)
            add(one.digest())
        return found

    def _started(self, prefix: bytes) -> _Started:
        try:
            return hashlib.new(self.name, prefix)
        except ValueError as error:
            do = t("请使用带 SM3 的 OpenSSL 3", "Use a Python that is linked to an OpenSSL 3 with SM3")
            raise Unavailable(t("本机没有这种摘要算法", "This machine lacks the hash"), which=self.name, do=do) from error


SHA256 = Hashing("sha256")
SM3 = Hashing("sm3")


class Frontier:
    """The right edge of a growing tree: all that is needed to append and to know the root.

    `peaks` are the roots of the full subtrees from the left, the largest first: one for each 1 in the binary size.
    """

    def __init__(self, hashing: Hashing = SHA256, size: int = 0, peaks: Sequence[bytes] = ()) -> None:
        if size.bit_count() != len(peaks):
            raise ValueError(f"A frontier of size {size} has {size.bit_count()} peaks, got {len(peaks)}.")
        self.hashing, self.size = hashing, size
        self._peaks = dict(zip(_levels(size), peaks, strict=True))

    @property
    def peaks(self) -> tuple[bytes, ...]:
        return tuple(self._peaks[level] for level in _levels(self.size))

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash."""
        level = 0
        while (left := self._peaks.pop(level, None)) is not None:
            leaf, level = self.hashing.node(left, leaf), level + 1
        self._peaks[level] = leaf
        self.size += 1

    def extend(self, leaves: Sequence[bytes]) -> None:
        """Add leaf hashes, level by level: several times as fast as one by one."""
        row, level = list(leaves), 0
        self.size += len(row)
        while row:
            if (left := self._peaks.pop(level, None)) is not None:
                row.insert(0, left)
            if len(row) % 2:
                self._peaks[level] = row[-1]
            row, level = self.hashing.nodes(row), level + 1

    def root(self) -> bytes:
        """The root of the tree as it is now."""
        found: bytes | None = None
        for level in reversed(_levels(self.size)):
            found = self._peaks[level] if found is None else self.hashing.node(self._peaks[level], found)
        return self.hashing.empty if found is None else found

    def copy(self) -> Frontier:
        """A second one that grows on its own."""
        return Frontier(self.hashing, self.size, self.peaks)


def _levels(size: int) -> list[int]:
    """The levels of the peaks, the largest first."""
    return [level for level in range(size.bit_length() - 1, -1, -1) if size >> level & 1]


def root_of(leaves: Sequence[bytes], hashing: Hashing = SHA256) -> bytes:
    """The root over these leaf hashes."""
    frontier = Frontier(hashing)
    frontier.extend(leaves)
    return frontier.root()


def range_root(start: int, end: int, read: HashReader, hashing: Hashing = SHA256) -> bytes:
    """The root over the entries [start, end), MTH(D[start:end]).

    `start` must be a multiple of the largest power of two within the range, as it is for every subtree of a tree.
    """
    if start == end:
        return hashing.empty
    parts, at = list[bytes](), start
    for level in _levels(end - start):
        if at % (1 << level):
            raise ValueError(f"[{start}, {end}) is no subtree: {at} is not a multiple of {1 << level}.")
        parts.append(read(level, at >> level))
        at += 1 << level
    return Frontier(hashing, end - start, parts).root()


def inclusion_proof(index: int, size: int, read: HashReader, hashing: Hashing = SHA256) -> list[bytes]:
    """The hashes from the leaf's sibling up to the root's child (RFC 6962, 2.1.1)."""
    if not 0 <= index < size:
        raise ValueError(f"A tree of size {size} has no entry {index}.")
    low, high, parts = 0, size, list[tuple[int, int]]()
    while high - low > 1:
        middle = low + _split(high - low)
        left = index < middle
        parts.append((middle, high) if left else (low, middle))
        low, high = (low, middle) if left else (middle, high)
    return [range_root(*part, read, hashing) for part in reversed(parts)]


def consistency_proof(old: int, size: int, read: HashReader, hashing: Hashing = SHA256) -> list[bytes]:
    """The hashes which show that the tree of `size` begins with the tree of `old` (RFC 6962, 2.1.2). From the empty tree: none."""
    if not 0 <= old <= size:
        raise ValueError(f"A tree of size {size} never had the size {old}.")
    if old in {0, size}:
        return []
    low, high, parts = 0, size, list[tuple[int, int]]()
    while high != old:
        middle = low + _split(high - low)
        left = old <= middle
        parts.append((middle, high) if left else (low, middle))
        low, high = (low, middle) if left else (middle, high)
    if low:
        parts.append((low, high))
    return [range_root(*part, read, hashing) for part in reversed(parts)]


def check_inclusion(leaf: bytes, index: int, head: TreeHead, proof: Sequence[bytes], hashing: Hashing = SHA256) -> None:
    """Raises Unproven unless the leaf hash stands at `index` in the tree with that head."""
    found, at, last = leaf, index, head.size - 1
    fits = 0 <= index < head.size and _whole(proof)
    for step in proof if fits else ():
        if last == 0:
            raise _unproven_entry(index)
        found, at, last = _climbed(found, step, at, last, hashing)
    if not fits or last or found != head.root:
        raise _unproven_entry(index)


def _climbed(found: bytes, step: bytes, at: int, last: int, hashing: Hashing) -> tuple[bytes, int, int]:
    """One step of RFC 9162, 2.1.3.2."""
    if not (at & 1 or at == last):
        return hashing.node(found, step), at >> 1, last >> 1
    while not at & 1 and at:
        at, last = at >> 1, last >> 1
    return hashing.node(step, found), at >> 1, last >> 1


def check_consistency(old: TreeHead, new: TreeHead, proof: Sequence[bytes], hashing: Hashing = SHA256) -> None:
    """Raises Unproven unless the new tree begins with the old one. The proof from an empty or an equal tree is empty."""
    if new.size == 0 and new.root != hashing.empty:
        raise _unproven_growth(old, new)
    if old.size in {0, new.size}:
        holds = not proof and old.root == (new.root if old.size else hashing.empty)
    else:
        holds = 0 < old.size < new.size and _whole(proof) and _grown(old, new, proof, hashing) == (old.root, new.root)
    if not holds:
        raise _unproven_growth(old, new)


def _grown(old: TreeHead, new: TreeHead, proof: Sequence[bytes], hashing: Hashing) -> tuple[bytes, bytes] | None:
    """Both roots as the proof gives them (RFC 9162, 2.1.4.2); None where its length does not fit."""
    steps = [old.root, *proof] if old.size.bit_count() == 1 else list(proof)
    at, last = old.size - 1, new.size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    if not steps:
        return None
    before = after = steps[0]
    for step in steps[1:]:
        if last == 0:
            return None
        if at & 1 or at == last:
            before = hashing.node(step, before)
        after, at, last = _climbed(after, step, at, last, hashing)
    return None if last else (before, after)


def _split(width: int) -> int:
    """The largest power of two smaller than `width`."""
    return 1 << (width - 1).bit_length() - 1


def _whole(proof: Sequence[bytes]) -> bool:
    return all(len(step) == HASH_SIZE for step in proof)


def _unproven_entry(index: int) -> Unproven:
    do = t("请向平台索取新的证明；仍不符即为篡改", "Ask the platform for a new proof; if that one does not fit either, something was changed")
    return Unproven(t("该条目不在这棵树中", "The entry is not in this tree"), which=f"index {index}", do=do)


def _unproven_growth(old: TreeHead, new: TreeHead) -> Unproven:
    do = t("请保留两个检查点作为证据", "Keep both checkpoints: they are the evidence")
    return Unproven(t("日志没有按只增不改的方式增长", "The log did not grow by appending only"), which=f"{old.size} → {new.size}", do=do)
