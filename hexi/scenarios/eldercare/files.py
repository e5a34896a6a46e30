"""Files of elders: opened with their consent, assessed, paused and closed; whom they named; the links that are handed to them."""

from __future__ import annotations

from datetime import date
from typing import Any

from hexi.kit import (
    Action,
    Change,
    Form,
    Invalid,
    Lifecycle,
    NotFound,
    Problem,
    State,
    Step,
    days,
    erasing,
    names,
    question,
    readable,
    record_reveal,
    registers,
    t,
)
from hexi.scenarios.eldercare import words
from hexi.scenarios.eldercare.models import Contact, Elder
from hexi.scenarios.eldercare.models_care import Carer
from hexi.scenarios.eldercare.parties import CENTRE, KEEPERS
from hexi.scenarios.eldercare.rules import level_of, need_of
from hexi.scenarios.eldercare.today import day_of, fresh_code, whom

MOST_CONTACTS = 9
FIRST_VISIT = days(7)
"""Ours: so soon after a file is opened somebody comes, where the need allows more."""


class Enrolled(Form):
    """What an elder tells. With the number in the register of residents, what stands there is not asked again."""

    agrees: bool = question(t("本人（或监护人）同意建档", "the elder (or guardian) agrees to the file"), False)
    resident: int | None = question(t("居民登记号（填了不必再填姓名等）", "number in the register of residents (instead of name etc.)"), None, ge=1)
    name: str = question(t("姓名", "name"), "", max_length=60)
    sex: str = question(t("性别", "sex"), "", options=(("", t("—", "—")), *words.SEXES))
    born_on: date | None = question(t("出生日期", "date of birth"), None)
    phone: str = question(t("联系电话", "telephone"), "", max_length=40)
    home: str = question(t("住址", "home"), "", place=True, max_length=40)
    lives: str = question(t("居住状况", "living situation"), options=words.LIVES)
    hardship: str = question(t("困难类别", "hardship"), "none", options=words.HARDSHIPS)


class Assessed(Form):
    """What the assessor found."""

    score: int = question(t("能力评估得分（0至90）", "points, 0 to 90"), ge=0, le=90)
    lives: str = question(t("居住状况", "living situation"), "", options=(("", t("不变", "as it is")), *words.LIVES))


class Shown(Form):
    """What a link is shown for."""

    purpose: str = question(t("用途", "what for"), min_length=4, max_length=200)


class Named(Form):
    """Somebody whom the elder names, and what they may see."""

    elder: int = question(t("老人", "elder"), reference="eldercare.elder")
    name: str = question(t("姓名", "name"), min_length=2, max_length=60)
    relation: str = question(t("关系", "relation"), options=words.RELATIONS)
    phone: str = question(t("联系电话", "telephone"), min_length=5, max_length=40)
    turn: int = question(t("联系顺序", "called in this order"), 1, ge=1, le=MOST_CONTACTS)
    sees_care: bool = question(t("可看探访与服务", "sees visits and services"), True)
    sees_calls: bool = question(t("可看呼救", "sees calls for help"), True)
    sees_looks: bool = question(t("可看谁查看过", "sees who looked"), False)


class ForElder(Form):
    """Whom it is for: asked first."""

    elder: int = question(t("老人", "elder"), reference="eldercare.elder")


class Given(Form):
    """Who looks after them."""

    steward: int = question(t("养老管家", "care steward"), reference="eldercare.carer")


def must_be(field: str, value: str, options: words.Options) -> None:
    """Raises Invalid where the answer is none of the options."""
    if value not in dict(options):
        raise Invalid([Problem(field, t("请从选项中选择", "Choose one of the options"), value=value[:40])])


def enrol(change: Change) -> Elder:
    """A new file: with the elder's yes and a code of their own, and a first visit soon."""
    given = change.answers
    if not given.agrees:
        raise Invalid([Problem("agrees", t("没有本人同意，不建档", "Without the elder's consent there is no file"))])
    told = {**given.model_dump(exclude={"agrees"}), **_registered(change, given.resident)}
    must_be("lives", told["lives"], words.LIVES)
    must_be("hardship", told["hardship"], words.HARDSHIPS)
    missing = [name for name in ("name", "sex", "born_on", "home") if not told[name]]
    if missing:
        raise Invalid([Problem(name, t("必填", "This is required")) for name in missing])
    must_be("sex", told["sex"], words.SEXES)
    _must_be_inside(change, told["home"])
    elder = Elder(**told, state="served", since=day_of(change), code=fresh_code())
    need, every = need_of(whom(elder, day_of(change)), day_of(change))
    elder.need, elder.visit_due = need, day_of(change) + min(every, FIRST_VISIT) if every else None
    change.add(elder)
    return elder


def _registered(change: Change, number: int | None) -> dict[str, Any]:
    """What the register of residents says of that number, under the viewer's own rights there."""
    known = registers().get(words.RESIDENTS)
    if number is None or known is None:
        return {}
    row: Any = readable(change.viewer, known.model).filter(pk=number).first()
    if row is None:
        raise NotFound(which=f"{words.RESIDENTS} {number}")
    if Elder.objects.filter(resident=number).exists():
        raise Invalid([Problem("resident", t("此人已建档", "There is a file already"), value=str(number))])
    return {"name": row.name, "sex": row.sex, "born_on": row.born_on, "phone": row.phone, "home": row.home}


def _must_be_inside(change: Change, home: str) -> None:
    """Nobody opens a file outside their own area, or at a place that is none."""
    areas = [post.place for post in change.viewer.posts if post.role in KEEPERS]
    if home not in names([home]) or (areas and not any(home.startswith(area) for area in areas)):
        raise Invalid([Problem("home", t("住址不在您的范围内", "The home lies outside your area"), value=home)])


def assess(change: Change) -> Elder:
    """The level follows from the points, and how often somebody comes from the level."""
    elder, given, day = change.record, change.answers, day_of(change)
    if given.lives:
        must_be("lives", given.lives, words.LIVES)
    elder.ability, elder.lives = level_of(given.score, day), given.lives or elder.lives
    need, due = next_visit(elder, day)
    change.save(elder, ability_score=given.score, assessed_on=day, need=need, visit_due=due)
    return elder


def next_visit(elder: Elder, day: date) -> tuple[str, date | None]:
    """How often somebody comes to this elder, and when next; nobody comes where the need asks for none."""
    need, every = need_of(whom(elder, day), day)
    return need, max((elder.last_met or day - every) + every, day) if every else None


def name_contact(change: Change) -> Contact:
    """Somebody to ask, with a code of their own."""
    given = change.answers
    elder = elder_of(change, given.elder)
    must_be("relation", given.relation, words.RELATIONS)
    if Contact.objects.filter(elder=elder).count() >= MOST_CONTACTS:
        raise Invalid([Problem("elder", t("联系人已满", "There are enough contacts already"))])
    return change.create(Contact, **{**given.model_dump(), "elder": elder}, code=fresh_code(), place=elder.home)


def elder_of(change: Change, number: int) -> Elder:
    """The elder that a form names, if the viewer may read the file. Raises Invalid."""
    found: Elder | None = readable(change.viewer, Elder).filter(pk=number).first()
    if found is None:
        raise Invalid([Problem("elder", t("没有这份档案", "There is no such file"), value=str(number))])
    return found


def give_steward(change: Change) -> Elder:
    """The steward who comes; only one on duty."""
    found: Carer | None = readable(change.viewer, Carer).filter(pk=change.answers.steward, kind="steward", active=True).first()
    if found is None:
        raise Invalid([Problem("steward", t("请选择在岗的养老管家", "Choose a steward who is on duty"))])
    change.save(change.record, steward=found)
    return change.record


def _moved(change: Change, step: Step) -> None:
    """A file that rests asks for no visit; one taken up again does so at once."""
    elder: Elder = change.record
    if step.target != "served":
        change.amend(elder, visit_due=None)
        return
    need, due = next_visit(elder, day_of(change))
    change.amend(elder, need=need, visit_due=due)


LIFE = Lifecycle(
    key="elder_file", label=t("养老服务档案", "file of an elder"), field="state", start="served", moved=_moved,
    states=tuple(State(key, label, final=key == "left") for key, label in words.FILE_STATES),
    steps=(
        Step("pause", t("暂停（住院、外出）", "pause (hospital, away)"), ("served",), "paused", by=KEEPERS, needs_reason=True),
        Step("take_up", t("恢复服务", "take up again"), ("paused",), "served", by=KEEPERS, primary=True),
        Step("leave", t("退出（本人撤回或离世）", "leave (consent withdrawn, or died)"), ("served", "paused"), "left", by=KEEPERS, needs_reason=True),
    ),
)  # fmt: skip
SERVED = Elder.state == "served"
ELDER, CONTACT = "eldercare.elder", "eldercare.contact"


def link_action(on: str, key: str, label: Any, link: Any) -> Action:
    """The action that shows a link for handing it over: who had it shown, and what for, is kept."""

    def show(change: Change) -> Any:
        row = change.record
        home = row.home if isinstance(row, Elder) else row.place
        record_reveal(change.viewer, on, row.pk, ["code"], change.answers.purpose, place=home)
        change.once["link"] = link(row.code)
        return row

    return Action(key, label, on, show, Shown, by=KEEPERS, adds=True)


ACTIONS = (
    Action("enrol", t("建档", "open a file"), ELDER, enrol, Enrolled, by=KEEPERS, creates=True),
    Action("assess", t("登记能力评估", "record an assessment"), ELDER, assess, Assessed, by=KEEPERS, when=SERVED),
    Action("give_steward", t("安排养老管家", "give a steward"), ELDER, give_steward, Given, by=("community_worker", CENTRE), when=SERVED),
    Action("name_contact", t("登记家人", "name somebody"), CONTACT, name_contact, Named, by=KEEPERS, creates=True),
    erasing(ELDER),
)
