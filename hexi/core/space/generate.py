"""Put the generated reference district into the tables, once."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from numpy.typing import NDArray

from hexi.core.space.cells import cell_of_box
from hexi.core.space.contracts import Level, Loaded, Origin, parent_of
from hexi.core.space.facts import Facts, district_facts
from hexi.core.space.generator.district import SEED, Drawn, Table, draw
from hexi.core.space.generator.ground import Feature
from hexi.core.space.generator.walkways import Walkway
from hexi.core.space.ground.osm_things import lengths_m
from hexi.core.space.models import Gate, Ground, Place, PlaceAlias, Way
from hexi.core.trust.api import PLATFORM, Happening, insert_rows, record
from hexi.kernel.declare import Progress
from hexi.kernel.label import Label, t

ENTITY = "space.place"
NOTHING = Loaded(0, 0, 0, 0)
SKETCH = "sketch"
SHOWN_FROM = {"tertiary": 11, "residential": 13, "garden": 13, "pitch": 13, "path": 15}
"""Zooms from which the small things of the sketch are drawn."""
INNER_FROM, NEVER = 16, 99


def load_district(progress: Progress | None = None, *, force: bool = False, seed: int = SEED) -> Loaded:
    """The reference district with its base map. Does nothing when it is there already; `force` draws it anew.

    Names and codes of streets and of listed communities are facts from the district's folder; all else is invented and says so.
    """
    tell = progress or _quiet
    facts = district_facts(Path(settings.DISTRICT))
    if Place.objects.filter(code=facts.district.code).exists() and not force:
        return NOTHING
    drawn = draw(facts, seed)
    drawn_places = sum(len(table.codes) for table in drawn.tables)
    tell(t(f"画出 {drawn_places:,} 个地点", f"{drawn_places:,} places drawn"))
    with transaction.atomic():
        if force:
            _clear(facts.district.code)
        loaded = store(drawn, facts, timezone.now())
        after = {**asdict(loaded), "seed": seed}
        record(PLATFORM, Happening("load", ENTITY, 0, after=after, place=facts.district.code))
    words = t(
        "写入 {places} 个地点、{aliases} 个别名、{ground} 块底图、{ways} 段步行道路",
        "{places} places, {aliases} aliases, {ground} pieces of base map and {ways} ways on foot written",
    )
    tell(words.filled(**{name: f"{count:,}" for name, count in asdict(loaded).items()}))
    return loaded


def _quiet(_: Label) -> None:
    pass


def _clear(district: str) -> None:
    Place.objects.filter(code__startswith=district).delete()
    for table in (Ground, Way, Gate):
        table.objects.filter(source=SKETCH).delete()


def store(drawn: Drawn, facts: Facts, now: datetime) -> Loaded:
    """Write a drawn district into empty tables."""
    places = [place for table in drawn.tables for place in _places(table, now)]
    insert_rows(places)
    ids = dict(Place.objects.filter(code__in={each.code for each in facts.printed}).values_list("code", "id"))
    aliases = [
        PlaceAlias(place_id=ids[each.code], name=each.name, kind=each.kind, source=each.source)
        for each in facts.printed
        if each.code in ids
    ]
    PlaceAlias.objects.bulk_create(aliases)
    ground = [_ground(number, feature, now) for number, feature in enumerate(drawn.ground, start=1)]
    ways = walked_rows(drawn, now)
    insert_rows(ground)
    insert_rows(ways)
    insert_rows(gate_rows(drawn, now))
    return Loaded(len(places), len(aliases), len(ground), len(ways))


def walked_rows(drawn: Drawn, now: datetime) -> list[Way]:
    """What people walk on. The roads are drawn as ground already; only paths of compounds are shown, and late."""
    lines: NDArray[np.object_] = np.array([each.line for each in drawn.ways], dtype=object)
    codes, metres = _compounds(drawn), lengths_m(lines)
    return [_way(number, each, length, codes, now) for number, (each, length) in enumerate(zip(drawn.ways, metres, strict=True), start=1)]


def _compounds(drawn: Drawn) -> list[str]:
    return next((table.codes for table in drawn.tables if table.level is Level.COMPOUND), list[str]())


def _way(number: int, walkway: Walkway, metres: float, codes: Sequence[str], now: datetime) -> Way:
    is_inner = walkway.compound >= 0
    return Way(
        **_mapped(number, walkway.line, now), kind=walkway.kind, name=walkway.name, name_en=walkway.name_en,
        place=codes[walkway.compound] if is_inner else "", shown_from=INNER_FROM if is_inner else NEVER,
        walkable=True, flags=0, length_m=round(metres, 2),
    )  # fmt: skip


def gate_rows(drawn: Drawn, now: datetime) -> list[Gate]:
    """The gates of the compounds; a few second ones are locked."""
    codes = _compounds(drawn)
    return [
        Gate(
            **_mapped(number, shapely.Point(each.at), now), kind="gate", name=each.name, name_en=each.name_en,
            place=codes[each.compound], shown_from=INNER_FROM, lon=each.at[0], lat=each.at[1], is_shut=each.is_shut,
        )
        for number, each in enumerate(drawn.gates, start=1)
    ]  # fmt: skip


def _places(table: Table, now: datetime) -> Iterator[Place]:
    boxes = None if table.shapes is None else shapely.bounds(table.shapes).tolist()
    shapes = None if table.shapes is None else shapely.to_wkb(table.shapes)
    points = table.points.tolist()
    areas = table.areas_m2.tolist()
    for number, code in enumerate(table.codes):
        name, name_en = table.names[number]
        west, south, east, north = boxes[number] if boxes else (None, None, None, None)
        yield Place(
            code=code, level=table.level.value, parent=parent_of(code), name=name, name_en=name_en, kind=table.kinds[number],
            lon=points[number][0], lat=points[number][1], west=west, south=south, east=east, north=north,
            geometry=None if shapes is None else shapes[number], area_m2=areas[number] if areas else None,
            storeys=table.storeys[number] if table.storeys else None, height_m=table.heights_m[number] if table.heights_m else None,
            homes=table.homes[number] if table.homes else None,
            origin=Origin.FACT if table.are_facts[number] else Origin.GENERATED, is_drawn=True, updated_at=now,
        )  # fmt: skip


def _ground(number: int, feature: Feature, now: datetime) -> Ground:
    return Ground(
        **_mapped(number, feature.shape, now), kind=feature.kind, rank=feature.rank, name=feature.name, name_en=feature.name_en,
        shown_from=SHOWN_FROM.get(feature.rank, 0),
    )  # fmt: skip


def _mapped(number: int, shape: shapely.Geometry, now: datetime) -> dict[str, Any]:
    west, south, east, north = shape.bounds
    return {
        "code": f"S{number:07}", "source": SKETCH, "ref": str(number), "west": west, "south": south, "east": east, "north": north,
        "geometry": shapely.to_wkb(shape), "cell": cell_of_box(west, south, east, north), "updated_at": now,
    }  # fmt: skip
