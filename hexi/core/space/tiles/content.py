"""What the base map shows: rows of the map's tables and names of places, as layers of tiles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
import shapely
from django.db.models import QuerySet
from numpy.typing import NDArray

from hexi.core.space.contracts import Level
from hexi.core.space.ground import rules
from hexi.core.space.ground.tables import Footprint, Gate, Ground, Mapped, Way
from hexi.core.space.ground.valid import standing_in
from hexi.core.space.meshes.keeping import meshed_houses
from hexi.core.space.places import standing
from hexi.core.space.shapes import decoded
from hexi.core.space.tiles.encoding import Drawn, mercator
from hexi.core.space.vector_tile import Tag
from hexi.kernel.catalogue import catalogue

RANKS = {"primary": 3, "secondary": 2, "tertiary": 1, "residential": 0, "service": 0, "rail": -2, "path": -1}
"""Larger numbers are drawn wider and on top."""
SKETCH_RANKS = {"primary": 3, "secondary": 2, "tertiary": 1, "residential": 0, "beyond": 0, "path": -1}
NAMES_FROM = {Level.DISTRICT: 0, Level.STREET: 12, Level.COMMUNITY: 14, Level.COMPOUND: 15}
SPOTS_FROM = 15
BUILDINGS_FROM = 12
Tags = Mapping[str, Tag]
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """How rows of one table are drawn: columns beside number, zoom and shape, the layer of a row, and what is said of it.

    Below the zoom `alone_from` nobody reads a name or points at a single thing: there a row says only its first `few` columns, the others
    are `blank`, and rows that say the same are one feature. `also` makes the row that is told out of the columns, where more is known of
    it.
    """

    model: type[Mapped]
    columns: tuple[str, ...]
    layer: Callable[[Row], str]
    tags: Callable[[Row], Tags]
    alone_from: int = 0
    few: int = 0
    blank: Row = ()
    order: Callable[[Row], float] | None = None
    also: Callable[[Row], Row] = tuple


@dataclass(frozen=True, slots=True)
class Afar:
    """How the features of a layer are told below a zoom: the kind of each, and what is said of a kind."""

    below: int
    of: NDArray[np.int64]
    tags: Sequence[Tags]


@dataclass(slots=True)
class Loaded:
    """Features of one layer: shapes in Web Mercator, zooms from which they are drawn."""

    layer: str
    drawn: Drawn
    shown_from: NDArray[np.int64]
    afar: Afar | None = None


def _named(tags: dict[str, Tag], name: str, name_en: str) -> dict[str, Tag]:
    """With its name, and with the English one where it is another."""
    return tags | ({"name": name} if name else {}) | ({"name_en": name_en} if name_en and name_en != name else {})


@cache
def _rank(kind: str) -> int:
    return RANKS.get(rules.road_class(kind), 0)


def _way(row: Row) -> Tags:
    kind, name, name_en, flags = row
    more: dict[str, Tag] = {"flags": flags} if flags else {}
    return _named({"kind": kind, "class": rules.road_class(kind), "rank": _rank(kind), **more}, name, name_en)


def _ground(row: Row) -> Tags:
    kind, rank, name, name_en = row
    more: dict[str, Tag] = {"rank": SKETCH_RANKS.get(rank, 0)} if kind == "road" else {}
    return _named({"class": rank, **more}, name, name_en)


def _building(row: Row) -> Tags:
    kind, height_m, name, name_en, code = row
    tall: dict[str, Tag] = {"height": round(height_m)} if height_m else {}
    return _named({"kind": kind, **tall, **({"code": code} if code else {})}, name, name_en)


def _meshed_building(row: Row) -> Tags:
    kind, height_m, mark, *rest = row
    return {**_building((kind, height_m, *rest)), **({"mesh": mark} if mark else {})}


def _gate(row: Row) -> Tags:
    kind, name, name_en, is_shut = row
    return _named({"kind": kind, **({"shut": True} if is_shut else {})}, name, name_en)


LAYER_OF_GROUND = {"road": "roads", "water": "water", "green": "green", "stream": "streams"}
TABLES = (
    Table(Ground, ("kind", "rank", "name", "name_en"), lambda row: LAYER_OF_GROUND.get(row[0], "green"), _ground, 13, 2, ("", "")),
    Table(Way, ("kind", "name", "name_en", "flags"), lambda _: "roads", _way, 14, 1, ("", "", 0), lambda row: _rank(row[0])),
    Table(Footprint, ("kind", "height_m", "name", "name_en", "code"), lambda _: "buildings", _building, 15, 2, ("", "", "")),
    Table(Gate, ("kind", "name", "name_en", "is_shut"), lambda _: "gates", _gate),
)


HOUSES = TABLES[2]


def houses_told() -> Table:
    """How houses are told in an archive: with the mark of the set of meshes that shows them, so that a map can leave out the block."""
    marks = meshed_houses()

    def also(row: Row) -> Row:
        kind, height_m, name, name_en, code = row
        return kind, height_m, marks.get(code, ""), name, name_en, code

    return replace(HOUSES, tags=_meshed_building, few=3, also=also) if marks else HOUSES


def rows_of(table: Table, narrowed: Callable[[QuerySet[Any]], QuerySet[Any]], zoom: int | None = None) -> list[Loaded]:
    """The rows that stand today and that `narrowed` leaves, by layer, small things before large ones where one lies on the other.

    For a `zoom` only what is told there is read; for all of them without one.
    """
    is_near = zoom is None or zoom >= table.alone_from
    columns = table.columns if is_near else table.columns[: table.few]
    rows: list[Row] = list(narrowed(standing_in(table.model)).order_by("pk").values_list("pk", "shown_from", "geometry", *columns))
    if table.order is not None:
        order = table.order
        rows.sort(key=lambda row: order(row[3:]))
    by_layer: dict[str, list[Row]] = {}
    for row in _also(rows, table):
        by_layer.setdefault(table.layer(row[3:]), []).append(row)
    return [_loaded(layer, own, table, is_near=is_near) for layer, own in by_layer.items()]


def _also(rows: list[Row], table: Table) -> list[Row]:
    return rows if table.also is tuple else [(*row[:3], *table.also(row[3:])) for row in rows]


def _loaded(layer: str, rows: list[Row], table: Table, *, is_near: bool) -> Loaded:
    tags = [table.tags(row[3:]) for row in rows] if is_near else []
    drawn = Drawn(mercator(decoded([row[2] for row in rows])), [row[0] for row in rows], tags)
    return Loaded(layer, drawn, np.array([row[1] for row in rows], np.int64), _afar(rows, table) if table.alone_from else None)


def _afar(rows: list[Row], table: Table) -> Afar:
    """Alike are those of which the same is said: heights are told in whole metres."""
    kinds: dict[tuple[tuple[str, Tag], ...], int] = {}
    known: dict[Row, int] = {}
    for said in dict.fromkeys(row[3 : 3 + table.few] for row in rows):
        known[said] = kinds.setdefault(tuple(table.tags((*said, *table.blank)).items()), len(kinds))
    of = np.array([known[row[3 : 3 + table.few]] for row in rows], np.int64)
    return Afar(table.alone_from, of, [dict(kind) for kind in kinds])


def houses_of_the_tree(table: Table = HOUSES) -> list[Loaded]:
    """Buildings of the place tree where no map has brought footprints: the sketch's."""
    if standing_in(Footprint).exists():
        return []
    rows = list(
        standing().filter(level=Level.BUILDING, geometry__isnull=False).order_by("code")
        .values_list("pk", "geometry", "kind", "height_m", "name", "name_en", "code")
    )  # fmt: skip
    if not rows:
        return []
    told = _also([(number, BUILDINGS_FROM, *rest) for number, *rest in rows], table)
    return [_loaded("buildings", told, table, is_near=True)]


def names_of_places() -> list[Loaded]:
    """A point with the name of each street, community and compound; larger places come first."""
    rows = list(
        standing().filter(level__in=list(NAMES_FROM), lon__isnull=False).order_by("code")
        .values_list("pk", "lon", "lat", "level", "name", "name_en")
    )  # fmt: skip
    tags = [_named({"level": level}, name, name_en) for *_, level, name, name_en in rows]
    zooms = [NAMES_FROM[Level(row[3])] for row in rows]
    return _points("places", [row[:3] for row in rows], tags, zooms)


def spots_of_keepers() -> list[Loaded]:
    """The points that rooms keep, such as outlets, by their kinds."""
    spots = [spot for keeper in catalogue.keepers.values() for spot in keeper.shown()]
    tags = [_named({"kind": spot.kind}, spot.name, spot.name_en) for spot in spots]
    return _points("spots", [(spot.number, spot.lon, spot.lat) for spot in spots], tags, [SPOTS_FROM] * len(spots))


def _points(layer: str, rows: Sequence[tuple[int, float, float]], tags: Sequence[Tags], zooms: Sequence[int]) -> list[Loaded]:
    if not rows:
        return []
    shapes = mercator(shapely.points([row[1:] for row in rows]))
    return [Loaded(layer, Drawn(shapes, [row[0] for row in rows], tags), np.array(zooms, np.int64))]


def everything() -> list[Loaded]:
    """All of the base map, for an archive."""
    houses = houses_told()
    tables = [houses if table is HOUSES else table for table in TABLES]
    rows = [loaded for table in tables for loaded in rows_of(table, lambda rows: rows)]
    return merged([*rows, *houses_of_the_tree(houses), *names_of_places(), *spots_of_keepers()])


def merged(several: Sequence[Loaded]) -> list[Loaded]:
    """One for each layer: a tile has a layer once."""
    by_layer: dict[str, list[Loaded]] = {}
    for loaded in several:
        by_layer.setdefault(loaded.layer, []).append(loaded)
    return [own[0] if len(own) == 1 else _joined(own) for own in by_layer.values()]


def _joined(several: Sequence[Loaded]) -> Loaded:
    shapes = np.concatenate([each.drawn.shapes for each in several])
    numbers = [number for each in several for number in each.drawn.numbers]
    tags = [said for each in several for said in each.drawn.tags]
    shown_from = np.concatenate([each.shown_from for each in several])
    return Loaded(several[0].layer, Drawn(shapes, numbers, tags), shown_from, _joined_afar([each.afar for each in several if each.afar]))


def _joined_afar(several: Sequence[Afar]) -> Afar | None:
    if not several:
        return None
    starts = np.cumsum([0, *(len(each.tags) for each in several)])
    of = np.concatenate([each.of + start for each, start in zip(several, starts, strict=False)])
    return Afar(max(each.below for each in several), of, [said for each in several for said in each.tags])


def chosen(loaded: Loaded, numbers: Iterable[int], zoom: int) -> Drawn:
    """Some of the features as they are told at this zoom, in their order."""
    kept = sorted(numbers)
    drawn, afar = loaded.drawn, loaded.afar
    if afar is None or zoom >= afar.below:
        return Drawn(drawn.shapes[kept], [drawn.numbers[n] for n in kept], [drawn.tags[n] for n in kept])
    of = afar.of[kept]
    order = np.argsort(of, kind="stable")
    return Drawn(drawn.shapes[kept][order], [0] * len(afar.tags), afar.tags, of[order])
