"""Whom personal data is about, as registers declare it: so that the person concerned can see who looked, and be forgotten."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from hexi.kernel.errors import DeclarationError
from hexi.kernel.label import Label


@dataclass(frozen=True, slots=True)
class Concerns:
    """What a register's `Describe.person` says: its rows are about the row of `people` to whose number `path` leads, over references.

    `Concerns()`: each row is itself somebody. A register with personal fields says this, or None: nobody can be told whose they are.
    """

    people: str = ""
    path: str = ""

    def __post_init__(self) -> None:
        if bool(self.people) != bool(self.path):
            raise DeclarationError(f"Concerns({self.people!r}, {self.path!r}): say both, the register of people and the way to its number.")

    @property
    def lookup(self) -> str:
        """The way as Django's filters spell it."""
        return self.path.replace(".", "__") or "pk"


@dataclass(frozen=True, slots=True)
class Own:
    """A row that is about somebody, and since when: a look before that was at somebody else."""

    record: int
    since: datetime


@dataclass(frozen=True, slots=True)
class People:
    """How somebody shows which rows of the register `on` are about them, where a room has accounts or secrets of its own for that.

    `called` is the field by which they know the record; `fields` names what is looked at and is no field of the register.
    """

    on: str
    of_account: Callable[[int], Iterable[Own]]
    of_secret: Callable[[str], Iterable[Own]]
    called: str = ""
    fields: Mapping[str, Label] = field(default_factory=dict[str, Label])

    @property
    def key(self) -> str:
        """A register has one way."""
        return self.on
