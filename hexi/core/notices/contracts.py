"""Records of the notices room that may leave it."""

from __future__ import annotations

from dataclasses import dataclass

from hexi.kernel.label import Label


@dataclass(frozen=True, slots=True)
class Letter:
    """What somebody is told: two short texts without personal data, and where on this platform more stands.

    `about` and `number` name the record. An `urgent` one goes out in quiet hours too, by every way that its reader has.
    """

    title: Label
    body: Label
    link: str = ""
    about: str = ""
    number: int = 0
    place: str = ""
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Reader:
    """Who is told: an account, or somebody without one by the addresses that a register has. `link` is theirs alone."""

    account: int | None = None
    language: str = "zh"
    phone: str = ""
    mail: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """The other side took it: `number` is theirs for it, `received` when it is in the reader's hands with that."""

    number: str = ""
    received: bool = False


class NotSent(Exception):
    """It did not go: a key of FAULTS, what the other side said, and whether another attempt makes sense."""

    def __init__(self, fault: str, detail: str = "", *, again: bool = True) -> None:
        super().__init__(fault)
        self.fault, self.detail, self.again = fault, detail, again
