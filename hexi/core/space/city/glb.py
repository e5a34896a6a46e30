"""Buildings as one binary glTF 2.0: blocks up to the roof, each with its code, for a tile of 3D Tiles 1.1."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import orjson
import shapely
from numpy.typing import NDArray

from hexi.core.space.city.buildings import Building
from hexi.core.space.city.projecting import A

MAGIC, JSON_CHUNK, DATA_CHUNK = 0x46546C67, 0x4E4F534A, 0x004E4942
FLOAT, UINT, FEATURES, METADATA = 5126, 5125, "EXT_mesh_features", "EXT_structural_metadata"
VERTICES, INDICES = 34962, 34963
GREY = [0.78, 0.8, 0.83, 1.0]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Mesh:
    """Triangles: corners (east, north, up in metres), their normals, the number of the building of each, three indices a triangle."""

    corners: Floats
    normals: Floats
    owners: NDArray[np.int64]
    indices: NDArray[np.int64]


@dataclass(slots=True)
class Pieces:
    """The binary part as it grows, each piece from a multiple of eight bytes on, and where each lies."""

    data: bytearray = field(default_factory=bytearray)
    views: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    def add(self, piece: bytes, target: int | None = None) -> int:
        """The number of the piece's view."""
        view = {"buffer": 0, "byteOffset": len(self.data), "byteLength": len(piece)}
        self.views.append(view | ({"target": target} if target else {}))
        self.data += piece + b"\0" * (-len(piece) % 8)
        return len(self.views) - 1


def blocks(shapes: NDArray[np.object_], heights: Floats) -> Mesh:
    """Roofs and walls over outlines in metres round a point; nothing where an outline is no area. Floors are never seen."""
    parts, owners = shapely.get_parts(shapes, return_index=True)
    keep = (shapely.get_type_id(parts) == 3) & (shapely.area(parts) > 0)
    parts, owners = shapely.orient_polygons(parts[keep], exterior_cw=False), owners[keep]
    roofs, walls = _roofs(parts, owners, heights), _walls(parts, owners, heights)
    corners = np.vstack([roofs.corners, walls.corners])
    # The earth bends away under a flat plane: four millimetres at a quarter of a kilometre.
    corners[:, 2] -= (corners[:, :2] ** 2).sum(axis=1) / (2 * A)
    indices = np.concatenate([roofs.indices, walls.indices + len(roofs.corners)])
    return Mesh(corners, np.vstack([roofs.normals, walls.normals]), np.concatenate([roofs.owners, walls.owners]), indices)


def _roofs(parts: NDArray[np.object_], owners: NDArray[np.int64], heights: Floats) -> Mesh:
    triangles, part = shapely.get_parts(shapely.constrained_delaunay_triangles(parts), return_index=True)
    flat = shapely.get_coordinates(triangles).reshape(-1, 4, 2)[:, :3]
    along, across = flat[:, 1] - flat[:, 0], flat[:, 2] - flat[:, 0]
    turned = along[:, 0] * across[:, 1] < along[:, 1] * across[:, 0]
    flat[turned] = flat[turned][:, ::-1]
    of = np.repeat(owners[part], 3)
    corners = np.column_stack([flat.reshape(-1, 2), heights[of]])
    return Mesh(corners, np.tile([0.0, 0.0, 1.0], (len(corners), 1)), of, np.arange(len(corners)))


def _walls(parts: NDArray[np.object_], owners: NDArray[np.int64], heights: Floats) -> Mesh:
    rings, part = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    is_side = np.diff(ring) == 0
    start, end, owner = points[:-1][is_side], points[1:][is_side], owners[part][ring[:-1][is_side]]
    low, high = np.zeros(len(start)), heights[owner]
    corners = np.stack([np.column_stack([at, up]) for at, up in ((start, low), (end, low), (end, high), (start, high))], axis=1)
    step = end - start
    outward = np.column_stack([step[:, 1], -step[:, 0], low]) / np.maximum(np.hypot(*step.T), 1e-9)[:, None]
    indices = (np.arange(len(start))[:, None] * 4 + [0, 1, 2, 0, 2, 3]).ravel()
    return Mesh(corners.reshape(-1, 3), np.repeat(outward, 4, axis=0), np.repeat(owner, 4), indices)


def glb(mesh: Mesh, buildings: Sequence[Building], credit: str) -> bytes:
    """The file. The numbers of `mesh.owners` are those of the buildings."""
    pieces = Pieces()
    accessors = [
        _accessor(pieces, _y_up(mesh.corners), "VEC3", FLOAT, VERTICES, has_range=True),
        _accessor(pieces, _y_up(mesh.normals), "VEC3", FLOAT, VERTICES),
        _accessor(pieces, mesh.owners.astype("<f4"), "SCALAR", FLOAT, VERTICES),
        _accessor(pieces, mesh.indices.astype("<u4"), "SCALAR", UINT, INDICES),
    ]
    table = _table(pieces, buildings)
    document = {
        "asset": {"version": "2.0", "generator": "Hexi", "copyright": credit}, "extensionsUsed": [FEATURES, METADATA],
        "extensions": {METADATA: {"schema": SCHEMA, "propertyTables": [table]}},
        "scene": 0, "scenes": [{"nodes": [0]}], "nodes": [{"mesh": 0}], "meshes": [{"primitives": [_primitive(len(buildings))]}],
        "materials": [{"pbrMetallicRoughness": {"baseColorFactor": GREY, "metallicFactor": 0, "roughnessFactor": 1}}],
        "accessors": accessors, "bufferViews": pieces.views, "buffers": [{"byteLength": len(pieces.data)}],
    }  # fmt: skip
    return _packed(orjson.dumps(document), bytes(pieces.data))


TEXT = {"type": "STRING"}
SCHEMA = {
    "id": "hexi",
    "classes": {"building": {"properties": {"code": TEXT, "name": TEXT, "height_m": {"type": "SCALAR", "componentType": "FLOAT32"}}}},
}


def _primitive(count: int) -> dict[str, Any]:
    features = {"featureIds": [{"featureCount": count, "attribute": 0, "propertyTable": 0}]}
    attributes = {"POSITION": 0, "NORMAL": 1, "_FEATURE_ID_0": 2}
    return {"attributes": attributes, "indices": 3, "material": 0, "mode": 4, "extensions": {FEATURES: features}}


def _y_up(points: Floats) -> NDArray[np.float32]:
    """In glTF the second axis looks up and the third to the viewer."""
    return np.column_stack([points[:, 0], points[:, 2], -points[:, 1]]).astype("<f4")


def _accessor(pieces: Pieces, rows: NDArray[Any], shape: str, kind: int, target: int, *, has_range: bool = False) -> dict[str, Any]:
    found = {"bufferView": pieces.add(rows.tobytes(), target), "componentType": kind, "count": len(rows), "type": shape}
    return found | ({"min": rows.min(axis=0).tolist(), "max": rows.max(axis=0).tolist()} if has_range else {})


def _table(pieces: Pieces, buildings: Sequence[Building]) -> dict[str, Any]:
    heights = np.array([one.height_m or 0 for one in buildings], "<f4")
    properties = {
        "code": _texts(pieces, [one.code for one in buildings]), "name": _texts(pieces, [one.name for one in buildings]),
        "height_m": {"values": pieces.add(heights.tobytes())},
    }  # fmt: skip
    return {"class": "building", "count": len(buildings), "properties": properties}


def _texts(pieces: Pieces, texts: Sequence[str]) -> dict[str, int]:
    encoded = [text.encode() for text in texts]
    ends = np.concatenate([[0], np.cumsum([len(one) for one in encoded])]).astype("<u4")
    # A view of nothing is not allowed: one byte that no offset reaches.
    return {"values": pieces.add(b"".join(encoded) or b"\0"), "stringOffsets": pieces.add(ends.tobytes())}


def _packed(document: bytes, data: bytes) -> bytes:
    document += b" " * (-len(document) % 8)
    total = 12 + 8 + len(document) + 8 + len(data)
    head = struct.pack("<III", MAGIC, 2, total)
    return b"".join((head, struct.pack("<II", len(document), JSON_CHUNK), document, struct.pack("<II", len(data), DATA_CHUNK), data))
