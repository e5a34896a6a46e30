"""What a plan of rounds is asked: who has to be where, for how long and between which hours, who goes, and how long each walk takes."""

from __future__ import annotations

from dataclasses import dataclass

LonLat = tuple[float, float]
Windows = tuple[tuple[int, int], ...]
DAY_S = 24 * 3600
ANY_TIME: Windows = ((0, DAY_S),)
NO_WAY = -1
"""Stands for the seconds of a walk that does not exist."""


@dataclass(frozen=True, slots=True)
class TourStop:
    """One errand. What is done there begins within one of the `windows`, earliest first in seconds of the day, and lasts `stay_s`. Without
    any it cannot be done on that day.

    `at` is WGS-84, None where nobody knows a point. `only` names the people who may make it, None for anybody.
    """

    key: str
    at: LonLat | None
    stay_s: int = 0
    windows: Windows = ANY_TIME
    load: int = 0
    only: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class TourPerson:
    """Somebody who goes, from where, between which seconds of the day, and how much they carry (None: as much as there is)."""

    key: str
    start: LonLat
    from_s: int = 0
    to_s: int = DAY_S
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class Effort:
    """How long is searched: it ends after so many solutions, the same at every run, and at the latest after so many seconds."""

    seconds: float = 6.0
    solutions: int = 400


@dataclass(frozen=True, slots=True)
class Errands:
    """A whole question. Rows of `legs_s` and `legs_m` are the people's starts in order, then the stops; `returns`: back to the start."""

    stops: tuple[TourStop, ...]
    people: tuple[TourPerson, ...]
    legs_s: tuple[tuple[int, ...], ...]
    legs_m: tuple[tuple[int, ...], ...]
    returns: bool = True

    def row(self, stop: int) -> int:
        """The stop's row in the tables of walks."""
        return len(self.people) + stop

    def may_go(self, person: int, stop: int) -> bool:
        """Whether this person may make the errand."""
        only = self.stops[stop].only
        return only is None or self.people[person].key in only
