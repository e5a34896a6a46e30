"""What an entry says: a typed, versioned record in canonical JSON. It is public for ever, so it never says anything of a person."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import orjson

from hexi.kernel.errors import Invalid, Problem
from hexi.kernel.label import t

Kind = Literal["event", "gm-checkpoint", "key", "document"]
VERSION = 1
SALTED_ROW = "sha256-salted-row-v1"
"""SHA-256 over 0x00, sixteen bytes of salt and the event's row as canonical JSON: see `leaf_hash`."""
LONGEST_WORD = 200


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry without its number. `event` is the event that it commits to, where there is one."""

    kind: Kind
    content: bytes
    event: int | None = None


def event_entry(event: int, leaf: bytes) -> Draft:
    """The commitment to one event. Written out, because it is made a thousand times a second."""
    content = b'{"alg":"%b","commitment":"%b","kind":"event","v":%d}' % (SALTED_ROW.encode(), bytes(leaf).hex().encode(), VERSION)
    return Draft("event", content, event)


def gm_checkpoint_entry(note: str) -> Draft:
    """A checkpoint of the GM tree: whoever cosigns this log has then frozen that one, too."""
    return _draft("gm-checkpoint", checkpoint=note)


def key_entry(origin: str, keys: Sequence[str]) -> Draft:
    """From here on the log is signed by these keys, and by no others."""
    return _draft("key", keys=list(keys), origin=origin)


def document_entry(document: bytes, kind: str, signature: bytes = b"", signer: str = "") -> Draft:
    """The hash of a document that parties signed. `signer` is a key or an office, never a person's name."""
    if max(len(kind), len(signer)) > LONGEST_WORD:
        raise Invalid([Problem("signer", t("过长", "This is too long"), value=signer[:80])])
    return _draft(
        "document", alg="sha256", document=kind, hash=hashlib.sha256(document).hexdigest(), signature=signature.hex(), signer=signer
    )


def said_by(content: bytes) -> Mapping[str, Any]:
    """The record of an entry's content."""
    found: dict[str, Any] = orjson.loads(content)
    return found


def _draft(kind: Kind, **said: object) -> Draft:
    return Draft(kind, orjson.dumps({"kind": kind, "v": VERSION, **said}, option=orjson.OPT_SORT_KEYS))
