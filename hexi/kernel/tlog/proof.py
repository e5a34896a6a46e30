"""Proof files of c2sp.org/tlog-proof: that an entry is in a log, to be checked by anyone, offline, at any later time."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from hexi.kernel.errors import Unproven
from hexi.kernel.label import t
from hexi.kernel.tlog.checkpoint import checkpoint_in, number_in
from hexi.kernel.tlog.merkle import HASH_SIZE, SHA256, Hashing, check_inclusion
from hexi.kernel.tlog.note import note_in, unbase64
from hexi.kernel.tlog.policy import Accepted, Policy

HEADER = "c2sp.org/tlog-proof@v1"
MEDIA_TYPE = "text/plain; charset=utf-8"
LONGEST_PROOF = 63


@dataclass(frozen=True, slots=True)
class Proof:
    """Entry `index` of the log whose checkpoint this is. `extra` is the application's own and is not proved by anything."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes | None = None

    def encoded(self) -> bytes:
        """The file (`.tlog-proof`)."""
        lines = [HEADER]
        if self.extra is not None:
            lines.append(f"extra {base64.b64encode(self.extra).decode()}")
        lines += [f"index {self.index}", *(base64.b64encode(one).decode() for one in self.hashes), "", ""]
        return "\n".join(lines).encode() + self.checkpoint

    def check(self, leaf: bytes, policy: Policy, hashing: Hashing = SHA256) -> Accepted:
        """The accepted checkpoint, once it is shown that this leaf hash is in it; raises Unproven otherwise."""
        accepted = policy.accepted(self.checkpoint)
        check_inclusion(leaf, self.index, accepted.checkpoint.head, self.hashes, hashing)
        return accepted


def proof_in(data: bytes) -> Proof:
    """The proof of a file, to the letter of the format; raises Unproven for anything else. Nothing in it is checked yet."""
    head, gap, rest = data.partition(b"\n\n")
    try:
        first, *lines = head.decode().split("\n")
    except UnicodeDecodeError as error:
        raise _malformed("UTF-8") from error
    if first != HEADER or not gap:
        raise _malformed(first[:40])
    checkpoint_in(note_in(rest).text)
    extra = _extra(lines.pop(0)) if lines and lines[0].startswith("extra ") else None
    index = _index(lines.pop(0) if lines else "")
    if len(lines) > LONGEST_PROOF:
        raise _malformed(f"{len(lines)} > {LONGEST_PROOF}")
    return Proof(index, tuple(_hash(line) for line in lines), rest, extra)


def _extra(line: str) -> bytes:
    found = unbase64(line.removeprefix("extra "))
    if found is None:
        raise _malformed("extra")
    return found


def _index(line: str) -> int:
    found = number_in(line.removeprefix("index ")) if line.startswith("index ") else None
    if found is None:
        raise _malformed("index")
    return found


def _hash(line: str) -> bytes:
    found = unbase64(line)
    if found is None or len(found) != HASH_SIZE:
        raise _malformed(line[:60])
    return found


def _malformed(which: str) -> Unproven:
    do = t("格式见 c2sp.org/tlog-proof；请重新获取该文件", "The format is c2sp.org/tlog-proof; fetch the file again")
    return Unproven(t("存证文件格式有误", "The proof file is malformed"), which=which, do=do)
