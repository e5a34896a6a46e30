"""A place as its page tells it: where it lies, what is in it, how its point is known, which codes came before and behind."""

from __future__ import annotations

from dataclasses import dataclass

from hexi.core.space.contracts import POINT_LABELS, Level, PlaceRecord, PointBy, ancestors_of
from hexi.core.space.doors.standing import standing_codes
from hexi.core.space.models import Place, PlaceAlias
from hexi.core.space.places import child_counts, children_of, names, records
from hexi.core.trust.api import EventRecord, history
from hexi.kernel.errors import NotFound
from hexi.kernel.label import Label, t

ENTITY = "space.place"
PARTS_AT_MOST = 500


@dataclass(frozen=True, slots=True)
class Told:
    """One place with what its page shows. `parts`: the places one level down, those that have ended last; `counts` how many they hold;
    `formers`: places that it took over from; `called`: names of every code that is told; `homes`: how many lie behind a doorway."""

    place: PlaceRecord
    path: tuple[PlaceRecord, ...]
    parts: tuple[PlaceRecord, ...]
    counts: dict[str, int]
    formers: tuple[PlaceRecord, ...]
    successor: str
    aliases: tuple[tuple[str, str, str], ...]
    homes: int | None
    called: dict[str, Label]
    changes: tuple[EventRecord, ...]


def place_told(code: str) -> Told:
    """The place with this very code, also one that has ended. Raises NotFound."""
    row = Place.objects.filter(code=code).values_list("pk", "homes").first()
    if row is None:
        raise NotFound(t("没有这个地点", "There is no such place"), which=code[:40])
    (place,) = records(Place.objects.filter(code=code))
    parts = _parts(code)
    path = records(Place.objects.filter(code__in=ancestors_of(code)).order_by("code"))
    formers = records(Place.objects.filter(successor=code, valid_to__isnull=False).order_by("code"))
    successor = standing_codes([code]).get(code, place.successor)
    aliases = PlaceAlias.objects.filter(place__code=code).order_by("pk").values_list("name", "kind", "source")
    told = {code, successor, *(each.code for each in (*parts, *path, *formers))} - {""}
    return Told(
        place, tuple(path), tuple(parts), child_counts([each.code for each in parts]), tuple(formers), successor, tuple(aliases), row[1],
        names(told), tuple(history(ENTITY, row[0], 50)),
    )  # fmt: skip


def _parts(code: str) -> list[PlaceRecord]:
    rows = records(Place.objects.filter(parent=code).order_by("code")[:PARTS_AT_MOST])
    return sorted(rows, key=lambda each: each.valid_to is not None)


def doors_of(building: str) -> list[PlaceRecord]:
    """The doors of a building that stand, by code."""
    return [each for each in children_of(building) if each.level is Level.DOORWAY]


def _standing(code: str) -> list[PlaceRecord]:
    return [each for each in records(Place.objects.filter(code=code)) if each.valid_to is None] if code else []


def door_meant(code: str) -> PlaceRecord | None:
    """The doorway that a code means today: its own, the one that took over from it, or its building's only one; None without a point."""
    found = _standing(code) or _standing(standing_codes([code]).get(code, ""))
    if found and found[0].level is Level.BUILDING:
        found = doors_of(found[0].code)
    door = found[0] if len(found) == 1 else None
    return door if door and door.level is Level.DOORWAY and door.lon is not None else None


def point_label(by: PointBy, *, is_drawn: bool) -> Label:
    """How a point is known, in words."""
    return t("示意图形，由程序生成", "a sketch made by a program") if is_drawn and by is PointBy.UNSAID else POINT_LABELS[by]

