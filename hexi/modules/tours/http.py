"""Tours over HTTP: planned and handed out at the desk, walked with the telephone. Points come in the body: addresses are logged."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from hexi.core.data.answers import answer
from hexi.core.trust.api import Viewer, viewer_of
from hexi.kernel.errors import SignInNeeded
from hexi.modules.tours import keeping, walking
from hexi.modules.tours.asking import busy_on, day_of, tours_of
from hexi.modules.tours.planning import MOST_PEOPLE, MOST_STOPS, Choice, Made, made
from hexi.modules.tours.telling import day_told, plan_told

router = Router(tags=["tours"])
Number = Annotated[int, Field(ge=1, le=2**53)]


class Chosen(Schema, extra="forbid"):
    """Numbers of records and of accounts, all when nothing is said; `locks`: which account must make which stop.

    With `order` (account: records in order) nothing is searched: the rounds are timed as they are.
    """

    day: date | None = None
    stops: list[Number] | None = Field(None, max_length=MOST_STOPS)
    people: list[Number] | None = Field(None, max_length=MOST_PEOPLE)
    locks: dict[Number, Number] = Field(default_factory=dict[int, int], max_length=MOST_STOPS)
    order: dict[Number, list[Number]] | None = Field(None, max_length=MOST_PEOPLE)


class Kept(Schema):
    """A plan and where it stands."""

    id: int
    state: str


class Said(Schema):
    """What came from the outbox of a telephone; `client_id` is not needed: the same said twice changes nothing."""

    note: str = Field("", max_length=500)
    client_id: str = Field("", max_length=64)


class From(Schema, extra="forbid"):
    lon: float = Field(ge=-180, le=180)
    lat: float = Field(ge=-90, le=90)


class StopState(Schema):
    id: int
    state: str


class Left(Schema):
    """How many stops were put in a new order."""

    left: int


@router.get("/tours", response=dict[str, Any])
def tours(request: HttpRequest, day: date | None = None) -> HttpResponse:
    """What the reader may plan for that day (today): stops that are due, people who could go, the day's terms and where they come from."""
    viewer = _signed_in(request)
    on = day or timezone.localdate()
    own = tours_of(viewer)
    busy = busy_on(on) if own else {}
    return answer({"tours": [day_told(day_of(viewer, tour.key, on), busy) for tour in own], "day": on.isoformat()})


@router.post("/tours/{key}/plan", response=dict[str, Any])
def plan(request: HttpRequest, key: str, chosen: Chosen) -> HttpResponse:
    """Rounds with times, lines and what could not be served and why, beside the same work by the crow. Nothing is stored.

    403 where an order by hand sends somebody to what their own rights do not show them.
    """
    return answer(plan_told(_made(_signed_in(request), key, chosen)))


@router.post("/tours/{key}/plans", response=Kept)
def keep_plan(request: HttpRequest, key: str, chosen: Chosen) -> HttpResponse:
    """Keep the plan as it was chosen. Times are worked out anew: nobody's own arithmetic is kept."""
    viewer = _signed_in(request)
    return _kept(keeping.keep(viewer, _made(viewer, key, chosen)))


@router.post("/tours/plans/{int:number}/hand-out", response=Kept)
def hand_out(request: HttpRequest, number: int) -> HttpResponse:
    """Give the rounds to the telephones of those who go. 409 when that was done."""
    return _kept(keeping.hand_out(_signed_in(request), number))


@router.post("/tours/plans/{int:number}/withdraw", response=Kept)
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take it back."""
    return _kept(keeping.withdraw(_signed_in(request), number))


@router.get("/tours/mine", response=dict[str, Any])
def my_tours(request: HttpRequest) -> HttpResponse:
    """The reader's own rounds of today, in order, with the way to each stop in words and as a line."""
    return answer(walking.mine(_signed_in(request)))


@router.post("/tours/stops/{int:number}/{said}", response=StopState)
def say_at_stop(request: HttpRequest, number: int, said: Literal["done", "nobody", "skipped"], given: Said) -> HttpResponse:
    """What became of one's own stop. The same said twice changes nothing."""
    row = walking.say(_signed_in(request), number, said, given.note)
    return answer({"id": row.pk, "state": row.state})


@router.post("/tours/plans/{int:number}/again", response=Left)
def plan_again(request: HttpRequest, number: int, here: From) -> HttpResponse:
    """What is left of one's own round, ordered anew from here and now. 409 when nothing is left."""
    return answer({"left": walking.again(_signed_in(request), number, (here.lon, here.lat))})


def _made(viewer: Viewer, key: str, chosen: Chosen) -> Made:
    day = day_of(viewer, key, chosen.day or timezone.localdate())
    return made(day, Choice(chosen.stops, chosen.people, chosen.locks, chosen.order))


def _kept(plan: Any) -> HttpResponse:
    return answer({"id": plan.pk, "state": plan.state})


def _signed_in(request: HttpRequest) -> Viewer:
    viewer = viewer_of(request)
    if viewer.anonymous:
        raise SignInNeeded
    return viewer
