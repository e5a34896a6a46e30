"""What the page of a place gets, as a document."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from hexi.core.space.contracts import LEVEL_LABELS, Level, PlaceRecord
from hexi.core.space.doors.telling import Told, point_label

SHOWN = ("name", "lon", "lat", "homes", "valid_from", "valid_to", "successor", "point_by", "alias")


def told_as_document(told: Told) -> dict[str, Any]:
    """As it is sent."""
    place = told.place
    return {
        **_line(place, told), "level": LEVEL_LABELS[place.level].as_dict(), "path": _lines(told.path, told), "lon": place.lon,
        "lat": place.lat, "storeys": place.storeys, "homes": told.homes, "generated": place.is_generated, "since": _day(place.valid_from),
        "successor": _successor(told), "formers": _lines(told.formers, told), "parts": _lines(told.parts, told),
        "aliases": [{"name": name, "kind": kind, "source": source} for name, kind, source in told.aliases],
        "changes": [
            {
                "at": each.at.isoformat(), "action": each.action, "who": each.who, "why": each.why,
                "after": {name: value for name, value in each.after.items() if name in SHOWN},
            }
            for each in told.changes
        ],
    }  # fmt: skip


def _successor(told: Told) -> dict[str, Any] | None:
    code = told.successor
    return {"code": code, "name": told.called[code].as_dict(), "parts": 0, "point": None, "ended": None} if code in told.called else None


def _lines(places: Iterable[PlaceRecord], told: Told) -> list[dict[str, Any]]:
    return [_line(place, told) for place in places]


def _line(place: PlaceRecord, told: Told) -> dict[str, Any]:
    is_door = place.level is Level.DOORWAY
    return {
        "code": place.code, "name": told.called[place.code].as_dict(), "parts": told.counts.get(place.code, 0),
        "point": point_label(place.point_by, is_drawn=place.is_drawn).as_dict() if is_door and place.lon is not None else None,
        "ended": _day(place.valid_to),
    }  # fmt: skip


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
