"""Outlines of districts, streets, communities and grids from a file: real shapes for places that the tree has, or new places in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import shapely
from django.db import transaction
from django.utils import timezone

from hexi.core.space.contracts import Datum, Level, Origin, level_of, parent_of
from hexi.core.space.datum import metres_per_degree
from hexi.core.space.ground.features import Feature, read_features
from hexi.core.space.ground.mending import sound
from hexi.core.space.ground.things import Bad
from hexi.core.space.models import Place
from hexi.core.space.places import inside, standing
from hexi.core.space.written import codes_named
from hexi.core.trust.api import PLATFORM, Happening, Viewer, record
from hexi.kernel.label import Label, t

ENTITY = "space.place"
CODES = ("code", "adcode", "编码", "行政区划代码", "区划代码", "id", "ADCODE", "CODE")
NAMES = ("name", "名称", "社区名称", "街道名称", "NAME", "Name")
STATISTICS = 12
"""Digits of a statistics bureau's code; zeros stand for the levels below."""
NAMELESS = t("没有编码，名称也对不上任何地点，未导入", "It has no code, and its name fits no place; left out")
MANY = t("名称对应多个地点，未导入；请加上编码", "Its name fits several places; left out. Give the code")
NO_AREA = t("不是面，未导入", "No area; left out")
NO_WHOLE = t("没有上级地点，未导入", "The place that it would lie in does not exist; left out")
MENDED = t("轮廓自相交，已修复", "The outline crossed itself; mended")
OUTSIDE = t("{count} 个下级地点落在新边界之外", "{count} places of it lie outside of its new outline")


@dataclass(slots=True)
class BoundaryReport:
    """What came of a file of outlines: codes that were redrawn or entered, what stayed out or is odd, how far the points were moved."""

    redrawn: list[str] = field(default_factory=list[str])
    entered: list[str] = field(default_factory=list[str])
    same: int = 0
    bad: list[Bad] = field(default_factory=list[Bad])
    moved_m: float = 0.0


def import_boundaries(path: Path, datum: Datum, *, code: str = "", viewer: Viewer = PLATFORM) -> BoundaryReport:
    """The outlines of a GeoJSON file, by code or name. `code` names the place of a file that holds one bare shape. Raises Invalid."""
    read = read_features(path, datum)
    found = BoundaryReport(moved_m=read.moved_m)
    found.bad += [Bad(f"feature {number}", NO_AREA) for number in read.shapeless]
    by_name = codes_named({_said(feature.properties, NAMES) for feature in read.features} - {""})
    with transaction.atomic():
        for number, feature in enumerate(read.features, start=1):
            _bring(found, feature, _Which(f"feature {number}", code if len(read.features) == 1 else "", by_name), viewer)
    return found


@dataclass(frozen=True, slots=True)
class _Which:
    ref: str
    code: str
    by_name: Mapping[str, list[str]]


def _bring(found: BoundaryReport, feature: Feature, which: _Which, viewer: Viewer) -> None:
    shape = _area(found, feature, which.ref)
    code = _code(feature.properties, which)
    if shape is None or isinstance(code, Label):
        found.bad.append(Bad(which.ref, NO_AREA if shape is None else code if isinstance(code, Label) else NAMELESS))
        return
    place = Place.objects.select_for_update().filter(code=code).first()
    if place is None:
        place = _entered(code, _said(feature.properties, NAMES))
        if place is None:
            found.bad.append(Bad(which.ref, NO_WHOLE))
            return
    _redraw(found, place, shape, viewer)


def _area(found: BoundaryReport, feature: Feature, ref: str) -> shapely.Geometry | None:
    if feature.shape.geom_type not in {"Polygon", "MultiPolygon"}:
        return None
    if feature.shape.is_valid:
        return feature.shape
    found.bad.append(Bad(ref, MENDED, is_mended=True))
    return sound(feature.shape)


def _code(properties: Mapping[str, Any], which: _Which) -> str | Label:
    """The place that is meant, or why none is."""
    said = which.code or _said(properties, CODES)
    if level_of(code := short_code(said)) is not None:
        return code
    codes = which.by_name.get(_said(properties, NAMES), [])
    return codes[0] if len(codes) == 1 else MANY if codes else NAMELESS


def short_code(said: str) -> str:
    """The statistics bureau's twelve digits without the zeros of the levels below: 120103001000 is the street 120103001."""
    if len(said) == STATISTICS and said.isdecimal():
        return re.sub(r"^(\d{6})000000$|^(\d{9})000$", lambda found: found[1] or found[2], said)
    return said


def _said(properties: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return next((str(properties[name]).strip() for name in names if properties.get(name)), "")


def _entered(code: str, name: str) -> Place | None:
    """A new place of the tree, not saved; None where nothing stands that it could lie in."""
    above = parent_of(code)
    if not name or (above and not standing().filter(code=above).exists()):
        return None
    return Place(code=code, level=level_of(code), parent=above, name=name, origin=Origin.IMPORT, version=0)


def _redraw(found: BoundaryReport, place: Place, shape: shapely.Geometry, viewer: Viewer) -> None:
    wkb = shapely.to_wkb(shape)
    if place.pk and bytes(place.geometry or b"") == wkb:
        found.same += 1
        return
    is_new, before = place.pk is None, {"area_m2": place.area_m2, "is_drawn": place.is_drawn}
    west, south, east, north = shape.bounds
    ((lon, lat),) = shapely.get_coordinates(shapely.point_on_surface(shape)).tolist()
    east_m, north_m = metres_per_degree(lat)
    place.geometry, place.lon, place.lat = wkb, lon, lat
    place.west, place.south, place.east, place.north = west, south, east, north
    place.area_m2 = round(shape.area * east_m * north_m, 1)
    place.is_drawn = False
    place.version += 1
    place.updated_at = timezone.now()
    place.save()
    (found.entered if is_new else found.redrawn).append(place.code)
    after = {"area_m2": place.area_m2, "is_drawn": False}
    record(viewer, Happening("redraw", ENTITY, place.pk, before, after, place=place.code, version=place.version))
    _check_children(found, place, shape)


def _check_children(found: BoundaryReport, place: Place, shape: shapely.Geometry) -> None:
    """Places of it that lie elsewhere now: their own outlines are still the old ones, or one of the two is wrong."""
    if place.level in (Level.BUILDING, Level.DOORWAY):
        return
    rows = list(inside(standing(), place.code).exclude(code=place.code).filter(lon__isnull=False).values_list("lon", "lat"))
    if not rows:
        return
    outside = int((~shapely.covers(shape, shapely.points(rows))).sum())
    if outside:
        found.bad.append(Bad(place.code, OUTSIDE.filled(count=outside), is_mended=True))
