"""Indicators over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from hexi.core.data.answers import answer
from hexi.core.trust.api import viewer_of
from hexi.modules.indicators.how import how

router = Router(tags=["indicators"])


@router.get("/indicators/{key}/how", response=dict[str, Any])
def how_computed(request: HttpRequest, key: str, place: str = "", period: str = "") -> HttpResponse:
    """How the figure was computed: sentence, statement, rows, definition, revisions."""
    return answer(how(viewer_of(request), key, place, period))
