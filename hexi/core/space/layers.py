"""Map layers as GeoJSON: areas, buildings and the base map, simplified for the zoom and cut to the box."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from django.db.models import Max
from django.utils import timezone
from numpy.typing import NDArray

from hexi.core.space.contracts import Box, Level
from hexi.core.space.geojson import geometries_of
from hexi.core.space.ground.rules import road_class
from hexi.core.space.ground.surveys import newest_survey
from hexi.core.space.ground.tables import Footprint, Ground, Mapped, Way
from hexi.core.space.ground.valid import standing_in
from hexi.core.space.places import standing
from hexi.core.space.shapes import decoded, version
from hexi.kernel.errors import NotFound
from hexi.kernel.label import Label, t

ORIGIN = t("示意图形：由程序生成，非测绘数据", "Sketch: made by a program, not surveyed")
# Without a zoom a client gets what suits the whole district on one screen.
USUAL_ZOOM = 13.0
FINEST_ZOOM = 18
# Half a pixel of a 512-pixel tile at the equator of zoom 0, in metres, shortened to the district's latitude.
HALF_PIXEL_M = 30_400.0
DEGREE_M = 100_000.0
AREAS = {"space.streets": Level.STREET, "space.communities": Level.COMMUNITY, "space.grids": Level.GRID}
GROUND = {"space.water": "water", "space.roads": "road", "space.green": "green"}
TABLES_OF: dict[str, tuple[type[Mapped], ...]] = {
    "space.water": (Ground,), "space.roads": (Ground, Way), "space.green": (Ground,), "space.buildings": (Footprint,),
}  # fmt: skip
MAPPED = frozenset(TABLES_OF)
# Larger numbers are drawn wider and on top. A road shows from this zoom on.
ROAD_RANKS = {
    "primary": (3, 0.0),
    "secondary": (2, 0.0),
    "tertiary": (1, 11.0),
    "residential": (0, 13.0),
    "beyond": (0, 0.0),
    "service": (0, 14.0),
    "path": (-1, 15.0),
    "rail": (-2, 11.0),
}
GREEN_FROM = {"garden": 13.0, "pitch": 13.0}
# Below this zoom a building's name cannot be read and would only make the answer larger.
NAMES_FROM = 15.0


def map_origin() -> Label:
    """Where the present map comes from: its imports, or our sketch."""
    survey = newest_survey()
    return survey.origin if survey else ORIGIN


Features = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class _Columns:
    """Features of a layer before they are cut: in parallel, geometry aside."""

    codes: Sequence[str]
    boxes: NDArray[np.float64]
    geometries: Sequence[dict[str, Any]]
    properties: Sequence[dict[str, Any]]
    zooms: NDArray[np.float64]


def layer(name: str, zoom: float | None = None, box: Box | None = None, within: Sequence[str] | None = None) -> dict[str, Any]:
    """The layer as a FeatureCollection with `as_of`, `quality`, `origin` and `version`. Raises NotFound for an unknown name.

    `within`: only features of these places, of places in them and of those round them; None is no limit. The base map has no places.
    """
    if name not in LAYERS:
        raise NotFound(t("没有这个图层", "There is no such layer"), which=name)
    near = min(FINEST_ZOOM, USUAL_ZOOM if zoom is None else zoom)
    stamp = layer_version(name)
    columns = _columns(_Wish(name, _step(name, near), timezone.localdate(), stamp))
    features = [_feature(columns, number) for number in _chosen(columns, near, box, within)]
    survey = newest_survey() if name in MAPPED else None
    return {
        "type": "FeatureCollection", "features": features, "as_of": stamp or None, "quality": "live" if survey else "generated",
        "origin": (survey.origin if survey else ORIGIN).as_dict(), "version": stamp,
    }  # fmt: skip


def layer_version(name: str) -> str:
    """Changes whenever the layer's content does: a good ETag together with the request's parameters."""
    stamps = [_newest(table) for table in TABLES_OF.get(name, ())]
    stamps += [] if name in GROUND else [version(AREAS.get(name, Level.BUILDING))]
    return max(stamps)


def _newest(table: type[Mapped]) -> str:
    newest = table.objects.aggregate(newest=Max("updated_at"))["newest"]
    return newest.isoformat() if newest else ""


def _chosen(columns: _Columns, zoom: float, box: Box | None, within: Sequence[str] | None) -> list[int]:
    keep = columns.zooms <= zoom
    if box is not None:
        west, south, east, north = box
        keep &= (columns.boxes[:, 0] <= east) & (columns.boxes[:, 2] >= west)
        keep &= (columns.boxes[:, 1] <= north) & (columns.boxes[:, 3] >= south)
    found = [int(number) for number in np.flatnonzero(keep)]
    if within is None or not columns.codes:
        return found
    return [number for number in found if any(_related(columns.codes[number], place) for place in within)]


def _related(code: str, place: str) -> bool:
    return code.startswith(place) or place.startswith(code)


def _feature(columns: _Columns, number: int) -> dict[str, Any]:
    properties = columns.properties[number]
    mark = properties.get("code", number)
    return {"type": "Feature", "id": mark, "geometry": columns.geometries[number], "properties": properties}


@dataclass(frozen=True, slots=True)
class _Wish:
    """What a set of columns was made for; `stamp` makes it another one when the data change."""

    name: str
    zoom: int
    day: date
    stamp: str


@lru_cache(maxsize=24)
def _columns(wish: _Wish) -> _Columns:
    """Read and simplified once per zoom step and state of the data; every box and reader is served from it."""
    return LAYERS[wish.name](wish)


def _step(name: str, zoom: float) -> int:
    """The zoom for which features are prepared: never coarser than asked, and few, because each step is kept in memory.

    Buildings are ten thousand rectangles, on which nothing can be simplified: they need a short and a full form only.
    """
    if name == "space.buildings":
        return FINEST_ZOOM if zoom >= NAMES_FROM else int(NAMES_FROM) - 1
    return min(FINEST_ZOOM, 2 * math.ceil(max(zoom, 9.0) / 2))


def _tolerance(zoom: int) -> float:
    """Half a pixel, in degrees."""
    return HALF_PIXEL_M / 2**zoom / DEGREE_M


def _areas(wish: _Wish) -> _Columns:
    level = AREAS[wish.name]
    rows = list(
        standing(wish.day).filter(level=level, geometry__isnull=False).order_by("code")
        .values_list("code", "name", "name_en", "lon", "lat", "area_m2", "origin", "geometry")
    )  # fmt: skip
    shapes = decoded([row[-1] for row in rows])
    boxes = shapely.bounds(shapes)
    # Simplified together, so that neighbours keep a common border at every zoom.
    shapes = shapely.coverage_simplify(shapes, _tolerance(wish.zoom)) if rows else shapes
    properties = [
        {
            "code": code, "name": Label(name, name_en or name).as_dict(), "level": level.value,
            "label_at": [round(lon, 6), round(lat, 6)], "area_m2": area, "origin": origin,
        }
        for code, name, name_en, lon, lat, area, origin, _ in rows
    ]  # fmt: skip
    return _Columns([row[0] for row in rows], boxes, geometries_of(shapes), properties, np.zeros(len(rows)))


def _buildings(wish: _Wish) -> _Columns:
    """What a map has brought, else the buildings of the tree: the sketch's."""
    names = ("code", "name", "name_en", "kind", "height_m", "storeys", "geometry")
    rows = list(standing_in(Footprint, None, wish.day).order_by("code").values_list(*names))
    rows = rows or list(standing(wish.day).filter(level=Level.BUILDING, geometry__isnull=False).order_by("code").values_list(*names))
    shapes = decoded([row[-1] for row in rows])
    boxes = shapely.bounds(shapes)
    shapes = shapely.simplify(shapes, _tolerance(wish.zoom)) if rows else shapes
    properties = [_building(row, wish.zoom >= NAMES_FROM) for row in rows]
    return _Columns([row[0] for row in rows], boxes, geometries_of(shapes), properties, np.zeros(len(rows)))


def _building(row: tuple[Any, ...], has_names: bool) -> dict[str, Any]:
    code, name, name_en, kind, height_m, storeys, _ = row
    short = {"code": code, "height": height_m, "kind": kind}
    if not has_names:
        return short
    if not name:
        return short | {"level": Level.BUILDING.value, "storeys": storeys}
    return short | {"name": Label(name, name_en or name).as_dict(), "level": Level.BUILDING.value, "storeys": storeys}


def _ground(wish: _Wish) -> _Columns:
    kind = GROUND[wish.name]
    rows = list(standing_in(Ground, None, wish.day).filter(kind=kind).order_by("id").values_list("rank", "name", "name_en", "geometry"))
    if kind == "road":
        # The roads of the sketch are ground already.
        ways = standing_in(Way, None, wish.day).exclude(source="sketch").order_by("id").values_list("kind", "name", "name_en", "geometry")
        rows += [(road_class(way) or "path", *rest) for way, *rest in ways]
    rows.sort(key=lambda row: ROAD_RANKS.get(row[0], (0, 0.0))[0])
    shapes = decoded([row[-1] for row in rows])
    boxes = shapely.bounds(shapes)
    shapes = shapely.simplify(shapes, _tolerance(wish.zoom)) if rows else shapes
    zooms = [ROAD_RANKS[rank][1] if kind == "road" else GREEN_FROM.get(rank, 0.0) for rank, *_ in rows]
    return _Columns([], boxes, geometries_of(shapes), list(_ground_properties(kind, rows)), np.array(zooms))


def _ground_properties(kind: str, rows: Sequence[tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
    for rank, name, name_en, _ in rows:
        found: dict[str, Any] = {"kind": kind, "class": rank}
        if kind == "road":
            found["rank"] = ROAD_RANKS[rank][0]
        if name:
            found["name"] = Label(name, name_en or name).as_dict()
        yield found


LAYERS: dict[str, Callable[[_Wish], _Columns]] = {
    **dict.fromkeys(AREAS, _areas),
    "space.buildings": _buildings,
    **dict.fromkeys(GROUND, _ground),
}
