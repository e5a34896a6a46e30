"""Buildings as CityJSON 2.0 (OGC 20-072r5): blocks up to the roof where a height is known (LOD 1), outlines where not (LOD 0)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from hexi.core.space.city.buildings import Building
from hexi.core.space.city.projecting import Zone, projected, zone_of

MILLIMETRES = 1000
Ring = list[int]
Surface = list[Ring]
Corners = NDArray[np.int64]


class Vertices:
    """The corners of the file, each once, in millimetres from a corner of the whole."""

    def __init__(self) -> None:
        self.rows: list[tuple[int, int, int]] = []
        self._known: dict[tuple[int, int, int], int] = {}

    def ring(self, corners: Corners, height: int) -> Ring:
        """The numbers of the corners at that height."""
        return [self._number((east, north, height)) for east, north in corners.tolist()]

    def _number(self, corner: tuple[int, int, int]) -> int:
        if corner not in self._known:
            self._known[corner] = len(self.rows)
            self.rows.append(corner)
        return self._known[corner]


def city_document(buildings: Sequence[Building], title: str) -> dict[str, Any]:
    """The CityJSON file. Heights are metres above the ground at the building: there is no terrain under them."""
    zone, vertices = _zone(buildings), Vertices()
    shapes = _in_metres(buildings, zone)
    corner = np.floor(shapely.total_bounds(shapes)[:2]) if buildings else np.zeros(2)
    objects = {
        one.code: _object(one, shapely.transform(shape, lambda points: np.rint((points - corner) * MILLIMETRES)), vertices)
        for one, shape in zip(buildings, shapes, strict=True)
    }
    return {
        "type": "CityJSON", "version": "2.0",
        "transform": {"scale": [1 / MILLIMETRES] * 3, "translate": [*corner.tolist(), 0.0]},
        "metadata": {"title": title, "referenceSystem": f"https://www.opengis.net/def/crs/EPSG/0/{zone.epsg}"},
        "CityObjects": objects, "vertices": vertices.rows,
    }  # fmt: skip


def _zone(buildings: Sequence[Building]) -> Zone:
    if not buildings:
        return zone_of(0.0, 0.0)
    west, south, east, north = shapely.total_bounds(_shapes(buildings)).tolist()
    return zone_of((west + east) / 2, (south + north) / 2)


def _shapes(buildings: Sequence[Building]) -> NDArray[np.object_]:
    return np.array([one.shape for one in buildings], dtype=object)


def _in_metres(buildings: Sequence[Building], zone: Zone) -> NDArray[np.object_]:
    return shapely.transform(_shapes(buildings), lambda points: projected(points, zone))


def _object(building: Building, shape: shapely.Geometry, vertices: Vertices) -> dict[str, Any]:
    parts = [rings for polygon in shapely.get_parts(shape) if (rings := list(_rings(polygon)))]
    found = {"type": "Building", "attributes": _attributes(building)}
    return found | ({"geometry": [_geometry(parts, building.height_m, vertices)]} if parts else {})


def _attributes(building: Building) -> dict[str, Any]:
    said = {
        "name": building.name, "nameEn": building.name_en, "function": building.kind, "measuredHeight": building.height_m,
        "heightSource": building.height_source, "storeysAboveGround": building.storeys,
    }  # fmt: skip
    return {key: value for key, value in said.items() if value not in {None, ""}}


def _rings(polygon: shapely.Geometry) -> Iterator[Corners]:
    """The outer ring against the clock, holes with it, each corner once; nothing of a polygon that is no area in millimetres."""
    turned = shapely.orient_polygons(np.array([polygon], dtype=object), exterior_cw=False)
    for number, ring in enumerate(shapely.get_rings(turned)):
        corners = shapely.get_coordinates(ring)[:-1].astype(np.int64)
        corners = corners[(corners != np.roll(corners, 1, axis=0)).any(axis=1)]
        if len(corners) >= 3:
            yield corners
        elif number == 0:
            return


def _geometry(parts: Iterable[Sequence[Corners]], height_m: float | None, vertices: Vertices) -> dict[str, Any]:
    if not height_m:
        return {"type": "MultiSurface", "lod": "0", "boundaries": [[vertices.ring(ring, 0) for ring in rings] for rings in parts]}
    solids = [[_shell(rings, round(height_m * MILLIMETRES), vertices)] for rings in parts]
    if len(solids) == 1:
        return {"type": "Solid", "lod": "1", "boundaries": solids[0]}
    return {"type": "MultiSolid", "lod": "1", "boundaries": solids}


def _shell(rings: Sequence[Corners], height: int, vertices: Vertices) -> list[Surface]:
    """Floor, roof and walls, each turned so that its front looks outward."""
    low, high = [vertices.ring(ring, 0) for ring in rings], [vertices.ring(ring, height) for ring in rings]
    floor = [ring[::-1] for ring in low]
    return [floor, high, *(wall for ring, above in zip(low, high, strict=True) for wall in _walls(ring, above))]


def _walls(low: Ring, high: Ring) -> Iterator[Surface]:
    for here in range(len(low)):
        there = (here + 1) % len(low)
        yield [[low[here], low[there], high[there], high[here]]]
