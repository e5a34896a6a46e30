"""Witnesses: their lines are published, their silence is an alarm, their contradiction stops the log."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hexi.core.trust.guard import guard_lifted
from hexi.core.trust.ledger.appending import state
from hexi.core.trust.ledger.cosigning import Cosigner, policy
from hexi.core.trust.ledger.keys import keys
from hexi.core.trust.ledger.models import Checkpoint as Signed
from hexi.core.trust.ledger.models import Entry, Node, State
from hexi.core.trust.ledger.publishing import public_folder
from hexi.core.trust.ledger.sequencer import Sequencer
from hexi.kernel.errors import Unavailable
from hexi.kernel.label import t
from hexi.kernel.tlog.policy import policy_in
from hexi.kernel.tlog.signing import ED25519_COSIGNATURE, SignerKey, new_secret, signer
from hexi.kernel.tlog.submission import Answer
from hexi.kernel.tlog.witness import Store, Witness, known_logs

Happen = Callable[[int], list[int]]
pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 1, tzinfo=UTC)
CITY = signer(new_secret(ED25519_COSIGNATURE, "city.example/witness"))


class Town:
    """A log with one witness behind a wire that can be cut."""

    def __init__(self, folder: Path, witness_key: SignerKey = CITY) -> None:
        self.now, self.cut = START, False
        self.folder, self.key = folder, witness_key
        self.witness: Witness | None = None

    def sequencer(self) -> Sequencer:
        return Sequencer(lambda: self.now, timedelta(0), Cosigner(self.post, lambda: self.now))

    def post(self, address: str, body: bytes, _timeout_s: float) -> Answer:
        if self.cut:
            raise Unavailable(t("断线", "The wire is cut"), which=address)
        if self.witness is None:
            logs = known_logs(policy_in(f"log {keys().main[0].verifier.line}\nquorum none\n".encode()))
            self.witness = Witness([self.key], logs, Store(self.folder / "witness.sqlite3"))
        return self.witness.add_checkpoint(body)

    def accepted(self) -> tuple[str, ...]:
        """The witnesses on the published checkpoint, for somebody who trusts this log under this policy."""
        text = (self.folder / "policy").read_text()
        trusted = policy_in(f"log {keys().main[0].verifier.line}\n{text}".encode())
        return trusted.accepted((public_folder() / "checkpoint").read_bytes()).witnesses


@pytest.fixture
def town(folder: Path) -> Town:
    folder.mkdir()
    (folder / "policy").write_text(f"witness city {CITY.verifier.line} http://city.example\nquorum city\n")
    return Town(folder)


def test_the_published_checkpoint_carries_the_witnesses_line(happen: Happen, town: Town) -> None:
    sequencer = town.sequencer()
    for count in (1, 300, 2):
        happen(count)
        sequencer.turn()
        assert sequencer.cosigner.turn() is True and sequencer.cosigner.turn() is False
        sequencer.publish()
        assert town.accepted() == ("city",)
    assert Signed.objects.filter(tree="sha256", cosigned_at=None).count() == 0


def test_a_silent_witness_holds_nothing_up_and_is_an_alarm_after_a_while(happen: Happen, town: Town, caplog: Any) -> None:
    sequencer = town.sequencer()
    town.cut = True
    happen(1)
    sequencer.turn()
    for minute in range(12):
        town.now = START + timedelta(minutes=minute)
        happen(1)
        assert sequencer.cosigner.turn() is False
        sequencer.turn()
        assert state().trouble == ("unwitnessed" if minute >= 10 else ""), minute
    size = state().size
    assert size > 13 and [one.levelname for one in caplog.records] == ["WARNING", "ERROR"]
    town.cut = False
    assert sequencer.cosigner.turn() is True
    sequencer.turn()
    assert state().trouble == "" and town.accepted() == ("city",)


def test_an_idle_log_whose_last_checkpoint_is_cosigned_gives_no_alarm(happen: Happen, town: Town) -> None:
    sequencer = town.sequencer()
    happen(1)
    sequencer.turn()
    sequencer.cosigner.turn()
    town.now += timedelta(days=3)
    sequencer.turn()
    assert state().trouble == ""


def _set_back(backup: dict[Any, list[Any]]) -> None:
    from django.db import connection

    with guard_lifted(connection):
        for model, kept in backup.items():
            model.objects.all().delete()
            model.objects.bulk_create(kept)


def test_a_log_that_was_set_back_with_its_files_is_stopped_by_its_witness(happen: Happen, town: Town) -> None:
    import shutil

    sequencer = town.sequencer()
    happen(2)
    sequencer.turn()
    sequencer.cosigner.turn()
    backup = {model: list(model.objects.all()) for model in (Entry, Node, State, Signed)}
    happen(5)
    sequencer.turn()
    sequencer.cosigner.turn()
    _set_back(backup)
    shutil.rmtree(public_folder())
    again = town.sequencer()
    again.turn()
    assert state().trouble == "behind" and state().size == backup[State][0].size
    assert not (public_folder() / "checkpoint").exists()
    again.turn()
    assert state().trouble == "behind" and Signed.objects.count() == len(backup[Signed])


def test_a_witness_that_knows_another_log_stops_one_that_is_running(happen: Happen, town: Town) -> None:
    sequencer = town.sequencer()
    happen(2)
    sequencer.turn()
    sequencer.cosigner.turn()
    store = town.witness.store  # type: ignore[union-attr]
    with store.turn() as turn:
        turn.execute("UPDATE latest SET root = ?", (b"\0" * 32,))
    happen(1)
    sequencer.turn()
    assert sequencer.cosigner.turn() is False
    before = state().size
    happen(1)
    sequencer.turn()
    assert state().trouble == "forked" and Signed.objects.filter(size__gt=before).count() == 0


def test_a_policy_that_cannot_be_read_is_told(happen: Happen, town: Town) -> None:
    (town.folder / "policy").write_text("witness city nonsense\n")
    happen(1)
    town.sequencer().turn()
    assert state().trouble == "unproven" and "line 1" in state().told


def test_without_a_policy_nobody_is_asked(happen: Happen, folder: Path) -> None:
    town = Town(folder)
    happen(1)
    sequencer = town.sequencer()
    sequencer.turn()
    assert policy() is None and sequencer.cosigner.turn() is False and state().trouble == ""
