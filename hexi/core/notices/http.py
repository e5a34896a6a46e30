"""Notices over HTTP: how one wants to be told, browsers that take pushes, how the ways stand, receipts of the provider."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time
from typing import Any, cast

import orjson
from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from hexi.core.data.answers import answer
from hexi.core.notices import receipts
from hexi.core.notices.channels.known import not_set_up
from hexi.core.notices.channels.push import public_key
from hexi.core.notices.mine import looked_at, my_letters
from hexi.core.notices.preferences import KEYS, Wanted, forget_browser, keep_browser, keep_wanted, wanted_by
from hexi.core.notices.standing import standing
from hexi.core.trust.api import Viewer, viewer_of
from hexi.kernel.errors import Invalid, Problem, SignInNeeded
from hexi.kernel.label import t

router = Router(tags=["notices"])
PHONE, MAIL = re.compile(r"\A(\+?86)?1\d{10}\Z"), re.compile(r"\A[^@\s]{1,64}@[^@\s]{1,120}\.[^@\s.]{2,20}\Z")


class Choice(Schema):
    """Ways that are off, quiet hours (both or neither), one's own telephone and mail. Alarms come through all of it."""

    off: list[str] = Field(default_factory=list, max_length=8)
    quiet_from: time | None = None
    quiet_to: time | None = None
    phone: str = Field("", max_length=20)
    mail: str = Field("", max_length=200)


class PushKeys(Schema):
    p256dh: str = Field(max_length=120)
    auth: str = Field(max_length=40)


class Subscribed(Schema):
    """What the browser gave for our key (PushSubscription)."""

    endpoint: str = Field(max_length=600)
    keys: PushKeys


class SeenUpTo(Schema):
    newest: int = Field(ge=0, le=2**63 - 1)


class Gone(Schema):
    endpoint: str = Field(max_length=600)


@router.get("/notices/choice", response=dict[str, Any])
def my_choice(request: HttpRequest) -> HttpResponse:
    """How the reader is told now, which ways there are and what they lack, and the key for pushes (empty where they are not set up)."""
    viewer = _signed_in(request)
    wanted = wanted_by(viewer.account or 0)
    begin, end = wanted.quiet or (None, None)
    chosen = {"off": list(wanted.off), "quiet_from": _said(begin), "quiet_to": _said(end), "phone": wanted.phone, "mail": wanted.mail}
    return answer({**chosen, "ways": standing(viewer, counts=False), "push_key": "" if not_set_up("push") else public_key()})


@router.put("/notices/choice", response={204: None})
def choose(request: HttpRequest, given: Choice) -> HttpResponse:
    """From now on the reader is told so. 422 for numbers and addresses that are none."""
    viewer = _signed_in(request)
    phone, mail = given.phone.replace(" ", ""), given.mail.strip()
    wrong = [Problem("phone", t("手机号格式不对", "This is no mobile number"))] if phone and not PHONE.match(phone) else []
    wrong += [Problem("mail", t("邮箱格式不对", "This is no e-mail address"))] if mail and not MAIL.match(mail) else []
    wrong += [Problem("off", t("没有这个通道", "There is no such way"), value=key[:40]) for key in given.off if key not in KEYS]
    if (given.quiet_from is None) != (given.quiet_to is None):
        wrong.append(Problem("quiet_from", t("免打扰时段须同时填写起止", "Quiet hours need both ends")))
    if wrong:
        raise Invalid(wrong)
    quiet = (given.quiet_from, given.quiet_to) if given.quiet_from and given.quiet_to else None
    keep_wanted(viewer.account or 0, Wanted(tuple(given.off), quiet, phone, mail))
    return HttpResponse(status=204)


@router.get("/notices/mine", response=dict[str, Any])
def my_notices(request: HttpRequest) -> HttpResponse:
    """What the reader was told in the platform: the newest thirty, and how many they have not looked at."""
    return answer(my_letters(_signed_in(request).account or 0))


@router.post("/notices/mine/seen", response={204: None})
def notices_seen(request: HttpRequest, given: SeenUpTo) -> HttpResponse:
    """The reader has looked at their notices up to this one."""
    looked_at(_signed_in(request).account or 0, given.newest)
    return HttpResponse(status=204)


@router.post("/notices/push", response={204: None})
def subscribe_push(request: HttpRequest, given: Subscribed) -> HttpResponse:
    """This browser takes pushes for the reader. 422 for an address that nothing may be sent to."""
    viewer = _signed_in(request)
    keep_browser(viewer.account or 0, given.endpoint, given.keys.p256dh, given.keys.auth)
    return HttpResponse(status=204)


@router.post("/notices/push/end", response={204: None})
def unsubscribe_push(request: HttpRequest, given: Gone) -> HttpResponse:
    """This browser takes no more."""
    forget_browser(_signed_in(request).account or 0, given.endpoint)
    return HttpResponse(status=204)


@router.get("/notices/ways", response=dict[str, Any])
def ways(request: HttpRequest) -> HttpResponse:
    """Every way with what it lacks and how many notices wait, went and failed, of those that the reader may read."""
    return answer({"rows": standing(_signed_in(request))})


@router.post("/notices/receipts/{token}", auth=None, response=dict[str, Any])
def take_receipts(request: HttpRequest, token: str) -> HttpResponse:
    """What the provider of text messages says afterwards (SmsReport: a list). 404 for a wrong token."""
    receipts.check_caller(token)
    try:
        said = orjson.loads(request.body)
    except ValueError:
        said = None
    reports = cast("list[Mapping[str, object]]", said)
    if not isinstance(said, list) or not all(isinstance(one, dict) for one in reports):
        raise Invalid([Problem("body", t("应为回执列表", "A list of reports is expected"))])
    receipts.take(reports)
    return answer({"code": 0, "msg": "OK"})


def _said(moment: time | None) -> str | None:
    return f"{moment:%H:%M}" if moment else None


def _signed_in(request: HttpRequest) -> Viewer:
    viewer = viewer_of(request)
    if viewer.anonymous:
        raise SignInNeeded
    return viewer
