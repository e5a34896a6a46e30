"""The triangles of a glTF document, as far as it takes to know over which houses it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hexi.core.space.city.earth import Points, moved
from hexi.core.space.meshes.contents import Content

TYPES = {5120: "<i1", 5121: "<u1", 5122: "<i2", 5123: "<u2", 5125: "<u4", 5126: "<f4"}
WIDTHS = {"SCALAR": 1, "VEC3": 3}
TRIANGLES = 4
MOST = 50_000
"""Triangles of one mesh that are looked at: of more, every second, third and so on."""
UPRIGHT = np.array([[1.0, 0, 0, 0], [0, 0, -1, 0], [0, 1, 0, 0], [0, 0, 0, 1]])
"""glTF's second axis looks up, 3D Tiles' third."""


def middles_of(content: Content) -> Points:
    """The middles of its triangles in the frame of its tile. Nothing of instances, which are trees and lamps, and of what lies in files
    of its own."""
    document = content.document
    if content.instances or any("uri" in one for one in document.get("buffers", [])):
        return np.empty((0, 3))
    each = ((frame, primitive) for frame, primitive in _primitives(document) if primitive.get("mode", TRIANGLES) == TRIANGLES)
    found = [moved(_middles(content, primitive), UPRIGHT @ frame) for frame, primitive in each]
    return np.vstack(found) + np.array(content.centre) if found else np.empty((0, 3))


def _primitives(document: dict[str, Any]) -> Iterator[tuple[Points, dict[str, Any]]]:
    nodes: list[dict[str, Any]] = document.get("nodes", [])
    scenes: list[dict[str, list[int]]] = document.get("scenes") or [{"nodes": list(range(len(nodes)))}]
    roots: list[int] = scenes[int(document.get("scene", 0))].get("nodes", [])
    waiting: list[tuple[int, Points, int]] = [(number, np.eye(4), 0) for number in roots]
    while waiting:
        number, above, depth = waiting.pop()
        node = nodes[number]
        frame = above @ _matrix(node)
        if "mesh" in node:
            yield from ((frame, primitive) for primitive in document["meshes"][node["mesh"]]["primitives"])
        if depth < len(nodes):  # a ring of nodes is no tree
            children: list[int] = node.get("children", [])
            waiting += [(child, frame, depth + 1) for child in children]


def _matrix(node: dict[str, Any]) -> Points:
    if "matrix" in node:
        return np.array(node["matrix"], dtype=np.float64).reshape(4, 4).T
    x, y, z, w = node.get("rotation", (0.0, 0.0, 0.0, 1.0))
    turn = np.array([
        [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
        [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
        [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
    ])  # fmt: skip
    found = np.eye(4)
    found[:3, :3] = turn * np.array(node.get("scale", (1.0, 1.0, 1.0)))
    found[:3, 3] = node.get("translation", (0.0, 0.0, 0.0))
    return found


def _middles(content: Content, primitive: dict[str, Any]) -> Points:
    corners = _rows(content, primitive["attributes"]["POSITION"])
    order = _rows(content, primitive["indices"]).ravel() if "indices" in primitive else np.arange(len(corners))
    triangles = order[: len(order) // 3 * 3].reshape(-1, 3)
    return corners[triangles[:: max(1, len(triangles) // MOST)]].astype(np.float64).mean(axis=1)


def _rows(content: Content, number: int) -> NDArray[Any]:
    """The accessor's rows, as fractions where it says so."""
    accessor = content.document["accessors"][number]
    view = content.document["bufferViews"][accessor["bufferView"]]
    kind, width = np.dtype(TYPES[accessor["componentType"]]), WIDTHS[accessor["type"]]
    step = view.get("byteStride") or width * kind.itemsize
    start = view.get("byteOffset", 0) + accessor.get("byteOffset", 0)
    rows: NDArray[Any] = np.ndarray((accessor["count"], width), kind, content.data, start, (step, kind.itemsize))
    return rows / np.iinfo(kind).max if accessor.get("normalized") else rows
