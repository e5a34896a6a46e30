"""Observations into the intake: one, or many as data arrays. Only a device creates them, and only its own."""

from __future__ import annotations

import re
from typing import Any, cast

import orjson

from hexi.core.sensing.devices.cards import Card
from hexi.core.sensing.devices.models import Datastream
from hexi.core.sensing.engine.turning import now_us
from hexi.core.sensing.intake.gateway import settled
from hexi.core.sensing.intake.reception import Received, understood
from hexi.kernel.errors import Forbidden, Invalid, NotFound, Problem
from hexi.kernel.label import t

LINK = re.compile(r"Datastreams\((\d{1,18})\)/Observations\Z")
RESULT, TIME = "result", "phenomenonTime"


def create(card: Card, path: str, body: bytes) -> list[str]:
    """The ids of the observations that stand in the journal now. Raises Forbidden, NotFound, Invalid, TooMany, Unavailable."""
    try:
        said = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise _shape(str(error)) from None
    if path == "CreateObservations":
        return _taken(card, [one for part in _list(said) for one in _rows(part)])
    if not isinstance(said, dict):
        raise _shape("{")
    match = LINK.match(path)
    number = int(match[1]) if match else _number(cast("dict[str, Any]", said).get("Datastream"))
    return _taken(card, [(number, cast("dict[str, Any]", said))])


def _list(said: Any) -> list[Any]:
    if not isinstance(said, list):
        raise _shape("[{Datastream, components, dataArray}]")
    return cast("list[Any]", said)


def _rows(part: Any) -> list[tuple[int, dict[str, Any]]]:
    """A data array's rows, as single observations would say it."""
    try:
        number, names = _number(part["Datastream"]), [str(name) for name in part["components"]]
        return [(number, dict(zip(names, row, strict=True))) for row in part["dataArray"]]
    except (KeyError, TypeError, ValueError):
        raise _shape("Datastream, components, dataArray") from None


def _number(link: Any) -> int:
    found = cast("dict[str, Any]", link).get("@iot.id") if isinstance(link, dict) else None
    if type(found) is int:
        return found
    if isinstance(found, str) and found.isdecimal() and len(found) < 19:
        return int(found)
    raise _shape('Datastream: {"@iot.id": 1}')


def _taken(card: Card, given: list[tuple[int, dict[str, Any]]]) -> list[str]:
    kinds = dict(Datastream.objects.filter(pk__in={number for number, _ in given}, device_id=card.id).values_list("pk", "kind"))
    if strange := next((number for number, _ in given if number not in kinds), None):
        if Datastream.objects.filter(pk=strange).exists():
            raise Forbidden(
                t("设备只能上报自己的读数", "A device may send readings of its own only"), which=f"Datastreams({strange})", code="foreign"
            )
        raise NotFound(which=f"Datastreams({strange})")
    readings = [_reading(kinds[number], one) for number, one in given]
    found: Received = understood(orjson.dumps(readings), card, now_us())
    if settled(card, found, "sta").withheld:
        raise Forbidden(
            t("本人没有同意保存，这些读数没有保存", "Whom they are about did not agree to their being kept; these were dropped"), which=card.code,
            code="withheld",
        )  # fmt: skip
    by_kind = {kind: number for number, kind in kinds.items()}
    return [f"{by_kind[one.kind]}-{one.moment}" for one in found.sent]


def _reading(kind: str, said: dict[str, Any]) -> dict[str, Any]:
    """As the gateway would be told. A period stands for its end: then all of it had been measured."""
    result, moment = said.get(RESULT), said.get(TIME)
    if isinstance(moment, str) and "/" in moment:
        moment = moment.rpartition("/")[2]
    found: dict[str, Any] = {"kind": kind, "value": result, "at": moment}
    if isinstance(result, dict):
        point = cast("dict[str, Any]", result).get("coordinates")
        if isinstance(point, list) and len(cast("list[Any]", point)) == 2:
            found["value"], found["second"] = cast("list[Any]", point)
    return found


def _shape(told: str) -> Invalid:
    said = t("内容不符合 SensorThings 的写法", "This is not written as SensorThings has it")
    return Invalid([Problem("body", said, value=told[:80])], said, code="sta_body")
