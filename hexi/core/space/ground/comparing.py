"""What a new map file changes: which things are new, moved, changed, back, gone, and which only got another number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain
from typing import Any

import numpy as np
import shapely

from hexi.core.space.ground.likeness import twins
from hexi.core.space.ground.things import TABLES, Sort, Thing
from hexi.kernel.label import Label, t

COMMON = ("kind", "name", "name_en")
MORE: dict[Sort, tuple[str, ...]] = {
    Sort.WAY: ("walkable", "flags", "surface", "is_covered", "layer", "length_m"),
    Sort.GATE: ("lon", "lat", "is_shut", "opening_hours", "wheelchair", "use", "number"),
    Sort.BUILDING: ("height_m", "storeys", "height_source", "address"),
    Sort.GROUND: ("rank",),
}
FROM_SHAPE = frozenset({"length_m", "lon", "lat"})  # a change of these is a move


class Change(StrEnum):
    """What became of a thing; `renumbered`: the same thing under another number of the source."""

    NEW = "new"
    MOVED = "moved"
    CHANGED = "changed"
    RENUMBERED = "renumbered"
    RETURNED = "returned"
    GONE = "gone"


CHANGE_LABELS: dict[Change, Label] = {
    Change.NEW: t("新增", "new"), Change.MOVED: t("位置或形状变动", "moved"), Change.CHANGED: t("属性变动", "changed"),
    Change.RENUMBERED: t("来源编号变更", "renumbered"), Change.RETURNED: t("恢复", "returned"), Change.GONE: t("消失", "gone"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kept:
    """A row as it is compared."""

    pk: int
    code: str
    ref: str
    is_closed: bool
    wkb: bytes
    values: tuple[Any, ...]


@dataclass(slots=True)
class Update:
    """A row that changes, and what it becomes."""

    row: Kept
    thing: Thing
    changes: tuple[Change, ...]


@dataclass(slots=True)
class Difference:
    """One table's part of the change list."""

    sort: Sort
    new: list[Thing] = field(default_factory=list[Thing])
    updates: list[Update] = field(default_factory=list[Update])
    gone: list[Kept] = field(default_factory=list[Kept])
    same: int = 0


def compared_names(sort: Sort) -> tuple[str, ...]:
    """The columns in which two states of a thing may differ, shape aside."""
    return (*COMMON, *(name for name in MORE[sort] if name not in FROM_SHAPE))


def difference(sort: Sort, source: str, things: Sequence[Thing], outline: shapely.Geometry) -> Difference:
    """The things of one sort against the rows of their source. Rows outside of the outline are not spoken of."""
    found = Difference(sort)
    rows = {row.ref: row for row in _rows(sort, source)}
    left: list[Thing] = []
    for thing in things:
        row = rows.pop(thing.ref, None)
        if row is None:
            left.append(thing)
        else:
            _compare(found, row, thing)
    gone = _inside([row for row in rows.values() if not row.is_closed], sort, outline)
    pairs = twins(sort, left, gone)
    for thing, row in pairs:
        _compare(found, row, thing, Change.RENUMBERED)
    known, taken = {id(thing) for thing, _ in pairs}, {row.pk for _, row in pairs}
    found.new = [thing for thing in left if id(thing) not in known]
    found.gone = [row for row in gone if row.pk not in taken]
    return found


def _rows(sort: Sort, source: str) -> Iterable[Kept]:
    names = ("pk", "code", "ref", "valid_to", "geometry", *compared_names(sort))
    for pk, code, ref, valid_to, geometry, *values in TABLES[sort].objects.filter(source=source).values_list(*names).iterator(5000):
        yield Kept(pk, code, ref, valid_to is not None, bytes(geometry), tuple(values))


def _compare(found: Difference, row: Kept, thing: Thing, *before: Change) -> None:
    values = tuple(chain((thing.kind, thing.name, thing.name_en), (thing.more[name] for name in compared_names(found.sort)[3:])))
    changes = (
        *before,
        *((Change.RETURNED,) if row.is_closed else ()),
        *((Change.MOVED,) if row.wkb != shapely.to_wkb(thing.shape) else ()),
        *((Change.CHANGED,) if row.values != values else ()),
    )
    if changes:
        found.updates.append(Update(row, thing, changes))
    else:
        found.same += 1


def _inside(rows: list[Kept], sort: Sort, outline: shapely.Geometry) -> list[Kept]:
    """Those of which this file had to speak, by the rule by which it was cut."""
    if not rows:
        return []
    shapes = shapely.from_wkb([row.wkb for row in rows])
    held = shapely.intersects(outline, shapely.point_on_surface(shapes) if sort is Sort.BUILDING else shapes)
    return [rows[number] for number in np.flatnonzero(held).tolist()]
