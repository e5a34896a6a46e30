"""The base map's tiles for other people's programs: OGC API - Tiles, part 1 (20-057), the whole map and each collection alone."""

from __future__ import annotations

import gzip
from typing import Any

from hexi.core.space.ground.things import SORT_LABELS
from hexi.core.space.layers import map_origin
from hexi.core.space.ogc_words import CRS84, TILE, link, sort_of
from hexi.core.space.spots import cell_of
from hexi.core.space.tiles.archive import Archive, served
from hexi.core.space.tiles.live import LARGEST_ZOOM, check_tile
from hexi.core.space.vector_tile import only
from hexi.kernel.errors import NotFound
from hexi.kernel.label import Language, t

SCHEME = "WebMercatorQuad"
SCHEME_URI = f"http://www.opengis.net/def/tilematrixset/OGC/1.0/{SCHEME}"
CRS = "http://www.opengis.net/def/crs/EPSG/0/3857"
REL = "http://www.opengis.net/def/rel/ogc/1.0"
CONFORMS = tuple(
    f"http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/{part}"
    for part in ("core", "tileset", "tilesets-list", "dataset-tilesets", "geodata-tilesets", "mvt")
)  # fmt: skip
TITLE = t("底图", "base map")
LAYERS: dict[str, tuple[str, ...]] = {
    "ways": ("roads",), "gates": ("gates",), "buildings": ("buildings",), "ground": ("water", "green", "streams"),
}  # fmt: skip
"""What of a tile is a collection's."""
HALF_WORLD_M, SCALE, CELL_M, SIDE = 20037508.3427892, 559082264.028717, 156543.033928041, 256
"""Of WebMercatorQuad at zoom 0, as the standard (17-083r4, annex D.1) prints them."""


def schemes(base: str) -> dict[str, Any]:
    """The tiling schemes: one."""
    here = link(base, f"/tileMatrixSets/{SCHEME}", "self")
    return {"tileMatrixSets": [{"id": SCHEME, "title": SCHEME, "uri": SCHEME_URI, "links": [here]}]}


def scheme(base: str, name: str) -> dict[str, Any]:
    """The definition of the tiling scheme. Raises NotFound."""
    _check_scheme(name)
    matrices = [_matrix(zoom) for zoom in range(LARGEST_ZOOM + 1)]
    said = {"id": SCHEME, "title": SCHEME, "uri": SCHEME_URI, "crs": CRS, "orderedAxes": ["E", "N"]}
    return {**said, "tileMatrices": matrices, "links": [link(base, f"/tileMatrixSets/{SCHEME}", "self")]}


def _matrix(zoom: int) -> dict[str, Any]:
    return {
        "id": str(zoom), "scaleDenominator": SCALE / 2**zoom, "cellSize": CELL_M / 2**zoom, "cornerOfOrigin": "topLeft",
        "pointOfOrigin": [-HALF_WORLD_M, HALF_WORLD_M], "tileWidth": SIDE, "tileHeight": SIDE,
        "matrixWidth": 2**zoom, "matrixHeight": 2**zoom,
    }  # fmt: skip


def tilesets(base: str, collection: str, language: Language) -> dict[str, Any]:
    """The sets of tiles of the map, or of one collection: one. Raises NotFound for an unknown collection and before the first map."""
    whole = tileset(base, collection, SCHEME, language)
    short = {key: whole[key] for key in ("title", "dataType", "crs", "tileMatrixSetURI")}
    links = [link(base, _path(collection), "self"), *whole["links"][1:2]]
    return {"tilesets": [{**short, "links": whole["links"][:2]}], "links": links}


def tileset(base: str, collection: str, name: str, language: Language) -> dict[str, Any]:
    """One set of tiles: where they are, for which box and zooms, which layers they have. Raises NotFound."""
    _check_scheme(name)
    archive, layers = _archive(), _layers(collection)
    here = f"{_path(collection)}/{SCHEME}"
    item = {**link(base, f"{here}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}", "item", TILE), "templated": True}
    links = [link(base, here, "self"), link(base, f"/tileMatrixSets/{SCHEME}", f"{REL}/tiling-scheme"), item]
    title = SORT_LABELS[sort_of(collection)] if collection else TITLE
    west, south, east, north = archive.box
    low, high = archive.zooms
    return {
        "title": title.said(language), "dataType": "vector", "crs": CRS, "tileMatrixSetURI": SCHEME_URI, "links": links,
        "attribution": map_origin().said(language),
        "boundingBox": {"lowerLeft": [west, south], "upperRight": [east, north], "crs": CRS84},
        "tileMatrixSetLimits": [_limits(archive, zoom) for zoom in range(low, high + 1)],
        "layers": [{"id": each, "dataType": "vector"} for each in layers],
    }  # fmt: skip


def _limits(archive: Archive, zoom: int) -> dict[str, Any]:
    west, south, east, north = archive.box
    (left, top), (right, bottom) = cell_of(west, north, zoom), cell_of(east, south, zoom)
    return {"tileMatrix": str(zoom), "minTileRow": top, "maxTileRow": bottom, "minTileCol": left, "maxTileCol": right}


def tile(collection: str, zoom: int, row: int, column: int) -> bytes:
    """One tile, unpacked; empty where nothing of it is there. Raises NotFound for what no map has."""
    check_tile(zoom, column, row)
    packed = _archive().tile(zoom, column, row)
    data = gzip.decompress(packed) if packed else b""
    return only(data, _layers(collection)) if collection else data


def links_of(base: str, collection: str = "") -> list[dict[str, str]]:
    """The ways from a page of the map, or of a collection, to its tiles; none before there are any."""
    return [link(base, _path(collection), f"{REL}/tilesets-vector")] if served() else []


def _path(collection: str) -> str:
    return f"/collections/{collection}/tiles" if collection else "/tiles"


def _layers(collection: str) -> tuple[str, ...]:
    if not collection:
        return (*(layer for layers in LAYERS.values() for layer in layers), "places", "spots")
    sort_of(collection)
    return LAYERS[collection]


def _archive() -> Archive:
    archive = served()
    if archive is None:
        raise NotFound(t("还没有底图", "There is no base map yet"), do=t("请先导入地图", "Bring in a map first"))
    return archive


def _check_scheme(name: str) -> None:
    if name != SCHEME:
        raise NotFound(t("没有这种瓦片划分，可用 {one}", "There is no such tiling scheme; use {one}").filled(one=SCHEME), which=name[:40])
