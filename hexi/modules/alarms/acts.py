"""What the alarm desk does by hand: raise an alarm or a test, answer for somebody on the telephone, end a rescue, review it."""

from __future__ import annotations

from hexi.core.data.api import Change, Form, question
from hexi.kernel.catalogue import catalogue
from hexi.kernel.declare import Action
from hexi.kernel.errors import Conflict, Invalid, Problem
from hexi.kernel.label import t
from hexi.kernel.party import anybody_but
from hexi.modules.alarms.answering import OVER, answered, arrived, declined
from hexi.modules.alarms.calling import held
from hexi.modules.alarms.ending import NOT_OWN, ended, reviewed
from hexi.modules.alarms.models import Rescue, RescueCall
from hexi.modules.alarms.raising import Raised, raise_alarm
from hexi.modules.alarms.whom import whom_of
from hexi.modules.alarms.words import OPEN_CALLS

NOBODY = t(
    "登记册里没有“{subject}”：请从提示中选择，或留空并写明地点",
    "No register has {subject}: choose one of those offered, or leave it empty and say the place",
)
OPERATORS, REVIEWERS = ("alarm_operator",), ("alarm_supervisor", "alarm_operator")
RUNNING = Rescue.ended_at.missing()
OPEN_CALL = RescueCall.state.one_of(*OPEN_CALLS)


class ByHand(Form):
    """An alarm that somebody told the desk of."""

    alarm: str = question(t("告警类型", "kind of alarm"), min_length=1, max_length=60)
    subject: str = question(t("对象标识", "subject"), "", max_length=120, help=t("如 eldercare.elder:12", "as in eldercare.elder:12"))
    place: str = question(t("地点", "place"), "", place=True)
    is_test: bool = question(t("测试呼叫", "test call"), False)


class Coming(Form):
    """What somebody said on the telephone."""

    minutes: int | None = question(t("几分钟后到场", "there in minutes"), None, ge=0, le=180)


class Ended(Form):
    """What it was."""

    outcome: str = question(t("结果", "outcome"), min_length=1, max_length=60)
    note: str = question(t("处置说明", "what was done"), "", widget="textarea", max_length=2000)


class Reviewed(Form):
    """What somebody else thinks of it."""

    opinion: str = question(t("复核意见", "review"), min_length=2, max_length=2000, widget="textarea")
    outcome: str = question(t("更正结果", "outcome, put right"), "", max_length=60)


def raise_by_hand(change: Change) -> Rescue:
    """The rescue: a new one, or the one that runs for this subject."""
    given = change.answers
    alarm = catalogue.alarms.get(given.alarm)
    if alarm is not None and given.subject and whom_of(alarm, given.subject) is None:  # of a sensor it would still be a call for help
        raise Invalid([Problem("subject", NOBODY.filled(subject=given.subject), value=given.subject)])
    asked = Raised(given.alarm, given.subject, "operator", place=given.place, is_test=given.is_test, why=change.why)
    return raise_alarm(asked, change.viewer)


def answer_for(change: Change) -> RescueCall:
    """Somebody said on the telephone that they have it, or when they are there."""
    answered(change, _running(change.record), change.record, change.answers.minutes)
    return change.record


def decline_for(change: Change) -> RescueCall:
    """Somebody said on the telephone that they cannot."""
    declined(change, _running(change.record), change.record, change.why)
    return change.record


def arrive_for(change: Change) -> RescueCall:
    """Somebody said on the telephone that they are there."""
    arrived(change, _running(change.record), change.record, "desk")
    return change.record


def _running(call: RescueCall) -> Rescue:
    rescue = held(call.rescue_id)
    if rescue is None or rescue.ended_at is not None:
        raise Conflict(OVER)
    return rescue


def end(change: Change) -> Rescue:
    """It is over."""
    return ended(change, change.record, change.answers.outcome, change.answers.note)


def review(change: Change) -> Rescue:
    """Looked at by somebody else."""
    return reviewed(change, change.record, change.answers.opinion, change.answers.outcome)


ACTIONS = (
    Action("raise", t("登记告警或测试呼叫", "raise an alarm or a test"), "alarms.rescue", raise_by_hand, ByHand, by=OPERATORS, creates=True,
           primary=True),
    Action("end", t("结束救助", "end the rescue"), "alarms.rescue", end, Ended, by=OPERATORS, when=RUNNING, primary=True),
    Action("review", t("复核", "review"), "alarms.rescue", review, Reviewed, by=REVIEWERS, when=Rescue.state == "ended", primary=True,
           party=anybody_but("ender", NOT_OWN)),
    Action("answer_for", t("代记应答", "note an answer"), "alarms.rescuecall", answer_for, Coming, by=OPERATORS, when=OPEN_CALL, adds=True),
    Action("decline_for", t("代记不能前往", "note that they cannot"), "alarms.rescuecall", decline_for, by=OPERATORS, needs_reason=True,
           when=OPEN_CALL, adds=True),
    Action("arrive_for", t("代记到场", "note the arrival"), "alarms.rescuecall", arrive_for, by=OPERATORS, when=OPEN_CALL, adds=True),
)  # fmt: skip
