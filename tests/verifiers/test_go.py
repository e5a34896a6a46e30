"""golang.org/x/mod/sumdb accepts what our kit writes, makes the same proofs, and refuses what was changed."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from hexi.kernel.tlog.audit import tile_of
from hexi.kernel.tlog.merkle import SHA256, consistency_proof, inclusion_proof, root_of
from hexi.kernel.tlog.note import Note, note_in, verified
from hexi.kernel.tlog.signing import signer, verifier
from hexi.kernel.tlog.sources import source_at
from hexi.kernel.tlog.tests.logs import GM, LOG, LOG_PQ, WITNESS, Log
from hexi.kernel.tlog.tiles import hash_reader

GO_PACKAGES = "/usr/share/gocode"
"""Where Debian's golang-golang-x-mod-dev puts them; nothing is downloaded."""
SIZES = (1, 2, 255, 256, 257, 65_535, 65_536, 65_537, 70_000)

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def go(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The program, compiled once."""
    assert shutil.which("go") and Path(GO_PACKAGES, "src/golang.org/x/mod").is_dir(), "run setup/system.sh test: it installs Go"
    folder = tmp_path_factory.mktemp("go")
    environment = {**os.environ, "GO111MODULE": "off", "GOPATH": GO_PACKAGES, "GOCACHE": str(folder / "cache"), "GOFLAGS": ""}
    build = ["go", "build", "-o", folder / "check", Path(__file__).with_name("check.go")]
    subprocess.run(build, env=environment, check=True, timeout=300)
    return lambda *words: subprocess.run([folder / "check", *words], capture_output=True, text=True, check=False, timeout=60)


def claimed(folder: Path, size: int) -> Log:
    """A log under all kinds of signatures, and what we say of it."""
    log = Log(folder / "public", [f"entry {number}".encode() for number in range(size)]).write([LOG, LOG_PQ, GM, WITNESS])
    leaves, source = SHA256.leaves(log.entries), source_at(str(log.folder))
    read = hash_reader(lambda tile: tile_of(source, "", tile), size)
    indices, sizes = {0, size // 3, size // 2, size - 1}, {1, size // 3 + 1, max(1, size - 1), size}
    claims = {
        "LogKey": LOG.verifier.line, "Witness": WITNESS.name, "WitnessKey": _text(WITNESS.verifier.public),
        "Records": [{"Index": at, "Hashes": [_text(one) for one in inclusion_proof(at, size, read)]} for at in indices],
        "Trees": [
            {"Size": old, "Root": _text(root_of(leaves[:old])), "Hashes": [_text(one) for one in consistency_proof(old, size, read)]}
            for old in sizes
        ],
    }  # fmt: skip
    (folder / "claims.json").write_text(json.dumps(claims))
    return log


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


@pytest.mark.parametrize("size", SIZES)
def test_go_accepts_our_log_and_makes_the_same_proofs(go: Run, tmp_path: Path, size: int) -> None:
    claimed(tmp_path, size)
    done = go(tmp_path)
    assert (done.returncode, done.stdout.split()[:2]) == (0, ["holds", str(size)]), done.stdout + done.stderr


def _edited(log: Log, path: str) -> None:
    content = bytearray(log.file(path).read_bytes())
    content[len(content) // 2] ^= 1
    log.file(path).write_bytes(content)


@pytest.mark.parametrize("path", ["checkpoint", "tile/entries/000", "tile/0/000", "tile/1/000.p/1"])
def test_go_refuses_one_flipped_bit(go: Run, tmp_path: Path, path: str) -> None:
    log = claimed(tmp_path, 300)
    assert go(tmp_path).returncode == 0
    if path == "checkpoint":
        log.file(path).write_bytes(log.file(path).read_bytes().replace(b"\n300\n", b"\n301\n"))
    else:
        _edited(log, path)
    assert go(tmp_path).returncode != 0


def test_we_accept_a_note_that_go_signed_and_sign_it_alike(go: Run) -> None:
    text = "A note.\n\nIn two parts: 两段。\n"
    key, secret, note = go("sign", text).stdout.split("\n", 2)
    found = note_in(note.encode())
    assert verified(found, [verifier(key)]) == found.signatures
    assert Note(text, (signer(secret).sign(text, 0),)).encoded() == note.encode()
