"""What is near over HTTP, for anybody: only what is open, and only so often from one address."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Query as FromQuery
from ninja import Router, Schema
from pydantic import AwareDatetime, Field

from hexi.core.data.answers import answer
from hexi.core.data.nearby import Asked, nearby_document, nearby_list, route_to
from hexi.core.data.throttle import count
from hexi.core.trust.api import origin, viewer_of

router = Router(tags=["nearby"])
WINDOW = timedelta(minutes=10)


class FromHere(Schema):
    """A point in WGS-84, of which four decimals are used; `at` is a moment with its zone, now when missing."""

    lon: float = Field(ge=-180, le=180)
    lat: float = Field(ge=-90, le=90)
    minutes: int = Field(15, ge=1, le=30)
    at: AwareDatetime | None = None

    def asked(self) -> Asked:
        moment: datetime | None = self.at
        return Asked(self.lon, self.lat, self.minutes, moment)


class OnFoot(FromHere):
    """With whose ways and pace."""

    walker: str = Field("adult", max_length=40)


Here = FromQuery[FromHere]
OnFootFromHere = FromQuery[OnFoot]


@router.get("/nearby", response=list[dict[str, Any]])
def nearby(request: HttpRequest) -> HttpResponse:
    """What can be looked for near a point."""
    return answer(nearby_list())


@router.get("/nearby/{key}", response=dict[str, Any])
def near_point(request: HttpRequest, key: str, here: Here) -> HttpResponse:
    """What stands within so many minutes on foot of anybody, nearest first, with the walk of each kind of walker and a week of hours.

    429 when one address asks too often.
    """
    _count(request)
    return _unkept(answer(nearby_document(viewer_of(request), key, here.asked())))


@router.get("/nearby/{key}/{int:number}/route", response=dict[str, Any])
def route(request: HttpRequest, key: str, number: int, here: OnFootFromHere) -> HttpResponse:
    """The way on foot to one of them, in words and as a line. 404 where none leads there, 503 while nobody answers for the network."""
    _count(request)
    return _unkept(answer(route_to(viewer_of(request), key, number, here.asked(), here.walker)))


def _count(request: HttpRequest) -> None:
    if viewer_of(request).anonymous:
        count("nearby", origin(request), settings.NEARBY_PER_ADDRESS, WINDOW)


def _unkept(response: HttpResponse) -> HttpResponse:
    """Where somebody stands is kept by nobody on the way."""
    response["Cache-Control"] = "private, no-store"
    return response
