"""OGC API - Features at the edge of the site, for map programs of others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.urls import path

from hexi.core.space import ogc
from hexi.core.trust.api import language_of
from hexi.kernel.errors import HexiError


def _answer(request: HttpRequest, read: Callable[[str], dict[str, Any]], media_type: str = ogc.JSON) -> HttpResponse:
    """What `read` gives for the address of the site; what is wrong with the question as a problem document."""
    try:
        body, status, kind = read(request.build_absolute_uri(ogc.ROOT)), 200, media_type
    except HexiError as error:
        body, status, kind = error.document(language_of(request)), error.status, "application/problem+json"
    return HttpResponse(orjson.dumps(body), content_type=kind, status=status)


def landing(request: HttpRequest) -> HttpResponse:
    return _answer(request, ogc.landing)


def conformance(request: HttpRequest) -> HttpResponse:
    return _answer(request, lambda _: ogc.conformance())


def collections(request: HttpRequest) -> HttpResponse:
    return _answer(request, lambda base: ogc.collections(base, language_of(request)))


def collection(request: HttpRequest, name: str) -> HttpResponse:
    return _answer(request, lambda base: ogc.collection(base, name, language_of(request)))


def items(request: HttpRequest, name: str) -> HttpResponse:
    return _answer(request, lambda base: ogc.items(base, name, {key: str(value) for key, value in request.GET.items()}), ogc.GEOJSON)


def item(request: HttpRequest, name: str, code: str) -> HttpResponse:
    return _answer(request, lambda base: ogc.item(base, name, code), ogc.GEOJSON)


urlpatterns = [
    path("", landing),
    path("conformance", conformance),
    path("collections", collections),
    path("collections/<str:name>", collection),
    path("collections/<str:name>/items", items),
    path("collections/<str:name>/items/<str:code>", item),
]
