"""Rounds over given stops: planned anew, or timed in an order that somebody chose. Walks are those of the walking network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hexi.core.space.tours.by_crow import by_crow
from hexi.core.space.tours.problem import Effort, Errands, LonLat, TourPerson, TourStop
from hexi.core.space.tours.reasons import Unserved, hindrance, reason
from hexi.core.space.tours.solving import orders
from hexi.core.space.tours.timing import Timed, timed
from hexi.core.space.walks.asking import walks_between

USUAL, BRIEF = Effort(), Effort(seconds=1, solutions=60)


@dataclass(frozen=True, slots=True)
class Planned:
    """Everybody's round, what is on none and why, and the same rounds walked by the crow. `exact`: every walk is one over the streets."""

    errands: Errands
    rounds: tuple[Timed, ...]
    unserved: Mapping[str, Unserved]
    by_crow: tuple[Timed, ...]
    exact: bool


@dataclass(frozen=True, slots=True)
class Manner:
    """Who walks how, at which moment the gates are asked about, whether everybody goes back, and how long is searched."""

    walker: str = "adult"
    at: datetime | None = None
    returns: bool = True
    effort: Effort = USUAL


ONE_WAY = Manner(returns=False, effort=BRIEF)


def plan_rounds(stops: Sequence[TourStop], people: Sequence[TourPerson], manner: Manner) -> Planned:
    """As many stops as can be served, with little walking, everybody back early. Raises Unavailable, NotFound for the walker."""
    errands, exact = _errands(stops, people, manner)
    mine = _solvable(errands)
    chosen = [[mine[number] for number in order] for order in orders(_only(errands, mine), manner.effort)]
    return _planned(stops, errands, chosen, exact)


def time_rounds(
    stops: Sequence[TourStop], people: Sequence[TourPerson], chosen: Mapping[str, Sequence[str]], manner: Manner
) -> Planned:
    """The rounds in the order that was chosen: for each person the keys of the stops. Nothing is searched; what is late is told."""
    errands, exact = _errands(stops, people, manner)
    numbers = {stop.key: number for number, stop in enumerate(errands.stops)}
    own = [[numbers[key] for key in chosen.get(person.key, ()) if key in numbers] for person in errands.people]
    return _planned(stops, errands, own, exact)


def _errands(stops: Sequence[TourStop], people: Sequence[TourPerson], manner: Manner) -> tuple[Errands, bool]:
    placed = tuple(stop for stop in stops if _lost(stop) is None)
    points = [person.start for person in people] + [stop.at for stop in placed if stop.at is not None]
    walks = walks_between(points, walker=manner.walker, at=manner.at)
    return Errands(placed, tuple(people), walks.seconds, walks.metres, manner.returns), walks.exact


def _solvable(errands: Errands) -> list[int]:
    """The stops that somebody could serve: the others would only be tried again and again."""
    return [number for number in range(len(errands.stops)) if hindrance(errands, number) is None]


def _only(errands: Errands, numbers: Sequence[int]) -> Errands:
    rows = [*range(len(errands.people)), *(errands.row(number) for number in numbers)]
    tables = (tuple(tuple(table[one][other] for other in rows) for one in rows) for table in (errands.legs_s, errands.legs_m))
    legs_s, legs_m = tables
    return replace(errands, stops=tuple(errands.stops[number] for number in numbers), legs_s=legs_s, legs_m=legs_m)


def _planned(stops: Sequence[TourStop], errands: Errands, chosen: Sequence[Sequence[int]], exact: bool) -> Planned:
    rounds = tuple(timed(errands, person, order) for person, order in enumerate(chosen))
    served = {number for order in chosen for number in order}
    left = {stop.key: reason(errands, rounds, number) for number, stop in enumerate(errands.stops) if number not in served}
    lost = {stop.key: why for stop in stops if (why := _lost(stop))}
    return Planned(errands, rounds, left | lost, tuple(by_crow(errands, rounds)), exact)


def _lost(stop: TourStop) -> Unserved | None:
    """Why it needs no search at all."""
    if stop.at is None:
        return Unserved.NO_POINT
    return None if stop.windows else Unserved.CLOSED


def walking_order(stops: Mapping[str, LonLat], start: LonLat, manner: Manner = ONE_WAY) -> tuple[list[tuple[str, int]], bool]:
    """Each stop that a way leads to once, in the order of a short walk, with the metres from the one before; and whether over streets."""
    asked = [TourStop(key, at) for key, at in stops.items()]
    found = plan_rounds(asked, [TourPerson("", start)], manner)
    return [(found.errands.stops[visit.stop].key, visit.metres) for visit in found.rounds[0].visits], found.exact
