"""`hexi verify`: words, exit codes, memory, proof files, and the program as one file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hexi.kernel.tlog.policy import policy_in
from hexi.kernel.tlog.tests.logs import GM, LOG, LOG_PQ, ORIGIN, WITNESS, Log, gm_checkpoint_entry, log_in
from hexi.tools.command import main
from hexi.tools.commands.verify import FALSE, HOLDS, UNREADABLE, USAGE

POLICY = f"log {LOG.verifier.line}\nwitness w {WITNESS.verifier.line}\nquorum w\n"


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEXI_LANG", "en")


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return log_in(tmp_path / "log", 300)


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    file = tmp_path / "policy"
    file.write_text(POLICY)
    return file


def verify(*words: object) -> int:
    return main(["verify", *map(str, words)])


def test_an_honest_log_holds_and_says_who_witnessed_it(log: Log, policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(log.folder, "--policy", policy) == HOLDS
    said = capsys.readouterr().out
    assert "300 entries" in said
    assert "Witnesses: w" in said
    assert said.endswith("All holds\n")


def test_it_speaks_chinese_too(log: Log, policy: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEXI_LANG", "zh")
    assert verify(log.folder, "--policy", policy) == HOLDS
    assert capsys.readouterr().out.endswith("核验通过\n")
    log.file("checkpoint").write_bytes(b"x")
    assert verify(log.folder, "--policy", policy) == FALSE
    assert "核验不通过" in capsys.readouterr().err


def test_a_key_alone_says_that_no_witness_was_asked_for(log: Log, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(log.folder, "--key", LOG.verifier.line) == HOLDS
    assert "does not exclude a second history" in capsys.readouterr().out


def test_an_edit_is_named_and_the_exit_code_says_that_it_does_not_hold(log: Log, policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = log.file("tile/entries/000")
    file.write_bytes(file.read_bytes().replace(b"entry 77", b"entry 78"))
    assert verify(log.folder, "--policy", policy) == FALSE
    said = capsys.readouterr()
    assert "entry 77" in said.err
    assert "All holds" not in said.out


@pytest.mark.parametrize("signers", [(LOG,), (LOG_PQ, WITNESS), (WITNESS,)])
def test_a_checkpoint_that_the_policy_does_not_accept_does_not_hold(log: Log, policy: Path, signers: tuple[object, ...]) -> None:
    log.write(signers)  # type: ignore[arg-type]
    assert verify(log.folder, "--policy", policy) == FALSE


def test_what_cannot_be_read_has_its_own_exit_code(tmp_path: Path, log: Log, policy: Path) -> None:
    assert verify(tmp_path / "nowhere", "--policy", policy) == UNREADABLE
    assert verify(log.folder, "--policy", tmp_path / "none") == UNREADABLE
    assert verify("http://127.0.0.1:9", "--policy", policy) == UNREADABLE


def test_without_anybody_to_trust_nothing_is_verified(log: Log) -> None:
    assert verify(log.folder) == USAGE
    assert verify() == USAGE


def test_memory_finds_a_log_that_was_written_anew(log: Log, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = (log.folder, "--key", LOG.verifier.line, "--memory", tmp_path / "memory")
    assert verify(*words) == HOLDS
    log.entries += [b"more"] * 100
    log.write()
    assert verify(*words) == HOLDS
    assert "Since the 300 entries" in capsys.readouterr().out
    kept = (tmp_path / "memory").read_bytes()
    for changed in (log.entries[:350], [b"other", *log.entries[1:]]):
        Log(log.folder, list(changed)).write()
        assert verify(*words) == FALSE
    assert (tmp_path / "memory").read_bytes() == kept == Log(log.folder, log.entries).write().file("checkpoint").read_bytes()


def test_a_memory_of_another_log_is_refused(log: Log, tmp_path: Path) -> None:
    memory = tmp_path / "memory"
    memory.write_bytes(log.file("checkpoint").read_bytes().replace(ORIGIN.encode(), b"example.org/other"))
    assert verify(log.folder, "--key", LOG.verifier.line, "--memory", memory) == FALSE


def with_gm(folder: Path) -> tuple[Log, Path]:
    """A log whose second tree has been frozen in the first."""
    log = Log(folder / "log", [b"a", b"b", b"c"])
    log.entries += [gm_checkpoint_entry(log.write_gm(size)) for size in (2, 3)] + [b"d"] * 300
    log.entries.append(gm_checkpoint_entry(log.write_gm(200)))
    log.write()
    file = folder / "policy"
    file.write_text(POLICY + f"log {GM.verifier.line}\n")
    return log, file


def test_the_tree_of_sm3_is_verified_and_tied_to_the_log(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log, policy = with_gm(tmp_path)
    assert verify(log.folder, "--policy", policy) == HOLDS
    assert "200 entries holds; 3 of its checkpoints" in capsys.readouterr().out


def test_a_tree_of_sm3_that_was_set_back_or_forged_does_not_hold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log, policy = with_gm(tmp_path)
    log.write_gm(2)
    assert verify(log.folder, "--policy", policy) == FALSE
    assert "entry 4" in capsys.readouterr().err
    log.entries[4] = gm_checkpoint_entry(Log(tmp_path / "other", [b"x", b"y", b"z"]).write_gm(3))
    log.write()
    log.write_gm(200)
    assert verify(log.folder, "--policy", policy) == FALSE
    assert "entry 4" in capsys.readouterr().err


def test_a_tree_of_sm3_whose_newest_checkpoint_the_log_does_not_hold_is_held_by_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log, policy = with_gm(tmp_path)
    log.write_gm(250)
    assert verify(log.folder, "--policy", policy) == FALSE
    assert "gm/checkpoint 250" in capsys.readouterr().err
    log.write_gm(len(log.entries))
    assert verify(log.folder, "--policy", policy) == HOLDS, "the log will hold it when it next grows"


def test_a_proof_file_is_verified_offline(log: Log, policy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    proof, entry = tmp_path / "a.tlog-proof", tmp_path / "entry"
    proof.write_bytes(log.proof(77).encoded())
    entry.write_bytes(b"entry 77")
    log.file("checkpoint").unlink()
    assert verify(proof, "--policy", policy, "--entry", entry) == HOLDS
    assert "index 77" in capsys.readouterr().out
    entry.write_bytes(b"entry 78")
    assert verify(proof, "--policy", policy, "--entry", entry) == FALSE
    assert verify(proof, "--policy", policy) == FALSE, "without the entry"


def test_a_proof_file_may_bring_its_entry_and_is_refused_with_another(log: Log, policy: Path, tmp_path: Path) -> None:
    proof = tmp_path / "a.tlog-proof"
    proof.write_bytes(log.proof(77, b"entry 77").encoded())
    assert verify(proof, "--policy", policy) == HOLDS
    proof.write_bytes(log.proof(77, b"entry 78").encoded())
    assert verify(proof, "--policy", policy) == FALSE
    proof.write_bytes(b"?" + log.proof(77, b"entry 77").encoded())
    assert verify(proof, "--policy", policy) == FALSE


def test_the_program_is_one_file_that_needs_no_platform(log: Log, policy: Path, tmp_path: Path) -> None:
    program, again = tmp_path / "hexi-log.pyz", tmp_path / "again.pyz"
    assert verify("--write", program) == HOLDS
    assert verify("--write", again) == HOLDS
    assert program.read_bytes() == again.read_bytes(), "so that its hash can be published"
    environment = {"HEXI_LANG": "en", "PATH": os.environ["PATH"]}
    site = str(Path(__import__("cryptography").__file__).parents[1])
    script = (
        "import importlib.util, runpy, sys\n"
        "class Refused:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name.partition('.')[0] in ('django', 'ninja', 'pydantic', 'orjson', 'numpy'): raise ImportError(name)\n"
        f"sys.meta_path.insert(0, Refused()); sys.path.append({site!r})\n"
        f"sys.argv[0] = {str(program)!r}; runpy.run_path({str(program)!r}, run_name='__main__')"
    )
    words = [sys.executable, "-I", "-S", "-c", script]
    done = subprocess.run([*words, "verify", log.folder, "--policy", policy], capture_output=True, text=True, env=environment, cwd=tmp_path, check=False)
    assert (done.returncode, done.stdout.splitlines()[-1:]) == (0, ["All holds"]), done.stderr
    told = subprocess.run([*words, "--help"], capture_output=True, text=True, env=environment, cwd=tmp_path, check=True).stdout
    assert "verify" in told
    assert "witness" in told
    assert "demo" not in told


def test_a_policy_of_keys_asks_for_nobody() -> None:
    assert policy_in(POLICY.encode()).quorum == "w"
