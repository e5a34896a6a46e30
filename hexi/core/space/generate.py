"""Put the generated reference district into the tables, once."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import shapely
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from hexi.core.space.cells import cell_of_box
from hexi.core.space.contracts import Loaded, Origin, parent_of
from hexi.core.space.facts import Facts, district_facts
from hexi.core.space.generator.district import SEED, Drawn, Table, draw
from hexi.core.space.generator.ground import Feature
from hexi.core.space.models import Ground, Place, PlaceAlias
from hexi.core.trust.api import PLATFORM, Happening, insert_rows, record
from hexi.kernel.declare import Progress
from hexi.kernel.label import Label, t

ENTITY = "space.place"
NOTHING = Loaded(0, 0, 0)
SKETCH = "sketch"
SHOWN_FROM = {"tertiary": 11, "residential": 13, "garden": 13, "pitch": 13, "path": 15}
"""Zooms from which the small things of the sketch are drawn."""


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
        after = {"places": loaded.places, "aliases": loaded.aliases, "ground": loaded.ground, "seed": seed}
        record(PLATFORM, Happening("load", ENTITY, 0, after=after, place=facts.district.code))
    words = t("写入 {places} 个地点、{aliases} 个别名、{ground} 块底图", "{places} places, {aliases} aliases and {ground} pieces of base map written")
    tell(words.filled(places=f"{loaded.places:,}", aliases=f"{loaded.aliases:,}", ground=f"{loaded.ground:,}"))
    return loaded


def _quiet(_: Label) -> None:
    pass


def _clear(district: str) -> None:
    Place.objects.filter(code__startswith=district).delete()
    Ground.objects.filter(source=SKETCH).delete()


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
    insert_rows(ground)
    return Loaded(len(places), len(aliases), len(ground))


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
    west, south, east, north = feature.shape.bounds
    return Ground(
        code=f"S{number:07}", source=SKETCH, ref=str(number), kind=feature.kind, rank=feature.rank, name=feature.name,
        name_en=feature.name_en, west=west, south=south, east=east, north=north, geometry=shapely.to_wkb(feature.shape),
        cell=cell_of_box(west, south, east, north), shown_from=SHOWN_FROM.get(feature.rank, 0), updated_at=now,
    )  # fmt: skip
