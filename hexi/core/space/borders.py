"""Which areas border on which, and several areas as one shape."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from hexi.core.space.contracts import Level
from hexi.core.space.datum import metres_per_degree
from hexi.core.space.geojson import geometry_of
from hexi.core.space.models import Place
from hexi.core.space.places import standing
from hexi.core.space.shapes import decoded

GAP_M = 5.0
"""Ours: drawn borders of neighbours lie apart by so much at most."""
BORDER_M = 30.0
"""Ours: a common border is at least so long; areas that meet in a corner are no neighbours."""


def bordering(level: Level) -> dict[str, frozenset[str]]:
    """For each place of the level the codes of those that share a border with it; empty for one that borders on none."""
    rows = list(standing().filter(level=level, geometry__isnull=False).order_by("code").values_list("code", "geometry"))
    found: dict[str, set[str]] = {code: set() for code, _ in rows}
    if rows:
        codes = [code for code, _ in rows]
        for one, other in _pairs(_in_metres(decoded([geometry for _, geometry in rows]))):
            found[codes[one]].add(codes[other])
            found[codes[other]].add(codes[one])
    return {code: frozenset(others) for code, others in found.items()}


def _in_metres(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    scale = np.array(metres_per_degree(float(shapely.get_coordinates(shapes)[:, 1].mean())))
    return shapely.transform(shapes, lambda points: points * scale)


def _pairs(shapes: NDArray[np.object_]) -> Iterable[tuple[int, int]]:
    pairs = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=GAP_M)
    ones, others = pairs[:, pairs[0] < pairs[1]]
    wider = shapely.buffer(shapes, GAP_M)
    # Two areas widened by the gap overlap in a strip along their border, twice the gap wide.
    is_border = shapely.area(shapely.intersection(wider[ones], wider[others])) >= BORDER_M * 2 * GAP_M
    return zip(ones[is_border].tolist(), others[is_border].tolist(), strict=True)


def joined_shapes(groups: Mapping[str, Iterable[str]]) -> dict[str, dict[str, Any]]:
    """One GeoJSON geometry (WGS-84) for each group of places; groups of which no shape is known are missing."""
    wanted = {code for codes in groups.values() for code in codes}
    rows = Place.objects.filter(code__in=wanted, geometry__isnull=False).values_list("code", "geometry")
    shapes = {code: shapely.from_wkb(bytes(geometry)) for code, geometry in rows}
    return {
        key: geometry_of(shapely.union_all(np.array(parts, dtype=object)))
        for key, codes in groups.items()
        if (parts := [shapes[code] for code in codes if code in shapes])
    }
