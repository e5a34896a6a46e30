"""What a log sends to a witness, and what comes back: the messages of c2sp.org/tlog-witness."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from hexi.kernel.errors import Unproven
from hexi.kernel.label import t
from hexi.kernel.tlog.checkpoint import number_in
from hexi.kernel.tlog.merkle import HASH_SIZE
from hexi.kernel.tlog.note import LARGEST_NOTE, Signature, signature_in, unbase64

ADD_CHECKPOINT = "add-checkpoint"
SIZE_MEDIA_TYPE = "text/x.tlog.size"
MOST_HASHES = 63
LARGEST_SUBMISSION = LARGEST_NOTE + 4096


@dataclass(frozen=True, slots=True)
class Submission:
    """A checkpoint, as its file holds it, and the proof that it continues the log of `old` entries."""

    old: int
    proof: tuple[bytes, ...]
    checkpoint: bytes

    def encoded(self) -> bytes:
        """The body of the request."""
        lines = [f"old {self.old}", *(base64.b64encode(one).decode() for one in self.proof), "", ""]
        return "\n".join(lines).encode() + self.checkpoint


@dataclass(frozen=True, slots=True)
class Answer:
    """What a witness says: an HTTP status and a body."""

    status: int
    body: bytes
    media_type: str = "text/plain; charset=utf-8"


def submission_in(body: bytes) -> Submission:
    """The submission of a request, to the letter of the format; raises Unproven for anything else. The checkpoint is not looked into."""
    head, gap, checkpoint = body.partition(b"\n\n")
    first, *lines = head.decode("ascii", "replace").split("\n")
    old = number_in(first.removeprefix("old ")) if first.startswith("old ") else None
    if not gap or old is None or len(lines) > MOST_HASHES:
        raise _malformed(first[:60])
    return Submission(old, tuple(_hash(line) for line in lines), checkpoint)


def cosignatures_in(body: bytes) -> list[Signature]:
    """The signature lines of a witness's answer, none of them checked; raises Unproven for anything else."""
    text = body.decode("utf-8", "replace")
    if not text.endswith("\n"):
        raise _malformed(text[-60:])
    return [signature_in(line) for line in text[:-1].split("\n")]


def _hash(line: str) -> bytes:
    found = unbase64(line)
    if found is None or len(found) != HASH_SIZE:
        raise _malformed(line[:60])
    return found


def _malformed(which: str) -> Unproven:
    do = t("格式见 c2sp.org/tlog-witness", "The format is c2sp.org/tlog-witness")
    return Unproven(t("与见证方的往来报文格式有误", "The message to or from a witness is malformed"), which=which, do=do)
