"""What an entry says: a typed, versioned record in canonical JSON. It is public for ever, so it never says anything of a person."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import orjson

from hexi.core.trust.contracts import PublicDocument
from hexi.kernel.errors import Invalid, Problem
from hexi.kernel.label import t

Kind = Literal["event", "gm-checkpoint", "key", "document"]
VERSION = 1
SALTED_ROW = "sha256-salted-row-v1"
"""SHA-256 over 0x00, sixteen bytes of salt and the event's row as canonical JSON: see `leaf_hash`."""
LONGEST_WORD = 10_000


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


def entry_of(event: int, leaf: bytes, said: str | None) -> Draft:
    """The entry of an event, with what is said of a document where something is."""
    return event_entry(event, leaf) if said is None else document_entry(event, leaf, said)


def gm_checkpoint_entry(note: str) -> Draft:
    """A checkpoint of the GM tree: whoever cosigns this log has then frozen that one, too."""
    return _draft("gm-checkpoint", checkpoint=note)


def key_entry(origin: str, keys: Sequence[str]) -> Draft:
    """From here on the log is signed by these keys, and by no others."""
    return _draft("key", keys=list(keys), origin=origin)


def document_entry(event: int, leaf: bytes, said: str) -> Draft:
    """The same with the words about a document that go into the log in clear: `said` as `document_words` gives them."""
    return Draft("document", _encoded("document", alg=SALTED_ROW, commitment=bytes(leaf).hex(), **orjson.loads(said)), event)


def document_words(document: PublicDocument) -> str:
    """What the log says of a document, as JSON. Raises Invalid for words that are too long, ValueError for what is no SHA-256."""
    if len(document.sha256) != hashlib.sha256().digest_size:
        raise ValueError("The hash of a document is the 32 bytes of its SHA-256.")
    if long := [one for one in (document.kind, document.signer, document.signature.hex()) if len(one) > LONGEST_WORD]:
        raise Invalid([Problem("document", t("过长，不能写入日志", "This is too long for the log"), value=long[0][:80])])
    signed = {"signature": document.signature.hex(), "signer": document.signer} if document.signature else {}
    return orjson.dumps({"document": document.kind, "sha256": document.sha256.hex(), **signed}).decode()


def said_by(content: bytes) -> Mapping[str, Any]:
    """The record of an entry's content."""
    found: dict[str, Any] = orjson.loads(content)
    return found


def _draft(kind: Kind, **said: object) -> Draft:
    return Draft(kind, _encoded(kind, **said))


def _encoded(kind: Kind, **said: object) -> bytes:
    return orjson.dumps({"kind": kind, "v": VERSION, **said}, option=orjson.OPT_SORT_KEYS)
