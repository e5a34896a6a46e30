"""What leaves the desk by declaration: rounds of what falls due outside, slips for whoever has a link, tags on things, what is near."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hexi.kernel.checked import checked_label, checked_name, checked_tuple
from hexi.kernel.condition import Cond, Everything
from hexi.kernel.errors import DeclarationError
from hexi.kernel.label import Label


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of what is shown: its name, what it says, and where it leads: an address on this platform, or `tel:` and a number."""

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
    """What is printed of a record as PDF: `page(viewer, record, origin)` gives a whole HTML page with its styles, which fetches nothing.

    `origin` is this platform's own address, for square codes that lead back to it.
    """

    on: str
    label: Label
    page: Callable[[Any, Any, str], str]

    def __post_init__(self) -> None:
        checked_label(f"Paper for {self.on}, label=", self.label)

    @property
    def key(self) -> str:
        """A register has one kind of paper."""
        return self.on


@dataclass(frozen=True, slots=True)
class KindGroup:
    """Kinds that are offered together on a telephone; the first group is offered first."""

    key: str
    label: Label
    kinds: tuple[str, ...]

    def __post_init__(self) -> None:
        checked_name("Group of kinds", self.key, self.label)
        checked_tuple(f"Group of kinds {self.key}: kinds=", self.kinds)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What people ask for near them: its record, of which kind, in which place, how many ask, how it stands, what the office says."""

    record: int
    kind: str
    place: str
    supporters: int
    state: Label
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Nearby:
    """What stands within a walk, for everybody on a telephone: rows of the register `on` for which `where` holds.

    Columns are named by their fields and are open to everybody: `kind` a choice, `lon` and `lat` WGS-84, `hours` a text as
    `kernel.hours` reads it, `seen_on` and `seen_as` on which day somebody in which role saw it, `facts` what else is shown of one.
    `calls` are the words by which people ask for a kind; words that several kinds share find them all. `meant` are groups that are called
    like a walker: what is looked for first, as one, at that walker's pace, such as what a child needs; their kinds are in `groups`, too.
    A fact that is called like a walker is told with every row at that walker's pace, also where nobody has said it.

    `report`, `wish` and `support` are actions as (register, key) that are open to the public: that something is wrong with one, that a
    kind is missing, that others miss it too. Of their forms the telephone fills `record`, `place` (a community) and `device`.
    `wanted(places)` says what is asked for in these communities, `doubted(records)` what is said of which rows and not looked into yet.
    """

    key: str
    label: Label
    on: str
    kind: str
    groups: tuple[KindGroup, ...]
    meant: tuple[KindGroup, ...] = ()
    where: Cond = field(default_factory=Everything)
    calls: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    title: str = "name"
    lon: str = "lon"
    lat: str = "lat"
    hours: str = ""
    seen_on: str = ""
    seen_as: str = ""
    facts: tuple[str, ...] = ()
    report: tuple[str, str] | None = None
    wish: tuple[str, str] | None = None
    support: tuple[str, str] | None = None
    wanted: Callable[[Collection[str]], Sequence[Wanted]] | None = None
    doubted: Callable[[Collection[int]], Mapping[int, Label]] | None = None

    def __post_init__(self) -> None:
        checked_name("Nearby", self.key, self.label)
        checked_tuple(f"Nearby {self.key}: groups=", self.groups)
        checked_tuple(f"Nearby {self.key}: facts=", self.facts)
        if not self.groups:
            raise DeclarationError(f"Nearby {self.key}: say which kinds are offered (groups=).")
        offered = {kind for group in self.groups for kind in group.kinds}
        for group in self.meant:
            if strange := [kind for kind in group.kinds if kind not in offered]:
                raise DeclarationError(f"Nearby {self.key}: meant {group.key} names kinds that no group offers: {', '.join(strange)}.")

    @property
    def columns(self) -> tuple[str, ...]:
        """Every field that it shows."""
        named = (self.title, self.kind, self.lon, self.lat, self.hours, self.seen_on, self.seen_as, *self.facts)
        return tuple(dict.fromkeys(name for name in named if name))

    @property
    def asks(self) -> tuple[tuple[str, str], ...]:
        """Its actions, as (register, key)."""
        return tuple(one for one in (self.report, self.wish, self.support) if one)
