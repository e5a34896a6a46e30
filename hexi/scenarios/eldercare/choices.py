"""What the elder chooses: which device for which purpose, where nothing is recorded, and how many calls for nothing they bear.

The same words are said at the desk, with the elder there, and on the elder's own page.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from hexi.kit import Action, Change, Form, Invalid, Problem, question, t
from hexi.scenarios.eldercare import words
from hexi.scenarios.eldercare.budget import offers
from hexi.scenarios.eldercare.files import ForElder, elder_of, must_be
from hexi.scenarios.eldercare.models import Consent, Elder, QuietZone
from hexi.scenarios.eldercare.own import elder_with
from hexi.scenarios.eldercare.parties import KEEPERS
from hexi.scenarios.eldercare.rules import budget_options
from hexi.scenarios.eldercare.today import day_of

ALL = ("all", t("全部设备", "every device"))
SWITCHES: words.Options = (("on", t("同意开启", "switch on")), ("off", t("关闭", "switch off")))
SPANS: words.Options = (("", t("一直", "for good")), ("1", t("今天一天", "for a day")), ("7", t("一周", "for a week")))
MOST_ZONES = 12


class Switched(Form):
    """On or off, for which device and purpose, and for how long."""

    switch: str = question(t("开还是关", "on or off"), options=SWITCHES)
    device: str = question(t("设备", "device"), options=(ALL, *words.DEVICES[1:]))
    purpose: str = question(t("用途", "purpose"), "rescue", options=words.PURPOSES)
    span: str = question(t("多久", "for how long"), "", options=SPANS)


class SwitchedFor(Switched, ForElder):
    """The same at the desk."""

    way: str = question(t("本人怎么说的", "how the elder said it"), "desk", options=words.WAYS[1:])


class SwitchedByCode(Switched):
    """The same by the elder alone."""

    code: str = question(t("本人码", "code"), min_length=6, max_length=40)


class Zoned(Form):
    """A room and hours."""

    elder: int = question(t("老人", "elder"), reference="eldercare.elder")
    room: str = question(t("房间", "room"), options=words.ROOMS)
    from_hour: int = question(t("几点起", "from which hour"), 0, ge=0, le=23)
    to_hour: int = question(t("几点止", "until which hour"), 24, ge=1, le=24)
    way: str = question(t("本人怎么说的", "how the elder said it"), "desk", options=words.WAYS[1:])


class Chosen(Form):
    """An alarm budget."""

    budget: str = question(t("每周能接受几次误报", "how many false calls a week"), options=budget_options())


class ChosenByCode(Chosen):
    """The same by the elder alone."""

    code: str = question(t("本人码", "code"), min_length=6, max_length=40)


def switch(change: Change, elder: Elder, given: Switched, way: str) -> Consent:
    """Write down what the elder said: a word for each device. Off takes back every purpose of it."""
    must_be("switch", given.switch, SWITCHES)
    must_be("device", given.device, (ALL, *words.DEVICES[1:]))
    must_be("purpose", given.purpose, words.PURPOSES)
    must_be("span", given.span, SPANS)
    on = given.switch == "on"
    devices = [key for key, _ in words.DEVICES[1:]] if given.device == "all" else [given.device]
    purposes = [given.purpose] if on else [key for key, _ in words.PURPOSES]
    written = [_word(change, elder, device, purpose, given, way) for device in devices for purpose in purposes]
    return written[-1]


def _word(change: Change, elder: Elder, device: str, purpose: str, given: Switched, way: str) -> Consent:  # noqa: PLR0917
    now = change.context.now
    until: datetime | None = now + timedelta(days=int(given.span)) if given.span else None
    return change.create(
        Consent, elder=elder, device=device, purpose=purpose, agreed=given.switch == "on", until=until, way=way, at=now,
        by=change.viewer.name or "", place=elder.home,
    )  # fmt: skip


def switch_at_desk(change: Change) -> Consent:
    """Said to staff."""
    must_be("way", change.answers.way, words.WAYS[1:])
    return switch(change, elder_of(change, change.answers.elder), change.answers, change.answers.way)


def switch_by_code(change: Change) -> Consent:
    """Said on the elder's own page."""
    return switch(change, elder_with(change.answers.code), change.answers, "self")


def set_zone(change: Change) -> QuietZone:
    """From now on nothing is recorded there at these hours."""
    given = change.answers
    elder = elder_of(change, given.elder)
    must_be("room", given.room, words.ROOMS)
    must_be("way", given.way, words.WAYS[1:])
    if given.from_hour == given.to_hour:
        raise Invalid([Problem("to_hour", t("起止不能相同；全天请填0至24", "The hours are the same; for a whole day say 0 to 24"))])
    if QuietZone.objects.filter(elder=elder, lifted_at=None).count() >= MOST_ZONES:
        raise Invalid([Problem("room", t("免打扰区已满，请先取消一个", "There are enough zones: lift one first"))])
    return change.create(
        QuietZone, elder=elder, room=given.room, from_hour=given.from_hour, to_hour=given.to_hour, at=change.context.now, way=given.way,
        place=elder.home,
    )  # fmt: skip


def lift_zone(change: Change) -> QuietZone:
    """The elder wants it no more."""
    change.save(change.record, lifted_at=change.context.now)
    return change.record


def choose(change: Change, elder: Elder, key: str) -> Elder:
    """The budget, with the score from which this home calls from now on."""
    must_be("budget", key, budget_options())
    chosen = next(one for one in offers(elder, day_of(change)) if one.key == key)
    change.save(elder, budget=key, call_from=chosen.call_from)
    return elder


def choose_at_desk(change: Change) -> Elder:
    """Said to staff."""
    return choose(change, change.record, change.answers.budget)


def choose_by_code(change: Change) -> Elder:
    """Said on the elder's own page."""
    return choose(change, elder_with(change.answers.code), change.answers.budget)


CONSENT, ZONE, ELDER = "eldercare.consent", "eldercare.quietzone", "eldercare.elder"
ACTIONS = (
    Action("switch", t("登记同意或关闭", "write down a yes or no"), CONSENT, switch_at_desk, SwitchedFor, by=KEEPERS, creates=True),
    Action("switch_by_code", t("本人开关", "the elder's own switch"), CONSENT, switch_by_code, SwitchedByCode, by=("public",), creates=True),
    Action("set_zone", t("划定免打扰区", "set a dignity zone"), ZONE, set_zone, Zoned, by=KEEPERS, creates=True),
    Action("lift_zone", t("取消免打扰区", "lift it"), ZONE, lift_zone, by=KEEPERS, when=QuietZone.lifted_at.missing(), needs_reason=True),
    Action("choose_budget", t("登记报警预算", "write down the alarm budget"), ELDER, choose_at_desk, Chosen, by=KEEPERS),
    Action("choose_by_code", t("本人选报警预算", "the elder's own budget"), ELDER, choose_by_code, ChosenByCode, by=("public",), creates=True),
)  # fmt: skip
