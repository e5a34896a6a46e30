"""Sets of meshes as they are kept: taken in whole or not at all, packed, given out by name, thrown away."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson
from django.conf import settings

from hexi.core.space.contracts import Box, Datum
from hexi.core.space.meshes.faults import NO_ROOM
from hexi.core.space.meshes.files import Files, opened
from hexi.core.space.meshes.houses import Houses
from hexi.core.space.meshes.placing import footing_of, spread_of
from hexi.core.space.meshes.reading import Reading
from hexi.kernel.errors import Conflict, Invalid, NotFound, Problem
from hexi.kernel.label import t

ABOUT, INSIDE = "about.json", "files"
MARK = 16
MEGABYTE = 1_000_000
LEAST_FREE = 50 * MEGABYTE
"""On the disk, for the database beside it."""
MEDIA_TYPES = {
    ".json": "application/json", ".glb": "model/gltf-binary", ".gltf": "model/gltf+json", ".jpg": "image/jpeg", ".jpeg": "image/jpeg",
    ".png": "image/png", ".webp": "image/webp",
}  # fmt: skip
ANY_BYTES = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class MeshSet:
    """One set that was taken in. `east_m`, `north_m` and `ground_m` say how to move it onto our maps; `houses` are the codes of those
    that it shows, `ground` tells whether the map in its box is still the same; `bytes` is the size of its files before packing."""

    mark: str
    box: Box
    low_m: float
    high_m: float
    east_m: float
    north_m: float
    ground_m: float
    houses: tuple[str, ...]
    ground: str
    files: int
    bytes: int


@dataclass(frozen=True, slots=True)
class MeshFile:
    """One file of a set, packed by gzip."""

    path: Path
    media_type: str


def take_meshes(source: Path, datum: Datum, ground_m: float = 0.0) -> MeshSet:
    """Check the tileset in the folder or ZIP file and keep every file that it needs.

    `ground_m` is how high the file has the ground above the ellipsoid. Raises NotFound, Invalid with every fault, Conflict where the same
    files are kept already.
    """
    with opened(source) as files:
        reading = Reading(files)
        reading.read_tree()
        footing = footing_of(reading.corners[0], datum, ground_m)
        houses = Houses(reading.corners[0], footing)
        houses.look(reading)
        reading.faults.refuse()
        return _kept(reading, houses)


def _kept(reading: Reading, houses: Houses) -> MeshSet:
    footing = houses.footing
    spread = spread_of(reading.corners, footing)
    folder = Path(settings.MESHES)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as room:
        fresh, digest = Path(room) / "set", hashlib.sha256(repr(footing).encode())
        size = sum(_copy(reading.files, name, fresh / INSIDE, digest.update) for name in reading.names)
        mark = digest.hexdigest()[:MARK]
        if (folder / mark).exists():
            do = t("如需更换，请先移除原有的一套", "Remove that set first where it should be taken anew")
            raise Conflict(t("同样的三维模型已经导入", "The same meshes are in already"), which=mark, do=do)
        moved_m, placed = footing.metres(spread.box[1]), (spread.box, spread.low_m, spread.high_m)
        shown = tuple(sorted(houses.under))
        found = MeshSet(mark, *placed, *moved_m, footing.ground_m, shown, houses.ground, len(reading.names), size)
        (fresh / ABOUT).write_bytes(orjson.dumps(asdict(found)))
        fresh.rename(folder / mark)
    return found


def _copy(files: Files, name: str, folder: Path, note: Callable[[bytes], None]) -> int:
    """The file's size; packed it lies in the folder."""
    path = folder / f"{name}.gz"
    path.parent.mkdir(parents=True, exist_ok=True)
    note(name.encode() + b"\0")
    size = 0
    with files.open(name) as source, path.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as packed:
        while piece := source.read(MEGABYTE):
            _check_room()
            packed.write(piece)
            note(piece)
            size += len(piece)
    return size


def _check_room() -> None:
    free = shutil.disk_usage(settings.MESHES).free
    if free < LEAST_FREE:
        raise Invalid([Problem("file", NO_ROOM.filled(free=free // MEGABYTE))])


def mesh_file(mark: str, name: str) -> MeshFile:
    """The file of the set. Raises NotFound."""
    folder = (_folder(mark) / INSIDE).resolve()
    path = (folder / f"{name}.gz").resolve()
    if not path.is_relative_to(folder) or not path.is_file():
        raise NotFound(t("没有这个模型文件", "The meshes have no such file"), which=name[:80])
    return MeshFile(path, MEDIA_TYPES.get(Path(name).suffix.lower(), ANY_BYTES))


def drop_meshes(mark: str) -> None:
    """Nothing of the set is kept. That it is gone already is no fault."""
    shutil.rmtree(_folder(mark), ignore_errors=True)


def meshed_houses() -> dict[str, str]:
    """For each house that a kept set shows, the mark of the set."""
    found = dict[str, str]()
    for path in about_sets():
        about = orjson.loads(path.read_bytes())
        found |= dict.fromkeys(about["houses"], about["mark"])
    return found


def about_sets() -> list[Path]:
    """What is kept about each set, in the order of their marks."""
    return sorted(Path(settings.MESHES).glob(f"*/{ABOUT}"))


def _folder(mark: str) -> Path:
    if len(mark) != MARK or not mark.isalnum():
        raise NotFound(t("没有这套三维模型", "There is no such set of meshes"), which=mark[:40])
    return Path(settings.MESHES) / mark
