"""Which place of the tree a thing belongs to: the building that it is, or else the smallest area round it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from hexi.core.space.contracts import Level
from hexi.core.space.ground.things import Sort, Thing
from hexi.core.space.places import standing
from hexi.core.space.shapes import decoded, in_box, places_at

LEVELS = (Level.GRID, Level.COMMUNITY, Level.STREET, Level.DISTRICT)
SAME_HOUSE = 0.5
"""A footprint is the building of the tree with which it shares at least this part of both together."""
Shapes = NDArray[np.object_]


def placed(sort: Sort, things: Sequence[Thing]) -> list[str]:
    """A place code for each thing, empty outside of all places."""
    if not things:
        return []
    shapes = np.array([each.shape for each in things], dtype=object)
    middles = shapely.get_coordinates(shapely.point_on_surface(shapes))
    found = smallest_places([(float(x), float(y)) for x, y in middles])
    if sort is Sort.BUILDING:
        for number, code in _houses(shapes).items():
            found[number] = code
    return found


def smallest_places(points: Sequence[tuple[float, float]]) -> list[str]:
    """For each point (lon, lat) the code of its grid, else of its community, street or district; empty outside."""
    found: list[str] = [""] * len(points)
    open_ones = list(range(len(points)))
    for level in LEVELS:
        codes = places_at([points[number] for number in open_ones], level)
        for number, code in zip(open_ones, codes, strict=True):
            found[number] = code or ""
        open_ones = [number for number in open_ones if not found[number]]
    return found


def _houses(shapes: Shapes) -> dict[int, str]:
    """Buildings of the tree by the number of the footprint that they are."""
    bounds = shapely.bounds(shapes)
    box = (float(bounds[:, 0].min()), float(bounds[:, 1].min()), float(bounds[:, 2].max()), float(bounds[:, 3].max()))
    rows = list(in_box(standing().filter(level=Level.BUILDING, geometry__isnull=False), box).values_list("code", "geometry"))
    if not rows:
        return {}
    others = decoded([geometry for _, geometry in rows])
    ones, twos = shapely.STRtree(others).query(shapes, predicate="intersects")
    common = shapely.area(shapely.intersection(shapes[ones], others[twos]))
    whole = shapely.area(shapes[ones]) + shapely.area(others[twos]) - common
    surest = sorted(zip((common / whole).tolist(), ones.tolist(), twos.tolist(), strict=True))
    return {one: rows[two][0] for share, one, two in surest if share >= SAME_HOUSE}
