"""Small tilesets, right and wrong."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from pathlib import Path
from typing import Any

import shapely
from django.utils import timezone

from hexi.core.space.city.buildings import Building
from hexi.core.space.city.tiles3d import tiles_file
from hexi.core.space.ground.tables import Footprint

Files = dict[str, bytes]
HERE = (117.2, 39.0)


def made(lon: float = HERE[0], lat: float = HERE[1], height_m: float = 12.5) -> Files:
    """One block of some 26 by 33 metres, as our own export makes it, its tile renamed."""
    shape = shapely.box(lon, lat, lon + 0.0003, lat + 0.0003)
    packed = tiles_file([Building("B1", "示例楼", "", "house", height_m, 4, "measured", shape)], "示例")
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    tileset = json.loads(files.pop("tileset.json"))
    child = tileset["root"]["children"][0]
    tile = files[child["content"]["uri"]]
    child["content"]["uri"] = "a.glb"
    return {"tileset.json": json.dumps(tileset).encode(), "a.glb": tile}


def mapped(code: str, lon: float = HERE[0], lat: float = HERE[1]) -> Footprint:
    """The house below that block, as a map brings it."""
    shape = shapely.box(lon, lat, lon + 0.0003, lat + 0.0003)
    west, south, east, north = shapely.bounds(shape).tolist()
    box = {"west": west, "south": south, "east": east, "north": north, "cell": 0}
    return Footprint(code=code, source="osm", ref=code, kind="house", geometry=shapely.to_wkb(shape), updated_at=timezone.now(), **box)


def edited(files: Files, change: Any, name: str = "tileset.json") -> Files:
    """`change` gets the JSON document and alters it."""
    document = json.loads(files[name])
    change(document)
    return {**files, name: json.dumps(document).encode()}


def child_of(tileset: Any) -> Any:
    return tileset["root"]["children"][0]


def written(files: Files, folder: Path) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def zipped(files: Files, path: Path, within: str = "") -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(within + name, data)
    return path


def needing(glb: bytes, *extensions: str) -> bytes:
    """The same file, saying that it needs these extensions."""
    (size,) = struct.unpack_from("<I", glb, 12)
    document = json.loads(glb[20 : 20 + size])
    document["extensionsRequired"] = list(extensions)
    said = json.dumps(document).encode()
    said += b" " * (-len(said) % 4)
    rest = glb[20 + size :]
    return struct.pack("<4sII", b"glTF", 2, 20 + len(said) + len(rest)) + struct.pack("<I", len(said)) + glb[16:20] + said + rest


def in_b3dm(glb: bytes, features: bytes = b'{"BATCH_LENGTH":0}  ') -> bytes:
    head = struct.pack("<4s6I", b"b3dm", 1, 28 + len(features) + len(glb), len(features), 0, 0, 0)
    return head + features + glb


def in_cmpt(*tiles: bytes) -> bytes:
    body = b"".join(tiles)
    return struct.pack("<4s3I", b"cmpt", 1, 16 + len(body), len(tiles)) + body
