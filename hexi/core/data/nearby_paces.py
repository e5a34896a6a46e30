"""How far everything near is on the ways of every kind of walker: whoever has the answer can change the pace without asking again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hexi.core.space.api import Profile, Standpoint, Walk, nearest_helpers

Paces = Mapping[str, Profile]


@dataclass(frozen=True, slots=True)
class Strolled:
    """One of what is near; `walks` by the walker whose ways they go (`path_of`), none where no way leads there for it."""

    number: int
    walks: Mapping[str, Walk]

    @property
    def least_m(self) -> float:
        return min(walk.metres for walk in self.walks.values())

    def minutes(self, pace: Profile, path: str) -> float | None:
        """How long that walker takes, None where no way leads there."""
        return pace.minutes(self.walks[path].metres) if path in self.walks else None

    def document(self) -> dict[str, Any]:
        return {path: {"metres": round(walk.metres), "exact": walk.exact} for path, walk in self.walks.items()}


def path_of(paces: Paces) -> dict[str, str]:
    """For each walker the first one that may use the same ways: these two differ in their pace alone."""
    first: dict[Any, str] = {}
    return {key: first.setdefault(pace.closed_to, key) for key, pace in paces.items()}


def strolled(point: tuple[float, float], spots: Sequence[Standpoint], paces: Paces, minutes: float, at: datetime | None) -> list[Strolled]:
    """All of the spots that anybody reaches within the minutes, nearest first."""
    paths = path_of(paces)
    walks: dict[str, dict[str, Walk]] = {spot.key: {} for spot in spots}
    for path in dict.fromkeys(paths.values()):
        for walk in nearest_helpers(point, spots, max(1, len(spots)), walker=path, at=at):
            walks[walk.key][path] = walk
    found = [Strolled(int(key), _with_a_way(by_path)) for key, by_path in walks.items()]
    near = [each for each in found if reaching(each, paces, minutes)]
    return sorted(near, key=lambda each: (each.least_m, each.number))


def reaching(one: Strolled, paces: Paces, minutes: float) -> list[str]:
    """The walkers that reach it in time."""
    paths = path_of(paces)
    taken = {key: one.minutes(pace, paths[key]) for key, pace in paces.items()}
    return [key for key, long in taken.items() if long is not None and long <= minutes]


def _with_a_way(walks: Mapping[str, Walk]) -> dict[str, Walk]:
    # Where a way is known for somebody, a straight line means that there is none for the other, because of steps for instance.
    known = any(walk.exact for walk in walks.values())
    return {path: walk for path, walk in walks.items() if walk.exact or not known}
