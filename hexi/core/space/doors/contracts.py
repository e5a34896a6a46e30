"""Lines of an address list on their way into the place tree."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from hexi.core.space.datum import LonLat
from hexi.kernel.label import Label, t


@dataclass(frozen=True, slots=True)
class ListedDoor:
    """One line as it is written, in columns, as one address, or both; the point in WGS-84."""

    street: str = ""
    community: str = ""
    compound: str = ""
    house: str = ""
    stair: str = ""
    room: str = ""
    address: str = ""
    point: LonLat | None = None


@dataclass(slots=True)
class Lying:
    """Where a line lies: `at` is the deepest place of the tree that it names, `missing` the names of what is to be made below it, down
    to the door. `faults` (column, what is wrong and how to mend it) keep the line out; `reasons` say how it was read."""

    at: str = ""
    missing: tuple[str, ...] = ()
    room: str = ""
    reasons: tuple[Label, ...] = ()
    faults: list[tuple[str, Label]] = field(default_factory=list[tuple[str, Label]])


@dataclass(frozen=True, slots=True)
class DoorWish:
    """A door that a list names: where it hangs, what has to be made down to it, and what the list knows of it."""

    at: str
    missing: tuple[str, ...] = ()
    point: LonLat | None = None
    since: date | None = None


class DoorChange(StrEnum):
    """What a list says of a door, against what was known of it."""

    NEW = "new"
    SAME = "same"
    MOVED = "moved"
    RETURNED = "returned"
    RENAMED = "renamed"
    GONE = "gone"


DOOR_CHANGES: dict[DoorChange, Label] = {
    DoorChange.NEW: t("新增", "new"), DoorChange.SAME: t("不变", "same"), DoorChange.MOVED: t("坐标变动", "moved"),
    DoorChange.RETURNED: t("恢复", "returned"), DoorChange.RENAMED: t("改称，已由新楼门接替", "renamed: another code took over"),
    DoorChange.GONE: t("名单中已无", "gone from the list"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DoorKept:
    """What became of a wish: the door's code, what changed, and, to be able to take it back, the values that it had before and the codes
    that were made for it."""

    code: str
    change: DoorChange
    before: dict[str, Any] = field(default_factory=dict[str, Any])
    made: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DoorEnd:
    """A door that ends on a day; its successor takes over, where there is one."""

    code: str
    on: date
    successor: str = ""
