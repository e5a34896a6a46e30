"""SM2 signatures with SM3 (GB/T 32918.2-2016) by the system's OpenSSL 3, since no maintained Python package offers them.

The signer's distinguishing id is always stated: OpenSSL refuses to sign without one.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import secrets
import weakref
from functools import cache

from hexi.kernel.errors import Unavailable
from hexi.kernel.label import t

DISTINGUISHING_ID = b"1234567812345678"
"""The default id of GM/T 0009-2012, section 10."""
SECRET_SIZE, PUBLIC_SIZE = 32, 65
LONGEST_SIGNATURE = 72
_ORDER = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123

# DER around the bare keys; 1.2.156.10197.1.301 is the curve sm2p256v1.
_CURVE = bytes.fromhex("0608 2a811ccf5501822d")
_PUBLIC_HEAD = bytes.fromhex("3059 3013 0607 2a8648ce3d0201") + _CURVE + bytes.fromhex("0342 00")
_SECRET_HEAD, _SECRET_TAIL = bytes.fromhex("3031 020101 0420"), bytes.fromhex("a00a") + _CURVE


def new_secret() -> bytes:
    """A fresh private key, 32 bytes."""
    return (secrets.randbelow(_ORDER - 2) + 1).to_bytes(SECRET_SIZE, "big")


class SM2Key:
    """A public key, or a private one that knows its public one, as OpenSSL holds it."""

    def __init__(self, der: bytes, *, secret: bool) -> None:
        crypto = _crypto()
        start = ctypes.c_char_p(der)
        read = crypto.d2i_AutoPrivateKey if secret else crypto.d2i_PUBKEY
        self._key = ctypes.c_void_p(read(None, ctypes.byref(start), ctypes.c_long(len(der))))
        if not self._key:
            raise ValueError("These bytes are no SM2 key.")
        weakref.finalize(self, crypto.EVP_PKEY_free, self._key)

    @property
    def public(self) -> bytes:
        """0x04 ‖ x ‖ y."""
        out = ctypes.create_string_buffer(len(_PUBLIC_HEAD) + PUBLIC_SIZE)
        _crypto().i2d_PUBKEY(self._key, ctypes.byref(ctypes.cast(out, ctypes.c_void_p)))
        return out.raw[-PUBLIC_SIZE:]

    def sign(self, message: bytes) -> bytes:
        """The signature in DER."""
        with _Digest(self._key) as digest:
            out, size = ctypes.create_string_buffer(LONGEST_SIGNATURE), ctypes.c_size_t(LONGEST_SIGNATURE)
            crypto = _crypto()
            began = crypto.EVP_DigestSignInit(digest.context, None, crypto.EVP_sm3(), None, self._key)
            if began != 1 or crypto.EVP_DigestSign(digest.context, out, ctypes.byref(size), message, len(message)) != 1:
                raise ValueError("OpenSSL did not sign with this SM2 key.")
            return out.raw[: size.value]

    def holds(self, message: bytes, signature: bytes) -> bool:
        """Whether the signature is this key's."""
        with _Digest(self._key) as digest:
            crypto = _crypto()
            began = crypto.EVP_DigestVerifyInit(digest.context, None, crypto.EVP_sm3(), None, self._key)
            asked = (digest.context, signature, len(signature), message, len(message))
            fits = began == 1 and crypto.EVP_DigestVerify(*asked) == 1
            crypto.ERR_clear_error()
            return fits


def secret_key(secret: bytes) -> SM2Key:
    """The key of 32 private bytes; raises ValueError where they are none."""
    if len(secret) != SECRET_SIZE:
        raise ValueError(f"A private SM2 key has {SECRET_SIZE} bytes.")
    return SM2Key(_SECRET_HEAD + secret + _SECRET_TAIL, secret=True)


def public_key(public: bytes) -> SM2Key:
    """The key of 65 public bytes; raises ValueError where they are no point of the curve."""
    if len(public) != PUBLIC_SIZE:
        raise ValueError(f"A public SM2 key has {PUBLIC_SIZE} bytes.")
    return SM2Key(_PUBLIC_HEAD + public, secret=False)


class _Digest:
    """A digest context that knows the distinguishing id, freed at the end."""

    def __init__(self, key: ctypes.c_void_p) -> None:
        crypto = _crypto()
        self.context = ctypes.c_void_p(crypto.EVP_MD_CTX_new())
        self._named = ctypes.c_void_p(crypto.EVP_PKEY_CTX_new(key, None))
        if crypto.EVP_PKEY_CTX_set1_id(self._named, DISTINGUISHING_ID, len(DISTINGUISHING_ID)) != 1:
            self._free()
            raise ValueError("OpenSSL takes no distinguishing id for this key.")
        crypto.EVP_MD_CTX_set_pkey_ctx(self.context, self._named)

    def __enter__(self) -> _Digest:
        return self

    def __exit__(self, *_failure: object) -> None:
        self._free()

    def _free(self) -> None:
        _crypto().EVP_MD_CTX_free(self.context)
        _crypto().EVP_PKEY_CTX_free(self._named)


_GIVE_POINTERS = ("EVP_MD_CTX_new", "EVP_PKEY_CTX_new", "EVP_sm3", "d2i_AutoPrivateKey", "d2i_PUBKEY")
_TAKE = {
    "EVP_DigestSign": (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t),
    "EVP_DigestVerify": (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_size_t),
    "EVP_DigestSignInit": (ctypes.c_void_p,) * 5,
    "EVP_DigestVerifyInit": (ctypes.c_void_p,) * 5,
    "EVP_MD_CTX_free": (ctypes.c_void_p,),
    "EVP_PKEY_CTX_free": (ctypes.c_void_p,),
    "EVP_PKEY_CTX_new": (ctypes.c_void_p, ctypes.c_void_p),
    "EVP_PKEY_CTX_set1_id": (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t),
    "EVP_PKEY_free": (ctypes.c_void_p,),
}


@cache
def _crypto() -> ctypes.CDLL:
    for name in (ctypes.util.find_library("crypto"), "libcrypto.so.3", "libcrypto.3.dylib"):
        try:
            found = ctypes.CDLL(name) if name else None
        except OSError:
            continue
        if found and hasattr(found, "EVP_PKEY_CTX_set1_id"):  # a macro before OpenSSL 3
            return _declared(found)
    do = t("请安装 OpenSSL 3（libssl3）", "Install OpenSSL 3 (libssl3)")
    raise Unavailable(t("本机没有支持 SM2 的 OpenSSL", "This machine has no OpenSSL with SM2"), which="libcrypto", do=do)


def _declared(crypto: ctypes.CDLL) -> ctypes.CDLL:
    for name in _GIVE_POINTERS:
        getattr(crypto, name).restype = ctypes.c_void_p
    for name, takes in _TAKE.items():
        getattr(crypto, name).argtypes = takes
    return crypto
