"""Whom a rescue is about, and where: what the register of persons knows, read when it is needed and kept nowhere else."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from hexi.core.space.api import PointBy, door_meant, points_of
from hexi.core.trust.api import masked
from hexi.kernel.alarm import Alarm, Whom
from hexi.kernel.catalogue import entity_key

log = logging.getLogger(__name__)
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Located:
    """A place and a point, and by what it was found: a key of LOCATED."""

    place: str
    point: Point | None
    by: str


def whom_of(alarm: Alarm, subject: str) -> Whom | None:
    """What the register knows. A scenario that fails here must not stop the call: then nobody is known, and the log has the trace."""
    entity, _, number = subject.rpartition(":")
    if alarm.on is None or not number.isdecimal() or entity != entity_key(alarm.on):
        return None
    try:
        return alarm.whom(int(number))
    except Exception:
        log.exception("alarm %s cannot read whom it is about", alarm.key)
        return None


def located(whom: Whom | None, place: str, point: Point | None) -> Located:
    """The device's own fix, else the doorway of the registered home, else the home's point, else whatever place is known.

    A home under a code that has ended is at the door that took over from it; of a building with one door that door is meant.
    """
    code = place or (whom.place if whom else "")
    if point is not None:
        return Located(code, point, "device")
    door = door_meant(code) if code else None
    if door is not None and door.lon is not None and door.lat is not None:
        return Located(door.code, (door.lon, door.lat), "assumed" if door.point_by is PointBy.ASSUMED else "doorway")
    if whom and whom.point:
        return Located(whom.place or code, whom.point, "home")
    found = points_of([code]).get(code) if code else None
    return Located(code, found, "place" if found else "nowhere")


def masked_name(whom: Whom | None) -> str:
    """The name as everybody may read it in a title."""
    return str(masked(whom.name, "name", "personal") or "") if whom else ""
