"""Orders, times and reasons over a street of houses a hundred seconds apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hexi.core.space.tours.by_crow import nearest_next, on_foot
from hexi.core.space.tours.problem import DAY_S, NO_WAY, Effort, Errands, TourPerson, TourStop
from hexi.core.space.tours.reasons import Unserved, hindrance, reason
from hexi.core.space.tours.solving import orders
from hexi.core.space.tours.timing import Timed, timed

QUICK = Effort(seconds=10, solutions=30)


def street(stops: dict[float, TourStop], people: dict[float, TourPerson], *, returns: bool = True) -> Errands:
    """People and stops at so many hundred seconds along one street."""
    spots = [*people, *stops]
    legs = tuple(tuple(round(abs(one - other) * 100) for other in spots) for one in spots)
    return Errands(tuple(stops.values()), tuple(people.values()), legs, legs, returns)


def stop(key: str = "a", **more: object) -> TourStop:
    return replace(TourStop(key, (117.2, 39.1), stay_s=60), **more)  # type: ignore[arg-type]


def person(key: str = "p", **more: object) -> TourPerson:
    return replace(TourPerson(key, (117.2, 39.1)), **more)  # type: ignore[arg-type]


def planned(errands: Errands) -> list[Timed]:
    return [timed(errands, number, order) for number, order in enumerate(orders(errands, QUICK))]


def test_who_comes_before_the_window_waits_and_who_comes_behind_it_is_late() -> None:
    errands = street({1.0: stop("a", windows=((500, DAY_S),)), 2.0: stop("b", windows=((0, 600),))}, {0.0: person(from_s=100)})
    first, second = timed(errands, 0, [0, 1]).visits
    assert (first.arrive_s, first.begin_s, first.wait_s, first.leave_s, first.late_s) == (200, 500, 300, 560, 0)
    assert (second.arrive_s, second.late_s) == (660, 60)
    assert timed(errands, 0, [0, 1]).back_s == 920
    assert not timed(errands, 0, [0, 1]).fits and timed(errands, 0, [1, 0]).fits


def test_who_comes_at_noon_waits_until_it_opens_again_and_the_plan_turns_round_the_noon() -> None:
    shop = stop("a", windows=((0, 150), (400, 800)))
    assert [timed(street({1.0: shop}, {0.0: person(from_s=at)}), 0, [0]).visits[0].begin_s for at in (50, 51, 500)] == [150, 400, 600]
    assert timed(street({1.0: shop}, {0.0: person(from_s=750)}), 0, [0]).visits[0].late_s == 50
    errands = street({1.0: stop("b"), 2.0: shop}, {0.0: person()}, returns=False)
    # On the way there it would come at 260, within the noon: straight on it is 200, and closed as well.
    [plan] = planned(errands)
    assert plan.fits and [visit.begin_s for visit in plan.visits if visit.stop == 1] == [400]


def test_a_plan_walks_the_street_once_and_keeps_the_window_that_forces_it_to_turn() -> None:
    houses = {float(at): stop(str(at)) for at in (3, 1, 4, 2)}
    [free] = planned(street(houses, {0.0: person()}, returns=False))
    assert [list(houses)[visit.stop] for visit in free.visits] == [1.0, 2.0, 3.0, 4.0]
    early = {**houses, 4.0: stop("4", windows=((0, 400),))}
    [forced] = planned(street(early, {0.0: person()}, returns=False))
    assert list(early)[forced.visits[0].stop] == 4.0 and forced.fits and len(forced.visits) == 4


def test_the_same_question_has_the_same_answer_in_another_process() -> None:
    houses = {at / 7: stop(str(at), windows=((at * 13 % 900, DAY_S),)) for at in range(12)}
    errands = street(houses, {0.0: person("p"), 1.5: person("q")})
    first = orders(errands, QUICK)
    orders.cache_clear()
    assert orders(errands, QUICK) == first


def test_loads_are_shared_out_by_what_each_can_carry_and_an_errand_of_one_person_is_made_by_them() -> None:
    houses = {float(at): stop(str(at), load=1) for at in (1, 2, 3, 4)}
    houses[4.0] = stop("4", load=1, only=("near",))
    people = {0.0: person("near", capacity=2), 5.0: person("far", capacity=2)}
    near, far = planned(street(houses, people))
    assert len(near.visits) == len(far.visits) == 2 and not near.excess and not far.excess
    assert 3 in [visit.stop for visit in near.visits]


@pytest.mark.parametrize(
    ("asked", "who", "why"),
    [
        (stop(windows=((0, 250),)), person(), Unserved.WINDOW_EARLY),
        (stop(load=3), person(capacity=2), Unserved.TOO_MUCH),
        (stop(), person(to_s=500), Unserved.SHIFT_SHORT),
        (stop(only=("somebody",)), person(), Unserved.NOBODY_MAY),
    ],
)
def test_what_nobody_could_serve_even_alone_says_what_hinders_it(asked: TourStop, who: TourPerson, why: Unserved) -> None:
    errands = street({3.0: asked}, {0.0: who})
    assert hindrance(errands, 0) is why
    assert reason(errands, [timed(errands, 0, [])], 0) is why


@pytest.mark.parametrize(
    ("asked", "who", "why"),
    [
        ({"load": 1}, {"capacity": 1}, Unserved.LOAD_FULL),
        ({"windows": ((0, 150),)}, {}, Unserved.WINDOW_TAKEN),
        ({}, {"to_s": 300}, Unserved.SHIFT_FULL),
    ],
)
def test_what_does_not_fit_beside_the_others_says_which_of_them_is_full(asked: dict[str, object], who: dict[str, int], why: Unserved) -> None:
    errands = street({1.0: stop("a", **asked), 1.1: stop("b", **asked)}, {0.0: person(**who)})
    rounds = [timed(errands, 0, [0])]
    assert rounds[0].fits
    assert reason(errands, rounds, 1) is why


def test_where_no_way_leads_is_told_and_the_rest_is_served() -> None:
    errands = street({1.0: stop("a"), 2.0: stop("b")}, {0.0: person()})
    cut = tuple(tuple(NO_WAY if 2 in (one, other) and one != other else leg for other, leg in enumerate(row)) for one, row in enumerate(errands.legs_s))
    errands = replace(errands, legs_s=cut)
    rounds = planned(errands)
    assert [visit.stop for visit in rounds[0].visits] == [0] and rounds[0].fits
    assert reason(errands, rounds, 1) is Unserved.NO_WAY


def test_always_the_nearest_next_walks_farther_than_the_plan() -> None:
    errands = street({1.0: stop("a"), -1.5: stop("b"), 3.0: stop("c"), -5.0: stop("d")}, {0.0: person()}, returns=False)
    crow = timed(errands, 0, nearest_next(errands, 0, range(4), on_foot(errands)))
    assert [visit.stop for visit in crow.visits] == [0, 2, 1, 3]
    assert planned(errands)[0].walk_s <= crow.walk_s
