"""The base map over HTTP: what there is, tiles of the archive, tiles of the tables as they stand."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from hexi.core.space.city.taking import MEDIA_TYPES, city_file
from hexi.core.space.doors.telling import place_told
from hexi.core.space.layers import map_origin
from hexi.core.space.ogc_words import TILE
from hexi.core.space.page import told_as_document
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


class Part(Schema):
    """One place of a list: `parts` are the places in it, `point` says how its point is known, `ended` the first day without it."""

    code: str
    name: dict[str, str]
    parts: int
    point: dict[str, str] | None
    ended: str | None


class OtherName(Schema):
    """`kind`: misprint, former or common; `source` says where the name stands."""

    name: str
    kind: str
    source: str


class PlaceChange(Schema):
    """One entry of the place's history, newest first."""

    at: str
    action: str
    who: str
    why: str
    after: dict[str, Any]


class PlaceTold(Schema):
    """A place with what is in it and what its code was and became. `formers` ended and left their records to it."""

    code: str
    name: dict[str, str]
    level: dict[str, str]
    path: list[Part]
    lon: float | None
    lat: float | None
    point: dict[str, str] | None
    storeys: int | None
    homes: int | None
    generated: bool
    since: str | None
    ended: str | None
    successor: Part | None
    formers: list[Part]
    aliases: list[OtherName]
    parts: list[Part]
    changes: list[PlaceChange]


@router.get("/space/{code}/place", response=PlaceTold)
def place(request: HttpRequest, code: str) -> dict[str, Any]:
    """A place of the tree by its very code, also one that has ended; for whoever is signed in."""
    if viewer_of(request).anonymous:
        raise SignInNeeded
    return told_as_document(place_told(code))


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
