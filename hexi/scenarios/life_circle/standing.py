"""How things stand for each kind of walker, kept by the process that keeps the walking network until something changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from hexi.kit import Barred
from hexi.kit.walking import Index, Reach, after_streets, index
from hexi.scenarios.life_circle.covering import Bools, covered
from hexi.scenarios.life_circle.scene import Scene, Walks, scene
from hexi.scenarios.life_circle.stamping import stamp
from hexi.scenarios.life_circle.times import ANY, moment_of

SCENES, WALKS, STANDINGS = 2, 8, 12
"""So many are kept of each: of two states of the registers, for four walkers, at a few hours."""


@dataclass(frozen=True, eq=False)
class Standing:
    """How things stand for one kind of walker at one hour."""

    scene: Scene
    walks: Walks
    reached: Reach

    @cached_property
    def doors(self) -> Index:
        return index(self.walks.network, self.walks.doors)

    @cached_property
    def is_covered(self) -> Bools:
        return covered(self.scene, self.walks, self.reached)

    @property
    def horizon_m(self) -> float:
        return float(self.walks.limits_mm.max()) / 1000

    def under(self, barred: Sequence[Barred]) -> Bools:
        """Who is covered while these spots are closed or opened; only their surroundings are answered anew where they only close."""
        if not barred:
            return self.is_covered
        after = self.walks.under(self.scene, barred)
        return covered(self.scene, after, self._reached(after))

    def _reached(self, after: Walks) -> Reach:
        if after.doors is not self.walks.doors:
            return after.reached(self.scene)
        moved = after_streets(self.walks.network, after.network, after.doors, after.outlets(self.scene), self.reached)
        return moved.into(self.reached)


class Standings:
    """What is kept. One thread at a time computes; the others wait for the same."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._kept: dict[str, OrderedDict[Hashable, Any]] = {"scene": OrderedDict(), "walks": OrderedDict(), "standing": OrderedDict()}

    def of(self, walker: str, time: str = ANY, at: str = "") -> Standing:
        """As things stand now; or, while it is kept, as they stood at an earlier `stamp`: for what is shown beside figures of then."""
        with self._lock:
            here = self._scene(at)
            walks = self._one("walks", WALKS, (here.stamp, walker), lambda: here.walks(walker))
            return self._one("standing", STANDINGS, (here.stamp, walker, time), lambda: _standing(here, walks, time))

    def _scene(self, at: str) -> Scene:
        if at in self._kept["scene"]:
            return self._kept["scene"][at]
        return self._one("scene", SCENES, stamp(), scene)

    def _one(self, what: str, most: int, key: Hashable, made: Callable[[], Any]) -> Any:
        kept = self._kept[what]
        if key not in kept:
            value = made()
            while len(kept) >= most:
                kept.popitem(last=False)
            kept[key] = value
        kept.move_to_end(key)
        return kept[key]


def _standing(here: Scene, walks: Walks, time: str) -> Standing:
    moment = moment_of(time)
    then = walks if moment is None else walks.at(here, moment)
    return Standing(here, then, then.reached(here))


KEPT = Standings()
