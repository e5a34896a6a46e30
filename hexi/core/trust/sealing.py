"""What lies encrypted in the database, and marks by which the same thing is found again without being told."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Sequence
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from hexi.kernel.errors import Unavailable
from hexi.kernel.label import t


def seal(content: bytes, purpose: str) -> bytes:
    """The content as it may lie in the database; `purpose` keeps one kind of secret from being read as another."""
    return _box(purpose, _keys()).encrypt(content)


def unseal(sealed: bytes, purpose: str) -> bytes:
    """The content back. Raises Unavailable when the signing key that sealed it is gone."""
    try:
        return _box(purpose, _keys()).decrypt(bytes(sealed))
    except InvalidToken as fault:
        what = t("这段内容无法解密：平台的签名密钥已更换", "This cannot be decrypted: the platform's signing key was changed")
        raise Unavailable(what, do=t("请管理员恢复原密钥", "Ask an administrator to restore the former key")) from fault


def mark_of(text: str, purpose: str) -> str:
    """The same for the same text, and nothing that the text could be read from without the key."""
    return hmac.new(_derived(purpose, _keys()[0]), text.encode(), "sha256").hexdigest()


def _keys() -> tuple[str, ...]:
    return (settings.SECRET_KEY, *getattr(settings, "SECRET_KEY_FALLBACKS", ()))


@lru_cache(maxsize=16)
def _box(purpose: str, keys: Sequence[str]) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(purpose, key))) for key in keys])


@lru_cache(maxsize=64)
def _derived(purpose: str, key: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=f"hexi.{purpose}".encode()).derive(key.encode())
