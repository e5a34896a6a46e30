"""Where a building's door may be when nobody has said: where its outline is nearest to a way that people walk on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from hexi.core.space.contracts import Box, PointBy
from hexi.core.space.datum import LonLat, metres_per_degree
from hexi.core.space.doors.keeping import Turned, changed
from hexi.core.space.ground.tables import Way
from hexi.core.space.ground.valid import standing_in
from hexi.core.space.models import Place
from hexi.core.space.places import standing
from hexi.core.space.shapes import decoded

REACH_M = 500.0
"""Ours: a way farther off than this is not the one that a building is entered from."""
AT_ONCE = 5000
Shapes = NDArray[np.object_]


def assume_points(buildings: Collection[str], why: str) -> int:
    """A point for each door of these buildings that has none, or an older assumption; how many got one. In the caller's transaction."""
    doors = [row for part in _parts(sorted(buildings)) for row in _pointless(part)]
    points = nearest_to_ways(_shapes({row.parent for row in doors}))
    turned = [
        Turned(row, {"lon": point[0], "lat": point[1], "point_by": PointBy.ASSUMED.value})
        for row in doors
        if (point := points.get(row.parent)) is not None and (row.lon, row.lat) != point
    ]
    changed("assume_point", turned, why)
    return len(turned)


def _parts(codes: list[str]) -> list[list[str]]:
    return [codes[start : start + AT_ONCE] for start in range(0, len(codes), AT_ONCE)]


def _pointless(buildings: list[str]) -> list[Place]:
    rows = standing().filter(parent__in=buildings).order_by("code").defer("geometry")
    return [row for row in rows if row.lon is None or row.point_by == PointBy.ASSUMED]


def _shapes(buildings: Collection[str]) -> dict[str, Any]:
    rows = [
        row
        for part in _parts(sorted(buildings))
        for row in standing().filter(code__in=part, geometry__isnull=False).values_list("code", "geometry")
    ]
    return {code: shapely.from_wkb(bytes(geometry)) for code, geometry in rows}


def nearest_to_ways(shapes: Mapping[str, Any]) -> dict[str, LonLat]:
    """For each outline (WGS-84) its point nearest to a walkable way; those far from every way are missing."""
    if not shapes:
        return {}
    codes, outlines = list(shapes), np.array(list(shapes.values()), dtype=object)
    box = _around(shapely.total_bounds(outlines).tolist())
    # Degrees of longitude are shorter than those of latitude: what is nearest is told in metres.
    east_m, north_m = metres_per_degree((box[1] + box[3]) / 2)
    scale = np.array([east_m, north_m])
    ways = _ways(box, scale)
    if not len(ways):
        return {}
    flat = shapely.boundary(shapely.transform(outlines, lambda points: points * scale))
    ones, twos = shapely.STRtree(ways).query_nearest(flat, max_distance=REACH_M, all_matches=False)
    lines = shapely.shortest_line(flat[ones], ways[twos])
    points = shapely.get_coordinates(shapely.get_point(lines, 0)) / scale
    return {codes[one]: (round(float(lon), 7), round(float(lat), 7)) for one, (lon, lat) in zip(ones.tolist(), points, strict=True)}


def _around(bounds: list[float]) -> Box:
    west, south, east, north = bounds
    east_m, north_m = metres_per_degree((south + north) / 2)
    return west - REACH_M / east_m, south - REACH_M / north_m, east + REACH_M / east_m, north + REACH_M / north_m


def _ways(box: Box, scale: NDArray[np.float64]) -> Shapes:
    rows = list(standing_in(Way, box).filter(walkable=True).order_by("pk").values_list("geometry", flat=True))
    return shapely.transform(decoded(rows), lambda points: points * scale) if rows else np.empty(0, dtype=object)
