"""Charts of devices for people: what they may see of a device or of all devices at a place, thinned out, with gaps and marks of quality."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet
from django.utils import timezone

from hexi.core.sensing.devices.models import Datastream, Device
from hexi.core.sensing.history.asking import Band, Point, band, curve
from hexi.core.sensing.history.pages import ledger_of
from hexi.core.sensing.sta.sight import Sight
from hexi.core.trust.api import Viewer
from hexi.kernel.catalogue import catalogue
from hexi.kernel.codes import prefix_end
from hexi.kernel.errors import NotFound
from hexi.kernel.label import t
from hexi.kernel.reading import Quality, moment_of
from hexi.kernel.units import unit


class Span(NamedTuple):
    """From when until when, for a chart so many columns wide."""

    begin: datetime
    end: datetime
    columns: int


MOST_DEVICES = 2000
GAP = 4
"""So many times the usual step without a reading is a gap, and the line is broken there."""
MILLISECOND = 1000


def curves_of_device(viewer: Viewer, number: int, span: Span) -> dict[str, Any]:
    """A curve for every kind of reading that the viewer may see of this device. Raises NotFound where they may not see the device."""
    sight = Sight(viewer)
    device = sight.devices().filter(pk=number).first()
    if device is None:
        raise NotFound(t("没有这台设备", "There is no such device"), which=str(number))
    streams = sight.datastreams().filter(device=device, kind__in=catalogue.reading_kinds).order_by("kind")
    drawn = [_curve(device, stream, span) for stream in streams]
    return {**_dated(span), "curves": drawn, "hidden": Datastream.objects.filter(device=device).count() - len(drawn)}


def _curve(device: Device, stream: Datastream, span: Span) -> dict[str, Any]:
    points = curve(device.reading_key, stream.kind, *span)
    width = (moment_of(span.end) - moment_of(span.begin)) // span.columns
    return {**_about(stream.kind, points), "points": [(one.moment // MILLISECOND, one.value, one.flags) for one in points],
            "gaps": gaps(points, width), "ledger": ledger_of(stream.kind, span.begin, span.end)}  # fmt: skip


def kinds_at(viewer: Viewer, place: str) -> list[dict[str, Any]]:
    """The kinds of readings that devices at a place send and that the viewer may see there, those of most devices first."""
    counted = _streams_at(viewer, place).filter(kind__in=catalogue.reading_kinds).order_by().values_list("kind")
    found = sorted(counted.annotate(devices=Count("device", distinct=True)), key=lambda one: (-one[1], one[0]))
    return [{"kind": kind, "label": catalogue.reading_kinds[kind].label.as_dict(), "devices": devices} for kind, devices in found]


def band_of_place(viewer: Viewer, kind: str, place: str, span: Span) -> dict[str, Any]:
    """The lowest and highest reading of a kind in each column, over the devices at a place that the viewer may see.

    `devices`: over so many, the first 2,000 by their numbers at most; `of`: so many there are.
    """
    if kind not in catalogue.reading_kinds:
        raise NotFound(t("没有这种读数", "There is no such kind of reading"), which=kind)
    streams = _streams_at(viewer, place).filter(kind=kind).order_by("device_id")
    drawn = [one.device for one in streams.select_related("device")[:MOST_DEVICES]]
    rows = band(sorted({one.reading_key for one in drawn}), kind, *span)
    points = [(one.moment // MILLISECOND, one.low, one.high, one.keys) for one in rows]
    there = {"devices": len(drawn), "of": len(drawn) if len(drawn) < MOST_DEVICES else streams.count()}
    return {**_dated(span), **_about(kind, rows), **there, "points": points, "ledger": ledger_of(kind, span.begin, span.end)}


def _streams_at(viewer: Viewer, place: str) -> QuerySet[Datastream]:
    if place and not (place.isascii() and place.isdigit()):
        raise NotFound(t("没有这个地点", "There is no such place"), which=place[:40])
    return Sight(viewer).datastreams().filter(device__place__gte=place, device__place__lt=prefix_end(place))


def _dated(span: Span) -> dict[str, Any]:
    return {"begin": span.begin.isoformat(), "end": span.end.isoformat(), "as_of": timezone.now().isoformat()}


def _about(kind: str, rows: Sequence[Point | Band]) -> dict[str, Any]:
    """What the kind is called, and the weakest that is to be known of any of its readings."""
    declared, marks = catalogue.reading_kinds[kind], 0
    for one in rows:
        marks |= one.flags
    quality = "simulated" if marks & Quality.SIMULATED else "live"
    return {"kind": kind, "label": declared.label.as_dict(), "unit": unit(declared.unit).label.as_dict() if declared.unit else None,
            "low": declared.low, "high": declared.high, "quality": quality}  # fmt: skip


def gaps(points: Sequence[Point], width: int) -> list[tuple[int, int]]:
    """Where the device was silent: from which reading to which, in milliseconds. What is shorter than two columns cannot be drawn."""
    steps = [after.moment - before.moment for before, after in pairwise(points)]
    if not steps:
        return []
    longest = max(GAP * median(steps), 2 * width)
    return [(before.moment // MILLISECOND, after.moment // MILLISECOND)
            for (before, after), step in zip(pairwise(points), steps, strict=True) if step > longest]  # fmt: skip
