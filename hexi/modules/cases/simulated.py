"""How a simulated case is led through its life: by chance, with every moment measured by the case's own clocks."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from hexi.modules.cases.contracts import NewCase
from hexi.modules.cases.replay import PastCase, Replay


class Over(Exception):
    """The case has come to the present: it stays where it stands."""


class Course:
    """One case under way. A scenario derives its own and says in `lived` what happens; `run` lives until the present comes."""

    def __init__(self, replay: Replay, rng: random.Random, new: NewCase, at: datetime) -> None:
        self.replay, self.rng, self.at = replay, rng, at
        self.one: PastCase = replay.open(at, new)
        self.slow = 0.6 + 0.7 * (sum(map(ord, self.one.routed.office)) % 10) / 10
        """Ours: offices differ, the same office always in the same way."""

    def lived(self) -> None:
        """What happens to the case, step by step."""
        raise NotImplementedError

    def run(self) -> None:
        """Live until it is over or the present has come."""
        try:
            self.lived()
        except Over:
            return

    def step(self, key: str, moment: datetime, why: str = "") -> None:
        """One step at that moment. Raises Over where it lies ahead of the present."""
        self.replay.take(self.one, key, self.until(moment), why)

    def until(self, moment: datetime) -> datetime:
        """Time passes until then. Raises Over where it lies ahead of the present."""
        if moment > self.replay.now:
            raise Over
        self.at = moment
        return moment

    def by(self, clock: str, low: float, high: float) -> datetime:
        """A moment within that part of what the clock has left; above 1 it is late."""
        due = next((one.due_at for one in self.one.newest if one.key == clock and one.ended_at is None), None)
        left = (due - self.at) if due is not None and due > self.at else timedelta(hours=2)
        return self.at + left * self.rng.uniform(low, high)

    def later(self, low: float, high: float) -> datetime:
        """A moment so many hours on."""
        return self.at + timedelta(hours=self.rng.uniform(low, high))

    def chance(self, share: float) -> bool:
        """Does it happen?"""
        return self.rng.random() < share


def moments_by_day(rng: random.Random, now: datetime, days: int, number: int) -> Iterator[datetime]:
    """So many moments of the last days, mostly by day, none ahead of now."""
    for _ in range(number):
        day = timezone.localtime(now) - timedelta(days=days * rng.random())
        hour = min(23.9, max(0.0, rng.gauss(12.5, 4.2)))
        yield min(now - timedelta(minutes=1), day.replace(hour=int(hour), minute=int(hour * 60) % 60))
