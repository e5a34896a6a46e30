"""The way into the API: everybody may come, nobody's browser may be made to."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from ninja.security import APIKeyCookie

from hexi.core.trust.contracts import Viewer
from hexi.core.trust.viewers import viewer_of
from hexi.kernel.errors import Forbidden
from hexi.kernel.label import t

SAFE = {"GET", "HEAD", "OPTIONS"}


class Reader(APIKeyCookie):
    """Lets everybody in, the public too: what they may do is asked of the permission predicate. Turns away changes without our token.

    Ninja's views are exempt from Django's own CSRF check, so every unsafe method of the API has to pass here: `NinjaAPI(auth=reader)`.
    """

    param_name = settings.SESSION_COOKIE_NAME

    def _get_key(self, request: HttpRequest) -> str | None:
        if request.method not in SAFE and _forged(request):
            what = t("页面已过期，未作任何更改", "The page is out of date; nothing was changed")
            raise Forbidden(what, do=t("请刷新页面后重试", "Reload the page and try again"), code="csrf")
        return request.COOKIES.get(self.param_name)

    def authenticate(self, request: HttpRequest, key: str | None) -> Viewer:
        return viewer_of(request)


def _forged(request: HttpRequest) -> bool:
    """Does it lack the token that only our own pages can read?"""
    check: Any = CsrfViewMiddleware(lambda _: HttpResponse())
    request.csrf_processing_done = False  # type: ignore[attr-defined]
    return check.process_view(request, _forged, (), {}) is not None


reader = Reader()
