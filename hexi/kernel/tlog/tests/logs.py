"""Writes whole logs into folders, for the tests: as a sequencer would, at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hexi.kernel.tlog.checkpoint import Checkpoint
from hexi.kernel.tlog.merkle import SHA256, SM3, Hashing, inclusion_proof, root_of
from hexi.kernel.tlog.proof import Proof
from hexi.kernel.tlog.signing import ED25519, ED25519_COSIGNATURE, ML_DSA_44_COSIGNATURE, SM2_SM3, SignerKey, new_secret, signer
from hexi.kernel.tlog.tiles import bundled, bundles_of, contents_of, hash_reader, leaf_rows, tiles_of

ORIGIN = "example.org/log"
LOG = signer(new_secret(ED25519, ORIGIN))
LOG_PQ = signer(new_secret(ML_DSA_44_COSIGNATURE, ORIGIN))
GM = signer(new_secret(SM2_SM3, f"{ORIGIN}/gm"))
WITNESS = signer(new_secret(ED25519_COSIGNATURE, "witness.example"))
AT = 1_800_000_000


@dataclass
class Log:
    """A log in a folder."""

    folder: Path
    entries: list[bytes]

    def file(self, path: str) -> Path:
        return self.folder / path

    def write(self, signers: Sequence[SignerKey] = (LOG, WITNESS)) -> Log:
        """Bundles, tiles and the checkpoint over all entries."""
        for bundle in bundles_of(len(self.entries)):
            self.put(bundle.path, bundled(self.entries[bundle.start : bundle.start + bundle.width]))
        self.write_tree(ORIGIN, SHA256, "", self.entries, signers)
        return self

    def write_tree(self, origin: str, hashing: Hashing, prefix: str, entries: Sequence[bytes], signers: Sequence[SignerKey]) -> bytes:
        leaves = hashing.leaves(entries)
        for tile, content in contents_of(leaf_rows(leaves, hashing), tiles_of(len(leaves))):
            self.put(f"{prefix}{tile.path}", content)
        note = Checkpoint(origin, len(leaves), root_of(leaves, hashing)).signed(signers, AT)
        self.put(f"{prefix}checkpoint", note)
        return note

    def write_gm(self, size: int) -> bytes:
        """The tree of SM3 over the first entries."""
        return self.write_tree(f"{ORIGIN}/gm", SM3, "gm/", self.entries[:size], [GM])

    def put(self, path: str, content: bytes) -> None:
        self.file(path).parent.mkdir(parents=True, exist_ok=True)
        self.file(path).write_bytes(content)

    def proof(self, index: int, extra: bytes | None = None) -> Proof:
        rows = dict(contents_of(leaf_rows(SHA256.leaves(self.entries)), tiles_of(len(self.entries))))
        hashes = inclusion_proof(index, len(self.entries), hash_reader(rows.__getitem__, len(self.entries)))
        return Proof(index, tuple(hashes), self.file("checkpoint").read_bytes(), extra)


def gm_checkpoint_entry(note: bytes) -> bytes:
    """How the second tree's checkpoint is an entry of the first."""
    return json.dumps({"checkpoint": note.decode(), "kind": "gm-checkpoint", "v": 1}, separators=(",", ":")).encode()


def log_in(folder: Path, size: int) -> Log:
    """A log of so many entries, signed and witnessed."""
    return Log(folder, [f"entry {number}".encode() for number in range(size)]).write()
