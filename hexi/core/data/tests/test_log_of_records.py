"""A record's history in the public log: how far each event is, and its proof for whoever may read the record."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest

from hexi.core.data.stories import proof_address
from hexi.core.trust.api import Sequencer
from hexi.kernel.tlog.merkle import SHA256
from hexi.kernel.tlog.policy import policy_in
from hexi.kernel.tlog.proof import proof_in

URL = "/api/records/samples.thing"


@pytest.fixture
def log(tmp_path: Path, settings: Any) -> Sequencer:
    settings.LEDGER, settings.DEMO = tmp_path / "ledger", True
    return Sequencer()


def _revised(steward: Any, thing: Any) -> tuple[str, int]:
    row = thing(title="旧名")
    steward.patch(f"{URL}/{row.pk}", {"values": {"title": "新名"}, "version": 1, "why": "更名"})
    path = f"{URL}/{row.pk}/history"
    return path, steward.get(path).json()["rows"][0]["id"]


def test_a_history_says_how_far_each_event_is(steward: Any, thing: Any, log: Sequencer) -> None:
    path, event = _revised(steward, thing)
    assert steward.get(path).json()["rows"][0]["log"] == {"state": "waiting", "index": None}
    assert steward.get(f"{path}/{event}/proof").status_code == 404
    log.turn()
    assert steward.get(path).json()["rows"][0]["log"] == {"state": "logged", "index": 1}


def test_the_proof_of_an_event_says_nothing_of_it_and_holds_offline(steward: Any, thing: Any, log: Sequencer) -> None:
    path, event = _revised(steward, thing)
    log.turn()
    answer = steward.get(f"{path}/{event}/proof")
    assert answer["Content-Disposition"] == f'attachment; filename="event-{event}.tlog-proof"'
    proof = proof_in(answer.content)
    key = steward.get("/api/ledger").json()["keys"][0]
    proof.check(SHA256.leaf(proof.extra or b""), policy_in(f"log {key}\nquorum none\n".encode()))
    assert "新名" not in answer.content.decode() and "thing" not in (proof.extra or b"").decode()
    assert proof_in(steward.get(f"{path}/{event}/proof?tree=sm3&short=true").content).index == 1
    assert steward.get(f"{path}/{event}/proof?tree=md5").status_code == 422


def test_a_proof_is_for_those_who_may_read_the_record(person: Any, steward: Any, thing: Any, log: Sequencer) -> None:
    path, event = _revised(steward, thing)
    other, _ = _revised(steward, thing)
    log.turn()
    assert person().get(f"{path}/{event}/proof").status_code == 401
    assert person("community_worker", "120103999").get(f"{path}/{event}/proof").status_code == 404
    assert steward.get(f"{other}/{event}/proof").status_code == 404, "of another record"


def test_a_square_code_carries_the_whole_proof_to_the_page_that_checks_it(steward: Any, thing: Any, log: Sequencer) -> None:
    path, event = _revised(steward, thing)
    log.turn()
    answer = steward.get(f"{path}/{event}/proof.svg")
    assert answer["Content-Type"] == "image/svg+xml" and answer.content.startswith(b"<?xml")
    page, _, code = proof_address("https://x.example/ledger/verify", steward.get(f"{path}/{event}/proof?short=true").content).partition("#")
    carried = base64.urlsafe_b64decode(code + "=" * (-len(code) % 4))
    assert page.endswith("/ledger/verify") and proof_in(carried).index == 1
