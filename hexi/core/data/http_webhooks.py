"""The webhooks of the desk: how each stands, and a test letter whose answer is shown at once."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from hexi.core.data.answers import answer
from hexi.core.data.throttle import count
from hexi.core.data.webhooks.standing import Standing, standings
from hexi.core.data.webhooks.testing import called_for_test, testable
from hexi.core.trust.api import viewer_of
from hexi.kernel.errors import SignInNeeded

router = Router(tags=["webhooks"])
TESTS, WITHIN = 20, timedelta(minutes=10)
"""Ours: a test holds a web worker for some seconds where the receiver is slow."""


class CallAnswer(Schema):
    """The receiver's HTTP status, 0 without any, and why it is no success, as a key and in the reader's words."""

    status: int
    fault: str
    fault_label: dict[str, str] | None


class Webhook(Schema):
    """One address: the last call to it (`tried_at` null when there was none), what waits, what was given up, which actions are open."""

    id: int
    version: int
    name: str
    address: str
    topics: list[str]
    account: str
    active: bool
    status: int | None
    fault: str
    fault_label: dict[str, str] | None
    tried_at: str | None
    waiting: int
    dead: int
    next_at: str | None
    behind: int
    old_secret_until: str | None
    allowed_actions: list[str]


class Webhooks(Schema):
    rows: list[Webhook]


@router.get("/webhooks", response=Webhooks)
def webhooks(request: HttpRequest) -> HttpResponse:
    """Every webhook that the reader may read and that was not removed, by name. `behind`: changes that were not looked at for it yet."""
    viewer = viewer_of(request)
    if viewer.anonymous:
        raise SignInNeeded
    return answer({"rows": [one.document() for one in standings(viewer)]})


@router.post("/webhooks/{int:number}/test", response=CallAnswer)
def test_webhook(request: HttpRequest, number: int) -> HttpResponse:
    """Send a signed letter of type `hexi.test` now, once, and say what was answered; a stopped webhook can be tested too."""
    viewer = viewer_of(request)
    subscription = testable(viewer, number)
    count("webhook test", viewer.username, TESTS, WITHIN)
    told = called_for_test(viewer, subscription)
    return answer(Standing.said(told.status, told.fault))
