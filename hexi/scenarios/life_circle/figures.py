"""The stored coverage as arrays, and what can be said of it by area: shares, how even they are, what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hexi.kit import Barred, Unavailable, asked_of_walks, closures_at, now_context
from hexi.scenarios.life_circle import walked
from hexi.scenarios.life_circle.counting import COVERAGE, kept
from hexi.scenarios.life_circle.rules import Rule, table
from hexi.scenarios.life_circle.times import ANY, moment_of

Floats = NDArray[np.float64]
Barreds = tuple[tuple[float, float, float, bool], ...]
EVERYBODY, HOMES, STANDARD = "people", "homes", "adult"
TENTH = 0.1


@dataclass(frozen=True, eq=False)
class Figures:
    """`all` [community, column] and `covered` by walker [community, rule, column], in the order of the names beside them."""

    at: str
    about: Mapping[str, Any]
    communities: tuple[str, ...]
    rules: tuple[Rule, ...]
    columns: tuple[str, ...]
    all: Floats
    covered: Mapping[str, Floats]
    time: str = ANY
    closures: int = 0
    """How many closures are counted in them."""
    left_out: int = 0
    """How many are in force and not counted, because nobody answered for the network."""

    def inside(self, codes: Sequence[str]) -> list[int]:
        """The numbers of the communities that lie in any of these places."""
        return [number for number, one in enumerate(self.communities) if any(one.startswith(code) for code in codes)]

    def of_class(self, group: str) -> list[int]:
        return [number for number, rule in enumerate(self.rules) if rule.group == group]

    def column(self, band: str) -> int:
        """The column of a band of age, homes where no people are known."""
        return self.columns.index((band or EVERYBODY) if self.about["people_known"] else HOMES)

    def shares(self, chosen: Sequence[int], walker: str = STANDARD, band: str = "") -> Floats:
        """[rule] percent of those people who are covered; not a number where nobody lives."""
        column = self.column(band)
        whole = float(self.all[list(chosen), column].sum())
        covered = self.covered[walker][list(chosen), :, column].sum(axis=0)
        return np.full(len(self.rules), np.nan) if whole == 0 else 100 * covered / whole

    def share(self, chosen: Sequence[int], group: str, walker: str = STANDARD, band: str = "") -> float | None:
        """The mean of the class's rules, in percent; None where nobody lives or no rule is in force."""
        found = self.shares(chosen, walker, band)[self.of_class(group)]
        return None if not len(found) or np.isnan(found).any() else round(float(found.mean()), 1)


def figures(time: str = ANY) -> Figures | None:
    """As things stand at that hour with the closures in force then; None before the first computation.

    Without closures and for no hour that is what the job stored. All else is asked for where the network is kept; when nobody answers
    there, the stored figures are given without the closures and say so, and those of an hour raise Unavailable.
    """
    stored = kept(COVERAGE)
    if stored is None:
        return None
    barred = closures_at(moment_of(time) or now_context().now)
    if time == ANY and not barred:
        return _figures(stored["at"], time, ())
    try:
        return _figures(stored["at"], time, plain(barred))
    except Unavailable:
        if time != ANY:
            raise
        return replace(_figures(stored["at"], time, ()), left_out=len(barred))


def plain(barred: Sequence[Barred]) -> Barreds:
    """Closures as they travel between processes."""
    return tuple(sorted((each.lon, each.lat, each.radius_m, each.opens) for each in set(barred)))


@lru_cache(maxsize=16)
def _figures(at: str, time: str, barred: Barreds) -> Figures:
    stored = kept(COVERAGE) or {}
    is_stored = time == ANY and not barred
    content = stored if is_stored else asked_of_walks(walked.COVERAGE, time=time, barred=barred, at=stored["stamp"])
    known = {rule.id: rule for rule in table().rules}
    is_known = [each in known for each in content["rules"]]
    covered = {key: np.array(rows, float)[:, is_known] for key, rows in content["covered"].items()}
    rules = tuple(known[each] for each in content["rules"] if each in known)
    return Figures(
        at, content, tuple(content["communities"]), rules, tuple(content["columns"]), np.array(content["all"], float), covered, time,
        len(barred),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evenness:
    """How evenly something is spread over people: the mean of the worst and of the best tenth of them, their ratio, and Gini's index."""

    worst: float
    middle: float
    best: float
    gini: float

    @property
    def ratio(self) -> float | None:
        return round(self.best / self.worst, 2) if self.worst else None


def evenness(values: Floats, weights: Floats) -> Evenness | None:
    """Of one value for each area, weighted by its people. None where nobody lives."""
    order = np.argsort(values[weights > 0], kind="stable")
    value, weight = values[weights > 0][order], weights[weights > 0][order]
    if not len(value):
        return None
    until = weight.cumsum() / weight.sum()
    middle = float(value[np.searchsorted(until, 0.5)])
    return Evenness(_tenth(value, weight, until), middle, _tenth(value[::-1], weight[::-1], 1 - until[::-1] + weight[::-1] / weight.sum()),
                    _gini(value, weight))  # fmt: skip


def _tenth(value: Floats, weight: Floats, until: Floats) -> float:
    """The mean of the first tenth of the people."""
    share = weight / weight.sum()
    taken = np.clip(TENTH - (until - share), 0, share)
    return float((value * taken).sum() / taken.sum())


def _gini(value: Floats, weight: Floats) -> float:
    total = float((value * weight).sum())
    if total == 0:
        return 0.0
    people = np.concatenate([[0], weight.cumsum() / weight.sum()])
    having = np.concatenate([[0], (value * weight).cumsum() / total])
    return float(1 - np.sum(np.diff(people) * (having[1:] + having[:-1])))
