"""Rounds over the streets of the small town, and without any."""

from __future__ import annotations

import pytest

from hexi.core.space.api import Effort, Manner, TourPerson, TourStop, Unserved, plan_rounds, time_rounds, walked_route, walks_between
from hexi.core.space.walks import asking
from hexi.kernel.errors import Unavailable
from hexi.kernel.label import t

pytestmark = pytest.mark.django_db
CROSSING, WEST, NORTH = (117.202, 39.002), (117.2005, 39.002), (117.202, 39.0035)
QUICK = Manner(effort=Effort(seconds=10, solutions=20))


def test_walks_between_points_are_those_of_the_routes(town: None) -> None:
    points = [CROSSING, WEST, NORTH]
    walks = walks_between(points)
    assert walks.exact
    for one, start in enumerate(points):
        for other, end in enumerate(points):
            if one != other:
                assert walks.metres[one][other] == pytest.approx(walked_route(start, end).metres, abs=1)
    assert walks.metres[1][2] > walks_between(points, walker="adult").metres[1][0]


def test_an_elder_takes_longer_for_the_same_metres(town: None) -> None:
    adult, elder = (walks_between([CROSSING, NORTH], walker=walker) for walker in ("adult", "elder"))
    assert adult.metres == elder.metres and adult.seconds[0][1] < elder.seconds[0][1]


def test_a_plan_tells_who_is_where_when_and_what_has_no_point(town: None) -> None:
    stops = [TourStop("west", WEST, 300), TourStop("north", NORTH, 300), TourStop("lost", None, 300)]
    found = plan_rounds(stops, [TourPerson("p", CROSSING, from_s=8 * 3600)], QUICK)
    [own] = found.rounds
    assert found.exact and found.unserved == {"lost": Unserved.NO_POINT}
    assert own.back_s == 8 * 3600 + own.walk_s + 600
    assert found.by_crow[0].walk_s >= own.walk_s


def test_an_order_by_hand_is_timed_as_it_is_and_what_was_left_out_says_why(town: None) -> None:
    stops = [TourStop("west", WEST, 300), TourStop("north", NORTH, 300, windows=((0, 100),))]
    found = time_rounds(stops, [TourPerson("p", CROSSING)], {"p": ["west", "north"]}, QUICK)
    assert [found.errands.stops[visit.stop].key for visit in found.rounds[0].visits] == ["west", "north"]
    assert found.rounds[0].visits[1].late_s > 0 and not found.rounds[0].fits
    left = time_rounds(stops, [TourPerson("p", CROSSING)], {"p": ["west"]}, QUICK)
    assert left.unserved == {"north": Unserved.WINDOW_EARLY}


def test_without_the_network_walks_are_straight_lines_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(ask: str, patience_s: float, **question: object) -> object:
        raise Unavailable(t("不在", "away"))

    monkeypatch.setattr(asking, "answer_to", away)
    walks = walks_between([CROSSING, NORTH])
    assert not walks.exact and walks.metres[0][1] == pytest.approx(167, abs=2)
