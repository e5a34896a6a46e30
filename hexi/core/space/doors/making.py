"""From the wishes of a list to doors that stand: what is missing is made, what had ended stands again, points are put right."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from hexi.core.space.addresses.reading import door_key, half_width, house_key, stair_key
from hexi.core.space.contracts import Level, Origin, PointBy, level_of
from hexi.core.space.datum import LonLat, distance_m
from hexi.core.space.doors.contracts import DoorChange, DoorEnd, DoorKept, DoorWish
from hexi.core.space.doors.keeping import Turned, changed, entered, withdrawn
from hexi.core.space.doors.numbering import BELOW, DOOR, code_below, proper_name
from hexi.core.space.models import Place
from hexi.core.space.places import inside, standing
from hexi.kernel.errors import Invalid, Problem
from hexi.kernel.label import t

MOVED_M = 3.0
"""Ours: points nearer than this are one, measured twice."""
Values = dict[str, Any]


def keep_doors(wishes: Sequence[DoorWish], why: str) -> list[DoorKept]:
    """The door of each wish, in the caller's transaction. Several wishes for one door are one door. Raises Conflict when codes run out."""
    below = Below({wish.at for wish in wishes})
    found = [below.door(wish) for wish in wishes]
    entered(below.fresh, why)
    changed("renew", [Turned(row, values) for row, values in below.turned.values()], why)
    return found


@dataclass
class Below:
    """The places below some others, those that have ended too, and what is made there."""

    at: Collection[str]
    by: PointBy = PointBy.LIST
    rows: dict[str, Place] = field(default_factory=dict[str, Place])
    parts: dict[str, dict[str, Place]] = field(default_factory=dict[str, dict[str, Place]])
    fresh: list[Place] = field(default_factory=list[Place])
    turned: dict[str, tuple[Place, Values]] = field(default_factory=dict[str, tuple[Place, Values]])
    kept: dict[str, DoorKept] = field(default_factory=dict[str, DoorKept])

    def __post_init__(self) -> None:
        self.today = timezone.localdate()
        self.rows = {row.code: row for row in Place.objects.filter(code__in=list(self.at)).defer("geometry")}
        for code in self.at:
            self.parts[code] = {}
        for row in Place.objects.filter(parent__in=list(self.at)).defer("geometry").order_by("code"):
            self._hold(row)

    def door(self, wish: DoorWish) -> DoorKept:
        """The door that is wished for, made or renewed."""
        code, made = wish.at, list[str]()
        for name in wish.missing:
            row, is_new = self.part(code, name, wish)
            made += [row.code] if is_new else []
            code = row.code
        if code not in self.kept:
            self.kept[code] = self._renewed(code, wish, made)
        return self.kept[code]

    def part(self, parent: str, name: str, wish: DoorWish) -> tuple[Place, bool]:
        """The place of that name in its whole, and whether it had to be made."""
        level, name = BELOW[level_of(parent) or Level.GRID], name or DOOR
        if parent not in self.parts:
            self.parts[parent] = {}
            for row in Place.objects.filter(parent=parent).defer("geometry").order_by("code"):
                self._hold(row)
        known = next((row for key in spellings(level, name) if (row := self.parts[parent].get(key))), None)
        if known is not None:
            return known, False
        return self._made(level, parent, name, wish), True

    def _hold(self, row: Place) -> None:
        self.rows[row.code] = row
        for key in spellings(Level(row.level), row.name):
            self.parts.setdefault(row.parent, {}).setdefault(key, row)

    def _made(self, level: Level, parent: str, name: str, wish: DoorWish) -> Place:
        said, said_en = proper_name(level, name)
        taken = {row.code for row in self.parts[parent].values()}
        lon, lat = wish.point or (None, None)
        row = Place(
            code=code_below(level, parent, name, taken), level=level, parent=parent, name=said, name_en=said_en, origin=Origin.IMPORT,
            lon=lon, lat=lat, valid_from=wish.since or self.today,
            point_by=self.by if wish.point and level is Level.DOORWAY else PointBy.UNSAID,
        )  # fmt: skip
        self.fresh.append(row)
        self._hold(row)
        for key in spellings(level, name):
            self.parts[parent].setdefault(key, row)
        self.parts[row.code] = {}
        return row

    def _renewed(self, code: str, wish: DoorWish, made: list[str]) -> DoorKept:
        row = self.rows[code]
        if code in made:
            return DoorKept(code, DoorChange.NEW, {}, tuple(made))
        values = self._stands_again(row) | _point(row, wish.point)
        before = {name: getattr(row, name) for name in values}
        change = _change(row, values)
        if values:
            self.turned[code] = (row, values)
        return DoorKept(code, change, {name: _said(value) for name, value in before.items()}, tuple(made))

    def _stands_again(self, row: Place) -> Values:
        return {"valid_to": None, "successor": ""} if row.valid_to is not None and row.valid_to <= self.today else {}


def spellings(level: Level, name: str) -> list[str]:
    """How a part is looked up among its whole's: by its name, or else by its number."""
    key = house_key(name) if level is Level.BUILDING else str(stair_key(name) or door_key(name)) if level is Level.DOORWAY else ""
    return [half_width(name), *([f"#{key}"] if key else [])]


def _point(row: Place, point: LonLat | None) -> Values:
    if point is None or (row.point_by == PointBy.LIST and _moved_m(row, point) <= MOVED_M):
        return {}
    return {"lon": point[0], "lat": point[1], "point_by": PointBy.LIST.value, "is_drawn": False}


def _moved_m(row: Place, point: LonLat) -> float:
    return 0.0 if row.lon is None or row.lat is None else distance_m((row.lon, row.lat), point)


def _change(row: Place, values: Values) -> DoorChange:
    if "valid_to" in values:
        return DoorChange.RETURNED
    return DoorChange.MOVED if "lon" in values and _moved_m(row, (values["lon"], values["lat"])) > MOVED_M else DoorChange.SAME


def _said(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def end_doors(ends: Sequence[DoorEnd], why: str) -> None:
    """The last day of doors, with their successors. In the caller's transaction."""
    rows = _rows(end.code for end in ends)
    changed("close", [Turned(rows[end.code], {"valid_to": end.on, "successor": end.successor}) for end in ends if end.code in rows], why)


def succeed_door(code: str, successor: str, *, why: str) -> None:
    """From now on another door answers for one that has ended. Raises Invalid: it must have ended, the other one stand, and be a door."""
    with transaction.atomic():
        row = _rows([code]).get(code)
        follower = standing().filter(code=successor, level=Level.DOORWAY).exclude(code=code)
        if row is None or row.valid_to is None or not follower.exists():
            said = t("接替者须是当前有效的另一个楼门", "Only another doorway that stands can take over from one that has ended")
            raise Invalid([Problem("place", said, value=successor)])
        changed("succeed", [Turned(row, {"successor": successor})], why)


def doors_below(wholes: Collection[str]) -> dict[str, LonLat | None]:
    """The doors that stand in these buildings, compounds or larger places, with their points."""
    found: dict[str, LonLat | None] = {}
    for whole in wholes:
        rows = inside(standing().filter(level=Level.DOORWAY), whole).values_list("code", "lon", "lat")
        found |= {code: None if lon is None else (lon, lat) for code, lon, lat in rows}
    return found


def count_homes(homes: Mapping[str, int], why: str) -> dict[str, int | None]:
    """How many homes lie behind doors, by code; gives the numbers of those that changed, as they were before."""
    rows = _rows(homes)
    turned = [Turned(row, {"homes": homes[code]}) for code, row in rows.items() if row.homes != homes[code]]
    before = {each.place.code: each.place.homes for each in turned}
    changed("count_homes", turned, why)
    return before


def restore_doors(befores: Mapping[str, Values], made: Collection[str], why: str) -> None:
    """Take back what a list changed: values as they were, and what was made for it and has no parts, gone."""
    rows = _rows(befores)
    changed("restore", [Turned(row, _read(befores[code])) for code, row in rows.items() if befores[code]], why)
    left: dict[str, Place] = _rows(made)
    while left:
        wholes = {str(code) for code in Place.objects.filter(parent__in=list(left)).values_list("parent", flat=True)}
        empty = [row for code, row in left.items() if code not in wholes]
        if not empty:
            break
        withdrawn(empty, why)
        left = {code: left[code] for code in wholes}


def _read(before: Values) -> Values:
    day = before.get("valid_to")
    return {**before, "valid_to": date.fromisoformat(day)} if day else before


def _rows(codes: Iterable[str]) -> dict[str, Place]:
    return {row.code: row for row in Place.objects.select_for_update().filter(code__in=list(codes)).defer("geometry")}
