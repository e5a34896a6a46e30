"""How fast somebody checks a whole log alone: hashing on one core, and `hexi verify` over 70,000 entries in a folder.

    python -m bench.ledger_verify [--entries 70000]
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.house import share, verdict
from hexi.kernel.tlog.checkpoint import Checkpoint
from hexi.kernel.tlog.merkle import SHA256, SM3, Frontier, Hashing, TreeHead, check_inclusion, inclusion_proof, root_of
from hexi.kernel.tlog.policy import Policy
from hexi.kernel.tlog.signing import ED25519, SM2_SM3, new_secret, signer
from hexi.kernel.tlog.tiles import bundled, bundles_of, contents_of, hash_reader, leaf_rows, tiles_of
from hexi.tools.verifying import policy_of_keys, verify_log

ENTRY_BYTES, LEAVES, RUNS = 300, 200_000, 3
ORIGIN = "example.org/log"


def rate(work: Callable[[], object], count: int) -> float:
    """Millions a second of processor time: the median of three runs."""
    found: list[float] = []
    for _ in range(RUNS):
        start = time.process_time()
        work()
        found.append(count / (time.process_time() - start) / 1e6)
    return share(found, 0.5)


def hashing_rates(hashing: Hashing) -> tuple[float, float]:
    """Leaf hashes and appends, in millions a second."""
    entries = [os.urandom(ENTRY_BYTES) for _ in range(LEAVES)]
    leaves = hashing.leaves(entries)
    found = rate(lambda: hashing.leaves(entries), LEAVES), rate(lambda: Frontier(hashing).extend(leaves), LEAVES)
    print(f"  {hashing.name}: {found[0]:.2f} M leaf hashes/s of {ENTRY_BYTES} bytes, {found[1]:.2f} M appends/s")
    return found


def written(folder: Path, entries: list[bytes]) -> Policy:
    """A log with both trees, and whom to trust."""
    keys = {SHA256: signer(new_secret(ED25519, ORIGIN)), SM3: signer(new_secret(SM2_SM3, f"{ORIGIN}/gm"))}
    files = {bundle.path: bundled(entries[bundle.start : bundle.start + bundle.width]) for bundle in bundles_of(len(entries))}
    for hashing, prefix in ((SHA256, ""), (SM3, "gm/")):
        leaves = hashing.leaves(entries)
        files |= {prefix + tile.path: content for tile, content in contents_of(leaf_rows(leaves, hashing), tiles_of(len(leaves)))}
        checkpoint = Checkpoint(keys[hashing].name, len(leaves), root_of(leaves, hashing))
        files[f"{prefix}checkpoint"] = checkpoint.signed([keys[hashing]], int(time.time()))
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return policy_of_keys([key.verifier.line for key in keys.values()])


def verifying(where: str, policy: Policy) -> float:
    """Seconds of the wall clock, the best of three."""
    found: list[float] = []
    for _ in range(RUNS):
        start = time.perf_counter()
        verify_log(where, policy, lambda _label: None)
        found.append(time.perf_counter() - start)
    return min(found)


def proofs(entries: list[bytes]) -> None:
    leaves = SHA256.leaves(entries)
    tiles = dict(contents_of(leaf_rows(leaves), tiles_of(len(leaves))))
    read, head = hash_reader(tiles.__getitem__, len(leaves)), TreeHead(len(leaves), root_of(leaves))
    made = [inclusion_proof(index, head.size, read) for index in range(0, head.size, 100)]
    checking = rate(lambda: [check_inclusion(leaves[at * 100], at * 100, head, proof) for at, proof in enumerate(made)], len(made))
    making = rate(lambda: [inclusion_proof(index, head.size, read) for index in range(0, head.size, 100)], len(made))
    print(f"  proofs of inclusion: {making * 1e6:,.0f} made/s, {checking * 1e6:,.0f} checked/s")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--entries", type=int, default=70_000)
    options = parser.parse_args()
    sha, sm3 = hashing_rates(SHA256), hashing_rates(SM3)
    entries = [os.urandom(ENTRY_BYTES) for _ in range(options.entries)]
    proofs(entries)
    with tempfile.TemporaryDirectory() as folder:
        policy = written(Path(folder), entries)
        both = verifying(folder, policy)
        alone = verifying(folder, Policy(policy.logs[:1], (), {}, policy.quorum))
    print(f"  a log of {options.entries:,} entries in a folder: {alone:.2f} s, with the tree of SM3 {both:.2f} s")
    bars = [
        verdict("SHA-256 leaf hashes", sha[0], "M/s", 1, at_most=False),
        verdict("SHA-256 appends", sha[1], "M/s", 2, at_most=False),
        verdict("SM3 leaf hashes", sm3[0], "M/s", 0.5, at_most=False),
        verdict(f"{options.entries:,} entries verified", alone, "s", 1, at_most=True),
    ]
    return 0 if all(bars) else 1


if __name__ == "__main__":
    sys.exit(main())
