"""Where to open first: the exact greedy choice of sites for one kind, and how far from the best possible it can be at most."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
GUARANTEE = 1 - 1 / math.e
"""What greedy reaches of the best choice at least, for any coverage (Nemhauser, Wolsey and Fisher 1978)."""


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Which site reaches which door, and how far it is: three columns of one length, sorted by site."""

    site: Ints
    door: Ints
    mm: Ints
    sites: int

    def within(self, limit_mm: int, wanted: NDArray[np.bool_]) -> Pairs:
        """Only pairs no longer than the limit, of the doors that are wanted."""
        chosen = (self.mm <= limit_mm) & wanted[self.door]
        return Pairs(self.site[chosen], self.door[chosen], self.mm[chosen], self.sites)

    def gains(self, weight: Floats) -> Floats:
        """For each site the weight of all doors that it reaches."""
        return np.bincount(self.site, weight[self.door], self.sites).astype(float)


@dataclass(frozen=True, slots=True)
class Step:
    """One site more: what it adds, what all steps so far reach, and the most that so many sites could reach at best."""

    site: int
    gain: float
    total: float
    bound: float


def greedy(pairs: Pairs, weight: Floats, steps: int) -> list[Step]:
    """The site that adds most, then the one that adds most to that, and so on; ends when nothing adds anything. Equals: the first.

    The bound after k sites is the least, over all shorter choices, of what that choice reaches plus the k largest gains still open:
    coverage has diminishing returns, so no k sites can reach more.
    """
    if not pairs.sites:
        return []
    left, total = weight.copy(), 0.0
    bounds = [float(np.sum(weight[np.unique(pairs.door)]))] * (steps + 1)
    found: list[Step] = []
    for number in range(1, steps + 1):
        gains = pairs.gains(left)
        largest = np.sort(gains)[::-1].cumsum()
        bounds = [min(bound, total + float(largest[min(count, len(largest)) - 1])) if count else 0 for count, bound in enumerate(bounds)]
        site = int(gains.argmax())
        if gains[site] <= 0:
            break
        total += float(gains[site])
        found.append(Step(site, float(gains[site]), total, bounds[number]))
        left[pairs.door[pairs.site == site]] = 0
    # A later look can tighten the bound of fewer sites too.
    return [Step(step.site, step.gain, step.total, max(step.total, bounds[number])) for number, step in enumerate(found, start=1)]
