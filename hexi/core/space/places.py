"""Reads of the place tree: by code, up, down, and names for many codes at once."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from hexi.core.space.contracts import (
    WIDTHS,
    Dwelling,
    Level,
    Origin,
    PlaceRecord,
    PointBy,
    ancestors_of,
    level_of,
    prefix_range,
)
from hexi.core.space.models import Place
from hexi.kernel.errors import NotFound
from hexi.kernel.label import Label, t

# More codes than this go to the database in several statements: SQLite takes 32,766 parameters at most.
CODES_AT_ONCE = 10_000
# The names that stand before a place's own name, so that "3号楼" says which one it is.
NAMED_WITH: dict[Level, tuple[Level, ...]] = {
    Level.GRID: (Level.COMMUNITY,),
    Level.BUILDING: (Level.COMPOUND,),
    Level.DOORWAY: (Level.COMPOUND, Level.BUILDING),
}
_COLUMNS = (
    "code",
    "level",
    "name",
    "name_en",
    "parent",
    "lon",
    "lat",
    "west",
    "south",
    "east",
    "north",
    "area_m2",
    "kind",
    "storeys",
    "height_m",
    "valid_from",
    "valid_to",
    "successor",
    "origin",
    "is_drawn",
    "point_by",
)


def standing(at: date | None = None) -> QuerySet[Place]:
    """The places that exist on that day (today when None)."""
    day = at or timezone.localdate()
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
    return Place.objects.filter(begun & (Q(valid_to__isnull=True) | Q(valid_to__gt=day)))


def records(places: QuerySet[Place]) -> list[PlaceRecord]:
    """The rows as records, without their geometry."""
    return [_record(*row) for row in places.values_list(*_COLUMNS)]


def _record(*row: Any) -> PlaceRecord:
    code, level, name, name_en, parent, lon, lat, west, south, east, north, area_m2, *rest = row
    kind, storeys, height_m, valid_from, valid_to, successor, origin, is_drawn, point_by = rest
    return PlaceRecord(
        code,
        Level(level),
        name,
        name_en,
        parent,
        lon,
        lat,
        None if west is None else (west, south, east, north),
        area_m2,
        kind,
        storeys,
        height_m,
        valid_from,
        valid_to,
        successor,
        Origin(origin),
        is_drawn,
        PointBy(point_by),
    )


def place_by_code(code: str, *, at: date | None = None) -> PlaceRecord:
    """The place with this code on that day. One that has closed leads to its successor. Raises NotFound."""
    seen: set[str] = set()
    day = at or timezone.localdate()
    while code and code not in seen:
        seen.add(code)
        found = records(Place.objects.filter(code=code))
        if not found:
            break
        place = found[0]
        if place.valid_to is None or place.valid_to > day:
            if place.valid_from is None or place.valid_from <= day:
                return place
            break
        code = place.successor
    raise NotFound(t("没有这个地点", "There is no such place"), which=next(iter(seen), code))


def roots(at: date | None = None) -> list[PlaceRecord]:
    """The districts: the places without a whole above them."""
    return records(standing(at).filter(level=Level.DISTRICT).order_by("code"))


def path_of(code: str, at: date | None = None) -> list[PlaceRecord]:
    """From the district down to the place itself; empty when there is no such place."""
    path = records(standing(at).filter(code__in=[*ancestors_of(code), code]).order_by("code"))
    return path if path and path[-1].code == code else []


def children_of(code: str, at: date | None = None) -> list[PlaceRecord]:
    """The places one level down, by code."""
    return records(standing(at).filter(parent=code).order_by("code")) if code else roots(at)


def child_counts(codes: Collection[str], at: date | None = None) -> dict[str, int]:
    """How many places lie one level down; codes without any are missing."""
    rows = standing(at).filter(parent__in=list(codes)).order_by().values_list("parent").annotate(Count("id"))
    return dict(rows)


def places_of(level: Level, within: str = "", at: date | None = None) -> list[PlaceRecord]:
    """All places of one level, or those inside one place, by code."""
    return records(inside(standing(at).filter(level=level), within).order_by("code"))


def inside(places: QuerySet[Place], within: str) -> QuerySet[Place]:
    """Those of the rows that are the place or lie in it."""
    if not within:
        return places
    first, behind = prefix_range(within)
    return places.filter(code__gte=first, code__lt=behind)


def prefix_lengths() -> dict[str, int]:
    """Digits of a code by level, from the district down."""
    return {level.value: width for level, width in WIDTHS.items()}


def names(codes: Iterable[str]) -> dict[str, Label]:
    """What each code is called, with the names above it that are needed to tell; unknown codes are missing. Closed places are named too.

    One SQL statement for up to 10,000 names.
    """
    wanted = {code for code in codes if level_of(code)}
    needed = wanted | {code[: WIDTHS[above]] for code in wanted for above in NAMED_WITH.get(level_of(code) or Level.DISTRICT, ())}
    known = _plain_names(sorted(needed))
    return {code: _full_name(code, known) for code in wanted if code in known}


def labels_for(codes: Iterable[str], language: str = "zh") -> dict[str, str]:
    """`names` in one language."""
    return {code: label.zh if language == "zh" else label.en for code, label in names(codes).items()}


def _plain_names(codes: list[str]) -> dict[str, Label]:
    known: dict[str, Label] = {}
    for start in range(0, len(codes), CODES_AT_ONCE):
        rows = Place.objects.filter(code__in=codes[start : start + CODES_AT_ONCE]).values_list("code", "name", "name_en")
        known.update({code: Label(name, name_en or name) for code, name, name_en in rows})
    return known


def _full_name(code: str, known: dict[str, Label]) -> Label:
    level = level_of(code) or Level.DISTRICT
    above = [known[code[: WIDTHS[each]]] for each in NAMED_WITH.get(level, ()) if code[: WIDTHS[each]] in known]
    parts = [*above, known[code]]
    return Label("".join(each.zh for each in parts), ", ".join(each.en for each in reversed(parts)))


def points_of(codes: Iterable[str]) -> dict[str, tuple[float, float]]:
    """Longitude and latitude (WGS-84) of a point well inside each place; places without geometry are missing."""
    wanted = sorted(set(codes))
    found: dict[str, tuple[float, float]] = {}
    for start in range(0, len(wanted), CODES_AT_ONCE):
        rows = Place.objects.filter(code__in=wanted[start : start + CODES_AT_ONCE], lon__isnull=False).values_list("code", "lon", "lat")
        found.update({code: (lon, lat) for code, lon, lat in rows})
    return found


def dwellings(within: str = "", at: date | None = None) -> Iterator[Dwelling]:
    """Every doorway with homes behind it, by code: the frame of an invented population."""
    rows = inside(standing(at).filter(level=Level.DOORWAY, homes__gt=0, lon__isnull=False), within).order_by("code")
    for row in rows.values_list(*_DWELLING).iterator(chunk_size=5000):
        yield _dwelling(row)


_DWELLING = ("code", "storeys", "homes", "kind", "lon", "lat")


def _dwelling(row: tuple[Any, ...]) -> Dwelling:
    code, storeys, homes, kind, lon, lat = row
    return Dwelling(code, storeys or 0, homes or 0, kind, lon, lat)


def inhabited_doors(lived_at: Collection[str]) -> list[Dwelling]:
    """Where people leave home from, by code: every doorway with homes or one of `lived_at`, and the buildings of `lived_at` of which no
    doorway has a point."""
    rows = standing().filter(level__in=(Level.DOORWAY, Level.BUILDING), lon__isnull=False).order_by("code")
    every = [_dwelling(row) for row in rows.values_list(*_DWELLING)]
    with_doors = {each.doorway[: WIDTHS[Level.BUILDING]] for each in every if len(each.doorway) == WIDTHS[Level.DOORWAY]}
    return [each for each in every if _is_home(each, lived_at, with_doors)]


def _is_home(each: Dwelling, lived_at: Collection[str], with_doors: Collection[str]) -> bool:
    if len(each.doorway) == WIDTHS[Level.DOORWAY]:
        return each.homes > 0 or each.doorway in lived_at
    return each.doorway in lived_at and each.doorway not in with_doors


def doorway_codes(within: str = "", at: date | None = None) -> list[str]:
    """The codes of all doorways behind which people live, in order."""
    rows = inside(standing(at).filter(level=Level.DOORWAY, homes__gt=0), within).order_by("code")
    return list(rows.values_list("code", flat=True))
