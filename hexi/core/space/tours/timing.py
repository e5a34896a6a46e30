"""The times of a round whose order is known: when somebody is where, how long they wait, and what they come too late for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from hexi.core.space.tours.problem import NO_WAY, Errands, Windows


@dataclass(frozen=True, slots=True)
class Visit:
    """One stop of a round, in seconds of the day. `walk_s` and `metres` lead to it; `late_s`: how much after its last window it begins."""

    stop: int
    arrive_s: int
    begin_s: int
    leave_s: int
    walk_s: int
    metres: int
    late_s: int

    @property
    def wait_s(self) -> int:
        return self.begin_s - self.arrive_s


@dataclass(frozen=True, slots=True)
class Timed:
    """One person's round. `over_s` is how much after the shift it ends, `excess` what is carried beyond what they can."""

    person: int
    visits: tuple[Visit, ...]
    back_s: int
    back_m: int
    walk_s: int
    metres: int
    over_s: int
    excess: int
    has_gap: bool

    @property
    def fits(self) -> bool:
        """Whether everything of it can be done."""
        return not (self.over_s or self.excess or self.has_gap or any(visit.late_s for visit in self.visits))


def timed(errands: Errands, person: int, order: Sequence[int]) -> Timed:
    """The round in this order, whether it can be kept or not. A walk that does not exist takes no time and is told by `has_gap`."""
    who, now, here = errands.people[person], errands.people[person].from_s, person
    visits: list[Visit] = []
    for stop in order:
        one, row = errands.stops[stop], errands.row(stop)
        walk = max(errands.legs_s[here][row], 0)
        begin = _begin(one.windows, now + walk)
        late = max(begin - one.windows[-1][1], 0)
        visits.append(Visit(stop, now + walk, begin, begin + one.stay_s, walk, max(errands.legs_m[here][row], 0), late))
        now, here = begin + one.stay_s, row
    home_s, home_m = (max(table[here][person], 0) if errands.returns else 0 for table in (errands.legs_s, errands.legs_m))
    load = sum(errands.stops[stop].load for stop in order)
    return Timed(
        person, tuple(visits), now + home_s, home_m, sum(visit.walk_s for visit in visits) + home_s,
        sum(visit.metres for visit in visits) + home_m, max(now + home_s - who.to_s, 0),
        max(load - who.capacity, 0) if who.capacity is not None else 0, _has_gap(errands, person, order),
    )  # fmt: skip


def _begin(windows: Windows, arrive_s: int) -> int:
    """At once within a window; before one when it begins; behind the last at once too, and then it is late."""
    return next((max(arrive_s, opens) for opens, closes in windows if arrive_s <= closes), arrive_s)


def _has_gap(errands: Errands, person: int, order: Sequence[int]) -> bool:
    rows = [person, *(errands.row(stop) for stop in order), *((person,) if errands.returns else ())]
    return any(errands.legs_s[one][other] == NO_WAY for one, other in pairwise(rows))
