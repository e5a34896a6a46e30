"""Rounds that are planned for a day: who goes where in which order, by walking time, within hours and loads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from hexi.kernel.checked import checked_tuple
from hexi.kernel.errors import DeclarationError
from hexi.kernel.label import Label, t
from hexi.kernel.outside import Round, Stop

WITHIN = t("须在", "within")


@dataclass(frozen=True, slots=True)
class Terms:
    """A day's terms, from a dated table: when people go, how long they stay at a stop, how much they carry (None: no matter), who walks.

    `walker` is a row of the table of walkers. `basis` says where these numbers come from; it is shown beside every plan.
    """

    begins: time
    ends: time
    stay: timedelta
    basis: Label
    capacity: int | None = None
    walker: str = "adult"
    returns: bool = True

    def __post_init__(self) -> None:
        if not self.begins < self.ends or self.stay < timedelta(0) or (self.capacity or 0) < 0:
            raise DeclarationError(f"Terms {self.begins}-{self.ends}: begin before the end; stay= and capacity= are not below zero.")


@dataclass(frozen=True, slots=True)
class Demand:
    """What one stop asks beside the terms: its own stay, the hours within which it begins, its load, the account whose it must be.

    `spans` are minutes after the day's midnight, as `Hours.spans` gives them: none at all when it is closed that day, None for any time.
    """

    stay: timedelta | None = None
    spans: tuple[tuple[int, int], ...] | None = None
    load: int = 0
    owner: int | None = None


@dataclass(frozen=True, slots=True)
class Tour:
    """A round whose stops holders of `by` share out among those who hold `goes`; each gets theirs on the telephone, in order.

    What is due comes from the round, as far as the planner sees it, and what is done at a stop are the round's acts. `terms(day)` are the
    day's; `demands(viewer, stops, day)` says by number of record what single stops ask, nothing for those that ask nothing. `window` is
    what the hours of its stops are called. `on_duty(viewer, begins, ends)` says by number of account, in words, who is on duty within its
    hours: they are offered first.
    """

    round: Round
    by: tuple[str, ...]
    goes: tuple[str, ...]
    terms: Callable[[date], Terms]
    demands: Callable[[Any, Sequence[Stop], date], Mapping[int, Demand]] | None = None
    window: Label = WITHIN
    on_duty: Callable[[Any, datetime, datetime], Mapping[int, Label]] | None = None

    def __post_init__(self) -> None:
        checked_tuple(f"Tour {self.round.key}: by=", self.by)
        checked_tuple(f"Tour {self.round.key}: goes=", self.goes)
        if not self.by or not self.goes:
            raise DeclarationError(f"Tour {self.round.key}: say who plans it (by=) and who goes (goes=).")

    @property
    def key(self) -> str:
        """A round has one way of being planned."""
        return self.round.key

    @property
    def label(self) -> Label:
        """The round's own name."""
        return self.round.label
