"""Walks over HTTP. Where somebody stands comes in the body: addresses of requests are logged."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from hexi.core.space.network.profiles import profiles
from hexi.core.space.tours.planning import BRIEF, Manner, walking_order
from hexi.core.space.walks import asking
from hexi.core.trust.api import viewer_of
from hexi.kernel.errors import SignInNeeded

router = Router(tags=["walks"])
Longitude = Annotated[float, Field(ge=-180, le=180)]
Latitude = Annotated[float, Field(ge=-90, le=90)]
Spot = tuple[Longitude, Latitude]
MOST_MINUTES, MOST_STOPS = 60, 100


class Asked(Schema, extra="forbid"):
    """Who walks (`adult` when nothing is said), and when (now): gates and opening hours are those of that moment. Points are WGS-84."""

    where: Spot
    walker: str = Field("adult", max_length=20)
    at: datetime | None = None


class AskedWay(Asked):
    to: Spot


class AskedOutlets(Asked):
    """Which kinds (all when none), how many of each, within how many minutes."""

    kinds: list[Annotated[str, Field(max_length=40)]] = Field(default_factory=list, max_length=60)
    limit: int = Field(5, ge=1, le=50)
    minutes: float = Field(15, gt=0, le=MOST_MINUTES)


class AskedReach(Asked):
    minutes: list[Annotated[float, Field(gt=0, le=MOST_MINUTES)]] = Field(default=[5, 10, 15], min_length=1, max_length=5)


class AskedStops(Asked):
    stops: list[Spot] = Field(min_length=1, max_length=MOST_STOPS)


class OrderedStop(Schema):
    """One of the stops by its number among those asked, and how far it is from the one before; null where no way leads there."""

    stop: int
    metres: int | None


class StopOrder(Schema):
    """Every stop once, in the order of a short walk; `exact` is false where the network is away and distances are straight lines."""

    order: list[OrderedStop]
    exact: bool


class Words(Schema):
    zh: str
    en: str


class Step(Schema):
    """One sentence of the way, and where it begins; `turn` is start, straight, left, right, back or arrive."""

    turn: str
    text: Words
    metres: float
    lon: float
    lat: float


class Way(Schema):
    """`line` is WGS-84, from street to street; `metres` counts the ways from and to the doors too."""

    seconds: float
    metres: float
    steps: list[Step]
    line: list[tuple[float, float]]


class Outlet(Schema):
    """`open` is null where the hours are not known or cannot be read."""

    number: int
    kind: str
    name: str
    lon: float
    lat: float
    metres: float
    seconds: float
    hours: str
    open: bool | None


class Outlets(Schema):
    """The nearest of each kind, nearest first, and how many of each there are within the minutes."""

    outlets: list[Outlet]
    counts: dict[str, int]


class Ring(Schema):
    """All pieces of street within so many minutes, as a GeoJSON MultiLineString."""

    minutes: float
    geometry: dict[str, Any]


class Rings(Schema):
    rings: list[Ring]


class Walker(Schema):
    """A kind of walker, and where the speed comes from."""

    key: str
    label: dict[str, str]
    metres_per_minute: float
    basis: str


class Walkers(Schema):
    walkers: list[Walker]


@router.get("/walkers", response=Walkers)
def walkers(request: HttpRequest) -> dict[str, Any]:
    """The kinds of walkers there are today."""
    _signed_in(request)
    today = timezone.localdate()
    rows = {row.key: row for row in sorted(profiles(), key=lambda row: row.valid_from) if row.valid_from <= today}
    kept = [
        {"key": row.key, "label": row.label.as_dict(), "metres_per_minute": row.metres_per_minute, "basis": row.basis}
        for row in rows.values()
    ]
    return {"walkers": kept}


@router.post("/route", response=Way)
def route(request: HttpRequest, asked: AskedWay) -> Any:
    """The way on foot in words and as a line; 404 where none leads there, 503 when the network's process is away."""
    _signed_in(request)
    way = asking.walked_route(asked.where, asked.to, walker=asked.walker, at=_moment(asked))
    steps = [
        {"turn": each.turn, "text": each.text.as_dict(), "metres": each.metres, "lon": each.lon, "lat": each.lat} for each in way.steps
    ]
    return {"seconds": way.seconds, "metres": way.metres, "steps": steps, "line": way.line}


@router.post("/order", response=StopOrder)
def order(request: HttpRequest, asked: AskedStops) -> Any:
    """In which order to walk to these stops; what no way leads to comes last. 503 when the order cannot be searched for."""
    _signed_in(request)
    manner = Manner(asked.walker, _moment(asked), returns=False, effort=BRIEF)
    found, exact = walking_order({str(number): stop for number, stop in enumerate(asked.stops)}, asked.where, manner)
    legs = [{"stop": int(key), "metres": metres} for key, metres in found]
    lost = set(range(len(asked.stops))) - {leg["stop"] for leg in legs}
    return {"order": [*legs, *({"stop": number, "metres": None} for number in sorted(lost))], "exact": exact}


@router.post("/outlets", response=Outlets)
def outlets(request: HttpRequest, asked: AskedOutlets) -> Any:
    """The nearest outlets that are open then, by kind."""
    _signed_in(request)
    more = {"kinds": asked.kinds, "limit": asked.limit, "minutes": asked.minutes}
    return asking.asked_of_network("outlets", asked.where, asked.walker, _moment(asked), more)


@router.post("/reach", response=Rings)
def reach(request: HttpRequest, asked: AskedReach) -> Any:
    """How far one comes: the streets themselves, no guessed outline."""
    _signed_in(request)
    found = asking.asked_of_network("reach", asked.where, asked.walker, _moment(asked), {"minutes": asked.minutes})
    shapes = [{"type": "MultiLineString", "coordinates": lines} for lines in found]
    return {"rings": [{"minutes": minutes, "geometry": shape} for minutes, shape in zip(asked.minutes, shapes, strict=True)]}


def _signed_in(request: HttpRequest) -> None:
    """For staff: walks cost processor time, and the public has its own maps."""
    if viewer_of(request).anonymous:
        raise SignInNeeded


def _moment(asked: Asked) -> datetime | None:
    return timezone.make_aware(asked.at) if asked.at and timezone.is_naive(asked.at) else asked.at
