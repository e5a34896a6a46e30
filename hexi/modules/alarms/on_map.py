"""Rescues that run, as points on a map: since when, how they stand, and the name only as everybody may read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from hexi.core.data.api import describe, may, plain, readable
from hexi.core.space.api import names
from hexi.core.trust.api import Viewer
from hexi.kernel.declare import LayerSource
from hexi.kernel.label import t
from hexi.modules.alarms.models import Rescue
from hexi.modules.alarms.words import NOT_SHOWN, said_title

MOST = 200
ORIGIN = t("告警救助", "alarms and rescue")
MARKS = {"calling": "breach", "coming": "watch", "there": "ok"}
MARK_WORDS = {"breach": t("无人应答", "nobody answered yet"), "watch": t("有人前往", "somebody comes"), "ok": t("已到场", "somebody is there")}


def running(viewer: Viewer, params: Mapping[str, str]) -> dict[str, Any]:
    """Those that the viewer may read, within `place`, the oldest first; one without a position is in the lists only.

    `empty` says so to those who may read none, so that nobody takes it for quiet.
    """
    place: Any = Rescue.place
    inside = place.within(params["place"]) if params.get("place") else None
    found = list(readable(viewer, Rescue, inside).filter(ended_at=None).exclude(lon=None).exclude(lat=None).order_by("raised_at")[:MOST])
    known = names({one.place for one in found})
    return {
        "type": "FeatureCollection", "features": [_feature(one, known.get(one.place)) for one in found], "as_of": plain(timezone.now()),
        "quality": "live", "origin": ORIGIN.as_dict(), "dict": {"mark": {key: label.as_dict() for key, label in MARK_WORDS.items()}},
        **({} if may(viewer, describe(Rescue), "read") else {"empty": NOT_SHOWN.as_dict()}),
    }  # fmt: skip


def _feature(one: Rescue, place: Any) -> dict[str, Any]:
    told = {
        "id": one.pk, "title": said_title(one.alarm, one.title).as_dict(), "where": place.as_dict() if place else None,
        "mark": MARKS[one.state], "raised_at": plain(one.raised_at), "coming_at": plain(one.coming_at),
    }  # fmt: skip
    point = {"type": "Point", "coordinates": [float(one.lon), float(one.lat)]}
    return {"type": "Feature", "id": one.pk, "geometry": point, "properties": told}


LAYER = LayerSource("alarms.running", t("正在处置的告警", "alarms that run"), running, topics=("alarms.rescue",))
