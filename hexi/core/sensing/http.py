"""The gateway for devices: a code for a key, readings by JSON or Arrow. Devices show their key; no session, no cookie."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query as FromQuery
from ninja import Router, Schema
from pydantic import AwareDatetime, Field

from hexi.core.data.answers import answer
from hexi.core.data.api import count_use, tuned_context
from hexi.core.sensing.detectors.judging import judged, window_of
from hexi.core.sensing.devices.acts import exchange
from hexi.core.sensing.history.charts import Span, band_of_place, curves_of_device, kinds_at
from hexi.core.sensing.intake.gateway import ARROW, device_of, taken
from hexi.core.sensing.intake.limits import ENROLMENTS, WINDOWS
from hexi.core.trust.api import origin, viewer_of
from hexi.kernel.errors import Invalid, Problem
from hexi.kernel.label import t
from hexi.kernel.reading import moment_of

router = Router(tags=["sensing"])
WINDOW, DAY = timedelta(minutes=10), timedelta(days=1)


class Enrolment(Schema):
    """The code that the device's keeper was shown."""

    code: str = Field(min_length=8, max_length=60)


class Enrolled(Schema):
    """Who the device is and its key, shown this once. By MQTT: `device` is user name and client id, `key` the password."""

    device: str
    key: str
    topic: str


class TakenIn(Schema):
    """How many were written, were there already, came after later ones, were dropped for want of a consent."""

    stored: int
    duplicates: int
    disordered: int
    withheld: int


class SignalWindow(Schema):
    """Raw signal at even steps from `at` on, a row a sample: acceleration x, y, z in g, or the height of a person in metres."""

    signal: str
    at: AwareDatetime
    hertz: float
    samples: list[list[float]]
    simulated: bool = False


class JudgementSaid(Schema):
    """What one detector said: from 0 to 1 how likely, and on which grounds."""

    detector: str
    score: float
    grounds: dict[str, str]


class AskedSpan(Schema):
    """From when until when, for a chart so many columns wide; the last day where nothing is said."""

    begin: AwareDatetime | None = None
    end: AwareDatetime | None = None
    columns: int = Field(500, ge=20, le=2000)

    def whole(self) -> Span:
        """With what was left out. Raises Invalid for an end that is not behind its begin."""
        end = self.end or timezone.now()
        begin = self.begin or end - DAY
        if begin >= end:
            raise Invalid([Problem("end", t("须晚于开始时刻", "it lies behind the begin"))])
        return Span(begin, end, self.columns)


class AskedBand(AskedSpan):
    """Of which kind, of the devices at which place and below it."""

    kind: str = Field(max_length=80)
    place: str = Field("", max_length=30)


class KindAt(Schema):
    """A kind of reading, and how many devices send it."""

    kind: str
    label: dict[str, str]
    devices: int


@router.post("/devices/enrol", response={201: Enrolled}, auth=None)
def enrol(request: HttpRequest, given: Enrolment) -> HttpResponse:
    """The device's key for its one-time code. 401 `wrong_code` for one that is unknown, used or too old."""
    count_use("enrolment", origin(request), tuned_context().value(ENROLMENTS), WINDOW)
    device, key = exchange(given.code)
    return answer({"device": device.code, "key": key, "topic": f"hexi/readings/{device.code}"}, status=201)


@router.post("/readings", response=TakenIn, auth=None)
def readings(request: HttpRequest) -> HttpResponse:
    """Readings of the device whose key is in `Authorization: Bearer …`: JSON, one or many, or an Arrow IPC stream.

    200 means that they are on the disk, but for the `withheld`: these were dropped, for whom they are about did not agree, or not at
    that hour; sending them again changes nothing. What is sent again is not stored again. 422 names each reading that cannot be
    taken; the others are stored.
    """
    card = device_of(request.headers.get("Authorization", ""), request.headers.get("X-Device", ""))
    outcome = taken(card, request.body, columns=(request.content_type == ARROW))
    told = {"stored": outcome.stored, "duplicates": outcome.duplicates}
    return answer({**told, "disordered": outcome.disordered, "withheld": outcome.withheld})


@router.post("/windows", response=list[JudgementSaid], auth=None)
def windows(request: HttpRequest, given: SignalWindow) -> HttpResponse:
    """Judge a window of the device whose key is in `Authorization: Bearer …`. The scores are stored as readings; the signal is not kept.

    Empty where whom it is about did not agree to that: then nothing is kept.
    """
    card = device_of(request.headers.get("Authorization", ""))
    count_use("window", card.code, tuned_context().value(WINDOWS), timedelta(minutes=1))
    window = window_of(given.signal, moment_of(given.at), given.hertz, given.samples)
    said = judged(card, window, simulated=given.simulated)
    return answer([{"detector": one.key, "score": round(found.score, 3), "grounds": found.grounds.as_dict()} for one, found in said])


@router.get("/devices/{int:number}/curves")
def curves(request: HttpRequest, number: int, asked: FromQuery[AskedSpan]) -> HttpResponse:
    """Curves of a device, one for each kind of reading that the viewer may see: `points` of milliseconds, value and flags, and `gaps`.

    Of each column stay the first, lowest, highest and last reading (M4). `hidden`: how many kinds the viewer may not see.
    """
    return answer(curves_of_device(viewer_of(request), number, asked.whole()))


@router.get("/curves")
def bands(request: HttpRequest, asked: FromQuery[AskedBand]) -> HttpResponse:
    """The devices at a place together: `points` of milliseconds, lowest, highest and of how many devices in each column.

    Over more than six hours a column is some whole hours. `devices` are drawn, 2,000 at most, of so many (`of`).
    """
    return answer(band_of_place(viewer_of(request), asked.kind, asked.place, asked.whole()))


@router.get("/curves/{place}/kinds", response=list[KindAt])
def kinds_of_place(request: HttpRequest, place: str) -> HttpResponse:
    """What the devices at a place and below it measure, as far as the viewer may see it: the kinds that `/curves` answers for."""
    return answer(kinds_at(viewer_of(request), place))
