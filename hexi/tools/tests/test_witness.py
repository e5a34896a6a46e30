"""A witness over HTTP against the text of c2sp.org/tlog-witness."""

from __future__ import annotations

import http.client
import random
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from hexi.kernel.tlog.checkpoint import Checkpoint, checkpoint_in
from hexi.kernel.tlog.merkle import SM3, root_of
from hexi.kernel.tlog.note import Note, Signature, note_in, verified
from hexi.kernel.tlog.policy import policy_in
from hexi.kernel.tlog.signing import (
    ED25519,
    ED25519_COSIGNATURE,
    new_secret,
    signer,
    time_of,
)
from hexi.kernel.tlog.submission import Answer, Submission
from hexi.kernel.tlog.witness import Store, Witness, known_logs
from hexi.tools.tests.witnesses import AT, FORK, GM, KEYS, LEAVES, LOG, ORIGIN, OTHER, ask, checkpoint, latest, proof, serving, submission


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "witness.sqlite3")


@pytest.fixture
def witness(store: Store) -> Witness:
    logs = policy_in(f"log {LOG.verifier.line}\nlog {OTHER.verifier.line}\nlog {GM.verifier.line}\nquorum none\n".encode())
    return Witness(KEYS, known_logs(logs), store, lambda: AT)


@pytest.fixture
def address(witness: Witness) -> Iterator[str]:
    with serving(witness) as found:
        yield found


def test_a_first_checkpoint_is_cosigned_with_both_keys_and_served(address: str) -> None:
    assert latest(address)[0] == 404
    answer = ask(address, submission(0, 20))
    assert answer.status == 200
    note = note_in(checkpoint(20) + answer.body)
    assert [time_of(one) for one in verified(note, [key.verifier for key in KEYS])] == [AT, AT]
    status, served = latest(address)
    assert (status, served) == (200, checkpoint(20) + answer.body)


def test_a_log_that_grows_is_followed(address: str) -> None:
    for old, size in ((0, 0), (0, 20), (20, 21), (21, 256), (256, 256), (256, 300)):
        assert ask(address, submission(old, size)).status == 200, (old, size)
    assert checkpoint_in(note_in(latest(address)[1]).text).size == 300


def test_several_logs_are_kept_apart(address: str) -> None:
    assert ask(address, submission(0, 20)).status == 200
    assert ask(address, Submission(0, (), checkpoint(7, key=OTHER)).encoded()).status == 200
    assert checkpoint_in(note_in(latest(address)[1]).text).size == 20
    assert checkpoint_in(note_in(latest(address, OTHER.name)[1]).text).size == 7


def test_the_tree_of_sm3_is_followed_by_its_own_hash(address: str) -> None:
    leaves = SM3.leaves(str(number).encode() for number in range(30))
    signed = {size: Checkpoint(GM.name, size, root_of(leaves[:size], SM3)).signed([GM], AT) for size in (10, 30)}
    assert ask(address, Submission(0, (), signed[10]).encoded()).status == 200
    assert ask(address, Submission(10, tuple(proof(10, 30)), signed[30]).encoded()).status == 422
    assert ask(address, Submission(10, tuple(proof(10, 30, leaves, SM3)), signed[30]).encoded()).status == 200


def stranger() -> bytes:
    return Submission(0, (), checkpoint(20, key=signer(new_secret(ED25519, "example.org/unknown")))).encoded()


def unsigned() -> bytes:
    key = signer(new_secret(ED25519, ORIGIN))
    return Submission(0, (), checkpoint(20, key=key)).encoded()


def badly_signed() -> bytes:
    text = Checkpoint(ORIGIN, 20, root_of(LEAVES[:20])).text
    return Submission(0, (), Note(text, (Signature(ORIGIN, LOG.verifier.key_id, bytes(64)),)).encoded()).encoded()


def wrong_empty_root() -> bytes:
    return Submission(0, (), Checkpoint(ORIGIN, 0, bytes(32)).signed([LOG], AT)).encoded()


REFUSED: tuple[tuple[str, Callable[[], bytes], int], ...] = (
    ("an unknown log", stranger, 404),
    ("a checkpoint that the log has not signed", unsigned, 403),
    ("a checkpoint with a false signature of the log", badly_signed, 403),
    ("an old size beyond the checkpoint", lambda: submission(21, 20), 400),
    ("no old size", lambda: submission(0, 20).removeprefix(b"old 0\n"), 400),
    ("an old size with a zero before it", lambda: submission(0, 20).replace(b"old 0", b"old 00"), 400),
    ("no empty line", lambda: submission(0, 20).replace(b"\n\n", b"\n"), 400),
    ("no checkpoint", lambda: b"old 0\n\n", 400),
    ("more than 63 lines of proof", lambda: Submission(0, (bytes(32),) * 64, checkpoint(20)).encoded(), 400),
    ("a line of proof that is no hash", lambda: submission(0, 20).replace(b"old 0\n", b"old 0\nQUJD\n"), 400),
    ("a proof where none is needed", lambda: Submission(0, (bytes(32),), checkpoint(20)).encoded(), 422),
    ("an empty tree with another root", wrong_empty_root, 422),
    ("an old size that it never signed", lambda: submission(5, 20), 409),
)


@pytest.mark.parametrize("body, status", [one[1:] for one in REFUSED], ids=[one[0] for one in REFUSED])
def test_what_is_refused_at_first_leaves_no_trace(address: str, body: Callable[[], bytes], status: int) -> None:
    assert ask(address, body()).status == status
    assert latest(address)[0] == 404


SECOND: tuple[tuple[str, Callable[[], bytes], int], ...] = (
    ("a fork with its own proof", lambda: submission(64, 300, FORK), 422),
    ("another root at the same size", lambda: submission(64, 64, FORK), 422),
    ("a proof for the same size", lambda: Submission(64, (bytes(32),), checkpoint(64)).encoded(), 422),
    ("no proof", lambda: Submission(64, (), checkpoint(300)).encoded(), 422),
    ("a broken proof", lambda: Submission(64, (*proof(64, 300)[:-1], bytes(32)), checkpoint(300)).encoded(), 422),
    ("a rollback", lambda: submission(0, 20), 409),
    ("a step from a wrong size", lambda: submission(63, 300), 409),
)


@pytest.mark.parametrize("body, status", [one[1:] for one in SECOND], ids=[one[0] for one in SECOND])
def test_what_contradicts_the_last_checkpoint_is_refused(address: str, body: Callable[[], bytes], status: int) -> None:
    ask(address, submission(0, 64))
    before = latest(address)
    answer = ask(address, body())
    assert answer.status == status
    if status == 409:
        assert (answer.media_type, answer.body) == ("text/x.tlog.size", b"64\n")
    assert latest(address) == before


def test_a_contradiction_is_kept_as_evidence_once_and_not_without_end(witness: Witness, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    witness.add_checkpoint(submission(0, 64))
    for size in (64, 64, 70):
        witness.add_checkpoint(submission(64, size, FORK))
    assert store.refused(ORIGIN) == [checkpoint(64, FORK), checkpoint(70, FORK)]
    monkeypatch.setattr("hexi.kernel.tlog.witness.MOST_KEPT", 3)
    for size in (71, 72):
        witness.add_checkpoint(submission(64, size, FORK))
    assert store.refused(ORIGIN) == [checkpoint(size, FORK) for size in (70, 71, 72)]


def test_a_log_may_send_the_signatures_of_others_along(address: str) -> None:
    more = signer(new_secret(ED25519_COSIGNATURE, "somebody")).sign(Checkpoint(ORIGIN, 20, root_of(LEAVES[:20])).text, AT)
    body = Submission(0, (), checkpoint(20) + more.line.encode()).encoded()
    assert ask(address, body).status == 200
    assert b"somebody" not in latest(address)[1], "what it has not verified it does not serve"


def test_any_walk_of_honest_and_false_submissions_keeps_one_history(witness: Witness) -> None:
    dice, signed = random.Random(5), {0: root_of([])}
    last = 0
    for _ in range(150):
        old, size = dice.choice((last, last, dice.randrange(301))), dice.randrange(301)
        leaves = dice.choice((LEAVES, LEAVES, FORK))
        answer = witness.add_checkpoint(submission(old, size, leaves))
        honest = old == last <= size and root_of(leaves[:old]) == signed[last] and (old == 0 or root_of(leaves[:old]) == root_of(leaves[:last]))
        assert (answer.status == 200) == honest, (last, old, size)
        if honest:
            last = size
            signed[last] = root_of(leaves[:size])
    assert len(signed) > 3


def test_two_submissions_at_once_never_roll_back(address: str, store: Store) -> None:
    """Everybody races from the same size; each round has one winner, and what is kept is what was signed last."""
    last = 0
    for size in range(10, 60, 10):
        sizes = [size, size + 1, size + 2, size + 3] * 2
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda wish: (wish, ask(address, submission(last, wish))), sizes))  # noqa: B023 - used at once
        won = [wish for wish, answer in answers if answer.status == 200]
        assert {answer.status for _, answer in answers} == {200, 409}
        assert len(won) == 1
        last = won[0]
        assert checkpoint_in(note_in(latest(address)[1]).text).size == last


def test_two_processes_on_one_store_never_sign_two_histories(store: Store, witness: Witness) -> None:
    twin = Witness(KEYS, witness.logs, Store(store.file))
    for last, size in ((0, 50), (50, 100), (100, 150)):
        bodies = [submission(last, size), submission(last, size, FORK)] * 2
        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(lambda one: one[0].add_checkpoint(one[1]), zip((witness, twin, twin, witness), bodies, strict=True)))
        assert sum(answer.status == 200 for answer in answers) == 1
        assert {answer.status for answer in answers} <= {200, 409, 422}
        with store.turn() as turn:
            kept = store.latest(ORIGIN, turn)
        assert kept is not None
        assert kept.size == size
        if kept.root != root_of(LEAVES[:size]):
            break  # the fork was first, and is the only history from now on


DYING = """
import os, signal, sys
from pathlib import Path
from hexi.kernel.tlog.policy import policy_in
from hexi.kernel.tlog.signing import signer
from hexi.kernel.tlog.witness import Store, Witness, known_logs

class Dying(Witness):
    def add_checkpoint(self, body):
        answer = super().add_checkpoint(body)
        os.kill(os.getpid(), signal.SIGKILL)  # persisted, and not yet said
        return answer

keys, logs, store = map(Path, sys.argv[1:])
signers = [signer(line) for line in keys.read_text().split()]
Dying(signers, known_logs(policy_in(logs.read_bytes())), Store(store)).add_checkpoint(sys.stdin.buffer.read())
"""


def test_a_witness_that_dies_before_its_answer_remembers_what_it_signed(tmp_path: Path, witness: Witness) -> None:
    keys, logs = tmp_path / "keys", tmp_path / "logs"
    keys.write_text(new_secret(ED25519_COSIGNATURE, "w") + "\n")
    logs.write_text(f"log {LOG.verifier.line}\nquorum none\n")
    killed = subprocess.run([sys.executable, "-c", DYING, keys, logs, witness.store.file], input=submission(0, 64), check=False)
    assert killed.returncode == -signal.SIGKILL
    assert witness.add_checkpoint(submission(0, 64, FORK)) == Answer(409, b"64\n", "text/x.tlog.size")
    assert witness.add_checkpoint(submission(64, 64, FORK)).status == 422
    assert witness.add_checkpoint(submission(64, 64)).status == 200, "the log asks again and gets its line"


def test_what_was_not_written_was_not_signed(store: Store, witness: Witness, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_words: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr(Store, "keep", full)
    assert witness.add_checkpoint(submission(0, 20)).status == 503
    monkeypatch.undo()
    assert witness.add_checkpoint(submission(0, 64, FORK)).status == 200


@pytest.mark.parametrize(
    "head, status",
    [
        (b"POST /add-checkpoint HTTP/1.1\r\nHost: x\r\n\r\n", b"411"),
        (b"POST /add-checkpoint HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n", b"413"),
        (b"POST /other HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", b"404"),
        (b"GET /add-checkpoint HTTP/1.1\r\nHost: x\r\n\r\n", b"404"),
        (b"GET /00/checkpoint HTTP/1.1\r\nHost: x\r\n\r\n", b"404"),
        (b"PUT / HTTP/1.1\r\nHost: x\r\n\r\n", b"501"),
    ],
)
def test_other_requests_get_their_status(address: str, head: bytes, status: bytes) -> None:
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as line:
        line.sendall(head)
        assert line.recv(4096).split(b" ")[1] == status


def test_a_kept_connection_serves_many_requests(address: str) -> None:
    connection = http.client.HTTPConnection(address.removeprefix("http://"))
    for old, size in ((0, 20), (20, 64), (64, 65)):
        connection.request("POST", "/add-checkpoint", submission(old, size))
        answer = connection.getresponse()
        assert (answer.status, bool(answer.read())) == (200, True)
    connection.close()


