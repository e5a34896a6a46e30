"""OGC API - Features and Tiles at the edge of the site, for map programs of others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from hexi.core.space import ogc, ogc_tiles
from hexi.core.space.ogc_words import GEOJSON, JSON, ROOT, TILE
from hexi.core.trust.api import language_of
from hexi.kernel.errors import HexiError


def _answer(request: HttpRequest, read: Callable[[str], dict[str, Any]], media_type: str = JSON) -> HttpResponse:
    """What `read` gives for the address of the site; what is wrong with the question as a problem document."""
    try:
        return HttpResponse(orjson.dumps(read(request.build_absolute_uri(ROOT))), content_type=media_type)
    except HexiError as error:
        return _problem(request, error)


def _problem(request: HttpRequest, error: HexiError) -> HttpResponse:
    body = orjson.dumps(error.document(language_of(request)))
    return HttpResponse(body, content_type="application/problem+json", status=error.status)


def landing(request: HttpRequest) -> HttpResponse:
    return _answer(request, ogc.landing)


def conformance(request: HttpRequest) -> HttpResponse:
    return _answer(request, lambda _: ogc.conformance())


def collections(request: HttpRequest) -> HttpResponse:
    return _answer(request, lambda base: ogc.collections(base, language_of(request)))


def collection(request: HttpRequest, name: str) -> HttpResponse:
    return _answer(request, lambda base: ogc.collection(base, name, language_of(request)))


def items(request: HttpRequest, name: str) -> HttpResponse:
    return _answer(request, lambda base: ogc.items(base, name, {key: str(value) for key, value in request.GET.items()}), GEOJSON)


def item(request: HttpRequest, name: str, code: str) -> HttpResponse:
    return _answer(request, lambda base: ogc.item(base, name, code), GEOJSON)


def schemes(request: HttpRequest) -> HttpResponse:
    return _answer(request, ogc_tiles.schemes)


def scheme(request: HttpRequest, scheme: str) -> HttpResponse:
    return _answer(request, lambda base: ogc_tiles.scheme(base, scheme))


def tilesets(request: HttpRequest, name: str = "") -> HttpResponse:
    return _answer(request, lambda base: ogc_tiles.tilesets(base, name, language_of(request)))


def tileset(request: HttpRequest, scheme: str, name: str = "") -> HttpResponse:
    return _answer(request, lambda base: ogc_tiles.tileset(base, name, scheme, language_of(request)))


def tile(request: HttpRequest, zoom: int, row: int, column: int, name: str = "") -> HttpResponse:
    try:
        response = HttpResponse(ogc_tiles.tile(name, zoom, row, column), content_type=TILE)
    except HexiError as error:
        return _problem(request, error)
    response["Cache-Control"] = "public, max-age=60"
    return response


TILES = [
    path("tiles", tilesets),
    path("tiles/<str:scheme>", tileset),
    path(f"tiles/{ogc_tiles.SCHEME}/<int:zoom>/<int:row>/<int:column>", tile),
]
urlpatterns = [
    path("", landing),
    path("conformance", conformance),
    path("collections", collections),
    path("collections/<str:name>", collection),
    path("tileMatrixSets", schemes),
    path("tileMatrixSets/<str:scheme>", scheme),
    *TILES,
    path("collections/<str:name>/", include(TILES)),
    path("collections/<str:name>/items", items),
    path("collections/<str:name>/items/<str:code>", item),
]
