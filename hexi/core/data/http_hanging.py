"""Places over HTTP: what hangs on one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from hexi.core.data.hanging import Hung, doors_at, hanging
from hexi.core.space.api import LEVEL_LABELS, PlaceRecord, Site, point_label
from hexi.core.trust.api import viewer_of

router = Router(tags=["map"])


class SiteSaid(Schema):
    """`generated`: invented by the generator, not surveyed."""

    code: str
    name: dict[str, str]
    level: dict[str, str]
    storeys: int | None
    height_m: float | None
    generated: bool


class HungSaid(Schema):
    """`where` is the filter of the register's list that gives these rows; `capped`: there are more than `count`."""

    entity: str
    label: dict[str, str]
    count: int
    capped: bool
    where: str


class DoorSaid(Schema):
    """`point`: how the door's place is known: an entrance of the map, a list, assumed, a sketch."""

    code: str
    name: dict[str, str]
    point: dict[str, str] | None


class Hanging(Schema):
    """`doors`: those of a building, by code."""

    site: SiteSaid
    doors: list[DoorSaid]
    hangs: list[HungSaid]


@router.get("/space/{code}/hangs", response=Hanging)
def hangs(request: HttpRequest, code: str) -> dict[str, Any]:
    """What lies in a place or at a building (code of the place tree or of the map), by register, as far as the reader may know it."""
    site, found = hanging(viewer_of(request), code)
    return {"site": _site(site), "doors": [_door(one) for one in doors_at(site)], "hangs": [_hung(one) for one in found]}


def _site(site: Site) -> dict[str, Any]:
    return {
        "code": site.code, "name": site.label.as_dict(), "level": LEVEL_LABELS[site.level].as_dict(), "storeys": site.storeys,
        "height_m": site.height_m, "generated": site.is_generated,
    }  # fmt: skip


def _door(one: PlaceRecord) -> dict[str, Any]:
    point = None if one.lon is None else point_label(one.point_by, is_drawn=one.is_drawn).as_dict()
    return {"code": one.code, "name": one.label.as_dict(), "point": point}


def _hung(one: Hung) -> dict[str, Any]:
    return {"entity": one.entity, "label": one.label.as_dict(), "count": one.count, "capped": one.is_capped, "where": one.where}
