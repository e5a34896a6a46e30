"""Keys and one-time codes: shown once, kept as digests. Both are drawn at random and long, so that a plain digest is enough."""

from __future__ import annotations

import secrets
from hashlib import sha256

CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_PARTS, PART = 4, 5


def new_key() -> str:
    """256 bits that only the device keeps."""
    return "hexi_" + secrets.token_urlsafe(32)


def new_code() -> str:
    """Some 99 bits that a person can type, in parts of five."""
    return "-".join("".join(secrets.choice(CODE_LETTERS) for _ in range(PART)) for _ in range(CODE_PARTS))


def digest(secret: str) -> str:
    """What the database keeps of it."""
    return sha256(secret.strip().encode()).hexdigest()
