"""The keys of a log and its witnesses: Ed25519, cosignatures by Ed25519 and ML-DSA-44 (c2sp.org/tlog-cosignature), and SM2 with SM3.

Keys are lines of text. Public: `name+id+base64(type ‖ key)`. Private: `PRIVATE+KEY+name+id+base64(type ‖ seed)`, as Go writes them.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey

from hexi.kernel.errors import Unproven
from hexi.kernel.label import t
from hexi.kernel.tlog import sm2
from hexi.kernel.tlog.checkpoint import LARGEST_SIZE, checkpoint_in
from hexi.kernel.tlog.note import KEY_ID_SIZE, Signature, is_key_name, key_id_of, unbase64

SECRET_MARK = "PRIVATE+KEY+"  # noqa: S105 - the words before a key, not one
SEED_SIZE = 32
TIME_SIZE = 8
_LONGEST_NAME = 255

Sign = Callable[[bytes], bytes]
Check = Callable[[bytes, bytes], bool]
"""(signature, message) -> whether it holds."""


@dataclass(frozen=True, slots=True)
class KeyType:
    """A type of signature. `kind` is how people name it, `mark` the identifier before the key in a key line."""

    kind: str
    mark: bytes
    public_size: int
    timed: bool
    message: Callable[[str, str, int], bytes]
    """(signer's name, note text, POSIX time) -> what is signed."""
    opened: Callable[[bytes], tuple[bytes, Sign]]
    """seed -> (public key, signing)."""
    checking: Callable[[bytes], Check]


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key under its owner's name."""

    name: str
    type: KeyType
    public: bytes
    check: Check

    @property
    def key_id(self) -> bytes:
        return key_id_of(self.name, self.type.mark + self.public)

    @property
    def line(self) -> str:
        """The key to hand out (a vkey)."""
        return _line(self.name, self.key_id, self.type.mark + self.public)

    def holds(self, text: str, value: bytes) -> bool:
        """Whether this signature over a note's text is this key's."""
        at = int.from_bytes(value[:TIME_SIZE], "big") if self.type.timed else 0
        signature = value[TIME_SIZE:] if self.type.timed else value
        try:
            return at <= LARGEST_SIZE and self.check(signature, self.type.message(self.name, text, at))
        except Unproven:  # no checkpoint, and ML-DSA-44 signs nothing else
            return False


@dataclass(frozen=True, slots=True)
class SignerKey:
    """A private key. It prints its public half only."""

    verifier: VerifierKey
    _sign: Sign

    @property
    def name(self) -> str:
        return self.verifier.name

    def __repr__(self) -> str:
        return f"SignerKey({self.verifier.line})"

    def sign(self, text: str, at: int) -> Signature:
        """The signature over a note's text; `at` is the POSIX time, which cosignatures carry and the others ignore."""
        kind = self.verifier.type
        signature = self._sign(kind.message(self.name, text, at))
        stamp = at.to_bytes(TIME_SIZE, "big") if kind.timed else b""
        return Signature(self.name, self.verifier.key_id, stamp + signature)


def time_of(signature: Signature) -> int:
    """The POSIX time of a cosignature. Only after it was verified, and only for a type that is timed."""
    return int.from_bytes(signature.value[:TIME_SIZE], "big")


def new_secret(kind: KeyType, name: str) -> str:
    """A fresh private key as one line. Who has the line can sign in that name: keep it in a file that only the owner reads."""
    if not is_key_name(name) or len(name.encode()) > _LONGEST_NAME:
        do = t("名称不能为空，不能含空格和加号，最长 255 字节", "A name is not empty, has no space and no plus, and at most 255 bytes")
        raise Unproven(t("密钥名称不可用", "The key cannot have this name"), which=name, do=do)
    seed = sm2.new_secret() if kind is SM2_SM3 else secrets.token_bytes(SEED_SIZE)
    public, _ = kind.opened(seed)
    return SECRET_MARK + _line(name, key_id_of(name, kind.mark + public), kind.mark + seed)


def signer(secret: str) -> SignerKey:
    """The key of a private line; raises Unproven for anything else, without repeating it."""
    name, key_id, material = _parted(secret.strip().removeprefix(SECRET_MARK))
    kind = _type_of(material)
    seed = material[len(kind.mark) :]
    if not secret.startswith(SECRET_MARK) or len(seed) != SEED_SIZE:
        raise _bad_key("PRIVATE+KEY")
    public, sign = kind.opened(seed)
    key = VerifierKey(name, kind, public, kind.checking(public))
    if key.key_id != key_id:
        raise _bad_key("PRIVATE+KEY")
    return SignerKey(key, sign)


def verifier(line: str) -> VerifierKey:
    """The key of a public line (a vkey); raises Unproven for anything else."""
    name, key_id, material = _parted(line.strip())
    kind = _type_of(material)
    public = material[len(kind.mark) :]
    if len(public) != kind.public_size or key_id_of(name, material) != key_id:
        raise _bad_key(line)
    try:
        return VerifierKey(name, kind, public, kind.checking(public))
    except ValueError as error:
        raise _bad_key(line) from error


def _line(name: str, key_id: bytes, material: bytes) -> str:
    return f"{name}+{key_id.hex()}+{base64.b64encode(material).decode()}"


def _parted(line: str) -> tuple[str, bytes, bytes]:
    name, _, rest = line.partition("+")
    code, _, material = rest.partition("+")
    raw = unbase64(material)
    if not is_key_name(name) or len(code) != 2 * KEY_ID_SIZE or code.strip("0123456789abcdef") or not raw:
        raise _bad_key(name)
    return name, bytes.fromhex(code), raw


def _type_of(material: bytes) -> KeyType:
    found = next((kind for kind in KEY_TYPES if material.startswith(kind.mark)), None)
    if found is None:
        raise _bad_key(f"type 0x{material[:1].hex()}")
    return found


def _bad_key(which: str) -> Unproven:
    do = t("密钥是一整行：名称+编号+Base64；请从其主人处完整复制", "A key is one line, name+id+Base64: copy it whole from its owner")
    return Unproven(t("密钥格式有误", "The key is malformed"), which=which[:120], do=do)


def _plain(_name: str, text: str, _at: int) -> bytes:
    return text.encode()


def _cosigned(_name: str, text: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def _subtree(name: str, text: str, at: int) -> bytes:
    """The `cosigned_message` structure over the whole tree; extension lines are not in it."""
    checkpoint = checkpoint_in(text)
    numbers = (0).to_bytes(8, "big") + checkpoint.size.to_bytes(8, "big")
    parts = (b"subtree/v1\n\0", _short(name), at.to_bytes(TIME_SIZE, "big"), _short(checkpoint.origin), numbers, checkpoint.root)
    return b"".join(parts)


def _short(text: str) -> bytes:
    raw = text.encode()
    if not 0 < len(raw) <= _LONGEST_NAME:
        do = t("最长 255 字节", "At most 255 bytes")
        raise Unproven(t("名称过长，不能签名", "The name is too long to be signed"), which=text[:80], do=do)
    return bytes((len(raw),)) + raw


def _ed25519_opened(seed: bytes) -> tuple[bytes, Sign]:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    return key.public_key().public_bytes_raw(), key.sign


def _ed25519_checking(public: bytes) -> Check:
    return _raising(Ed25519PublicKey.from_public_bytes(public).verify)


def _ml_dsa_44_opened(seed: bytes) -> tuple[bytes, Sign]:
    key = MLDSA44PrivateKey.from_seed_bytes(seed)
    return key.public_key().public_bytes_raw(), key.sign


def _ml_dsa_44_checking(public: bytes) -> Check:
    return _raising(MLDSA44PublicKey.from_public_bytes(public).verify)


def _raising(verify: Callable[[bytes, bytes], None]) -> Check:
    def check(signature: bytes, message: bytes) -> bool:
        try:
            verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True

    return check


def _sm2_opened(seed: bytes) -> tuple[bytes, Sign]:
    key = sm2.secret_key(seed)
    return key.public, key.sign


def _sm2_checking(public: bytes) -> Check:
    key = sm2.public_key(public)
    return lambda signature, message: key.holds(message, signature)


ED25519 = KeyType("ed25519", b"\x01", 32, False, _plain, _ed25519_opened, _ed25519_checking)
ED25519_COSIGNATURE = KeyType("ed25519-cosignature", b"\x04", 32, True, _cosigned, _ed25519_opened, _ed25519_checking)
ML_DSA_44_COSIGNATURE = KeyType("ml-dsa-44-cosignature", b"\x06", 1312, True, _subtree, _ml_dsa_44_opened, _ml_dsa_44_checking)
SM2_SM3 = KeyType("sm2-sm3", b"\xffsm2-sm3/v1", sm2.PUBLIC_SIZE, False, _plain, _sm2_opened, _sm2_checking)
"""A private type of the GM profile; C2SP has none for SM2, and its clients pass over the line."""
KEY_TYPES = (ED25519, ED25519_COSIGNATURE, ML_DSA_44_COSIGNATURE, SM2_SM3)
