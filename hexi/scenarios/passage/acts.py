"""Closing, fencing, opening for a time; and ending it early. Walks know of it with the next question."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from hexi.kit import (
    Action,
    Change,
    Forbidden,
    Form,
    GateRecord,
    Invalid,
    Problem,
    gates_of,
    names,
    place_at,
    question,
    readable,
    t,
)  # fmt: skip
from hexi.scenarios.passage.models import KINDS, Closure

KEY = "passage.closure"
OFFICIALS = ("data_steward", "department_staff", "street_staff", "community_worker")
LONGEST = timedelta(days=366)
GATES_NAMED = 12


class AtGate(Form):
    """A gate of a compound, by its name: no coordinates are needed. The end may come early, never by itself later."""

    kind: str = question(t("类型", "kind"), options=tuple(pair for pair in KINDS if pair[0] != "works"))
    place: str = question(t("小区或地点", "compound or place"), place=True, max_length=40)
    gate: str = question(t("大门名称（如南门）", "the gate's name, such as south gate"), "", max_length=120)
    begins_at: datetime | None = question(t("开始时间（空为现在）", "from (now when empty)"), None)
    ends_at: datetime = question(t("结束时间", "until"))


class Fenced(Form):
    """A fence round works: its middle in WGS-84, and how far it reaches."""

    lon: float = question(t("经度（WGS-84）", "longitude (WGS-84)"), ge=-180, le=180)
    lat: float = question(t("纬度（WGS-84）", "latitude (WGS-84)"), ge=-90, le=90)
    radius_m: int = question(t("范围半径（米）", "radius in metres"), ge=1, le=500)
    begins_at: datetime | None = question(t("开始时间（空为现在）", "from (now when empty)"), None)
    ends_at: datetime = question(t("结束时间", "until"))


def close_gate(change: Change) -> Closure:
    """Close or open a gate of the map for a time."""
    given = change.answers
    if given.kind not in {"gate", "opened"}:
        raise Invalid([Problem("kind", t("请从选项中选择", "Choose one of the options"), value=given.kind[:40])])
    gate = _the_gate(given.place, given.gate.strip())
    said = {"kind": given.kind, "place": gate.place or given.place, "gate": gate.name.zh or gate.code}
    return _entered(change, (gate.lon, gate.lat), said)


def fence(change: Change) -> Closure:
    """Close every way within a circle."""
    given = change.answers
    found = place_at(given.lon, given.lat)
    if found is None:
        raise Invalid([Problem("lon", t("坐标不在任何网格内", "The point lies in no grid"))])
    said = {"kind": "works", "place": found.code, "gate": dict(KINDS)["works"].zh, "radius_m": given.radius_m}
    return _entered(change, (given.lon, given.lat), said)


def lift(change: Change) -> None:
    """It ends now."""
    change.save(change.record, lifted_at=timezone.now())


def _entered(change: Change, spot: tuple[float, float], said: dict[str, Any]) -> Closure:
    begins_at, ends_at = _span(change.answers)
    lon, lat = (Decimal(f"{degrees:.7f}") for degrees in spot)
    row = change.create(Closure, lon=lon, lat=lat, begins_at=begins_at, ends_at=ends_at, reason=change.why, **said)
    if not readable(change.viewer, Closure).filter(pk=row.pk).exists():
        raise Forbidden(t("您不能在这个地点办理通行管制", "You may not close or open a gate there"), which=row.place)
    return row


def _span(given: Any) -> tuple[datetime, datetime]:
    now = timezone.now()
    begins_at, ends_at = _aware(given.begins_at or now), _aware(given.ends_at)
    if not begins_at < ends_at <= begins_at + LONGEST or ends_at <= now:
        words = t("结束时间须晚于开始时间和现在，且不超过一年", "It ends after its beginning and after now, and within a year")
        raise Invalid([Problem("ends_at", words, value=ends_at.isoformat(timespec="minutes"))])
    return begins_at, ends_at


def _aware(moment: datetime) -> datetime:
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


def _the_gate(place: str, name: str) -> GateRecord:
    """The one gate of the place with that name or code; without a name the only one. Raises Invalid, naming those there are."""
    gates = gates_of(place)
    found = [gate for gate in gates if not name or name in {gate.code, gate.name.zh, gate.name.en}]
    if len(found) == 1:
        return found[0]
    called = names({gate.place for gate in gates})
    known = [f"{called[gate.place].zh if gate.place in called else ''}{gate.name.zh} {gate.code}" for gate in gates[:GATES_NAMED]]
    words = t("请写明是哪一个大门（名称或编码）", "Say which gate, by its name or code") if gates else t("这个地点没有登记的大门", "No gate is known there")
    raise Invalid([Problem("gate", words, value="；".join(known)[:400])])


CLOSE = t("关闭或开放大门", "close or open a gate")
ACTIONS = (
    Action("close_gate", CLOSE, KEY, close_gate, AtGate, OFFICIALS, creates=True, needs_reason=True),
    Action("fence", t("登记施工围挡", "fence off works"), KEY, fence, Fenced, OFFICIALS, creates=True, needs_reason=True),
    Action("lift", t("提前解除", "lift"), KEY, lift, None, OFFICIALS, when=Closure.lifted_at.missing(), needs_reason=True, primary=True),
)
