"""Write a change list: new rows with codes of ours, changed rows under their old ones, a last day for what is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import shapely
from django.db.models import Max

from hexi.core.space.cells import cell_of_box
from hexi.core.space.ground.comparing import MORE, Change, Difference, Update
from hexi.core.space.ground.showing import shown_from
from hexi.core.space.ground.tables import FormerRef, Mapped
from hexi.core.space.ground.things import LETTERS, TABLES, Sort, Thing
from hexi.core.trust.api import insert_rows

AT_ONCE = 200
"""Rows of one UPDATE: SQLite takes 32,766 parameters, and a building has some twenty columns."""
COLUMNS = (
    "ref", "kind", "name", "name_en", "place", "west", "south", "east", "north", "geometry", "cell", "shown_from", "valid_to", "updated_at",
)  # fmt: skip
Placed = Callable[[Sort, Sequence[Thing]], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Stamp:
    """Of which source, when, and how a thing finds its place."""

    source: str
    now: datetime
    today: date
    placed: Placed


def write(found: Difference, stamp: Stamp) -> list[tuple[Change, Sort, str, str, str]]:
    """Carry the difference out. Gives the list of changes: what, sort, code, the source's number, name."""
    changes = [*_insert(found, stamp), *_update(found, stamp)]
    rows = TABLES[found.sort].objects
    for start in range(0, len(found.gone), 5000):
        part = [row.pk for row in found.gone[start : start + 5000]]
        rows.filter(pk__in=part).update(valid_to=stamp.today, updated_at=stamp.now)
    return [*changes, *((Change.GONE, found.sort, row.code, row.ref, str(row.values[1])) for row in found.gone)]


def _insert(found: Difference, stamp: Stamp) -> Iterator[tuple[Change, Sort, str, str, str]]:
    table, first = TABLES[found.sort], _next_number(found.sort)
    # Neighbours on the ground become neighbours in the table: a tile then reads few pages of it.
    new = sorted(found.new, key=lambda thing: cell_of_box(*thing.shape.bounds))
    places = stamp.placed(found.sort, new)
    insert_rows(
        [
            table(code=_code(found.sort, first + n), source=stamp.source, valid_from=stamp.today, **_columns(thing, place, stamp))
            for n, (thing, place) in enumerate(zip(new, places, strict=True))
        ]
    )
    for n, thing in enumerate(new):
        yield Change.NEW, found.sort, _code(found.sort, first + n), thing.ref, thing.name


def _code(sort: Sort, number: int) -> str:
    return f"{LETTERS[sort]}{number:07}"


def _next_number(sort: Sort) -> int:
    letter = LETTERS[sort]
    last = TABLES[sort].objects.filter(code__startswith=letter).aggregate(last=Max("code"))["last"]
    return int(last[1:]) + 1 if last else 1


def _columns(thing: Thing, place: str, stamp: Stamp) -> dict[str, Any]:
    west, south, east, north = thing.shape.bounds
    return {
        "ref": thing.ref, "kind": thing.kind, "name": thing.name, "name_en": thing.name_en, "place": place, "west": west, "south": south,
        "east": east, "north": north, "geometry": shapely.to_wkb(thing.shape), "cell": cell_of_box(west, south, east, north),
        "shown_from": shown_from(thing), "valid_to": None, "updated_at": stamp.now, **thing.more,
    }  # fmt: skip


def _update(found: Difference, stamp: Stamp) -> Iterator[tuple[Change, Sort, str, str, str]]:
    table = TABLES[found.sort]
    places = stamp.placed(found.sort, [each.thing for each in found.updates])
    rows = [_changed(table, each, place, stamp) for each, place in zip(found.updates, places, strict=True)]
    table.objects.bulk_update(rows, [*COLUMNS, *MORE[found.sort]], batch_size=AT_ONCE)
    _remember(found.updates, stamp)
    for each in found.updates:
        for change in each.changes:
            yield change, found.sort, each.row.code, each.thing.ref, each.thing.name


def _changed(table: type[Mapped], each: Update, place: str, stamp: Stamp) -> Mapped:
    return table(pk=each.row.pk, code=each.row.code, **_columns(each.thing, place, stamp))


def _remember(updates: Sequence[Update], stamp: Stamp) -> None:
    """The numbers that the source gave before: what was noted under them finds its thing."""
    former = [
        FormerRef(code=each.row.code, source=stamp.source, ref=each.row.ref, until=stamp.today)
        for each in updates
        if Change.RENUMBERED in each.changes
    ]
    FormerRef.objects.bulk_create(former, ignore_conflicts=True)
