"""The buildings of a place as a file: CityJSON, GeoJSON or 3D Tiles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import orjson

from hexi.core.space.city.buildings import Building, buildings_of
from hexi.core.space.city.cityjson import city_document
from hexi.core.space.city.tiles3d import tiles_file
from hexi.core.space.geojson import geometries_of
from hexi.core.space.layers import map_origin
from hexi.kernel.label import Language

CITY, GEOJSON, TILES = "city.json", "geojson", "3dtiles.zip"
MEDIA_TYPES = {CITY: "application/city+json", GEOJSON: "application/geo+json", TILES: "application/zip"}


def city_file(kind: str, place: str = "", language: Language = "zh") -> bytes:
    """The file of that kind (`MEDIA_TYPES`); who made the data stands in it. Raises NotFound, Invalid."""
    return WRITERS[kind](buildings_of(place), map_origin().said(language))


def _features(buildings: Sequence[Building], title: str) -> dict[str, Any]:
    shapes = np.array([one.shape for one in buildings], dtype=object)
    features = [
        {"type": "Feature", "id": one.code, "geometry": geometry, "properties": _properties(one)}
        for one, geometry in zip(buildings, geometries_of(shapes), strict=True)
    ]
    return {"type": "FeatureCollection", "title": title, "features": features}


def _properties(one: Building) -> dict[str, Any]:
    return {
        "code": one.code, "name": one.name, "name_en": one.name_en, "kind": one.kind, "height_m": one.height_m, "storeys": one.storeys,
        "height_source": one.height_source,
    }  # fmt: skip


WRITERS: dict[str, Callable[[Sequence[Building], str], bytes]] = {
    CITY: lambda buildings, title: orjson.dumps(city_document(buildings, title)),
    GEOJSON: lambda buildings, title: orjson.dumps(_features(buildings, title)),
    TILES: tiles_file,
}
