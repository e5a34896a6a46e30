"""Areas whose ring crosses itself or does not close: mended where a shape remains, listed in any case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from hexi.core.space.ground.things import Bad, Brought
from hexi.kernel.label import t

Shapes = NDArray[np.object_]
MENDED = t("轮廓自相交，已修复", "The outline crossed itself; mended")
EMPTY = t("轮廓不成面，未导入", "The outline encloses nothing; left out")


def mended(heads: Sequence[tuple[str, Mapping[str, str]]], shapes: Shapes, found: Brought) -> Shapes:
    """Valid areas, None where nothing of it was left; `found.bad` says which were mended and which are gone."""
    areas = as_areas(shapes)
    for number in np.flatnonzero(~shapely.is_valid(areas)).tolist():
        areas[number] = sound(areas[number])
        found.bad.append(Bad(heads[number][0], MENDED if areas[number] is not None else EMPTY, areas[number] is not None))
    return areas


def as_areas(shapes: Shapes) -> Shapes:
    """Closed lines as areas; what is an area already stays."""
    areas = shapes.copy()
    lines = np.flatnonzero(shapely.get_type_id(shapes) == 1)
    long_enough = lines[shapely.get_num_points(shapes[lines]) >= 4]
    points, owners = shapely.get_coordinates(shapes[long_enough], return_index=True)
    areas[long_enough] = shapely.polygons(shapely.linearrings(points, indices=owners)) if len(points) else []
    areas[np.setdiff1d(lines, long_enough)] = shapely.Polygon()
    return areas


def sound(shape: Any) -> Any:
    """The areas of a shape made valid as one shape, None where none is left."""
    valid = shapely.make_valid(shape)
    parts = [part for part in shapely.get_parts(shapely.get_parts(valid)) if shapely.get_type_id(part) == 3 and part.area > 0]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else shapely.multipolygons(parts)
