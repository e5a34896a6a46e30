"""`hexi witness`: keys, files and the running server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hexi.kernel.errors import Unavailable
from hexi.kernel.tlog.checkpoint import opened
from hexi.kernel.tlog.signing import (
    ED25519,
    ED25519_COSIGNATURE,
    new_secret,
    signer,
)
from hexi.kernel.tlog.submission import cosignatures_in
from hexi.tools.command import main
from hexi.tools.commands import witness as command
from hexi.tools.tests.witnesses import LOG, ask, checkpoint, submission


def test_new_keys_are_kept_secret_and_not_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "keys"
    assert main(["witness", "--new-key", "example.org/w", "--keys", str(file)]) == 0
    shown = capsys.readouterr().out
    public = [signer(line).verifier.line for line in file.read_text().split()]
    assert shown.splitlines()[1:] == public
    assert "PRIVATE" not in shown
    assert file.stat().st_mode & 0o777 == 0o600
    assert main(["witness", "--new-key", "example.org/w", "--keys", str(file)]) == 1


def test_the_command_serves_and_ends_on_a_signal(tmp_path: Path) -> None:
    keys, logs = tmp_path / "keys", tmp_path / "logs"
    main(["witness", "--new-key", "example.org/w", "--keys", str(keys)])
    logs.write_text(f"log {LOG.verifier.line}\nquorum none\n")
    words = ["--keys", keys, "--logs", logs, "--store", tmp_path / "store", "--port", "0"]
    process = subprocess.Popen(
        [sys.executable, "-m", "hexi.tools.command", "witness", *words], stdout=subprocess.PIPE, text=True, env={**os.environ, "HEXI_LANG": "en"}
    )
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(4)]
    address = "http://" + said[-1].removeprefix("Listening on ").strip()
    answer = ask(address, submission(0, 20))
    assert answer.status == 200
    public = [signer(line).verifier for line in keys.read_text().split()]
    assert len(opened(checkpoint(20) + answer.body, [LOG.verifier], public).signatures) == 3
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
    process.stdout.close()
    assert len(cosignatures_in(answer.body)) == 2


@pytest.mark.parametrize("missing", ["keys", "logs"])
def test_a_missing_file_is_named(tmp_path: Path, missing: str, capsys: pytest.CaptureFixture[str]) -> None:
    keys, logs = tmp_path / "keys", tmp_path / "logs"
    main(["witness", "--new-key", "example.org/w", "--keys", str(keys)])
    logs.write_text("quorum none\n")
    (tmp_path / missing).unlink()
    assert main(["witness", "--keys", str(keys), "--logs", str(logs), "--store", str(tmp_path / "store")]) == 1
    assert str(tmp_path / missing) in capsys.readouterr().err


def test_keys_may_stand_in_the_environment_and_must_be_a_witness_s(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEXI_WITNESS_KEYS", new_secret(ED25519_COSIGNATURE, "w"))
    assert command._signers(tmp_path / "none")[0].name == "w"
    monkeypatch.setenv("HEXI_WITNESS_KEYS", new_secret(ED25519, "w"))
    with pytest.raises(Unavailable, match="no keys of a witness"):
        command._signers(tmp_path / "none")
