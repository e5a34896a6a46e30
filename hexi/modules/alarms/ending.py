"""What it was, and what somebody else thinks of it. A false alarm is a name for what happened, and nothing follows from it for anybody."""

from __future__ import annotations

from django.utils import timezone

from hexi.core.data.api import Change
from hexi.kernel.alarm import ENDED, REVIEWED
from hexi.kernel.catalogue import catalogue
from hexi.kernel.errors import Conflict, Forbidden, Invalid, Problem
from hexi.kernel.label import t
from hexi.modules.alarms.calling import release
from hexi.modules.alarms.models import Rescue
from hexi.modules.cases.api import advance

UNANSWERED = "无人应答 / nobody answered"


def ended(change: Change, rescue: Rescue, outcome: str, note: str = "") -> Rescue:
    """The rescue is over: everybody who was called is let go, and the case waits for its review. Raises Conflict, Invalid."""
    if rescue.ended_at is not None:
        raise Conflict(t("本次救助已结束", "This rescue is over"))
    if catalogue.alarms[rescue.alarm].outcome(outcome) is None:
        raise Invalid([Problem("outcome", t("没有这种结果", "There is no such outcome"), value=outcome[:60])])
    release(change, rescue)
    change.save(
        rescue, state="ended", ended_at=timezone.now(), next_at=None, outcome=outcome, note=note, ended_by=change.viewer.name,
        ender=change.viewer.account,
    )  # fmt: skip
    advance(change, rescue.case, ENDED)
    return rescue


def test_unanswered(change: Change, rescue: Rescue) -> None:
    """A test call that nobody answered: that is what it was for."""
    outcomes = catalogue.alarms[rescue.alarm].outcomes
    test = next((one.key for one in outcomes if one.group == "test"), outcomes[0].key)
    ended(change, rescue, test, UNANSWERED)


NOT_OWN = t("处置人不能复核自己的处置", "Whoever ended it cannot review it")


def reviewed(change: Change, rescue: Rescue, opinion: str, outcome: str = "") -> Rescue:
    """Somebody other than who ended it has looked at it, and may name the outcome otherwise. Raises Forbidden, Invalid."""
    if change.viewer.account is not None and change.viewer.account == rescue.ender:
        raise Forbidden(NOT_OWN, do=t("请由他人复核", "Let somebody else review it"))
    if outcome and catalogue.alarms[rescue.alarm].outcome(outcome) is None:
        raise Invalid([Problem("outcome", t("没有这种结果", "There is no such outcome"), value=outcome[:60])])
    values = {"outcome": outcome} if outcome else {}
    change.save(rescue, state="reviewed", reviewed_at=timezone.now(), reviewed_by=change.viewer.name, review=opinion, **values)
    advance(change, rescue.case, REVIEWED)
    return rescue
