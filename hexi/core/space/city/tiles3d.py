"""Buildings as 3D Tiles 1.1 in one ZIP file: a tile of some hundred metres each, blocks where a height is known."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import orjson
import shapely

from hexi.core.space.city.buildings import Building
from hexi.core.space.city.earth import Points, back, on_earth, upright
from hexi.core.space.city.glb import blocks, glb
from hexi.core.space.spots import cell_of

ZOOM = 16
"""The tiles of the map whose houses are one tile here: 475 m at this latitude."""
WHOLE_ERROR_M = 400.0
"""What is missing while nothing is drawn: so far that whoever sees a house asks for it."""
STARTED = (1980, 1, 1, 0, 0, 0)
"""No moment, so that the same buildings are the same file."""


def tiles_file(buildings: Sequence[Building], title: str) -> bytes:
    """The ZIP file with `tileset.json`. Buildings without a known height are left out; heights are above the ground, which lies at 0."""
    packed = io.BytesIO()
    children: list[dict[str, Any]] = []
    with zipfile.ZipFile(packed, "w") as archive:
        for name, own in _parted(buildings):
            child, data = _tile(name, own, title)
            children.append(child)
            _write(archive, name, data)
        _write(archive, "tileset.json", orjson.dumps(_tileset(children, title), option=orjson.OPT_INDENT_2))
    return packed.getvalue()


def _write(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, STARTED), data, zipfile.ZIP_DEFLATED)


def _parted(buildings: Sequence[Building]) -> Iterator[tuple[str, list[Building]]]:
    """By the map's tile round the middle."""
    found: dict[tuple[int, int], list[Building]] = {}
    for one in buildings:
        if one.height_m:
            lon, lat = shapely.get_coordinates(shapely.centroid(one.shape))[0].tolist()
            found.setdefault(cell_of(lon, lat, ZOOM), []).append(one)
    for (column, row), own in sorted(found.items()):
        yield f"{ZOOM}/{column}-{row}.glb", own


def _tile(name: str, buildings: Sequence[Building], title: str) -> tuple[dict[str, Any], bytes]:
    shapes = np.array([one.shape for one in buildings], dtype=object)
    heights = np.array([one.height_m for one in buildings], dtype=np.float64)
    west, south, east, north = shapely.total_bounds(shapes).tolist()
    frame = upright((west + east) / 2, (south + north) / 2)
    mesh = blocks(shapely.transform(shapes, lambda points: _beside(points, frame)), heights)
    region = [*np.radians([west, south, east, north]).tolist(), -1.0, float(heights.max())]
    tile = {"transform": frame.T.ravel().tolist(), "boundingVolume": {"region": region}, "geometricError": 0, "content": {"uri": name}}
    return tile, glb(mesh, buildings, title)


def _beside(points: Points, frame: Points) -> Points:
    """Degrees as metres east and north of the frame's point."""
    return back(on_earth(np.column_stack([points, np.zeros(len(points))])), frame)[:, :2]


def _tileset(children: Sequence[dict[str, Any]], title: str) -> dict[str, Any]:
    regions = np.array([child["boundingVolume"]["region"] for child in children]) if children else np.zeros((1, 6))
    whole = [*regions[:, [0, 1, 4]].min(axis=0).tolist(), *regions[:, [2, 3, 5]].max(axis=0).tolist()]
    region = [whole[0], whole[1], whole[3], whole[4], whole[2], whole[5]]
    root = {"boundingVolume": {"region": region}, "geometricError": WHOLE_ERROR_M, "refine": "ADD", "children": list(children)}
    return {"asset": {"version": "1.1", "extras": {"title": title}}, "geometricError": WHOLE_ERROR_M, "root": root}
