"""The three web entries: one built HTML file each, whatever the path behind it."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token

NOT_BUILT = (
    "<!doctype html><meta charset=utf-8><title>Hexi</title><p>网页尚未构建：请运行 make run。The web pages are not built yet: run make run."
)


def entry(name: str) -> Callable[..., HttpResponseBase]:
    """A view that gives the entry's HTML and the CSRF cookie that its first change will need."""

    def view(request: HttpRequest, **_: str) -> HttpResponseBase:
        get_token(request)
        file = settings.WEB / f"{name}.html"
        if not file.exists():
            return HttpResponse(NOT_BUILT, status=503)
        response = HttpResponse(file.read_bytes(), content_type="text/html; charset=utf-8")
        response["Cache-Control"] = "no-cache"
        return response

    return view
