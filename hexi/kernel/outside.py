"""What leaves the desk by declaration: rounds of what falls due outside, slips for whoever was given a link, tags on things."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hexi.kernel.checked import checked_label, checked_name, checked_tuple
from hexi.kernel.errors import DeclarationError
from hexi.kernel.label import Label


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of what is shown: its name, what it says, and where on this platform it leads."""

    label: Label
    said: Label
    link: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """One thing of a round: the number of its record, what it is, where, and from which day on it is due.

    `at` is longitude and latitude (WGS-84), None where nobody knows a point. `state` and `version` are needed where steps are taken.
    """

    record: int
    title: Label
    place: Label
    due_on: date
    at: tuple[float, float] | None = None
    facts: tuple[Fact, ...] = ()
    state: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Round:
    """What falls due outside beside cases: `stops(viewer)` says what of it is the viewer's, the longest due first.

    `acts` are actions of the register `on` that only add, or steps of its life: these go with the version that the phone saw, each after
    the one before it, so that several of them can be written without a network.
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

    What is asked there is the form of the public action `act` of the register `on`; the link fills its field `secret`. With `button` the
    page is shown large, for old eyes and hands, and begins with one large button in these words; give its form no other question. Such a
    page asks again by itself, every few seconds, how things stand.
    """

    key: str
    label: Label
    on: str
    act: str
    secret: str
    opens: Callable[[str], Sheet]
    button: Label | None = None

    def __post_init__(self) -> None:
        checked_name("Slip", self.key, self.label)
        if self.button is not None:
            checked_label(f"Slip {self.key}, button=", self.button)

    def link(self, secret: str = "") -> str:
        """The address of its page on this platform. The secret stands behind the #, where no log sees it; without one it is typed."""
        return f"/m/slip/{self.key}" + (f"#{secret}" if secret else "")


@dataclass(frozen=True, slots=True)
class Face:
    """The words of a tag, and what its square code opens: an address on this platform."""

    title: Label
    link: str
    facts: tuple[Fact, ...] = ()
    foot: Label | None = None


@dataclass(frozen=True, slots=True)
class Tag:
    """What is printed and stuck on the thing that a record stands for: `face(viewer, record)` says what this reader's print shows."""

    on: str
    label: Label
    face: Callable[[Any, Any], Face]

    def __post_init__(self) -> None:
        checked_label(f"Tag for {self.on}, label=", self.label)

    @property
    def key(self) -> str:
        """A register has one kind of tag."""
        return self.on


@dataclass(frozen=True, slots=True)
class Paper:
    """What is printed of a record as PDF: `page(viewer, record)` gives a whole HTML page with its styles, which fetches nothing."""

    on: str
    label: Label
    page: Callable[[Any, Any], str]

    def __post_init__(self) -> None:
        checked_label(f"Paper for {self.on}, label=", self.label)

    @property
    def key(self) -> str:
        """A register has one kind of paper."""
        return self.on
