"""The addresses below /sta/v1.1. People read with their session, devices with their key; only devices write."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from hexi.core.data.answers import answer
from hexi.core.sensing.devices.cards import Card
from hexi.core.sensing.intake.gateway import device_of
from hexi.core.sensing.sta.answering import Answer, Found, walked
from hexi.core.sensing.sta.options import options_of
from hexi.core.sensing.sta.sets import LINKS, Entity, Sets
from hexi.core.sensing.sta.sight import Sight
from hexi.core.sensing.sta.taking import create
from hexi.core.trust.api import language_of, viewer_of
from hexi.kernel.errors import Forbidden, HexiError, NotFound
from hexi.kernel.label import t

ROOT = "/sta/v1.1"
CONFORMS = [
    "http://www.opengis.net/spec/iot_sensing/1.1/req/datamodel", "http://www.opengis.net/spec/iot_sensing/1.1/req/resource-path",
    "http://www.opengis.net/spec/iot_sensing/1.1/req/request-data",
    "http://www.opengis.net/spec/iot_sensing/1.1/req/data-array/data-array",
]  # fmt: skip
TABLE = ("id", "phenomenonTime", "resultTime", "result")


@csrf_exempt
def sensorthings(request: HttpRequest, path: str = "") -> HttpResponse:
    """Every address. Changes need a device's key, so that no page can make a reader's browser send one."""
    try:
        return _read(request, path) if request.method in {"GET", "HEAD"} else _written(request, path)
    except HexiError as error:
        return answer(
            {**error.document(language_of(request)), "message": str(error)}, status=error.status, media_type="application/problem+json"
        )


def _read(request: HttpRequest, path: str) -> HttpResponse:
    root = request.build_absolute_uri(ROOT)
    card = _device(request)
    sets = Sets(Sight(viewer_of(request), card))
    if not path.strip("/"):
        return answer(_index(root))
    given = {key: str(value) for key, value in request.GET.items()}
    found, options = walked(sets, path), options_of(given)
    told = Answer(sets, root)
    if found.property:
        return _property(found)
    if found.one is not None:
        return answer({"@iot.selfLink": f"{root}/{found.one.path}"} if found.reference else told.one(found.one, options))
    page = told.many(found, options, given)
    return answer(_columns(page, root) if options.columns and found.set == "Observations" else page)


def _index(root: str) -> dict[str, Any]:
    value = [{"name": name, "url": f"{root}/{name}"} for name in LINKS]
    return {"value": value, "serverSettings": {"conformance": CONFORMS}}


def _property(found: Found) -> HttpResponse:
    one: Entity | None = found.one
    value = one.doc[found.property] if one else None
    if found.raw:
        return HttpResponse(str(value), content_type="text/plain; charset=utf-8")
    return HttpResponse(status=204) if value is None else answer({found.property: value})


def _columns(page: dict[str, Any], root: str) -> dict[str, Any]:
    """The page as data arrays, one for each datastream."""
    arrays = dict[str, list[list[Any]]]()
    for doc in page.pop("value"):
        number = str(doc["@iot.id"]).partition("-")[0]
        arrays.setdefault(number, []).append([doc["@iot.id"], doc["phenomenonTime"], doc["resultTime"], doc["result"]])
    value = [
        {"Datastream@iot.navigationLink": f"{root}/Datastreams({number})", "components": list(TABLE), "dataArray@iot.count": len(rows),
         "dataArray": rows}
        for number, rows in arrays.items()
    ]  # fmt: skip
    return {**page, "value": value}


def _written(request: HttpRequest, path: str) -> HttpResponse:
    card = _device(request)
    if card is None:
        device_of("")
        raise NotFound
    if request.method != "POST" or not path.endswith("Observations"):
        raise Forbidden(
            t("此接口只能新增观测值", "Only Observations are created here"), which=f"{request.method} {path[:60]}",
            do=t("设备在工作台登记，读数类型由程序声明", "Devices are registered at the desk, kinds of readings are declared"), code="not_here",
        )  # fmt: skip
    root = request.build_absolute_uri(ROOT)
    links = [f"{root}/Observations('{key}')" for key in create(card, path, request.body)]
    if path == "CreateObservations":
        return answer(links, status=201)
    response = HttpResponse(status=201)
    response["Location"] = links[0]
    return response


def _device(request: HttpRequest) -> Card | None:
    """The device that shows its key, as Bearer or as Basic with its name. Raises SignInNeeded for a key that does not fit."""
    said = request.headers.get("Authorization", "")
    if not said.lower().startswith("basic "):
        return device_of(said) if said else None
    try:
        name, _, key = base64.b64decode(said[6:], validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return device_of("")
    return device_of(f"Bearer {key}", name)
