"""NATS's keys and tokens: Ed25519 keys written as `A…` or `U…`, and claims signed by them (JWT, algorithm ed25519-nkey).

Formats: github.com/nats-io/nkeys and github.com/nats-io/jwt, version 2.
"""

from __future__ import annotations

import base64
import time
from binascii import crc_hqx
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, cast

import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ACCOUNT = 0 << 3
HEAD = {"typ": "JWT", "alg": "ed25519-nkey"}


def public_name(key: Ed25519PrivateKey) -> str:
    """The key's public half as NATS writes an account's."""
    raw = bytes([ACCOUNT]) + key.public_key().public_bytes_raw()
    return base64.b32encode(raw + crc_hqx(raw, 0).to_bytes(2, "little")).decode().rstrip("=")


def signed(key: Ed25519PrivateKey, claims: Mapping[str, Any]) -> str:
    """The claims as a token that the server believes from this issuer."""
    said = {**claims, "iss": public_name(key), "iat": int(time.time())}
    said["jti"] = base64.b32encode(sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).digest()).decode().rstrip("=")
    content = f"{_part(orjson.dumps(HEAD))}.{_part(orjson.dumps(said))}"
    return f"{content}.{_part(key.sign(content.encode()))}"


def claims_in(token: bytes) -> dict[str, Any]:
    """What a token says. Its signature is not looked at: it came from the server by a connection that only we hold."""
    middle = token.split(b".")[1]
    return cast("dict[str, Any]", orjson.loads(base64.urlsafe_b64decode(middle + b"=" * (-len(middle) % 4))))


def _part(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
