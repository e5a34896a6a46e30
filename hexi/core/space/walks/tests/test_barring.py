"""A gate that is locked, a fence, a gate that is opened: the next answer knows of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from hexi.core.space.api import Standpoint, distance_m, nearest_helpers, walked_route
from hexi.core.space.ground.tables import Gate, Way
from hexi.core.space.walks import answers
from hexi.kernel.catalogue import catalogue
from hexi.kernel.errors import NotFound
from hexi.kernel.ground import Barred, Shown, Warden
from hexi.kernel.label import t

CROSSING, NORTH, EAST = (117.202, 39.002), (117.202, 39.004), (117.204, 39.002)
ON_THE_WAY = Barred(117.203, 39.002)
BEFORE_IT, SHUT_GATE, BEHIND_IT = (117.203, 39.002), (117.203, 39.003), (117.203, 39.004)
THROUGH_M, ROUND_M = 222.0, 395.0
Bar = Callable[..., None]
pytestmark = pytest.mark.usefixtures("town")


@pytest.fixture
def bar(monkeypatch: pytest.MonkeyPatch) -> Bar:
    """Says what is barred from now on."""
    standing: list[Barred] = []
    warden = Warden("test", t("测试", "test"), lambda moment: [each for each in standing if moment < datetime(2090, 1, 1, tzinfo=UTC)])
    monkeypatch.setitem(catalogue.wardens, "test", warden)

    def barred(*now: Barred) -> None:
        standing[:] = now

    return barred


def is_reached(at: datetime | None = None) -> bool:
    return nearest_helpers(CROSSING, [Standpoint("东头", *EAST)], at=at)[0].exact


def test_what_is_barred_counts_at_once_and_no_longer_when_it_is_lifted(bar: Bar) -> None:
    assert is_reached()
    bar(ON_THE_WAY)
    assert not is_reached()
    with pytest.raises(NotFound):
        walked_route(CROSSING, EAST)
    bar()
    assert is_reached()


def test_a_question_about_another_moment_is_answered_as_of_that_moment(bar: Bar) -> None:
    bar(ON_THE_WAY)
    assert not is_reached()
    assert is_reached(datetime(2095, 1, 1, tzinfo=UTC))


def test_a_fence_closes_every_way_within_and_a_spot_far_from_every_street_closes_none(bar: Bar) -> None:
    bar(Barred(117.2085, 39.0045))
    assert is_reached()
    bar(Barred(117.203, 39.00205, radius_m=20))
    assert not is_reached()
    way = walked_route(CROSSING, NORTH)
    assert way.metres == pytest.approx(distance_m(CROSSING, NORTH), abs=0.1)


def metres_to_the_gate_house(at: datetime | None = None) -> float:
    """From before the path: through the gate, or round by the steps."""
    return nearest_helpers(BEFORE_IT, [Standpoint("门后", *BEHIND_IT)], at=at)[0].metres


def test_a_shut_gate_can_be_opened_and_who_closes_it_wins(bar: Bar) -> None:
    assert metres_to_the_gate_house() == pytest.approx(ROUND_M, abs=2)
    bar(Barred(*SHUT_GATE, opens=True))
    assert metres_to_the_gate_house() == pytest.approx(THROUGH_M, abs=2)
    bar(Barred(*SHUT_GATE, opens=True), Barred(*SHUT_GATE))
    assert metres_to_the_gate_house() == pytest.approx(ROUND_M, abs=2)


def test_a_gate_with_hours_is_closed_outside_of_them_and_odd_hours_leave_it_open() -> None:
    gate = Gate.objects.get(ref="n303")
    Gate.objects.filter(pk=gate.pk).update(is_shut=False, opening_hours="06:00-22:00", updated_at=timezone.now())
    noon = timezone.localtime().replace(hour=12, minute=0)
    night = noon.replace(hour=23)
    assert metres_to_the_gate_house(noon) == pytest.approx(THROUGH_M, abs=2)
    assert metres_to_the_gate_house(night) == pytest.approx(ROUND_M, abs=2)
    Gate.objects.filter(pk=gate.pk).update(opening_hours="PH off", updated_at=timezone.now())
    assert metres_to_the_gate_house(night) == pytest.approx(THROUGH_M, abs=2)


def test_a_way_that_is_gone_from_the_map_is_walked_no_more() -> None:
    assert walked_route(CROSSING, EAST).steps[-1].metres < 1
    Way.objects.filter(ref="w1").update(valid_to=timezone.localdate(), updated_at=timezone.now())
    assert walked_route(CROSSING, EAST).steps[-1].metres > 100


def test_an_outlet_that_is_closed_at_the_hour_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    shops = [
        Shown(1, *EAST, "bakery", "早点铺", hours="06:00-10:00"), Shown(2, *NORTH, "bakery", "面包房", hours="看心情"),
        Shown(3, *NORTH, "cafe", "茶馆", hours="24/7"),
    ]  # fmt: skip
    monkeypatch.setattr(answers.SHOPS, "all", lambda: shops)
    question = {"where": CROSSING, "limit": 5, "minutes": 15, "walker": "adult"}

    def found(hour: int, *kinds: str) -> list[tuple[int, bool | None]]:
        at = timezone.localtime().replace(hour=hour, minute=0).isoformat()
        return [(each["number"], each["open"]) for each in answers.outlets_of(**question, kinds=kinds, at=at)["outlets"]]

    assert sorted(found(8)) == [(1, True), (2, None), (3, True)]
    assert sorted(found(12)) == [(2, None), (3, True)]
    assert found(12, "cafe") == [(3, True)]
