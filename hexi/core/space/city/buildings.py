"""The buildings of a place as they are taken out: what a map has brought, else those of the tree, as the maps show them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import shapely
from django.db.models import QuerySet

from hexi.core.space.contracts import Level, prefix_range
from hexi.core.space.ground.tables import Footprint
from hexi.core.space.ground.valid import standing_in
from hexi.core.space.places import inside, place_by_code, standing
from hexi.core.space.shapes import decoded
from hexi.kernel.errors import Invalid
from hexi.kernel.label import t

MOST = 100_000
"""In one file: ours, some 60 MB of CityJSON. A city comes district by district."""
COLUMNS = ("code", "name", "name_en", "kind", "height_m", "storeys")


@dataclass(frozen=True, slots=True)
class Building:
    """One building; the shape in degrees (WGS-84). `height_source`: measured, storeys, generated, or empty where no height is known."""

    code: str
    name: str
    name_en: str
    kind: str
    height_m: float | None
    storeys: int | None
    height_source: str
    shape: shapely.Geometry


def buildings_of(place: str = "") -> list[Building]:
    """The buildings that stand in the place today, all without one, by code. Raises NotFound, and Invalid for too many."""
    if place:
        place_by_code(place)
    rows, source = _rows(place)
    if (count := rows.count()) > MOST:
        said = t("建筑过多（{count}），一个文件最多 {most} 栋", "Too many buildings ({count}); one file has {most} at most")
        do = t("请选择街道或社区", "Choose a street or a community")
        raise Invalid([], said.filled(count=f"{count:,}", most=f"{MOST:,}"), do=do)
    return list(_built(list(rows.order_by("code").values_list(*COLUMNS, source, "geometry"))))


def house_rows() -> QuerySet[Any]:
    """The buildings of the maps as they stand today: what a map has brought, else those of the tree."""
    if standing_in(Footprint).exists():
        return standing_in(Footprint)
    return standing().filter(level=Level.BUILDING, geometry__isnull=False)


def _rows(place: str) -> tuple[QuerySet[Any], str]:
    """The rows, and the column that tells where a height comes from."""
    if standing_in(Footprint).exists():
        first, behind = prefix_range(place)
        rows = standing_in(Footprint)
        return (rows.filter(place__gte=first, place__lt=behind) if place else rows), "height_source"
    return inside(standing().filter(level=Level.BUILDING, geometry__isnull=False), place), "origin"


def _built(rows: list[tuple[Any, ...]]) -> Iterator[Building]:
    for row, shape in zip(rows, decoded([row[-1] for row in rows]), strict=True):
        code, name, name_en, kind, height_m, storeys, source, _ = row
        yield Building(code, name, name_en, kind, height_m, storeys, source if height_m else "", shape)
