"""Keys and one-time codes: shown once, kept as digests. Both are drawn at random and long, so that a plain digest is enough."""

from __future__ import annotations

import hashlib
import secrets
from base64 import b64encode
from hashlib import sha256

CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_PARTS, PART = 4, 5


ROUNDS, SALT = 101, 12
"""As mosquitto_passwd has them: keys are 256 random bits, so that more rounds would protect nothing."""


def new_key() -> str:
    """256 bits that only the device keeps."""
    return "hexi_" + secrets.token_urlsafe(32)


def new_code() -> str:
    """Some 99 bits that a person can type, in parts of five."""
    return "-".join("".join(secrets.choice(CODE_LETTERS) for _ in range(PART)) for _ in range(CODE_PARTS))


def digest(secret: str) -> str:
    """What the database keeps of it."""
    return sha256(secret.strip().encode()).hexdigest()


def edge_digest(key: str) -> str:
    """What a Mosquitto at the edge needs to tell a key: `$7$rounds$salt$hash`, PBKDF2 with SHA-512 (mosquitto_passwd(1), version 2)."""
    salt = secrets.token_bytes(SALT)
    found = hashlib.pbkdf2_hmac("sha512", key.encode(), salt, ROUNDS)
    return f"$7${ROUNDS}${b64encode(salt).decode()}${b64encode(found).decode()}"
