"""Signed notes of c2sp.org/signed-note: a text and the lines of those who signed it."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from hexi.kernel.errors import Unproven
from hexi.kernel.label import Label, t

DASH = "— "
MOST_SIGNATURES = 100
"""More lines are refused; a reader must accept at least 16."""
LARGEST_NOTE = 1_000_000
KEY_ID_SIZE = 4


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line. `value` is what follows the key id; only a verifier of that type knows its inside."""

    name: str
    key_id: bytes
    value: bytes

    @property
    def line(self) -> str:
        """The line with its newline."""
        return f"{DASH}{self.name} {base64.b64encode(self.key_id + self.value).decode()}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text, which ends in a newline, and its signatures. Nothing in it may be believed before `verified`."""

    text: str
    signatures: tuple[Signature, ...]

    def encoded(self) -> bytes:
        return (self.text + "\n" + "".join(one.line for one in self.signatures)).encode()


class Verifier(Protocol):
    """One public key that somebody trusts, for one type of signature."""

    @property
    def name(self) -> str: ...
    @property
    def key_id(self) -> bytes: ...

    def holds(self, text: str, value: bytes) -> bool:
        """Whether this signature over the text is this key's."""
        ...


def key_id_of(name: str, material: bytes) -> bytes:
    """The id of a key: of its name, its type and its public part (`material` = type ‖ public key)."""
    return hashlib.sha256(name.encode() + b"\n" + material).digest()[:KEY_ID_SIZE]


def is_key_name(name: str) -> bool:
    """A key's name is not empty and holds no space, no plus and no control character."""
    return bool(name) and "+" not in name and not any(one.isspace() or one < " " for one in name)


def note_in(data: bytes) -> Note:
    """The note that these bytes hold, to the letter of the format; raises Unproven for any other bytes."""
    if len(data) > LARGEST_NOTE:
        raise malformed(f"{len(data)} > {LARGEST_NOTE}")
    text, lines = _parted(data)
    if not 0 < len(lines) <= MOST_SIGNATURES:
        raise malformed(f"{len(lines)} signatures")
    return Note(text, tuple(signature_in(line) for line in lines))


def _parted(data: bytes) -> tuple[str, list[str]]:
    try:
        whole = data.decode()
    except UnicodeDecodeError as error:
        raise malformed("UTF-8") from error
    if any(one < " " and one != "\n" for one in set(whole)):
        raise malformed("control character")
    text, gap, rest = whole.rpartition("\n\n")
    if not gap or not rest.endswith("\n"):
        raise malformed("no signatures")
    return text + "\n", rest[:-1].split("\n")


def signature_in(line: str) -> Signature:
    """The signature of one line without its newline; raises Unproven where it is none."""
    name, _, code = line.removeprefix(DASH).partition(" ")
    raw = unbase64(code)
    if not line.startswith(DASH) or not is_key_name(name) or raw is None or len(raw) <= KEY_ID_SIZE:
        raise malformed(line[:80])
    return Signature(name, raw[:KEY_ID_SIZE], raw[KEY_ID_SIZE:])


def unbase64(code: str) -> bytes | None:
    """The bytes of a standard Base64 text; None where it is not the one way to write them."""
    try:
        raw = base64.b64decode(code.encode(), validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if base64.b64encode(raw).decode() == code else None


def verified(note: Note, verifiers: Iterable[Verifier]) -> tuple[Signature, ...]:
    """The signatures by known keys, all of them checked. Those of unknown keys are passed over.

    Raises Unproven where a known key's signature does not hold, or where no known key signed.
    """
    keys = tuple(verifiers)
    found = known_signatures(note, keys)
    if not found:
        names = ", ".join(sorted({one.name for one in keys}))
        raise unsigned(t("没有可信密钥的签名", "No trusted key has signed"), names)
    return found


def known_signatures(note: Note, verifiers: Iterable[Verifier]) -> tuple[Signature, ...]:
    """The same, and nothing at all where no known key signed."""
    known = {(one.name, one.key_id): one for one in verifiers}
    found = [one for one in note.signatures if (one.name, one.key_id) in known]
    for one in found:
        if not known[one.name, one.key_id].holds(note.text, one.value):
            raise unsigned(t("签名不符", "A signature does not hold"), one.name)
    return tuple(found)


def unsigned(what: Label, which: str) -> Unproven:
    """The error for a text that nobody trusted stands for."""
    do = t("请核对公钥，并从可信渠道重新获取该文件", "Compare the public keys, and fetch the file again from a source that you trust")
    return Unproven(what, which=which, do=do)


def malformed(which: str) -> Unproven:
    """The error for bytes that are no signed note."""
    do = t("格式见 c2sp.org/signed-note；请重新获取该文件", "The format is c2sp.org/signed-note; fetch the file again")
    return Unproven(t("签名文件格式有误", "The signed note is malformed"), which=which, do=do)
