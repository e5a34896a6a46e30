"""Checkpoints of c2sp.org/tlog-checkpoint: what a log claims about itself, as the text of a signed note."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from hexi.kernel.errors import Unproven
from hexi.kernel.label import t
from hexi.kernel.tlog.merkle import HASH_SIZE, TreeHead
from hexi.kernel.tlog.note import Note, Signature, Verifier, known_signatures, note_in, unbase64, verified

_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")
LARGEST_SIZE = (1 << 63) - 1


class Signer(Protocol):
    """One private key that signs note texts."""

    def sign(self, text: str, at: int) -> Signature:
        """The signature over a note's text; `at` is the POSIX time, which cosignatures carry."""
        ...


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The tree of `origin` at a size. Extension lines are audited by nobody: leave them out."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    @property
    def head(self) -> TreeHead:
        return TreeHead(self.size, self.root)

    @property
    def text(self) -> str:
        """The note's text."""
        return "".join(f"{line}\n" for line in (self.origin, self.size, base64.b64encode(self.root).decode(), *self.extensions))

    def signed(self, signers: Iterable[Signer], at: int) -> bytes:
        """The checkpoint file. `at` is the POSIX time, which cosignatures carry."""
        return Note(self.text, tuple(one.sign(self.text, at) for one in signers)).encoded()


def checkpoint_in(text: str) -> Checkpoint:
    """The checkpoint that a note's text holds; raises Unproven where it holds none. Says nothing about who signed."""
    lines = text.split("\n")
    if len(lines) < 4 or lines.pop() or not all(lines):
        raise malformed(text[:80])
    origin, count, code, *extensions = lines
    size, root = number_in(count), unbase64(code)
    if size is None or root is None or len(root) != HASH_SIZE:
        raise malformed(text[:80])
    return Checkpoint(origin, size, root, tuple(extensions))


def number_in(text: str) -> int | None:
    """A size or an index: decimal, without leading zeros, below 2**63; None for anything else."""
    return int(text) if _NUMBER.fullmatch(text) and int(text) <= LARGEST_SIZE else None


@dataclass(frozen=True, slots=True)
class Opened:
    """A checkpoint that its log signed, with every signature of the keys that were asked for."""

    checkpoint: Checkpoint
    note: Note
    signatures: tuple[Signature, ...]


def opened(data: bytes, log_keys: Iterable[Verifier], witness_keys: Iterable[Verifier] = ()) -> Opened:
    """The checkpoint in a file, once one of the log's keys has signed it and no known key's signature fails.

    A log's key counts for the origin of its own name only. Whether enough witnesses signed is the policy's question.
    """
    note = note_in(data)
    checkpoint = checkpoint_in(note.text)
    by_log = verified(note, [key for key in log_keys if key.name == checkpoint.origin])
    return Opened(checkpoint, note, by_log + known_signatures(note, witness_keys))


def malformed(which: str) -> Unproven:
    """The error for a text that is no checkpoint."""
    do = t("格式见 c2sp.org/tlog-checkpoint；请重新获取该文件", "The format is c2sp.org/tlog-checkpoint; fetch the file again")
    return Unproven(t("检查点格式有误", "The checkpoint is malformed"), which=which, do=do)
