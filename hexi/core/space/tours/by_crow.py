"""What people do without a plan: always the nearest next, as the crow flies or on foot. Kept to compare with, and nobody is sent so."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hexi.core.space.datum import distance_m
from hexi.core.space.tours.problem import NO_WAY, Errands
from hexi.core.space.tours.timing import Timed, timed

Away = Callable[[int, int], float]
"""How far it is from one row of the tables of walks to another."""


def by_crow(errands: Errands, rounds: Sequence[Timed]) -> list[Timed]:
    """The same stops with the same people, each going to the nearest next in a straight line. Times are those on foot."""
    points = [person.start for person in errands.people] + [stop.at or (0.0, 0.0) for stop in errands.stops]
    return [
        timed(errands, each.person, nearest_next(errands, each.person, [visit.stop for visit in each.visits], _straight(points)))
        for each in rounds
    ]


def _straight(points: Sequence[tuple[float, float]]) -> Away:
    return lambda one, other: distance_m(points[one], points[other])


def on_foot(errands: Errands) -> Away:
    """The walks of the question itself; what has no way is farthest."""
    return lambda one, other: float("inf") if errands.legs_s[one][other] == NO_WAY else errands.legs_s[one][other]


def nearest_next(errands: Errands, person: int, stops: Sequence[int], away: Away) -> list[int]:
    """These stops, each the nearest to the one before; equals by their number."""
    left, here, order = set(stops), person, list[int]()
    while left:
        nearest = min(left, key=lambda stop, here=here: (away(here, errands.row(stop)), stop))
        order.append(nearest)
        left.remove(nearest)
        here = errands.row(nearest)
    return order
