"""The person concerned over HTTP: who looked at what is hidden of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Header, Router

from hexi.core.data.answers import answer
from hexi.core.data.concerned.acts import keep
from hexi.core.data.concerned.looks import looks_document
from hexi.core.data.throttle import count
from hexi.core.data.values import clean
from hexi.core.trust.api import origin, viewer_of

router = Router(tags=["looks"])
LONGEST_SECRET, TRIES, WINDOW = 200, 120, timedelta(hours=1)
"""Ours: so many looks by link from one address in an hour."""


@router.get("/looks", response=dict[str, Any])
def looks(request: HttpRequest, x_slip_secret: Header[str] = "") -> HttpResponse:
    """Every look at personal data about whoever asks: by their account, or by the secret of a link in X-Slip-Secret."""
    response = answer(looks_document(viewer_of(request), _counted(request, x_slip_secret)))
    response["Cache-Control"] = "private, no-store"
    return response


@router.post("/looks/keep", response={204: None})
def keep_looks(request: HttpRequest, x_slip_secret: Header[str] = "") -> HttpResponse:
    """Whoever is signed in keeps what the link shows, so that their account shows it from now on."""
    keep(viewer_of(request), _counted(request, x_slip_secret))
    return HttpResponse(status=204)


def _counted(request: HttpRequest, secret: str) -> str:
    said = clean(secret)[:LONGEST_SECRET]
    if said:
        count("looks", origin(request), TRIES, WINDOW)
    return said
