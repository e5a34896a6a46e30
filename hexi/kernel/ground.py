"""What rooms say of the ground: points of a map file that they keep, ways that they close, questions about walks that they answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from hexi.kernel.checked import checked_name, checked_tuple
from hexi.kernel.label import Label


@dataclass(frozen=True, slots=True)
class Spot:
    """One point of use as the file has it, in WGS-84: the source's own number for it, the place round it, its tags."""

    source: str
    ref: str
    lon: float
    lat: float
    place: str
    tags: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Arrived:
    """All points of an area that a file has. `holds(lon, lat)` says whether the area has this point: what a keeper knows inside of it
    and does not find here is gone from the map."""

    source: str
    spots: Sequence[Spot]
    holds: Callable[[float, float], bool]


@dataclass(frozen=True, slots=True)
class Shown:
    """One point as the base map shows it, in WGS-84."""

    number: int
    lon: float
    lat: float
    kind: str
    name: str
    name_en: str = ""
    hours: str = ""
    """As `hexi.kernel.hours` reads them; empty where they are not known."""


def _none() -> Iterable[Shown]:
    return ()


@dataclass(frozen=True, slots=True)
class Keeper:
    """A room that keeps points of a map file: those that have one of `keys` among their tags and that it `wants(tags)`.

    `keep(arrived)` runs in the import's transaction and says how many were new, moved, changed and gone; `label` names them in the
    report. `shown()` gives those that the base map shows: open facts only, for everybody sees it.
    """

    key: str
    label: Label
    keys: tuple[str, ...]
    wants: Callable[[Mapping[str, str]], bool]
    keep: Callable[[Arrived], Mapping[str, int]]
    shown: Callable[[], Iterable[Shown]] = _none

    def __post_init__(self) -> None:
        checked_name("Keeper", self.key, self.label)
        checked_tuple(f"Keeper {self.key}: keys=", self.keys)


@dataclass(frozen=True, slots=True)
class Barred:
    """A spot where nobody passes for the time being, such as a gate that is locked or the middle of a fence round works; or, with `opens`,
    a shut gate that lets people through. `radius_m` 0 is the one way that runs there, more is every way within. What it is called and from
    when to when it holds is for people to read: it makes no other closure of it."""

    lon: float
    lat: float
    radius_m: float = 0.0
    opens: bool = False
    label: Label | None = field(default=None, compare=False)
    begins_at: datetime | None = field(default=None, compare=False)
    ends_at: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Warden:
    """A room that closes and opens ways on foot: `barred(moment)` gives what holds at that moment. It is asked with every question
    about walks, so it answers from an index."""

    key: str
    label: Label
    barred: Callable[[datetime], Iterable[Barred]]

    def __post_init__(self) -> None:
        checked_name("Warden", self.key, self.label)


@dataclass(frozen=True, slots=True)
class WalkAnswer:
    """A question about walks that a room answers itself, inside of the process that keeps the walking network and has the compiler.

    `answer(**question)` takes and gives what JSON can carry, and imports `kit.walking` inside of itself. An Invalid that it raises
    reaches whoever asked (`asked_of_walks`).
    """

    key: str
    label: Label
    answer: Callable[..., Any]

    def __post_init__(self) -> None:
        checked_name("WalkAnswer", self.key, self.label)
