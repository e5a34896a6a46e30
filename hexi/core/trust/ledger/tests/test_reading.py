"""The read path: what any client of such logs asks for, from files or from the database, with the same bytes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hexi.core.trust.contracts import ProofForm
from hexi.core.trust.ledger.appending import append
from hexi.core.trust.ledger.keys import keys
from hexi.core.trust.ledger.models import Entry
from hexi.core.trust.ledger.publishing import public_folder
from hexi.core.trust.ledger.reading import event_proof, log_status, logged
from hexi.core.trust.ledger.records import Draft
from hexi.core.trust.ledger.sequencer import Sequencer
from hexi.core.trust.ledger.trees import GM, MAIN, TREES
from hexi.kernel.errors import NotFound
from hexi.kernel.tlog.policy import policy_in
from hexi.kernel.tlog.proof import proof_in

Happen = Callable[[int], list[int]]
pytestmark = pytest.mark.django_db


def _paths() -> list[str]:
    public = public_folder()
    return sorted(str(path.relative_to(public)) for path in public.rglob("*") if path.is_file())


def test_files_and_database_answer_with_the_same_bytes(happen: Happen, sequencer: Sequencer, client: Client) -> None:
    happen(600)
    sequencer.turn()
    asked = [*_paths(), *(path.replace("tile/entries", "gm/tile/entries") for path in _paths() if "entries" in path)]
    from_files = {path: client.get(f"/ledger/{path}") for path in asked}
    assert len(asked) > 12 and all(answer.status_code == 200 for answer in from_files.values())
    shutil.rmtree(public_folder())
    assert {path: client.get(f"/ledger/{path}").content for path in asked} == {path: one.content for path, one in from_files.items()}


def test_checkpoints_are_kept_for_a_second_and_tiles_for_ever(happen: Happen, sequencer: Sequencer, client: Client) -> None:
    happen(300)
    sequencer.turn()
    for prefix in ("", "gm/"):
        checkpoint, tile = client.get(f"/ledger/{prefix}checkpoint"), client.get(f"/ledger/{prefix}tile/0/000")
        assert (checkpoint["Content-Type"], checkpoint["Cache-Control"]) == ("text/plain; charset=utf-8", "public, max-age=1")
        assert (tile["Content-Type"], tile["Cache-Control"]) == ("application/octet-stream", "public, max-age=31536000, immutable")
        assert len(tile.content) == 8192 and "Set-Cookie" not in tile and "Vary" not in tile
    assert client.post("/ledger/checkpoint").status_code == 405


@pytest.mark.parametrize("path", [
    "tile/0/001", "tile/0/000.p/0", "tile/0/000.p/256", "tile/1/000", "tile/2/000", "tile/00/000", "tile/0/0", "tile/0/x000/000", "tile/64/000",
    "tile/0/000.p/07", "tile/entries/001", "tile/data/000", "gm/tile/0/001", "keys", "../keys", "..%2fkeys", "policy", "",
])  # fmt: skip
def test_what_the_log_does_not_have_is_absent_in_words(path: str, happen: Happen, sequencer: Sequencer, client: Client) -> None:
    happen(300)
    sequencer.turn()
    shutil.rmtree(public_folder() / "tile")
    answer = client.get(f"/ledger/{path}", headers={"Accept-Language": "en"})
    assert answer.status_code == 404 and (not path or b"no such file" in answer.content or b"such address" in answer.content)


def test_what_no_checkpoint_covers_yet_is_not_served(happen: Happen, sequencer: Sequencer, client: Client) -> None:
    happen(100)
    sequencer.turn()
    append([Draft("document", b"{}")] * 200)
    assert client.get("/ledger/tile/0/000").status_code == client.get("/ledger/tile/entries/000").status_code == 404
    assert client.get("/ledger/tile/0/000.p/103").status_code == 404
    assert client.get("/ledger/tile/0/000.p/50").status_code == 200, "a smaller one may have been published once"


@pytest.mark.parametrize("tree", TREES, ids=lambda tree: tree.name)
def test_the_proof_of_an_event_holds_offline(tree: Any, happen: Happen, sequencer: Sequencer) -> None:
    events = happen(300)
    sequencer.turn()
    own = keys()
    trusted = policy_in(f"log {(own.main if tree is MAIN else own.gm)[0].verifier.line}\nquorum none\n".encode())
    for event in (events[0], events[255], events[-1]):
        for short in (False, True):
            proof = proof_in(event_proof(event, ProofForm(tree.name, short)))
            assert proof.extra == bytes(Entry.objects.get(event_id=event).content)
            proof.check(tree.hashing.leaf(proof.extra), trusted, tree.hashing)
    assert len(event_proof(events[0], ProofForm(short=True))) < 1500 and tree.name in {"sha256", "sm3"}


def test_an_event_without_a_place_has_no_proof_yet(happen: Happen, sequencer: Sequencer) -> None:
    (event,) = happen(1)
    with pytest.raises(NotFound, match="not in the log yet"):
        event_proof(event)
    assert logged([event])[event].state == "waiting"
    waiting = log_status()
    assert waiting.waiting_since is not None and waiting.size == 0
    sequencer.turn()
    assert (logged([event])[event].state, logged([event])[event].index) == ("logged", 1)
    done = log_status()
    assert (
        done.waiting_since is None
        and done.signed_size == done.size == 3
        and done.origin == keys().origin
        and list(done.keys) == keys().lines
    )
    assert GM.suffix == "/gm"
