"""Calls for help: the elder's own button always calls; a device's sign calls as far as consent, dignity zones and the budget allow."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from hexi.kit import (
    FALL_SEEN,
    SOS_CALL,
    Action,
    Alarm,
    Call,
    Change,
    Decide,
    Fact,
    Form,
    Found,
    Job,
    Raised,
    Rescue,
    StreamRule,
    Viewer,
    Whom,
    alarm_case,
    names,
    platform_change,
    points_of,
    pressed,
    question,
    raise_alarm,
    read_limits,
    t,
)
from hexi.kit import Contact as Called
from hexi.scenarios.eldercare import words
from hexi.scenarios.eldercare.beds import lies_in
from hexi.scenarios.eldercare.door import door_code
from hexi.scenarios.eldercare.files import must_be
from hexi.scenarios.eldercare.models import Contact, Elder
from hexi.scenarios.eldercare.models_care import CareEvent
from hexi.scenarios.eldercare.own import elder_with
from hexi.scenarios.eldercare.parties import CENTRE, KEEPERS, STEWARD
from hexi.scenarios.eldercare.sensing import agreed, why_not

LIMITS = Path(__file__).parent / "data" / "alarm_limits.yaml"
WAITS = Path(__file__).parent / "data" / "alarm_waits.yaml"
SOS = "elder_sos"
FALL_DEVICES = ("radar", "wristband")
AGAIN = timedelta(minutes=5)
"""Ours: signs of one device within this time are one sign."""
FROM_RESCUE = {
    "needs_help": "help", "false_alarm": "false", "device_fault": "fault", "test_call": "test", "fall": "fall", "illness": "illness",
}  # fmt: skip

IN_RESCUE = {ours: theirs for theirs, ours in FROM_RESCUE.items()}


class Helped(Form):
    """The large button asks for nothing but whose it is."""

    code: str = question(t("本人码", "code"), min_length=6, max_length=40)


class Labelled(Form):
    """What it was."""

    outcome: str = question(t("结果", "outcome"), options=words.OUTCOMES[1:])


def subject_of(elder: Elder) -> str:
    """How alarms and readings name the elder."""
    return f"{words.ELDER}:{elder.pk}"


def whom(number: int) -> Whom | None:
    """What helpers must know: where, who has a key, whom to ring. None for a file that is closed.

    Whoever lies in a care home or hospital is looked for there, and not at a door behind which nobody is.
    """
    elder = Elder.objects.filter(pk=number).exclude(state="left").first()
    if elder is None:
        return None
    bed = lies_in(elder)
    place = bed.place if bed else elder.home
    address = names([place]).get(place)
    return Whom(
        elder.name, place, points_of([place]).get(place), address.zh if address else "", elder.phone,
        door_code=door_code(elder),
        contacts=tuple(_called(one) for one in Contact.objects.filter(elder=elder).order_by("turn", "pk")),
        facts=(Fact(t("能力等级", "ability"), words.label_of(words.LEVELS, elder.ability)),
               Fact(t("居住状况", "lives"), words.label_of(words.LIVES, elder.lives)),
               *((Fact(t("现在在", "lies now in"), t(f"{bed.name} {bed.phone}", f"{bed.name} {bed.phone}")),) if bed else ())),
    )  # fmt: skip


def _called(one: Contact) -> Called:
    return Called(f"contact{one.pk}", one.name, words.label_of(words.RELATIONS, one.relation), one.phone)


def raised(
    elder: Elder, source: str, at: datetime | None = None, rule: str = "", viewer: Viewer | None = None, *, simulated: bool = False
) -> Rescue:
    """The rescue that runs for this elder now."""
    bed = lies_in(elder)
    place = bed.place if bed else elder.home
    asked = Raised(SOS, subject_of(elder), source, rule, place, at=at, simulated=simulated, why=ASKED)
    return raise_alarm(asked, viewer) if viewer else raise_alarm(asked)


def call_for_help(change: Change) -> CareEvent:
    """The large button: a call at once, or one more press of the call that runs."""
    elder, now = elder_with(change.answers.code), change.context.now
    rescue = raised(elder, "person", now, viewer=change.viewer)
    open_ = CareEvent.objects.filter(case=rescue.case_id, sign="sos").first()
    if open_ is not None:
        return open_
    return change.create(CareEvent, elder=elder, sign="sos", device="button", at=now, called=True, case=rescue.case, place=elder.home)


def sign_found(found: Found) -> None:
    """A likely fall. Without consent, or in a dignity zone, nothing of it is kept; below the home's budget it calls nobody."""
    elder = Elder.objects.filter(pk=found.record).first() if found.record else None
    if elder is not None:
        score, at = round(100 * (found.value or 0)), found.moment
        note_sign(elder, "fall", fall_device(elder, at), score, at, simulated=found.simulated)


def fall_device(elder: Elder, now: datetime) -> str:
    """The device that a fall's likelihood came from: a reading does not say it, so the one of the two that the elder agreed to."""
    return next((device for device in FALL_DEVICES if agreed(elder, device, "rescue", now)), FALL_DEVICES[0])


def note_sign(  # noqa: PLR0917  what a sign is
    elder: Elder, sign: str, device: str, score: int, at: datetime, room: str = "", *, simulated: bool = False
) -> CareEvent | None:
    """The sign as it was kept; None where it may not be kept, or is one that is known."""
    again = CareEvent.objects.filter(elder=elder, device=device, at__gt=at - AGAIN, at__lte=at + AGAIN).exists()
    if again or why_not(elder, device, "rescue", at, room) is not None:
        return None
    calls = score >= elder.call_from
    with platform_change("note_sign", ASKED) as change:
        rescue = raised(elder, "sensor", at, rule="elder_fall", simulated=simulated) if calls else None
        return change.create(
            CareEvent, elder=elder, sign=sign, device=device, score=min(score, 100), room=room, at=at, called=calls,
            case=rescue.case if rescue else None, place=elder.home, simulated=simulated,
        )  # fmt: skip


def label_sign(change: Change) -> CareEvent:
    """What it was, by whoever knows. Nobody is blamed for a false alarm; it makes the next threshold better."""
    must_be("outcome", change.answers.outcome, words.OUTCOMES[1:])
    change.save(change.record, outcome=change.answers.outcome, labelled_by=change.viewer.name)
    return change.record


def label_ended(_topics: frozenset[str]) -> None:
    """What ended rescues turned out to be is what their signs were."""
    open_ = CareEvent.objects.filter(outcome="open", called=True).exclude(case=None)
    ended = dict(Rescue.objects.filter(case__in=open_.values("case")).exclude(outcome="").values_list("case", "outcome"))
    if not ended:
        return
    with platform_change("label_ended", ASKED) as change:
        for one in open_.filter(case__in=list(ended)):
            said = FROM_RESCUE.get(ended[one.case_id or 0])
            if said:
                change.save(one, outcome=said, labelled_by="")


ASKED = "养老服务：呼救与感知"
PRESSED = StreamRule("elder_pressed", t("老人按下呼叫按钮", "an elder pressed the button"), pressed(SOS_CALL), "本人呼救，任何设置都不拦", on=Elder)
FELL = StreamRule("elder_fall", t("疑似跌倒", "perhaps a fall"), FALL_SEEN, "经本人同意的感知；免打扰区内不记", then=Decide(sign_found), on=Elder)
CASE = alarm_case(SOS, t("老人紧急呼叫", "an elder's call for help"), read_limits(LIMITS))
ALARM = Alarm(
    SOS, t("老人紧急呼叫", "an elder's call for help"), CASE, on=Elder, whom=whom, rules=(PRESSED,),
    ladder=(
        Call("steward", t("养老管家", "care steward"), roles=(STEWARD,), most=2),
        Call("grid", t("网格员", "grid worker"), roles=("grid_worker",), most=2),
        Call("family", t("家人与联系人", "family and contacts"), contacts=True),
        Call("community", t("社区值班", "community"), roles=("community_worker",)),
        Call("centre", t("街道养老服务中心", "street care centre"), roles=(CENTRE,), duty=False,
             asks=t("请拨打120，并安排人上门", "call 120, and send somebody")),
    ),
    waits=read_limits(WAITS),
)  # fmt: skip
EVENT = "eldercare.careevent"
ACTIONS = (
    Action("call_for_help", t("我需要帮助", "I need help"), EVENT, call_for_help, Helped, by=("public",), creates=True),
    Action("label_sign", t("定性", "say what it was"), EVENT, label_sign, Labelled, by=(*KEEPERS, CENTRE), when=CareEvent.outcome == "open",
           primary=True),
)  # fmt: skip
JOBS = (Job("label_ended", t("告警结果回填", "outcomes of ended calls"), label_ended, topics=("alarms.rescue",)),)


def running(elder: Elder) -> Rescue | None:
    """The rescue that runs for this elder."""
    return Rescue.objects.filter(alarm=SOS, subject=subject_of(elder), ended_at=None).order_by("-pk").first()

