"""Headers that keep a page to itself, and say whom it was made for."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

READER = "X-Hexi-Reader"
"""An ended session is no fault where the public may read, too: the answer says that it was made for the public."""


def policy(stream_origin: str) -> str:
    """The content security policy: our own scripts only; inline styles because charts and maps set sizes so."""
    connect = f"'self' {stream_origin}".strip()
    return (
        "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
        f"img-src 'self' data: blob:; connect-src {connect}; manifest-src 'self'; frame-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'self'"
    )


class SecurityHeaders:
    """Adds the policy to every answer that has none of its own."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        response.headers.setdefault("Content-Security-Policy", policy(stream_origin(request)))
        response.headers.setdefault("Permissions-Policy", "geolocation=(self), camera=(self), microphone=(self)")
        if (viewer := getattr(request, "hexi_viewer", None)) is not None:
            response[READER] = "public" if viewer.anonymous else "account"
        return response


def stream_origin(request: HttpRequest) -> str:
    """Where the event stream lives when it is not behind the same address."""
    if settings.STREAM_URL.startswith("/"):
        return ""
    return settings.STREAM_URL.rsplit("/api/", 1)[0] or f"{request.scheme}://{request.get_host().rsplit(':', 1)[0]}:{settings.STREAM_PORT}"
