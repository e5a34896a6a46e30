"""The alarm budget: the elder says how many calls for nothing they bear; the score that calls follows, and what is given up is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

from hexi.kit import Label, t, wilson
from hexi.scenarios.eldercare import words
from hexi.scenarios.eldercare.models import Elder
from hexi.scenarios.eldercare.models_care import CareEvent
from hexi.scenarios.eldercare.rules import Row, few_below, rows_of

NEVER, ALWAYS = 101, 0
LOOKED_BACK = timedelta(weeks=12)
"""Ours: so far back signs are counted."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One budget as an elder is asked about it: from which score on it calls, how often for nothing, and what it would have missed."""

    key: str
    label: Label
    calls: int | None
    call_from: int
    false_a_week: float
    missed: int
    known: int
    few: bool

    @property
    def given_up(self) -> Label:
        """What is given up, in words, with how sure that is."""
        if not self.known:
            return t("还没有足够的记录，说不出会漏掉多少", "There are no records yet to say how much would be missed")
        low, high = wilson(self.missed, self.known) or (0.0, 1.0)
        said = t("近期{n}次真的出事，会漏掉{k}次（大约每百次漏掉{low}至{high}次）",
                 "of {n} real events lately it would have missed {k} (about {low} to {high} in a hundred)")  # fmt: skip
        filled = said.filled(n=str(self.known), k=str(self.missed), low=f"{100 * low:.0f}", high=f"{100 * high:.0f}")
        few = t("{said}；样本少，仅供参考", "{said}; few cases, a hint only")
        return few.filled(said=filled) if self.few else filled


@dataclass(frozen=True, slots=True)
class Scored:
    """One sign of the past: how sure the device was, and whether something had happened."""

    score: int
    real: bool


def offers(elder: Elder | None, day: date) -> list[Offer]:
    """The budgets that a home may choose, worked out from what its own signs turned out to be; every home's for None."""
    known, own = _scored(None, day), _scored(elder, day) if elder else []
    weeks = LOOKED_BACK / timedelta(weeks=1)
    homes = max(1, CareEvent.objects.exclude(sign="sos").values("elder").distinct().count())
    ours = own or known
    spread = weeks * (1 if own else homes)
    return [offer(row, known, ours, spread, few_below(day)) for row in rows_of("budgets", day)]


def offer(row: Row, known: Sequence[Scored], own: Sequence[Scored], weeks: float, few: int) -> Offer:
    """The budget of this row: it calls from the lowest score at which the home's own past would have kept to it."""
    start = threshold(row["calls"], own, weeks)
    real = [one for one in known if one.real]
    return Offer(
        row["key"], t(row["label"]["zh"], row["label"]["en"]), row["calls"], start, round(_false(own, start) / weeks, 2),
        sum(one.score < start for one in real), len(real), len(real) < few,
    )  # fmt: skip


def threshold(calls: int | None, own: Sequence[Scored], weeks: float) -> int:
    """The lowest score from which calls for nothing stay within the budget; every sign without one, none with a budget of 0."""
    if calls is None:
        return ALWAYS
    if calls == 0:
        return NEVER
    return next((score for score in range(ALWAYS, NEVER) if _false(own, score) <= calls * weeks), NEVER)


def _false(own: Sequence[Scored], start: int) -> int:
    return sum(one.score >= start and not one.real for one in own)


def _scored(elder: Elder | None, day: date) -> list[Scored]:
    """What devices found lately and people said the truth about; the elder's own button is no sign."""
    found: Any = CareEvent.objects.exclude(sign="sos").filter(outcome__in=(*words.REAL, "false"), at__date__gt=day - LOOKED_BACK)
    rows = (found.filter(elder=elder) if elder else found).values_list("score", "outcome")
    return [Scored(score, outcome in words.REAL) for score, outcome in cast("list[tuple[int, str]]", list(rows))]
