"""The page on which changes are tried out: what it asks, what it answers, and keeping one as a proposal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.timezone import localdate

from hexi.kit import (
    Action,
    Change,
    Envelope,
    Form,
    Invalid,
    Problem,
    Source,
    Viewer,
    asked_of_walks,
    distance_m,
    may,
    question,
    registers,
    smallest_places,
    t,
)
from hexi.scenarios.life_circle import walked
from hexi.scenarios.life_circle.figures import figures
from hexi.scenarios.life_circle.kinds import KIND_OPTIONS
from hexi.scenarios.life_circle.models import Outlet
from hexi.scenarios.life_circle.models_circle import CHANGES, Proposal
from hexi.scenarios.life_circle.rules import table
from hexi.scenarios.life_circle.sources import envelope, walker_of
from hexi.scenarios.life_circle.times import ANY, hour_of
from hexi.scenarios.life_circle.words import walker_labels

KEY = "life_circle.proposal"
PLANNERS = ("circle_planner", "data_steward", "street_staff", "leader")
DEGREES_NEAR = 0.006
NEAR_M = 400
MOST = 60
Params = Mapping[str, str]


def numbers_of(params: Params) -> dict[str, Any]:
    """What the page asks, as a change. Raises Invalid for what is no number."""
    asked: dict[str, Any] = {name: params.get(name, "") for name in ("change", "kind")}
    for name, kind in (("lon", float), ("lat", float), ("outlet", int), ("way", int)):
        said = params.get(name, "")
        try:
            asked[name] = kind(said) if said else None
        except ValueError as error:
            raise Invalid([Problem(name, t("应为数字", "A number is needed"), value=said[:40])]) from error
    return {**asked, "walker": walker_of(params), "time": hour_of(params)}


def whatif(viewer: Viewer, params: Params) -> Envelope:
    """Who would gain and lose by rule, the most first. Without a change nothing is asked, and everything is made ready."""
    if not _may_try(viewer):
        return envelope([], figures(), empty=t("试算供工作人员使用", "Trying out is for the staff"))
    asked = numbers_of(params)
    try:
        found = asked_of_walks(walked.TRIED, **asked)
    except Invalid as incomplete:
        # Half-way through choosing this is what is still to be said, not a fault.
        return envelope([], figures(), empty=incomplete.problems[0].message)
    if found is None:
        return envelope([], figures(), empty=t("请选择一项变动", "Choose a change"))
    return envelope(found["rows"], figures(), empty=None if found["rows"] else t("没有人因此多到或少到一处", "Nobody would reach more or less"))


def _may_try(viewer: Viewer) -> bool:
    return may(viewer, registers()[KEY], "read")


def kind_list(_viewer: Viewer, _params: Params) -> Envelope:
    """The kinds that any rule asks for."""
    asked = {kind for rule in table().on(localdate()) for kind in rule.kinds}
    rows = [{"kind": key, "code": key, "name": label.as_dict()} for key, label in KIND_OPTIONS if key in asked]
    return envelope([], None).model_copy(update={"rows": rows, "empty": None})


def around(viewer: Viewer, params: Params) -> Envelope:
    """What can be closed, moved or opened near a point: standing outlets, and locked ways."""
    asked = numbers_of(params)
    if not _may_try(viewer) or asked["lon"] is None or asked["lat"] is None:
        return envelope([], figures(), empty=t("请在地图上选择位置", "Choose a place on the map"))
    at = (asked["lon"], asked["lat"])
    ways = [{"what": "way", **row} for row in asked_of_walks(walked.WAYS, where=at, walker=asked["walker"])]
    return envelope([*_outlets_near(at), *ways], figures(), words={"kind": dict(KIND_OPTIONS)})


def _outlets_near(at: tuple[float, float]) -> list[dict[str, Any]]:
    lon, lat = at
    rows = Outlet.objects.filter(
        closed_on=None, off_map_on=None, lon__range=(lon - DEGREES_NEAR, lon + DEGREES_NEAR),
        lat__range=(lat - DEGREES_NEAR, lat + DEGREES_NEAR),
    ).values_list("pk", "name", "kind", "lon", "lat")  # fmt: skip
    near = sorted((distance_m(at, (float(east), float(north))), pk, name, kind, east, north) for pk, name, kind, east, north in rows)
    return [
        {"what": "outlet", "outlet": pk, "name": {"zh": name, "en": name}, "kind": kind, "metres": round(away),
         "lon": float(east), "lat": float(north)}
        for away, pk, name, kind, east, north in near[:MOST]
        if away <= NEAR_M
    ]  # fmt: skip


class Kept(Form):
    """The change that was tried, and what it is called."""

    title: str = question(t("名称", "title"), max_length=80)
    change: str = question(t("变动", "change"), options=CHANGES)
    kind: str = question(t("业态", "kind"), "", options=(("", t("无", "none")), *KIND_OPTIONS))
    outlet: int | None = question(t("网点", "outlet"), None, reference="life_circle.outlet")
    way: int | None = question(t("通道编号", "number of the way"), None)
    lon: float | None = question(t("经度（WGS-84）", "longitude (WGS-84)"), None, ge=-180, le=180)
    lat: float | None = question(t("纬度（WGS-84）", "latitude (WGS-84)"), None, ge=-90, le=90)
    walker: str = question(t("步行人群", "walker"), "adult", options=tuple(walker_labels().items()))


def propose(change: Change) -> Proposal:
    """Compute it once more, as things stand, and keep it. No register but the proposals is changed."""
    given = change.answers
    said = {name: getattr(given, name) for name in ("change", "kind", "outlet", "way", "lon", "lat")}
    effect = asked_of_walks(walked.TRIED, **said, walker=given.walker, time=ANY)
    at = _where(said)
    [place] = smallest_places([at]) if at else [None]
    return change.create(
        Proposal, title=given.title, change=given.change, kind=given.kind, outlet_id=given.outlet, way=given.way, lon=given.lon,
        lat=given.lat, place=place or "", gained=effect["gained"], lost=effect["lost"],
        effect={"walker": given.walker, "stamp": effect["stamp"], "rules": effect["rows"]}, by=change.viewer.name,
    )  # fmt: skip


def _where(said: Mapping[str, Any]) -> tuple[float, float] | None:
    if said["lon"] is not None and said["lat"] is not None:
        return said["lon"], said["lat"]
    row = Outlet.objects.filter(pk=said["outlet"], lon__isnull=False, lat__isnull=False).first() if said["outlet"] else None
    return (float(row.lon), float(row.lat)) if row and row.lon is not None and row.lat is not None else None


def take(change: Change) -> None:
    change.save(change.record, state="taken")


def drop(change: Change) -> None:
    change.save(change.record, state="dropped")


KEPT = Proposal.state == "kept"
ACTIONS = (
    Action("propose", t("留作建议", "keep as a proposal"), KEY, propose, Kept, PLANNERS, creates=True),
    Action("take", t("采纳", "take up"), KEY, take, None, ("circle_planner",), when=KEPT, primary=True, needs_reason=True),
    Action("drop", t("不采纳", "drop"), KEY, drop, None, ("circle_planner",), when=KEPT, needs_reason=True),
)
SOURCES = (
    Source("life_circle.whatif", t("试算结果", "what would change"), whatif),
    Source("life_circle.kinds", t("业态", "kinds"), kind_list),
    Source("life_circle.around", t("附近可变动的", "what can be changed nearby"), around),
)

