"""What a desk offers of a manifest is what its reader's side may do, and nothing else."""

from __future__ import annotations

import random
from typing import Any

import pytest
from django.db import transaction

import hexi.core.data.actions as changes
from hexi.core.data.api import act, allowed_actions, describe
from hexi.core.data.beginning import begun_in
from hexi.core.data.presenting import next_step
from hexi.core.trust.api import PostRecord, Viewer
from hexi.kit import Forbidden, HexiError, Invalid, NotFound, registers
from hexi.scenarios.waste.models_manifest import Manifest
from hexi.scenarios.waste.tests.lives import OIL, Lives, town
from hexi.scenarios.waste.tests.states import LEGAL

pytestmark = pytest.mark.django_db
MANIFESTS, MOVES = 24, 22
STRANGERS = {
    "office": Viewer(None, "示例固废岗", (PostRecord(90, "waste_office", ""),)),
    "stranger": Viewer(None, "示例外单位", (PostRecord(91, "waste_receiver", "", "firm_none", ("firm_none",)),)),
}
UNLOAD = "unload"  # goes with "load", and the second table does not tell it apart
NOT_YOURS = ("不代表", "只有签署过")


@pytest.fixture
def lives() -> Lives:
    return Lives(random.Random(11), *town())


def test_what_is_offered_is_what_the_readers_side_may_do_in_every_state(lives: Lives, monkeypatch: pytest.MonkeyPatch) -> None:
    """Against the table that was written down a second time: nothing more is offered and nothing less."""
    seen = set[str]()
    for _ in range(MANIFESTS):
        row = Manifest.objects.get(pk=lives.born().pk)
        for _ in range(MOVES):
            seen.add(row.state)
            offered = _offered_to_all(lives, row)
            _refused_or_not_for_who_asks(lives, row, offered, monkeypatch)
            row = lives.moved(row)
    assert {"planned", "draft", "signed", "carried", "arrived", "accepted", "partly", "refused", "stored"} <= seen


def _offered_to_all(lives: Lives, row: Manifest) -> dict[str, set[str]]:
    about = describe(Manifest)
    offered = {name: set(allowed_actions(viewer, about, row)) - {UNLOAD} for name, viewer in lives.viewers.items()}
    assert offered == {name: _open_to(lives, row, name) for name in lives.viewers}, row.state
    assert all(not allowed_actions(one, about, row) for one in STRANGERS.values()), "each firm has accounts and signs for itself"
    return offered


def _open_to(lives: Lives, row: Manifest, name: str) -> set[str]:
    return {key for key, (states, party) in LEGAL.items() if row.state in states and name in lives.names(row, party) and _holds(row, key)}


def _holds(row: Manifest, key: str) -> bool:
    """What the state does not say: whether a handover waits, and whether something that was refused is not back yet."""
    waits, back = row.next_carrier is not None, bool(row.refused_kg) and row.returned_kg == 0
    return {"hand_on": waits, "arrive": not waits, "take_back_part": back}.get(key, True)


def _refused_or_not_for_who_asks(lives: Lives, row: Manifest, offered: dict[str, set[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    name, key = lives.rng.choice(list(lives.viewers)), lives.rng.choice(list(LEGAL))
    error = _tried(lives, row, name, key)
    if key in offered[name]:
        assert not isinstance(error, Forbidden)
        assert not _is_about_who(error), f"{key} was offered to {name}, and refused: {error}"
        return
    assert isinstance(error, Forbidden | NotFound), "the row is not its own, or not even to be seen"
    if row.state in LEGAL[key][0] and _holds(row, key) and not lives.names(row, LEGAL[key][1]) & {name}:
        with monkeypatch.context() as open_door:
            open_door.setattr(changes, "stands", lambda *_: True)
            assert _tried(lives, row, name, key) is not None, f"{key} has no guard of its own against {name}"


def _tried(lives: Lives, row: Manifest, name: str, key: str) -> HexiError | None:
    """What the step is refused with; nothing of it stays."""
    try:
        with transaction.atomic():
            act(lives.viewers[name], "waste.manifest", row.pk, key, lives.answers(row, key), version=row.version, why="随机")
            transaction.set_rollback(True)
    except HexiError as error:
        return error
    return None


def _is_about_who(error: HexiError | None) -> bool:
    said = [one.message.zh for one in error.problems] if isinstance(error, Invalid) else [error.what.zh] if error else []
    return any(word in text for word in NOT_YOURS for text in said)


def test_a_firm_begins_only_what_its_trade_allows(lives: Lives) -> None:
    about: Any = registers()["waste.manifest"]
    begun = {name: set(begun_in(viewer, about)) for name, viewer in {**lives.viewers, **STRANGERS}.items()}
    assert begun["maker"] == {"plan_pickup"}
    assert begun["store"] == {"plan_pickup", "regroup"}
    assert begun["plant"] == {"regroup"}, "it produces nothing"
    assert begun["truck"] == begun["stranger"] == set()
    assert begun["office"] == {"plan_pickup", "regroup", "enter_paper"}


def test_the_next_step_names_the_side_that_takes_it(lives: Lives) -> None:
    row: Any = act(lives.viewers["maker"], "waste.manifest", None, "plan_pickup", {"code": OIL})
    told = next_step(describe(Manifest), row)
    assert told is not None
    assert [label["zh"] for label in told["by"]] == ["移出人"]


def test_whoever_stands_elsewhere_is_told_whose_step_it_is(lives: Lives) -> None:
    to = {"receiver": lives.firms["plant"].pk, "carrier": lives.firms["truck"].pk}
    row: Any = act(lives.viewers["maker"], "waste.manifest", None, "plan_pickup", {"code": OIL, **to})
    with pytest.raises(Forbidden) as told:
        act(lives.viewers["plant"], "waste.manifest", row.pk, "drop", {}, version=row.version, why="随机")
    assert told.value.what.zh == "“取消”由移出人办理，您不代表这一方"
