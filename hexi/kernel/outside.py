"""What the phone takes from a room by declaration: rounds of what falls due outside, and slips for whoever was given a link."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hexi.kernel.checked import checked_name, checked_tuple
from hexi.kernel.errors import DeclarationError
from hexi.kernel.label import Label


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of what is shown: its name, and what it says."""

    label: Label
    said: Label


@dataclass(frozen=True, slots=True)
class Stop:
    """One thing of a round: the number of its record, what it is, where, and from which day on it is due.

    `at` is longitude and latitude (WGS-84), None where nobody knows a point.
    """

    record: int
    title: Label
    place: Label
    due_on: date
    at: tuple[float, float] | None = None
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Round:
    """What falls due outside beside cases: `stops(viewer)` says what of it is the viewer's, the longest due first.

    `acts` are actions of the register `on`. They only add: a phone without a network knows no version.
    """

    key: str
    label: Label
    on: str
    stops: Callable[[Any], Sequence[Stop]]
    acts: tuple[str, ...]

    def __post_init__(self) -> None:
        checked_name("Round", self.key, self.label)
        checked_tuple(f"Round {self.key}: acts=", self.acts)
        if not self.acts:
            raise DeclarationError(f"Round {self.key}: say what is done at a stop (acts=): actions of {self.on}.")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a link opens. `closed` says in words why nothing is asked: answered already, or nothing to answer yet."""

    title: Label
    facts: tuple[Fact, ...] = ()
    closed: Label | None = None


@dataclass(frozen=True, slots=True)
class Slip:
    """A page without an account, for whoever holds its link: `opens(secret)` shows a Sheet or raises NotFound.

    What is asked there is the form of the public action `act` of the register `on`; the link fills its field `secret`.
    """

    key: str
    label: Label
    on: str
    act: str
    secret: str
    opens: Callable[[str], Sheet]

    def __post_init__(self) -> None:
        checked_name("Slip", self.key, self.label)

    def link(self, secret: str = "") -> str:
        """The address of its page on this platform. The secret stands behind the #, where no log sees it; without one it is typed."""
        return f"/m/slip/{self.key}" + (f"#{secret}" if secret else "")
