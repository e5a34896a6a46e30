"""The base map as one PMTiles file per import: made after it, read by every web process, replaced as a whole."""

from __future__ import annotations

import gzip
import hashlib
import mmap
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from django.conf import settings
from django.utils import timezone
from pmtiles.tile import Compression, TileType, deserialize_directory, deserialize_header, zxy_to_tileid
from pmtiles.writer import Writer

from hexi.core.space.contracts import Box
from hexi.core.space.ground.tables import Survey
from hexi.core.space.tiles.content import Loaded, chosen, everything
from hexi.core.space.tiles.encoding import encoded_layer

FIRST_ZOOM, LAST_ZOOM = 8, 15
"""Beyond the last zoom the browser draws the last tiles larger: a unit of them is a third of a metre."""
MARK = 16
SUFFIX = ".pmtiles"


@dataclass(frozen=True, slots=True)
class Archive:
    """One archive, open: where each tile lies in it. `mark` changes with its content."""

    mark: str
    box: Box
    zooms: tuple[int, int]
    tiles: dict[int, tuple[int, int]]
    data: mmap.mmap

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        """The tile, packed by gzip; None where it is empty."""
        place = self.tiles.get(zxy_to_tileid(zoom, column, row))
        return self.data[place[0] : place[0] + place[1]] if place else None


def build_archive(last_zoom: int = LAST_ZOOM) -> Path | None:
    """Draw the whole base map into a new archive and let it be the one that is served; None where there is nothing to draw."""
    layers = everything()
    if not layers:
        return None
    folder = Path(settings.MAPS)
    folder.mkdir(parents=True, exist_ok=True)
    # In a folder of its own: an import and the worker may draw at the same time, and what was broken off is gone.
    with tempfile.TemporaryDirectory(dir=folder) as room:
        fresh = Path(room) / "fresh"
        _write(fresh, layers, last_zoom)
        with fresh.open("rb") as file:
            mark = hashlib.file_digest(file, "sha256").hexdigest()[:MARK]
        path = fresh.rename(folder / f"{mark}{SUFFIX}")
    _serve(mark)
    return path


def _write(path: Path, layers: list[Loaded], last_zoom: int) -> None:
    with path.open("wb") as file:
        writer: Any = Writer(file)
        for number, data in _tiles(layers, last_zoom):
            writer.write_tile(number, gzip.compress(data, 6, mtime=0))
        writer.finalize(_header(layers, last_zoom), {"name": "Hexi", "vector_layers": _described(layers, last_zoom)})


def _serve(mark: str) -> None:
    """From now on this one; the one before stays for readers that still have it open."""
    newest = Survey.objects.order_by("-pk").first()
    if newest is None:
        newest = Survey.objects.create(source="sketch", file_name="", sha256="", area="", at=timezone.now())
    Survey.objects.filter(pk=newest.pk).update(archive=mark)
    kept = set(Survey.objects.exclude(archive="").order_by("-pk").values_list("archive", flat=True)[:2]) | {mark}
    for old in Path(settings.MAPS).glob(f"*{SUFFIX}"):
        if old.stem not in kept:
            old.unlink()


def drawn_at() -> datetime | None:
    """When the archive that is served was drawn; None where there is none."""
    archive = served()
    return archive and datetime.fromtimestamp((Path(settings.MAPS) / f"{archive.mark}{SUFFIX}").stat().st_mtime, UTC)


def served() -> Archive | None:
    """The archive of the newest import that has one; None before the first."""
    mark = Survey.objects.exclude(archive="").order_by("-pk").values_list("archive", flat=True).first()
    path = Path(settings.MAPS) / f"{mark}{SUFFIX}"
    return _opened(path, mark) if mark and path.is_file() else None


@lru_cache(maxsize=2)
def _opened(path: Path, mark: str) -> Archive:
    with path.open("rb") as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    header: dict[str, Any] = dict(deserialize_header(data[:127]))
    tiles = dict(_entries(data, header, header["root_offset"], header["root_length"]))
    west, south, east, north = (header[name] / 1e7 for name in ("min_lon_e7", "min_lat_e7", "max_lon_e7", "max_lat_e7"))
    return Archive(mark, (west, south, east, north), (header["min_zoom"], header["max_zoom"]), tiles, data)


def _entries(data: mmap.mmap, header: dict[str, Any], offset: int, length: int) -> Iterator[tuple[int, tuple[int, int]]]:
    for entry in deserialize_directory(data[offset : offset + length]):
        if not entry.run_length:
            yield from _entries(data, header, header["leaf_directory_offset"] + entry.offset, entry.length)
        for more in range(entry.run_length):
            yield entry.tile_id + more, (header["tile_data_offset"] + entry.offset, entry.length)


def _tiles(layers: list[Loaded], last_zoom: int) -> Iterator[tuple[int, bytes]]:
    """Every tile that holds something, by its number, in order."""
    trees = [shapely.STRtree(loaded.drawn.shapes) for loaded in layers]
    for zoom in range(FIRST_ZOOM, last_zoom + 1):
        for number, column, row in sorted(_covered(layers, zoom)):
            data = b"".join(_layer(loaded, tree, (zoom, column, row)) for loaded, tree in zip(layers, trees, strict=True))
            if data:
                yield number, data


def _covered(layers: list[Loaded], zoom: int) -> set[tuple[int, int, int]]:
    """The tiles that boxes of things shown at this zoom touch."""
    found: set[tuple[int, int]] = set()
    for loaded in layers:
        shapes = loaded.drawn.shapes[loaded.shown_from <= zoom]
        corners = np.unique(np.floor(shapely.bounds(shapes) * (1 << zoom)).astype(int), axis=0) if len(shapes) else np.empty((0, 4), int)
        for left, top, right, bottom in corners.tolist():
            found |= {(x, y) for x in range(left, right + 1) for y in range(top, bottom + 1)}
    return {(zxy_to_tileid(zoom, x, y), x, y) for x, y in found}


def _layer(loaded: Loaded, tree: shapely.STRtree, tile: tuple[int, int, int]) -> bytes:
    zoom, column, row = tile
    side = 1 << zoom
    near = tree.query(shapely.box(column / side, row / side, (column + 1) / side, (row + 1) / side))
    numbers: list[int] = near[loaded.shown_from[near] <= zoom].tolist()
    return encoded_layer(loaded.layer, chosen(loaded, numbers, zoom), tile) if numbers else b""


def _header(layers: list[Loaded], last_zoom: int) -> dict[str, Any]:
    west, north, east, south = _bounds(layers)
    lon = [at * 360 - 180 for at in (west, east)]
    lat = [_latitude(at) for at in (south, north)]
    return {
        "tile_type": TileType.MVT, "tile_compression": Compression.GZIP, "min_zoom": FIRST_ZOOM, "max_zoom": last_zoom,
        "min_lon_e7": int(lon[0] * 1e7), "min_lat_e7": int(lat[0] * 1e7), "max_lon_e7": int(lon[1] * 1e7), "max_lat_e7": int(lat[1] * 1e7),
        "center_zoom": 13, "center_lon_e7": int(sum(lon) / 2 * 1e7), "center_lat_e7": int(sum(lat) / 2 * 1e7),
    }  # fmt: skip


def _bounds(layers: list[Loaded]) -> tuple[float, float, float, float]:
    every = np.vstack([shapely.total_bounds(loaded.drawn.shapes) for loaded in layers])
    west, north, east, south = (*every[:, :2].min(axis=0).tolist(), *every[:, 2:].max(axis=0).tolist())
    return west, north, east, south


def _latitude(y: float) -> float:
    return float(np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * y)))))


def _described(layers: list[Loaded], last_zoom: int) -> list[dict[str, Any]]:
    return [{"id": name, "fields": {}, "minzoom": FIRST_ZOOM, "maxzoom": last_zoom} for name in sorted({each.layer for each in layers})]
