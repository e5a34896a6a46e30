"""The three rates by hand, exclusions with their reasons, and what counts as repeated."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from hexi.core.trust.api import PLATFORM
from hexi.kit import Case, NewCase, PastCase, Period, Replay, tallies
from hexi.modules.cases.rates import behind
from hexi.scenarios.hotline.excluding import in_force
from hexi.scenarios.hotline.models import Exclusion
from hexi.scenarios.hotline.sample import simulated
from hexi.scenarios.hotline.scoring import sources, table
from hexi.scenarios.hotline.sources import SOURCES
from hexi.scenarios.hotline.tests.conftest import COMMUNITY, Person, do, ok

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
MONDAY = datetime(2026, 3, 9, 1, tzinfo=UTC)
PERIOD = Period(MONDAY - timedelta(days=1), NOW)
BY_HAND = {"responded": (4, 5), "solved": (2, 3), "satisfied": (1, 3), "answered_in_time": (4, 6), "sent_right": (6, 6), "repeated": (2, 7)}


def at(hours: float) -> datetime:
    return MONDAY + timedelta(hours=hours)


class Scene:
    """Seven orders about food: one working day for contact, five for handling."""

    def __init__(self) -> None:
        self.replay = Replay("hotline", NOW, random.Random(1), "test")

    def taken(self, hours: float = 0, place: str = "") -> PastCase:
        new = NewCase("hotline", "食品安全", category="appeal.market.food", source="hotline", place=place)
        return self.replay.open(at(hours), new)

    def closed(self, one: PastCase, contact: float, answer: float, **said: Any) -> PastCase:
        self.sent(one)
        self.replay.take(one, "contact", at(contact))
        self.replay.finish(one, at(answer), "示例")
        self.replay.verify(one, "close_after_call", at(answer + 1), "passed", way="callback", by="示例", **said)
        return one

    def sent(self, one: PastCase) -> None:
        start = one.told[-1][1]
        self.replay.take(one, "take", start + timedelta(minutes=5))
        self.replay.send(one, "send_out", start + timedelta(minutes=10))
        self.replay.accept(one, start + timedelta(minutes=20), "示例")

    def play(self) -> None:
        self.closed(self.taken(place=COMMUNITY), 2, 5, reached=True, solved=True, satisfied=True)
        self.closed(self.taken(), 80, 82, reached=True, solved=True, satisfied=False)
        self.closed(self.taken(), 3, 200, reached=True, solved=False, satisfied=False)
        self.closed(self.taken(1, COMMUNITY), 4, 6, reached=False)
        out = self.closed(self.taken(2, COMMUNITY), 5, 7, reached=True, solved=False, satisfied=False)
        waiting = self.taken()
        self.sent(waiting)
        self.replay.take(waiting, "contact", at(6))
        self.taken()
        self.replay.write()
        Exclusion.objects.create(case=out.case, ground="unreasonable", reason="示例", state="granted", asked_by="示例", asked_at=NOW)


@pytest.fixture
def scene(tree: None) -> None:
    Scene().play()


def test_every_rate_is_what_was_counted_by_hand(scene: None) -> None:
    found = tallies(table, Case.objects.all(), PERIOD)[""]
    assert {key: (tally.hits, tally.of) for key, tally in found.items()} == BY_HAND


@pytest.mark.parametrize("key", BY_HAND)
def test_the_orders_behind_a_figure_are_as_many_as_it_says(scene: None, key: str) -> None:
    found = [behind(table, table.rate(key), Case.objects.all(), PERIOD, part).count() for part in ("numerator", "denominator")]
    assert tuple(found) == BY_HAND[key]


def test_a_claim_that_was_not_granted_changes_nothing(scene: None) -> None:
    Exclusion.objects.update(state="asked")
    found = tallies(table, Case.objects.all(), PERIOD)[""]
    assert (found["responded"].of, found["solved"].of) == (6, 4)


def test_an_exclusion_needs_ground_reason_and_somebody_else(sent: Callable[..., Case], unit: Person, dispatcher: Person) -> None:
    case = sent()
    assert do(unit, case, "claim_exclusion", "无依据", ground="too_much_work").status_code == 422
    assert do(unit, case, "claim_exclusion", "", ground="unreasonable").status_code == 422
    ok(do(unit, case, "claim_exclusion", "要求拆除合法建筑", ground="unreasonable"))
    row = Exclusion.objects.get(case=case)
    assert do(unit, row, "grant_exclusion", "同意").status_code == 403
    ok(do(dispatcher, row, "grant_exclusion", "核实无误"))
    assert Exclusion.objects.get(case=case).state == "granted"


def test_whoever_claims_an_exclusion_may_not_grant_it(sent: Callable[..., Case], person: Callable[..., Person]) -> None:
    both = person(("case_dispatcher", "120103"), ("hotline_caller", "120103"))
    case = sent()
    ok(do(both, case, "claim_exclusion", "三次未接", ground="not_reached"))
    assert do(both, Exclusion.objects.get(case=case), "grant_exclusion", "同意").status_code == 403


def test_a_ground_counts_only_while_it_is_in_force() -> None:
    assert in_force("not_reached", NOW.date())
    assert not in_force("not_reached", datetime(2020, 1, 1, tzinfo=UTC).date())


def test_the_sample_holds_disputes_exclusions_and_every_answer(tree: None) -> None:
    lives, replay = simulated(NOW, 160, [COMMUNITY, "120103001002"])
    replay.write()
    assert any(one.claims() for one in lives) and any(one.exclusions for one in lives)
    for source in (*sources, *SOURCES):
        answer = source.read(PLATFORM, {"rate": "solved", "by": "office"})
        assert answer.quality == "sample"
    found = tallies(table, Case.objects.all(), None)[""]
    assert all(0 <= tally.hits <= tally.of and tally.of for tally in found.values())
