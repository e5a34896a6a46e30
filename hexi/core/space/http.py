"""The base map over HTTP: what there is, tiles of the archive, tiles of the tables as they stand."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from hexi.core.space.city.taking import MEDIA_TYPES, city_file
from hexi.core.space.layers import map_origin
from hexi.core.space.ogc_words import TILE
from hexi.core.space.tiles.archive import served
from hexi.core.space.tiles.live import check_tile, live_tile
from hexi.core.space.walks.http import router as walks
from hexi.core.trust.api import language_of, viewer_of
from hexi.kernel.errors import NotFound, SignInNeeded

router = Router(tags=["map"])
router.add_router("/space/walk", walks)
YEAR_S, MINUTE_S = 31_536_000, 60


class BaseMap(Schema):
    """Where the tiles are, for which zooms and which box (west, south, east, north); they change only with their address."""

    tiles: str
    minzoom: int
    maxzoom: int
    box: tuple[float, float, float, float]
    origin: dict[str, str]


class Maps(Schema):
    """`base` is None before the first map was imported: then the layers of each map bring their own ground."""

    base: BaseMap | None


@router.get("/map", response=Maps)
def maps(request: HttpRequest) -> dict[str, Any]:
    """The base map that lies under all others."""
    archive = served()
    if archive is None:
        return {"base": None}
    low, high = archive.zooms
    tiles = f"/api/tiles/base/{{z}}/{{x}}/{{y}}.mvt?v={archive.mark}"
    return {"base": {"tiles": tiles, "minzoom": low, "maxzoom": high, "box": archive.box, "origin": map_origin().as_dict()}}


@router.get("/space/buildings.{kind}")
def buildings(request: HttpRequest, kind: str, place: str = "") -> HttpResponse:
    """The buildings of a place, of all the map without one, for whoever is signed in: `city.json` (2.0), `geojson` or `3dtiles.zip` (1.1)."""
    if viewer_of(request).anonymous:
        raise SignInNeeded
    if kind not in MEDIA_TYPES:
        raise NotFound(which=f"buildings.{kind}"[:40])
    response = HttpResponse(city_file(kind, place, language_of(request)), content_type=MEDIA_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="buildings{place and f"-{place}"}.{kind}"'
    return response


@router.get("/tiles/base/{int:z}/{int:x}/{int:y}.mvt", response=bytes)
def base_tile(request: HttpRequest, z: int, x: int, y: int, v: str = "") -> HttpResponse:
    """A vector tile of the base map's archive. With the archive's mark (`v`) a browser may keep it for good."""
    check_tile(z, x, y)
    archive = served()
    packed = archive.tile(z, x, y) if archive else None
    response = HttpResponse(packed or b"", content_type=TILE)
    if packed:
        response["Content-Encoding"] = "gzip"
    is_marked = archive is not None and v == archive.mark
    response["Cache-Control"] = f"public, max-age={YEAR_S}, immutable" if is_marked else f"public, max-age={MINUTE_S}"
    return response


@router.get("/tiles/ground/{int:z}/{int:x}/{int:y}.mvt", response=bytes)
def ground_tile(request: HttpRequest, z: int, x: int, y: int) -> HttpResponse:
    """A vector tile of ways, buildings, gates, water and green, drawn from the tables now."""
    response = HttpResponse(live_tile(z, x, y), content_type=TILE)
    response["Cache-Control"] = f"public, max-age={MINUTE_S}"
    return response
