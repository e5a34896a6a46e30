"""One place of the tree or one building of the map, with what is needed to ask what lies there."""

from __future__ import annotations

from dataclasses import dataclass

from hexi.core.space.contracts import LEVEL_LABELS, Box, Level, PlaceRecord, level_of
from hexi.core.space.datum import metres_per_degree
from hexi.core.space.doors.standing import former_codes
from hexi.core.space.ground.tables import Footprint
from hexi.core.space.ground.things import LETTERS, Sort
from hexi.core.space.ground.valid import standing_in
from hexi.core.space.models import Place
from hexi.core.space.places import labels_for, place_by_code, records
from hexi.kernel.errors import NotFound
from hexi.kernel.label import Label, t

BESIDE_M = 10.0
"""So near to a building's box a point counts as at it: the door, the pavement, the lamp on the wall. Ours, to be checked on the spot."""


@dataclass(frozen=True, slots=True)
class Site:
    """A place or building. `place`: the code of the tree that means it, empty for a building of the map that the tree does not have;
    `around`: the smallest known place that holds it; `formers`: codes that have ended and to which it, or a place in it, is the successor;
    `beside`: for buildings, the box in which points count as at it.
    """

    code: str
    label: Label
    level: Level
    place: str
    around: str
    formers: tuple[str, ...]
    beside: Box | None
    storeys: int | None
    height_m: float | None
    is_generated: bool


def site_by_code(code: str) -> Site:
    """The site with this code: of the place tree, or of a building on the map. Raises NotFound."""
    if not (code.isascii() and code.isalnum()):
        raise NotFound(t("没有这个地点", "There is no such place"), which=code[:40])
    return _of_map(code) if code.startswith(LETTERS[Sort.BUILDING]) else _of_tree(_standing_or_last(code))


def _standing_or_last(code: str) -> PlaceRecord:
    """The place, its successor, or what has ended without one: what hangs on a dead code must be findable too."""
    try:
        return place_by_code(code)
    except NotFound:
        ended = records(Place.objects.filter(code=code, valid_to__isnull=False))
        if not ended:
            raise
        return ended[0]


def _of_tree(place: PlaceRecord) -> Site:
    beside = _widened(place.box) if place.level is Level.BUILDING and place.box else None
    return Site(
        place.code, _named(place.code, place.label), place.level, place.code, place.code, former_codes(place.code), beside, place.storeys,
        place.height_m, place.is_generated,
    )  # fmt: skip


def _of_map(code: str) -> Site:
    row = standing_in(Footprint).filter(code=code[:12]).first()
    if row is None:
        raise NotFound(t("没有这个地点", "There is no such place"), which=code[:40])
    own = row.place if level_of(row.place) is Level.BUILDING else ""
    plain = Label(row.name, row.name_en or row.name) if row.name else _addressed(row.address)
    label = _named(own, plain) if own and not row.name else plain
    beside = _widened((row.west, row.south, row.east, row.north))
    formers = former_codes(own) if own else ()
    return Site(code, label, Level.BUILDING, own, row.place, formers, beside, row.storeys, row.height_m, False)


def _addressed(address: str) -> Label:
    return t(address, address) if address else LEVEL_LABELS[Level.BUILDING]


def _named(code: str, otherwise: Label) -> Label:
    """With the names above it that are needed to tell."""
    said = {language: labels_for([code], language).get(code) for language in ("zh", "en")}
    return Label(said["zh"] or otherwise.zh, said["en"] or otherwise.en)


def _widened(box: Box) -> Box:
    west, south, east, north = box
    east_m, north_m = metres_per_degree((south + north) / 2)
    return west - BESIDE_M / east_m, south - BESIDE_M / north_m, east + BESIDE_M / east_m, north + BESIDE_M / north_m
