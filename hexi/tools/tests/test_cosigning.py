"""The log's side of witnessing: quorum, forgotten sizes, silent witnesses, contradictions."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hexi.kernel.errors import Unavailable
from hexi.kernel.tlog.cosigning import BEHIND, FORKED, collect
from hexi.kernel.tlog.note import note_in
from hexi.kernel.tlog.policy import Policy, policy_in
from hexi.kernel.tlog.signing import (
    ED25519_COSIGNATURE,
    SignerKey,
    new_secret,
    signer,
)
from hexi.kernel.tlog.submission import Answer
from hexi.kernel.tlog.witness import KnownLog, Store, Witness
from hexi.tools.tests.witnesses import AT, FORK, KEYS, LOG, ORIGIN, ask, checkpoint, proof, serving, submission


def policy(*urls: str, quorum: str = "all") -> Policy:
    """One witness at each address. The first one has the keys above."""
    lines = [f"witness w{number} {keys_of(number)[0].verifier.line} {url}" for number, url in enumerate(urls)]
    names = " ".join(f"w{number}" for number in range(len(urls)))
    return policy_in("\n".join([f"log {LOG.verifier.line}", *lines, f"group all {quorum} {names}", "quorum all", ""]).encode())


MORE = [(signer(new_secret(ED25519_COSIGNATURE, f"w{number}")),) for number in range(1, 4)]


def keys_of(number: int) -> tuple[SignerKey, ...]:
    return KEYS if number == 0 else MORE[number - 1]


@pytest.fixture
def three(tmp_path: Path) -> Iterator[list[str]]:
    """Three witnesses of the log."""
    logs = {ORIGIN: KnownLog(ORIGIN, (LOG.verifier,))}
    servers = [serving(Witness(keys_of(number), logs, Store(tmp_path / f"{number}.sqlite3"))) for number in range(3)]
    yield [one.__enter__() for one in servers]
    for one in servers:
        one.__exit__()


def proof_to(size: int) -> Callable[[int], list[bytes]]:
    return lambda old: proof(old, size)


def test_a_log_collects_the_quorum_and_remembers_the_sizes(three: list[str]) -> None:
    sizes: dict[str, int] = {}
    wanted = policy(*three)
    for size in (20, 64, 64, 300):
        found = collect(checkpoint(size), wanted, proof_to(size), sizes)
        assert (found.is_enough, found.witnesses, found.refusals) == (True, ("w0", "w1", "w2"), {})
        assert wanted.accepted(found.note).checkpoint.size == size
        assert sizes == dict.fromkeys(three, size)


def test_a_log_that_forgot_the_sizes_starts_from_those_of_the_witnesses(three: list[str]) -> None:
    ask(three[0], submission(0, 20))
    ask(three[1], submission(0, 64))
    sizes = {three[2]: 150}
    assert collect(checkpoint(300), policy(*three), proof_to(300), sizes).witnesses == ("w0", "w1", "w2")


def test_cosigning_the_same_checkpoint_again_renews_the_lines(three: list[str]) -> None:
    sizes: dict[str, int] = {}
    once = collect(checkpoint(20), policy(*three), proof_to(20), sizes).note
    again = collect(once, policy(*three), proof_to(20), sizes).note
    assert len(note_in(again).signatures) == len(note_in(once).signatures) == 4


def test_a_dead_and_a_slow_witness_do_not_hold_up_a_quorum_of_others(three: list[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as slow:
        address = f"http://127.0.0.1:{slow.getsockname()[1]}"
        begun = time.monotonic()
        found = collect(checkpoint(20), policy(three[0], three[1], address, quorum="2"), proof_to(20), {}, timeout_s=30)
        assert found.is_enough
        assert time.monotonic() - begun < 15
        late = collect(checkpoint(20), policy(three[0], three[1], address), proof_to(20), {}, timeout_s=0.3)
    assert not late.is_enough
    assert isinstance(late.refusals[address], Unavailable)
    dead = collect(checkpoint(20), policy(three[0], three[1], address), proof_to(20), {}, timeout_s=5)
    assert dead.witnesses == ("w0", "w1")
    assert isinstance(dead.refusals[address], Unavailable)


def test_a_log_that_was_set_back_is_told_so(three: list[str]) -> None:
    ask(three[0], submission(0, 300))
    found = collect(checkpoint(64), policy(*three), proof_to(64), {})
    assert found.refusals[three[0]].code == BEHIND
    assert found.contradiction is found.refusals[three[0]]
    assert (found.is_enough, found.witnesses) == (False, ("w1", "w2"))


def test_a_log_that_forked_is_told_so(three: list[str]) -> None:
    ask(three[0], submission(0, 64, FORK))
    found = collect(checkpoint(300), policy(*three), proof_to(300), {})
    assert found.contradiction is not None
    assert found.contradiction.code == FORKED


def test_a_line_of_another_key_or_without_a_time_counts_for_nothing() -> None:
    wanted = policy("http://w.invalid")
    text = note_in(checkpoint(20)).text
    stranger_line = signer(new_secret(ED25519_COSIGNATURE, KEYS[0].name)).sign(text, AT).line
    for lines in (stranger_line, KEYS[0].sign(text, 0).line, LOG.sign(text, AT).line, "", "nonsense\n"):
        found = collect(checkpoint(20), wanted, proof_to(20), {}, post=lambda *_, body=lines: Answer(200, body.encode()))
        assert not found.is_enough, lines
        assert found.note == checkpoint(20)
        assert list(found.refusals) == ["http://w.invalid"]


def test_a_witness_that_answers_ever_new_sizes_is_given_up() -> None:
    asked: list[bytes] = []

    def post(_address: str, body: bytes, _timeout: float) -> Answer:
        asked.append(body)
        return Answer(409, f"{len(asked)}\n".encode(), "text/x.tlog.size")

    found = collect(checkpoint(20), policy("http://w.invalid"), proof_to(20), {}, post=post)
    assert len(asked) == 3
    assert found.refusals["http://w.invalid"].code == "refused"


def test_a_refused_contradiction_of_media_type_is_no_size() -> None:
    found = collect(checkpoint(20), policy("http://w.invalid"), proof_to(20), {}, post=lambda *_: Answer(409, b"5\n", "text/html"))
    assert not found.is_enough


