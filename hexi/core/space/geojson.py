"""Shapes as GeoJSON geometries, rounded; many at once, because a district has ten thousand buildings."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

# Six decimals are 0.1 m.
DECIMALS = 6

Ring = list[list[float]]


def geometry_of(shape: shapely.Geometry) -> dict[str, Any]:
    return geometries_of(np.array([shape], dtype=object))[0]


def geometries_of(shapes: NDArray[np.object_]) -> list[dict[str, Any]]:
    """One GeoJSON geometry for each polygon or line; a shape of several parts becomes a Multi one."""
    parts, owners = shapely.get_parts(shapes, return_index=True)
    pieces: list[list[dict[str, Any]]] = [[] for _ in shapes]
    owner_numbers: list[int] = owners.tolist()
    for owner, piece in zip(owner_numbers, _pieces(parts), strict=True):
        pieces[owner].append(piece)
    return [_joined(each) for each in pieces]


def _pieces(parts: NDArray[np.object_]) -> list[dict[str, Any]]:
    are_polygons = shapely.get_type_id(parts) == 3
    lines, of_part = _lines(parts, are_polygons)
    coordinates, of_line = shapely.get_coordinates(lines, return_index=True)
    pairs: Ring = np.round(coordinates, DECIMALS).tolist()
    ends = np.searchsorted(of_line, np.arange(len(lines) + 1))
    rings: list[list[Ring]] = [[] for _ in parts]
    for number, part in enumerate(of_part):
        rings[part].append(_distinct(pairs[ends[number] : ends[number + 1]]))
    return [
        {"type": "Polygon", "coordinates": found} if is_polygon else {"type": "LineString", "coordinates": found[0]}
        for found, is_polygon in zip(rings, are_polygons, strict=True)
    ]


def _lines(parts: NDArray[np.object_], are_polygons: NDArray[np.bool_]) -> tuple[NDArray[np.object_], list[int]]:
    """The rings of polygons and the lines themselves, in the order of the parts, and which part each belongs to."""
    rings, owners = shapely.get_rings(parts[are_polygons], return_index=True)
    polygon_numbers = np.flatnonzero(are_polygons)
    line_numbers = np.flatnonzero(~are_polygons)
    owner = np.concatenate([polygon_numbers[owners], line_numbers])
    order = np.argsort(owner, kind="stable")
    lines = np.concatenate([rings, parts[line_numbers]])
    return lines[order], [int(each) for each in owner[order]]


def _distinct(ring: Ring) -> Ring:
    """Without points that rounding has laid upon the one before."""
    return [point for number, point in enumerate(ring) if number == 0 or point != ring[number - 1]]


def _joined(pieces: Sequence[dict[str, Any]]) -> dict[str, Any]:
    if len(pieces) == 1:
        return pieces[0]
    kind = pieces[0]["type"] if pieces else "Polygon"
    return {"type": f"Multi{kind}", "coordinates": [each["coordinates"] for each in pieces]}
