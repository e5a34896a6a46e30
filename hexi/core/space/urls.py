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


def _answered(read: Callable[..., dict[str, Any]], media_type: str = ogc.JSON) -> Callable[..., HttpResponse]:
    """A view of what `read(base, request, …)` gives; what is wrong with the question as a problem document."""

    def view(request: HttpRequest, **named: str) -> HttpResponse:
        base = request.build_absolute_uri(ogc.ROOT)
        try:
            body, status, kind = read(base, request, **named), 200, media_type
        except HexiError as error:
            body, status, kind = error.document(language_of(request)), error.status, "application/problem+json"
        return HttpResponse(orjson.dumps(body), content_type=kind, status=status)

    return view


urlpatterns = [
    path("", _answered(lambda base, _: ogc.landing(base))),
    path("conformance", _answered(lambda _, __: ogc.conformance())),
    path("collections", _answered(lambda base, request: ogc.collections(base, language_of(request)))),
    path("collections/<str:name>", _answered(lambda base, request, name: ogc.collection(base, name, language_of(request)))),
    path("collections/<str:name>/items", _answered(lambda base, request, name: ogc.items(base, name, request.GET.dict()), ogc.GEOJSON)),
    path("collections/<str:name>/items/<str:code>", _answered(lambda base, _, name, code: ogc.item(base, name, code), ogc.GEOJSON)),
]
