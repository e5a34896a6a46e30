"""The page of somebody without an account: who comes and when, and a word whether they come themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from hexi.core.data.api import Change, Form, question
from hexi.core.trust.api import mark_of
from hexi.kernel.catalogue import catalogue
from hexi.kernel.declare import Action
from hexi.kernel.errors import Conflict, NotFound
from hexi.kernel.label import Label, t
from hexi.kernel.outside import Fact, Sheet, Slip
from hexi.modules.alarms import words
from hexi.modules.alarms.answering import OVER, answered, declined
from hexi.modules.alarms.calling import held
from hexi.modules.alarms.models import Rescue, RescueCall
from hexi.modules.alarms.telling import LINK
from hexi.modules.alarms.whom import whom_of

STATES = dict(words.STATES)


class Word(Form):
    """What a contact says to a call."""

    secret: str = question(t("链接", "link"), min_length=8, max_length=60)
    comes: bool = question(t("我会前往", "I am coming"), True)
    minutes: int | None = question(t("几分钟后到", "there in minutes"), None, ge=0, le=180)


def opens(secret: str) -> Sheet:
    """Where the rescue stands, as the holder of the link may know it. Raises NotFound."""
    call = call_of(secret)
    rescue = call.rescue
    closed = t("本次救助已结束，感谢您。", "This rescue is over. Thank you.") if rescue.ended_at else None
    return Sheet(_title(rescue), tuple(_facts(rescue)), closed)


def call_of(secret: str) -> RescueCall:
    """The call that this link belongs to. Raises NotFound."""
    mark = mark_of(secret.strip(), LINK) if secret.strip() else ""
    found = RescueCall.objects.filter(mark=mark).exclude(mark="").select_related("rescue").first()
    if found is None:
        raise NotFound(t("这个链接不对，或已失效", "This link is not known, or counts no more"))
    return found


def _title(rescue: Rescue) -> Label:
    """Whoever was called as a contact knows the person: the name stands there in full."""
    alarm = catalogue.alarms[rescue.alarm]
    whom = whom_of(alarm, rescue.subject)
    return t(f"{alarm.label.zh} {whom.name}", f"{alarm.label.en}: {whom.name}") if whom else alarm.label


def _facts(rescue: Rescue) -> Iterator[Fact]:
    yield Fact(t("状态", "state"), STATES[rescue.state])
    yield Fact(t("呼叫时间", "called at"), _clock(rescue.raised_at))
    for call in RescueCall.objects.filter(rescue=rescue, state__in=("answered", "coming", "there")).order_by("told_at"):
        yield Fact(words.call_labels().get(call.call, t("来人", "who comes")), _comes(call))
    if rescue.there_at:
        yield Fact(t("到场时间", "there at"), _clock(rescue.there_at))
    if rescue.outcome:
        yield Fact(t("结果", "outcome"), words.outcome_labels().get(rescue.outcome, t("—", "—")))


def _comes(call: RescueCall) -> Label:
    if call.state == "there":
        return t(f"{_clock(call.there_at).zh} 已到场", f"there since {_clock(call.there_at).en}")
    if call.eta_at:
        return t(f"预计 {_clock(call.eta_at).zh} 到", f"expected at {_clock(call.eta_at).en}")
    return t("已应答", "has answered")


def _clock(moment: datetime | None) -> Label:
    said = f"{timezone.localtime(moment):%H:%M}" if moment else "—"
    return t(said, said)


def answer_by_link(change: Change) -> RescueCall:
    """A contact comes, or cannot."""
    given = change.answers
    call = call_of(given.secret)
    rescue = held(call.rescue_id)
    if rescue is None or rescue.ended_at is not None:
        raise Conflict(OVER)
    if given.comes:
        answered(change, rescue, call, given.minutes)
    else:
        declined(change, rescue, call, "")
    return call


ACTIONS = (
    Action("answer_by_link", t("答复求助", "answer the call"), "alarms.rescuecall", answer_by_link, Word, by=("public",), creates=True),
)
SLIP = Slip("rescue", t("求助进展", "how the rescue stands"), "alarms.rescuecall", "answer_by_link", "secret", opens)
