"""A log, its fork, and witnesses behind real ports, for the tests."""

from __future__ import annotations

import hashlib
import http.client
import threading

from hexi.kernel.tlog.checkpoint import Checkpoint
from hexi.kernel.tlog.cosigning import post_over_http
from hexi.kernel.tlog.merkle import SHA256, Hashing, consistency_proof, root_of
from hexi.kernel.tlog.signing import (
    ED25519,
    ED25519_COSIGNATURE,
    ML_DSA_44_COSIGNATURE,
    SM2_SM3,
    SignerKey,
    new_secret,
    signer,
)
from hexi.kernel.tlog.submission import Answer, Submission
from hexi.kernel.tlog.witness import Witness
from hexi.tools.witness_server import WitnessServer

ORIGIN = "example.org/log"
LOG = signer(new_secret(ED25519, ORIGIN))
OTHER = signer(new_secret(ED25519, "example.org/other"))
GM = signer(new_secret(SM2_SM3, f"{ORIGIN}/gm"))
KEYS = tuple(signer(new_secret(kind, "witness.example")) for kind in (ED25519_COSIGNATURE, ML_DSA_44_COSIGNATURE))
AT = 1_800_000_000
LEAVES = SHA256.leaves(str(number).encode() for number in range(300))
FORK = [*LEAVES[:40], *SHA256.leaves(str(-number).encode() for number in range(40, 300))]


def checkpoint(size: int, leaves: list[bytes] = LEAVES, key: SignerKey = LOG) -> bytes:
    return Checkpoint(key.name, size, root_of(leaves[:size])).signed([key], AT)


def proof(old: int, size: int, leaves: list[bytes] = LEAVES, hashing: Hashing = SHA256) -> list[bytes]:
    return consistency_proof(old, size, lambda level, at: root_of(leaves[at << level : (at + 1) << level], hashing), hashing)


def submission(old: int, size: int, leaves: list[bytes] = LEAVES) -> bytes:
    return Submission(old, tuple(proof(old, size, leaves)) if old <= size else (), checkpoint(size, leaves)).encoded()


class serving:  # noqa: N801 - reads as a word in `with serving(...)`
    """The witness behind a real port."""

    def __init__(self, witness: Witness) -> None:
        self.server = WitnessServer(("127.0.0.1", 0), witness)

    def __enter__(self) -> str:
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def __exit__(self, *_failure: object) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


def ask(address: str, body: bytes) -> Answer:
    return post_over_http(f"{address}/add-checkpoint", body, 20)


def latest(address: str, origin: str = ORIGIN) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(address.removeprefix("http://"))
    connection.request("GET", f"/{hashlib.sha256(origin.encode()).hexdigest()}/checkpoint")
    answer = connection.getresponse()
    found = answer.status, answer.read()
    connection.close()
    return found


