"""Kinds of cases as data: a life, its clocks with their limits, who may open one, and who is told when time runs out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from hexi.kernel.checked import checked_name
from hexi.kernel.clock import Clock, Limit
from hexi.kernel.errors import DeclarationError
from hexi.kernel.label import Label
from hexi.kernel.lifecycle import Lifecycle, Phase

Urgency = Literal["danger", "urgent", "normal"]
PHASES = tuple(phase for phase in get_args(Phase) if phase)


@dataclass(frozen=True, slots=True)
class LimitRule:
    """How long a clock may run for cases of a category (by code; those below it too), an urgency and a time; the most exact counts.

    With `attention` it speaks only of cases that were marked so, and before all that do not.

    `basis` says where it stands (law, standard, or "ours"), `source` and `clause` name it.
    """

    clock: str
    limit: Limit
    basis: str
    source: str = ""
    clause: str = ""
    category: str = ""
    urgency: Urgency | Literal[""] = ""
    valid_from: date | None = None
    valid_to: date | None = None
    attention: str = ""

    def __post_init__(self) -> None:
        if self.urgency and self.urgency not in get_args(Urgency):
            raise DeclarationError(f"A limit of {self.clock}: urgency is one of {', '.join(get_args(Urgency))}, not {self.urgency!r}.")
        if self.basis != "ours" and not self.source:
            raise DeclarationError(f"A limit of {self.clock}: say its source, or that it is ours (basis: ours).")

    def covers(self, category: str, urgency: str, day: date, attention: str = "") -> bool:
        """Does it speak of such a case on such a day?"""
        in_time = (self.valid_from or day) <= day <= (self.valid_to or day)
        in_branch = not self.category or f"{category}.".startswith(f"{self.category}.")
        return in_time and in_branch and self.urgency in {"", urgency} and self.attention in {"", attention}

    @property
    def exactness(self) -> tuple[int, int, int, date]:
        """One for marked cases before all others; the longer its category, the more exact; then one with an urgency; then the newest."""
        return (int(bool(self.attention)), len(self.category), int(bool(self.urgency)), self.valid_from or date.min)


def limit_among(rules: Iterable[LimitRule], category: str, urgency: str, day: date, attention: str = "") -> LimitRule | None:
    """The rule that counts for such a case on that day, or None where no time is set."""
    found = [rule for rule in rules if rule.covers(category, urgency, day, attention)]
    return max(found, key=lambda rule: rule.exactness, default=None)


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder of supervision: at a share of the limit (0.75: a quarter is left, 1: it is over), or `after` its end."""

    key: str
    label: Label
    share: float = 1.0
    after: Limit | None = None
    tells: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        checked_name("Rung", self.key, self.label)
        if not 0 < self.share <= 1:
            raise DeclarationError(f"Rung {self.key}: share lies above 0 and at most at 1 (the end of the limit), not at {self.share}.")
        if self.after and self.share != 1:
            raise DeclarationError(f"Rung {self.key}: after= counts from the end of the limit, so leave share at 1.")

    @property
    def is_breach(self) -> bool:
        """Is it the end of the limit itself?"""
        return self.share == 1 and self.after is None


@dataclass(frozen=True, slots=True)
class CaseType:
    """One kind of case. `questions` is a form for what only this kind asks; `closes_on` says whose tasks must be done.

    `public`: people see cases of this kind, without what is personal. `reopens_days`: so long the reporter may reopen it, once.
    `at_once` names the step that the platform takes by itself when a new case finds its office. `before_return(change, task)` raises
    where an office may not give a task back by itself. `inspects`: it is an administrative inspection,
    so only roles that may inspect open it and take its steps.
    """

    key: str
    label: Label
    lifecycle: Lifecycle
    clocks: tuple[Clock, ...] = ()
    limits: tuple[LimitRule, ...] = ()
    ladder: tuple[Rung, ...] = ()
    opened_by: tuple[str, ...] = ()
    questions: type | None = None
    public: bool = False
    closes_on: Literal["lead", "all"] = "all"
    reopens_days: int = 0
    at_once: str = ""
    before_return: Callable[..., None] | None = None
    inspects: bool = False

    def __post_init__(self) -> None:
        checked_name("Case type", self.key, self.label)
        for clock in self.clocks:
            clock.check(self.lifecycle)
        if self.at_once and self.at_once not in {step.key for step in self.lifecycle.steps}:
            raise DeclarationError(f"Case type {self.key}: at_once={self.at_once!r} is no step of {self.lifecycle.key}.")
        if unknown := {rule.clock for rule in self.limits} - {clock.key for clock in self.clocks}:
            raise DeclarationError(f"Case type {self.key}: its limits speak of the clocks {sorted(unknown)}, which it does not have.")
        if unphased := [state.key for state in self.lifecycle.states if not state.phase]:
            raise DeclarationError(f"Case type {self.key}: say phase= of the states {unphased}: {', '.join(PHASES)}.")

    def limit(self, clock: str, category: str, urgency: str, day: date, attention: str = "") -> LimitRule | None:
        """The rule that counts for such a case on that day, or None where no time is set."""
        return limit_among((rule for rule in self.limits if rule.clock == clock), category, urgency, day, attention)

    def clock(self, key: str) -> Clock:
        """The clock of that key. Raises KeyError."""
        return {clock.key: clock for clock in self.clocks}[key]
