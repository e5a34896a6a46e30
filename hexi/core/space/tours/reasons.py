"""Why a stop is on nobody's round: the first hindrance that it does not share with a stop that could be served."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum

from hexi.core.space.tours.problem import ANY_TIME, NO_WAY, Errands
from hexi.core.space.tours.timing import Timed, timed


class Unserved(StrEnum):
    """Why not. The last three are about the others that are served instead."""

    NO_POINT = "no_point"
    CLOSED = "closed"
    NO_WAY = "no_way"
    NOBODY_MAY = "nobody_may"
    WINDOW_EARLY = "window_early"
    TOO_MUCH = "too_much"
    SHIFT_SHORT = "shift_short"
    LOAD_FULL = "load_full"
    WINDOW_TAKEN = "window_taken"
    SHIFT_FULL = "shift_full"


def reason(errands: Errands, rounds: Sequence[Timed], stop: int) -> Unserved:
    """Alone with somebody it already fails, or it does not fit between what they do."""
    own = [each for each in rounds if errands.may_go(each.person, stop)]
    return hindrance(errands, stop) or _between(errands, own, stop)


def hindrance(errands: Errands, stop: int) -> Unserved | None:
    """Why nobody could serve it even with nothing else to do; None where somebody could."""
    people = [person for person in range(len(errands.people)) if errands.may_go(person, stop)]
    if not people:
        return Unserved.NOBODY_MAY
    if all(NO_WAY in _ways(errands, person, stop) for person in people):
        return Unserved.NO_WAY
    return _alone([timed(errands, person, [stop]) for person in people])


def _ways(errands: Errands, person: int, stop: int) -> tuple[int, int]:
    return errands.legs_s[person][errands.row(stop)], errands.legs_s[errands.row(stop)][person]


def _alone(alone: Sequence[Timed]) -> Unserved | None:
    if any(one.fits for one in alone):
        return None
    reached = [one for one in alone if not one.has_gap]
    if all(one.visits[0].late_s for one in reached):
        return Unserved.WINDOW_EARLY
    return Unserved.TOO_MUCH if all(one.excess for one in reached) else Unserved.SHIFT_SHORT


def _between(errands: Errands, rounds: Sequence[Timed], stop: int) -> Unserved:
    """What must be lifted for it to fit somewhere: the load, its window, else the shift."""
    if any(each.fits for each in _inserted(_carrying_all(errands), rounds, stop)):
        return Unserved.LOAD_FULL
    if any(each.fits for each in _inserted(_at_any_time(_carrying_all(errands), stop), rounds, stop)):
        return Unserved.WINDOW_TAKEN
    return Unserved.SHIFT_FULL


def _inserted(errands: Errands, rounds: Sequence[Timed], stop: int) -> Iterator[Timed]:
    for known in rounds:
        order = [visit.stop for visit in known.visits]
        yield from (timed(errands, known.person, [*order[:at], stop, *order[at:]]) for at in range(len(order) + 1))


def _carrying_all(errands: Errands) -> Errands:
    return replace(errands, people=tuple(replace(person, capacity=None) for person in errands.people))


def _at_any_time(errands: Errands, stop: int) -> Errands:
    free = replace(errands.stops[stop], windows=ANY_TIME)
    return replace(errands, stops=(*errands.stops[:stop], free, *errands.stops[stop + 1 :]))
