"""Where things are: what lies at a point, in a box, nearest; shapes for other rooms as GeoJSON."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from numpy.typing import NDArray

from hexi.core.space.contracts import Box, Level, Near, PlaceRecord
from hexi.core.space.datum import distance_m, metres_per_degree
from hexi.core.space.geojson import geometry_of
from hexi.core.space.models import Place
from hexi.core.space.places import inside, records, standing

FIRST_RING_M = 120.0


def in_box(places: QuerySet[Any], box: Box) -> QuerySet[Any]:
    """Those of the rows whose own box touches this one."""
    west, south, east, north = box
    return places.filter(west__lte=east, east__gte=west, south__lte=north, north__gte=south)


def place_at(lon: float, lat: float, level: Level = Level.GRID, *, at: date | None = None) -> PlaceRecord | None:
    """The place of this level that holds the point (WGS-84), None outside of all. A point on a border goes to the lower code."""
    point = shapely.Point(lon, lat)
    rows = in_box(standing(at).filter(level=level, geometry__isnull=False), (lon, lat, lon, lat)).order_by("code")
    for code, geometry in rows.values_list("code", "geometry"):
        if shapely.covers(shapely.from_wkb(bytes(geometry)), point):
            return records(Place.objects.filter(code=code))[0]
    return None


def places_at(points: Sequence[tuple[float, float]], level: Level = Level.GRID, *, at: date | None = None) -> list[str | None]:
    """For each point (lon, lat in WGS-84) the code of the place of this level that holds it: `place_at` for many."""
    if not points:
        return []
    codes, tree = _tree(level, at or timezone.localdate(), version(level))
    pairs = tree.query(shapely.points(np.array(points, dtype=float)), predicate="covered_by")
    found: list[str | None] = [None] * len(points)
    touching: list[tuple[int, int]] = pairs.T.tolist()
    for point, place in touching:
        known = found[point]
        found[point] = codes[place] if known is None else min(known, codes[place])
    return found


@lru_cache(maxsize=8)
def _tree(level: Level, at: date, stamp: str) -> tuple[list[str], shapely.STRtree]:
    # `stamp` is not read: it makes another key when the data change.
    rows = list(standing(at).filter(level=level, geometry__isnull=False).order_by("code").values_list("code", "geometry"))
    shapes = decoded([geometry for _, geometry in rows])
    shapely.prepare(shapes)
    return [code for code, _ in rows], shapely.STRtree(shapes)


def decoded(geometries: Sequence[Any]) -> NDArray[np.object_]:
    """Shapes from stored WKB; PostgreSQL hands out memoryviews, SQLite bytes."""
    return shapely.from_wkb(np.array([bytes(each) for each in geometries], dtype=object))


def version(level: Level) -> str:
    """Changes whenever a place of this level changes: for caches and ETags."""
    newest = Place.objects.filter(level=level).aggregate(newest=Max("updated_at"))["newest"]
    return newest.isoformat() if newest else ""


def places_in_box(box: Box, level: Level, *, limit: int = 5000, at: date | None = None) -> list[PlaceRecord]:
    """Places of the level whose box touches this one (west, south, east, north in WGS-84), by code."""
    return records(in_box(standing(at).filter(level=level), box).order_by("code")[:limit])


def nearest(
    lon: float, lat: float, level: Level, *, kind: str = "", limit: int = 5, within_m: float = 2000, at: date | None = None
) -> list[Near]:
    """The places of the level (and kind) whose points lie nearest, nearest first, straight-line metres."""
    if limit < 1 or within_m <= 0:
        return []
    places = standing(at).filter(level=level)
    if kind:
        places = places.filter(kind=kind)
    ring = min(FIRST_RING_M, within_m)
    while True:
        found = [each for each in _round(places, lon, lat, ring) if each.distance_m <= ring]
        if len(found) >= limit or ring >= within_m:
            return sorted(found, key=lambda each: (each.distance_m, each.place.code))[:limit]
        ring = min(ring * 2.5, within_m)


def _round(places: QuerySet[Place], lon: float, lat: float, radius_m: float) -> list[Near]:
    east_m, north_m = metres_per_degree(lat)
    # A little more than the circle needs: a degree of longitude is shorter at its northern rim.
    wide, high = 1.001 * radius_m / east_m, 1.001 * radius_m / north_m
    around = Q(lon__gte=lon - wide, lon__lte=lon + wide, lat__gte=lat - high, lat__lte=lat + high)
    return [
        Near(place, distance_m((lon, lat), (place.lon, place.lat)))
        for place in records(places.filter(around))
        if place.lon is not None and place.lat is not None
    ]


def shapes_of(codes: Iterable[str]) -> dict[str, dict[str, Any]]:
    """GeoJSON geometries (WGS-84, 6 decimals) by code; places without a shape give a point, places without either are missing."""
    rows = Place.objects.filter(code__in=list(codes)).values_list("code", "geometry", "lon", "lat")
    return {code: shape for code, geometry, lon, lat in rows if (shape := _shape(geometry, lon, lat))}


def _shape(geometry: Any, lon: float | None, lat: float | None) -> dict[str, Any] | None:
    if geometry is not None:
        return geometry_of(shapely.from_wkb(bytes(geometry)))
    return None if lon is None or lat is None else {"type": "Point", "coordinates": [round(lon, 6), round(lat, 6)]}


def box_of(within: str) -> Box | None:
    """The box round a place, for a map's first look; None when no shape is known."""
    return inside(standing(), within).filter(west__isnull=False).order_by("code").values_list("west", "south", "east", "north").first()
