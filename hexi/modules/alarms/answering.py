"""What those say who were called: I have it, I am coming, I cannot, I am here. Each is one transaction with its event."""

from __future__ import annotations

import hmac
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from hexi.core.data.api import Change
from hexi.core.space.api import distance_m
from hexi.core.trust.api import Viewer, record_reveal
from hexi.kernel.alarm import ACKNOWLEDGED, THERE
from hexi.kernel.catalogue import catalogue
from hexi.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Problem
from hexi.kernel.label import t
from hexi.modules.alarms.calling import after, go_on, held, kept, place_of
from hexi.modules.alarms.models import Rescue, RescueCall
from hexi.modules.alarms.whom import Point, whom_of
from hexi.modules.cases.api import advance

NEAR_M = 50
"""Ours: the error of a telephone's fix beside a house."""
LONGEST_ETA = 180
WAIT_LEFT = timedelta(seconds=30)
"""Ours: when the only one who was coming cannot, those who were called and said nothing have so long before others are."""
OVER = t("本次救助已结束", "This rescue is over")


@contextmanager
def answering(viewer: Viewer, number: int, action: str, why: str = "") -> Generator[tuple[Change, Rescue, RescueCall]]:
    """The call with its rescue, locked, inside a change that is recorded at the end. Raises NotFound, Conflict when it is over."""
    with transaction.atomic():
        found = RescueCall.objects.filter(pk=number).first()
        rescue = held(found.rescue_id) if found else None
        if found is None or rescue is None:
            raise NotFound(which=str(number))
        if rescue.ended_at is not None:
            raise Conflict(OVER)
        call = RescueCall.objects.select_for_update().get(pk=number)
        change = Change(viewer, action, why, record=call)
        yield change, rescue, call
        kept(change)


def own_call(viewer: Viewer, number: int) -> int:
    """The number, where this viewer was called by it. Raises NotFound, as for one that does not exist."""
    if viewer.account is None or not RescueCall.objects.filter(pk=number, account=viewer.account).exists():
        raise NotFound(which=str(number))
    return number


def answer(viewer: Viewer, number: int, minutes: int | None = None) -> RescueCall:
    """They have it; with `minutes` they are on their way and there by then. Said again it changes the time."""
    with answering(viewer, number, "answer") as (change, rescue, call):
        if call.answered_at is None:
            looked(viewer, rescue)
        answered(change, rescue, call, minutes)
    return call


def looked(viewer: Viewer, rescue: Rescue) -> None:
    """Whoever answers is shown whom they go to, and that look is kept as every look at a person."""
    entity, _, number = (rescue.subject or "").rpartition(":")
    if entity in catalogue.entities and number.isdecimal():
        record_reveal(viewer, entity, int(number), ["rescue"], "emergency", place=rescue.place or "")


def answered(change: Change, rescue: Rescue, call: RescueCall, minutes: int | None) -> None:
    """The same inside a change under way. Raises Invalid."""
    if minutes is not None and not 0 <= minutes <= LONGEST_ETA:
        raise Invalid([Problem("minutes", t("到场时间应在 0 到 180 分钟之间", "The time lies between 0 and 180 minutes"), value=str(minutes))])
    now = timezone.now()
    eta = now + timedelta(minutes=minutes) if minutes is not None else call.eta_at
    change.save(call, state="coming" if eta else "answered", answered_at=call.answered_at or now, eta_at=eta, why="")
    _known(change, rescue)


def _known(change: Change, rescue: Rescue) -> None:
    """The rescue knows the earliest who comes. The ladder rests until help was promised, unless they come later than that."""
    alarm, now = catalogue.alarms[rescue.alarm], timezone.now()
    coming = _earliest(rescue)
    promised = after(alarm, "arrival", rescue.raised_at or now)
    if rescue.state == "there":
        next_at = None
    elif coming is not None and coming > promised > now:
        next_at = rescue.next_at
    else:
        next_at = promised if promised > now else after(alarm, "arrival", now)
    state = "there" if rescue.state == "there" else "coming"
    change.save(rescue, state=state, answered_at=rescue.answered_at or now, coming_at=coming, next_at=next_at)
    advance(change, rescue.case, ACKNOWLEDGED)


def _earliest(rescue: Rescue) -> datetime | None:
    times = RescueCall.objects.filter(rescue=rescue, state="coming").exclude(eta_at=None).order_by("eta_at")
    return times.values_list("eta_at", flat=True).first()


def decline(viewer: Viewer, number: int, why: str = "") -> RescueCall:
    """They cannot come. Where nobody else is left who may, the next rung is called at once."""
    with answering(viewer, number, "decline", why) as (change, rescue, call):
        declined(change, rescue, call, why)
    return call


def declined(change: Change, rescue: Rescue, call: RescueCall, why: str) -> None:
    """The same inside a change under way."""
    change.save(call, state="declined", answered_at=call.answered_at or timezone.now(), eta_at=None, why=why[:200])
    others = RescueCall.objects.filter(rescue=rescue)
    if rescue.state == "there" or others.filter(state__in=("answered", "coming", "there")).exists():
        change.save(rescue, coming_at=_earliest(rescue))
        return
    change.save(rescue, state="calling", coming_at=None)
    if not others.filter(state="told").exists():
        go_on(change, rescue)
    elif rescue.next_at is None or rescue.next_at > timezone.now() + WAIT_LEFT:
        change.amend(rescue, next_at=timezone.now() + WAIT_LEFT)


def arrive(viewer: Viewer, number: int, code: str = "", at: Point | None = None) -> RescueCall:
    """They are at the door: by the code that hangs there, or by a position near it. Raises Forbidden where neither says so."""
    with answering(viewer, number, "arrive") as (change, rescue, call):
        if call.answered_at is None:
            looked(viewer, rescue)
        arrived(change, rescue, call, _proof(rescue, code, at))
    return call


def arrived(change: Change, rescue: Rescue, call: RescueCall, proof: str) -> None:
    """Write it down in the call, the rescue and the clocks of the case."""
    now = timezone.now()
    change.save(call, state="there", proof=proof, there_at=call.there_at or now, answered_at=call.answered_at or now)
    change.save(rescue, state="there", answered_at=rescue.answered_at or now, there_at=rescue.there_at or now, next_at=None)
    advance(change, rescue.case, THERE)


def _proof(rescue: Rescue, code: str, at: Point | None) -> str:
    whom = whom_of(catalogue.alarms[rescue.alarm], rescue.subject)
    if code and whom and whom.door_code and hmac.compare_digest(code.strip().casefold(), whom.door_code.casefold()):
        return "code"
    home = place_of(rescue).point
    if at is not None and home is not None and distance_m(home, at) <= NEAR_M:
        return "place"
    raise Forbidden(
        t("还不能确认到场", "It is not certain yet that you are there"),
        do=t("请输入门上的代码，或在 50 米内打开定位再试", "Type the code at the door, or allow your position within 50 m of it"),
    )  # fmt: skip
