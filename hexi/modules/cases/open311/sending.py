"""A service request that another system posts becomes a case, as if a resident had reported it through them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core import signing
from django.http import QueryDict

from hexi.core.data.api import clean, count_use
from hexi.core.trust.api import PUBLIC, mark_of
from hexi.kernel.errors import Forbidden, Invalid, NotFound, Problem
from hexi.kernel.label import Language, t
from hexi.modules.cases.contracts import NewCase, Reporter
from hexi.modules.cases.intake import open_case
from hexi.modules.cases.models import Case
from hexi.modules.cases.open311.callers import caller_of
from hexi.modules.cases.open311.services import Service, service_of
from hexi.modules.cases.reporting import answered
from hexi.modules.cases.words import next_words

HOUR = timedelta(hours=1)
ATTRIBUTE = re.compile(r"attribute\[(\w{1,60})\](\[\])?")
LONGEST = 4000
SALT = "hexi.open311.token"
LINK = t("附件链接：{link}", "Attachment: {link}")


def posted(form: QueryDict, api_key: str, key: str, language: Language) -> list[dict[str, Any]]:
    """Open the case. Raises Forbidden without a valid api_key, NotFound, Invalid, TooMany."""
    caller = caller_of(api_key)
    if caller is None:
        what = t("缺少 api_key，或 api_key 无效，未创建", "Missing or invalid api_key: the request was not created")
        raise Forbidden(what)
    code = _said(form, "service_code")
    if not code:
        raise Invalid([Problem("service_code", t("未提供 service_code", "service_code was not provided"))])
    service = service_of(code)
    count_use("open311", str(caller.pk), caller.hourly, HOUR)
    new = _new_case(form, service, language, mark_of(f"{caller.pk}:{key}", "open311 key")[:64] if key else "")
    case = open_case(PUBLIC, new).case
    number = {"service_request_id": case.number} if service.kind.public else {"token": signing.dumps(case.number, salt=SALT)}
    return [{**number, "service_notice": next_words(case).said(language), "account_id": _said(form, "account_id") or None}]


def token_resolved(token: str) -> list[dict[str, Any]]:
    """The number behind a token, once the case was accepted. Raises NotFound."""
    try:
        number = str(signing.loads(token, salt=SALT))
    except signing.BadSignature:
        number = ""
    case = Case.objects.filter(number=number).first() if number else None
    if case is None:
        raise NotFound(t("没有这个 token", "token was not found"), which=token[:40])
    return [{"service_request_id": case.number if case.phase != "new" else "", "token": token}]


def _new_case(form: QueryDict, service: Service, language: Language, key: str) -> NewCase:
    point, place, address = _point(form), _said(form, "address_id"), _said(form, "address_string", 200)
    if point is None and not place and not address:
        what = t("须提供 lat 和 long、address_string 或 address_id", "Give lat and long, address_string or address_id")
        raise Invalid([Problem("lat", what)])
    return NewCase(
        # The words of the reporter are theirs; the title, which everybody may read, is that of the service.
        service.kind.key, service.name.said(language), _description(form), service.category.code if service.category else "",
        source="open311", place=place, point=point, address=address, reporter=_reporter(form),
        answers=answered(PUBLIC, service.kind, _attributes(form)), key=key,
    )  # fmt: skip


def _point(form: QueryDict) -> tuple[float, float] | None:
    """Longitude and latitude (WGS-84, says the specification). Raises Invalid for half of them."""
    lat, lon = _said(form, "lat"), _said(form, "long")
    if not lat and not lon:
        return None
    try:
        point = round(float(lon), 6), round(float(lat), 6)
    except (ValueError, OverflowError):
        point = (float("nan"), float("nan"))
    if not (abs(point[0]) <= 180 and abs(point[1]) <= 90):  # also for nan, which compares with nothing
        raise Invalid([Problem("lat", t("lat、long 应为 WGS-84 经纬度", "lat and long are degrees in WGS-84"), value=f"{lat}, {lon}"[:60])])
    return point


def _description(form: QueryDict) -> str:
    """With the address of what they attach: it is named, never fetched."""
    parts = [_said(form, "description", LONGEST)]
    if link := _said(form, "media_url", 500):
        parts.append(LINK.filled(link=link).zh)
    return "\n".join(part for part in parts if part)


def _reporter(form: QueryDict) -> Reporter:
    name = "".join(part for part in (_said(form, "last_name", 30), _said(form, "first_name", 30)) if part)
    phone = re.sub(r"[^0-9+() \-]", "", _said(form, "phone", 30))
    return Reporter(name, phone, anonymous=not (name or phone))


def _attributes(form: QueryDict) -> Mapping[str, Any]:
    """`attribute[code]=value`, and `attribute[code][]=value` as often as there are values."""
    found: dict[str, Any] = {}
    for name in form:
        if match := ATTRIBUTE.fullmatch(name):
            values = [clean(str(value)) for value in form.getlist(name)]
            found[match[1]] = values if match[2] else values[-1]
    return found


def _said(form: QueryDict, name: str, most: int = 120) -> str:
    text = clean(str(form.get(name, "")))
    if len(text) > most:
        raise Invalid([Problem(name, t("最多 {most} 字", "At most {most} characters").filled(most=most))])
    return text


