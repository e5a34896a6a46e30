"""Alarms over HTTP: the desk's board and proof of coverage, a helper's own alarms with what they say to them, where they are."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from hexi.core.data.answers import answer
from hexi.core.data.api import described, may
from hexi.core.trust.api import Viewer, viewer_of
from hexi.kernel.errors import Forbidden, SignInNeeded
from hexi.kernel.label import t
from hexi.modules.alarms import answering
from hexi.modules.alarms.board import board, mine, person_of
from hexi.modules.alarms.callable import stands
from hexi.modules.alarms.coverage import DAYS, document
from hexi.modules.alarms.models import RescueCall

router = Router(tags=["alarms"])
DESK = ("alarm_operator", "alarm_supervisor")
ONLY_DESK = t("只有告警值守员和复核员可以查看", "Only the alarm desk may see this")


class Minutes(Schema):
    """When they are there; without it they only say that they have it."""

    minutes: int | None = Field(None, ge=0, le=answering.LONGEST_ETA)


class Reason(Schema):
    why: str = Field("", max_length=200)


class AtTheDoor(Schema):
    """The code that hangs at the door, or where the telephone is (WGS-84)."""

    code: str = Field("", max_length=20)
    lon: float | None = Field(None, ge=-180, le=180)
    lat: float | None = Field(None, ge=-90, le=90)


class Here(Schema):
    lon: float = Field(ge=-180, le=180)
    lat: float = Field(ge=-90, le=90)
    accuracy_m: float | None = Field(None, ge=0, le=100_000)


class CallState(Schema):
    """How the call stands after that."""

    id: int
    state: str
    proof: str


@router.get("/alarms/board", response=dict[str, Any])
def alarm_board(request: HttpRequest) -> HttpResponse:
    """Rescues that run, and those to be reviewed, with their ladders, calls and clocks; as far as the reader may see them."""
    return answer(board(viewer_of(request)))


@router.post("/alarms/rescues/{int:number}/person", response=dict[str, Any])
def alarm_person(request: HttpRequest, number: int) -> HttpResponse:
    """Whom the rescue is about, with telephone and contacts, for the desk to ring back. The look is kept; 404 once it was reviewed."""
    viewer = viewer_of(request)
    if not viewer.holds(*DESK, "platform"):
        raise Forbidden(ONLY_DESK)
    return answer(person_of(viewer, number))


@router.get("/alarms/coverage", response=dict[str, Any])
def alarm_coverage(request: HttpRequest, days: int = DAYS) -> HttpResponse:
    """For each community and role, how many are on duty in each hour to come, and the spans without anybody. At most 14 days."""
    viewer = viewer_of(request)
    if not may(viewer, described("alarms.duty"), "read"):
        raise Forbidden(t("您的岗位不能查看值守安排", "Your post may not see the roster"))
    return answer(document(viewer, max(1, min(days, DAYS))))


@router.get("/alarms/mine", response=dict[str, Any])
def my_alarms(request: HttpRequest) -> HttpResponse:
    """Where the reader is called or on the way. Asking is the receipt of having been told."""
    return answer(mine(_signed_in(request)))


@router.post("/alarms/calls/{int:number}/answer", response=CallState)
def answer_call(request: HttpRequest, number: int, given: Minutes) -> HttpResponse:
    """They have it, or are on their way and there in so many minutes. 409 when the rescue is over."""
    viewer = _signed_in(request)
    return _told(answering.answer(viewer, answering.own_call(viewer, number), given.minutes))


@router.post("/alarms/calls/{int:number}/decline", response=CallState)
def decline_call(request: HttpRequest, number: int, given: Reason) -> HttpResponse:
    """They cannot come; where nobody else may, the next rung is called at once."""
    viewer = _signed_in(request)
    return _told(answering.decline(viewer, answering.own_call(viewer, number), given.why))


@router.post("/alarms/calls/{int:number}/arrive", response=CallState)
def arrive_at(request: HttpRequest, number: int, given: AtTheDoor) -> HttpResponse:
    """They are at the door. 403 where neither code nor position says so."""
    viewer = _signed_in(request)
    at = (given.lon, given.lat) if given.lon is not None and given.lat is not None else None
    return _told(answering.arrive(viewer, answering.own_call(viewer, number), given.code, at))


@router.post("/alarms/position", response={204: None})
def say_position(request: HttpRequest, given: Here) -> HttpResponse:
    """Where a helper on duty is: only the newest is kept, for ten minutes."""
    viewer = _signed_in(request)
    stands(viewer.account, given.lon, given.lat, given.accuracy_m)
    return HttpResponse(status=204)


def _signed_in(request: HttpRequest) -> Viewer:
    viewer = viewer_of(request)
    if viewer.anonymous:
        raise SignInNeeded
    return viewer


def _told(call: RescueCall) -> HttpResponse:
    return answer({"id": call.pk, "state": call.state, "proof": call.proof})
