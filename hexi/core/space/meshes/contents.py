"""What is in one tile: the glTF document of a glb, gltf, b3dm, i3dm or cmpt file, and the files that it refers to."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import orjson

from hexi.core.space.city.glb import DATA_CHUNK, JSON_CHUNK
from hexi.core.space.meshes.faults import BROKEN, COMPRESSED, CONTENT, EXTENSION, OLD_GLTF, Faults

DECODED = {
    "KHR_draco_mesh_compression": "Draco", "EXT_meshopt_compression": "meshopt", "KHR_meshopt_compression": "meshopt",
    "KHR_texture_basisu": "KTX2/Basis",
}  # fmt: skip
"""What only WebAssembly undoes."""
READ = ("KHR_materials_", "KHR_texture_transform", "KHR_mesh_quantization", "KHR_lights_punctual", "EXT_texture_webp", "EXT_texture_avif",
        "EXT_mesh_gpu_instancing", "EXT_mesh_features", "EXT_structural_metadata", "EXT_instance_features", "CESIUM_RTC",
        "CESIUM_primitive_outline")  # fmt: skip
"""Extensions that the drawing library understands, or that add to a mesh without changing it."""
TABLED = {b"b3dm": 28, b"i3dm": 32}
"""Bytes before the tables of what is in the tile."""


@dataclass(frozen=True, slots=True)
class Content:
    """One glTF document with its binary part, and the point that its corners are counted from. `instances`: it stands many times."""

    document: dict[str, Any]
    data: bytes
    centre: tuple[float, float, float] = (0.0, 0.0, 0.0)
    instances: bool = False


@dataclass(frozen=True, slots=True)
class Outside:
    """A glTF file that an i3dm refers to instead of holding it."""

    uri: str


def contents_of(data: bytes, name: str, faults: Faults) -> list[Content | Outside]:
    """The documents of one file; what cannot be drawn is added to the faults."""
    try:
        return list(_parts(data))
    except _RefusedError as refused:
        faults.add(refused.message, name, refused.value)
    except (struct.error, ValueError, KeyError, IndexError, TypeError):  # the many faces of a file that is not what it says
        faults.add(BROKEN, name)
    return []


class _RefusedError(Exception):
    def __init__(self, message: Any, value: str = "") -> None:
        super().__init__(value)
        self.message, self.value = message, value


def _parts(data: bytes) -> Iterator[Content | Outside]:
    magic = data[:4]
    if magic == b"cmpt":
        yield from _of_several(data)
    elif magic in TABLED:
        yield _with_tables(data, magic)
    elif magic == b"glTF":
        yield _of_glb(data)
    elif data.lstrip()[:1] == b"{":
        yield _checked(Content(orjson.loads(data), b""))
    else:
        raise _RefusedError(CONTENT, magic.decode("latin-1"))


def _of_several(data: bytes) -> Iterator[Content | Outside]:
    (count,) = struct.unpack_from("<I", data, 12)
    at = 16
    for _ in range(count):
        (length,) = struct.unpack_from("<I", data, at + 8)
        if length < 12:
            raise ValueError(length)
        yield from _parts(data[at : at + length])
        at += length


def _with_tables(data: bytes, magic: bytes) -> Content | Outside:
    length, *tables = struct.unpack_from("<5I", data, 8)
    begin = TABLED[magic]
    features = orjson.loads(data[begin : begin + tables[0]].strip(b" \0") or b"{}")
    inner = data[begin + sum(tables) : length]
    is_instanced = magic == b"i3dm"
    if is_instanced and struct.unpack_from("<I", data, 28)[0] == 0:
        return Outside(inner.rstrip(b"\0 ").decode())
    found = _of_glb(inner)
    return Content(found.document, found.data, _centre(features, data, begin + tables[0]), is_instanced)


def _centre(features: dict[str, Any], data: bytes, binary: int) -> tuple[float, float, float]:
    said: Any = features.get("RTC_CENTER", [0.0, 0.0, 0.0])
    if isinstance(said, dict):
        said = struct.unpack_from("<3f", data, binary + int(cast("dict[str, Any]", said)["byteOffset"]))
    x, y, z = said
    return float(x), float(y), float(z)


def _of_glb(data: bytes) -> Content:
    magic, version, length = struct.unpack_from("<4sII", data)
    if magic != b"glTF":
        raise _RefusedError(CONTENT, magic.decode("latin-1"))
    if version != 2:
        raise _RefusedError(OLD_GLTF)
    if length > len(data):
        raise _RefusedError(BROKEN)
    chunks = dict(_chunks(data, length))
    return _checked(Content(orjson.loads(chunks[JSON_CHUNK]), chunks.get(DATA_CHUNK, b"")))


def _chunks(data: bytes, length: int) -> Iterator[tuple[int, bytes]]:
    at = 12
    while at + 8 <= length:
        size, kind = struct.unpack_from("<II", data, at)
        yield kind, data[at + 8 : at + 8 + size]
        at += 8 + size


def _checked(content: Content) -> Content:
    if not str(content.document.get("asset", {}).get("version", "")).startswith("2."):
        raise _RefusedError(OLD_GLTF)
    needed = content.document.get("extensionsRequired", [])
    for name in needed:
        if name in DECODED:
            raise _RefusedError(COMPRESSED.filled(name=DECODED[name]), name)
        if not name.startswith(READ):
            raise _RefusedError(EXTENSION.filled(name=name), name)
    centre = content.document.get("extensions", {}).get("CESIUM_RTC", {}).get("center", (0.0, 0.0, 0.0))
    x, y, z = np.asarray(centre, np.float64).tolist()
    return Content(content.document, content.data, (x, y, z))


def references(content: Content) -> list[str]:
    """What the document refers to beside itself: buffers and pictures in files of their own."""
    each = (one.get("uri", "") for kind in ("buffers", "images") for one in content.document.get(kind, []))
    return [uri for uri in each if uri and not uri.startswith("data:")]
