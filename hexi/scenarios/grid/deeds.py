"""双报到: needs, pledges and deeds. A check-in counts nothing; a deed counts when its beneficiary says that it was done."""

from __future__ import annotations

import secrets
from datetime import date

from hexi.kit import (
    Action,
    Change,
    Conflict,
    Forbidden,
    Form,
    Invalid,
    Label,
    NotFound,
    Problem,
    may,
    names,
    question,
    record_reveal,
    registers,
    t,
)
from hexi.scenarios.grid import words
from hexi.scenarios.grid.confirming import SLIP
from hexi.scenarios.grid.models import CheckIn, Confirmation, Need, PartyOrgan, PartyUnit, Pledge, ServiceDeed
from hexi.scenarios.grid.today import today

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is read as another
CODE_LENGTH = 12
COMMUNITY = ("community_worker",)
LIAISON = ("party_liaison",)
CALLERS = ("community_worker", "grid_worker", "street_staff")
COUNTS = "done"
"""The one verdict that counts. In part is not done: the pledge stands."""


class Posted(Form):
    """What is needed, and where."""

    title: str = question(t("需求", "need"), min_length=2, max_length=160)
    kind: str = question(t("需求类别", "kind"), options=words.NEED_KINDS)
    what: str = question(t("具体内容", "what"), "", widget="textarea", max_length=2000)
    place: str = question(t("社区", "community"), place=True, max_length=40)
    wanted_by: date | None = question(t("希望完成日期", "wanted by"), None)


class Shown(Form):
    """What the code is shown for."""

    purpose: str = question(t("用途", "what for"), min_length=4, max_length=200)


class Pledged(Form):
    """Which unit takes it on, and until when."""

    unit: int = question(t("认领单位", "unit"), reference="grid.partyunit")
    due_on: date | None = question(t("承诺完成日期", "promised by"), None)


class Served(Form):
    """What was done."""

    outcome: str = question(t("服务情况", "what was done"), widget="textarea", min_length=2, max_length=4000)
    hours: float = question(t("服务小时", "hours"), ge=0.5, le=200)


class ByCode(Form):
    """What the beneficiary says, with the code that only they were given."""

    code: str = question(t("确认码", "code"), min_length=6, max_length=20)
    verdict: str = question(t("办得怎么样", "was it done"), options=words.VERDICTS)
    note: str = question(t("补充说明", "anything to add"), "", widget="textarea", max_length=1000)


class ByCall(Form):
    """What the beneficiary says on the telephone."""

    verdict: str = question(t("受益人的话", "verdict"), options=words.VERDICTS)
    note: str = question(t("通话情况", "how the call went"), widget="textarea", min_length=2, max_length=1000)


class CheckedIn(Form):
    """How many members reported."""

    people: int = question(t("报到党员人数", "members"), ge=0, le=10_000)


class Organ(Form):
    """A link of the chain, under the next above."""

    name: str = question(t("组织名称", "name"), min_length=2, max_length=120)
    kind: str = question(t("层级", "level"), options=words.ORGAN_KINDS)
    parent: int | None = question(t("上级组织", "above"), None, reference="grid.partyorgan")
    place: str = question(t("范围", "area"), place=True, max_length=40)
    head: str = question(t("负责人", "head"), "", max_length=60)
    members: int = question(t("党员数", "members"), 0, ge=0, le=100_000)


def post_need(change: Change) -> Need:
    """A need with a fresh code. The community hands the code to whoever it is for; those who serve never see it."""
    given = change.answers
    _one_of("kind", given.kind, words.NEED_KINDS)
    _inside(change, given.place, COMMUNITY)
    return change.create(Need, **given.model_dump(), code=fresh_code(), posted_by=change.viewer.name, posted_id=change.viewer.account)


def show_link(change: Change) -> Need:
    """The beneficiary's link, for handing it to them: who had it shown, and what for, is kept. Nothing of the need changes."""
    need: Need = change.record
    record_reveal(change.viewer, NEED, need.pk, ["code"], change.answers.purpose, place=need.place)
    change.once["link"] = SLIP.link(need.code)
    return need


def pledge_need(change: Change) -> Need:
    """A checked-in unit takes the need on."""
    need, given = change.record, change.answers
    unit = PartyUnit.objects.filter(pk=given.unit).first()
    if unit is None or not need.place.startswith(unit.place):
        raise Invalid(
            [Problem("unit", t("该单位未在这个社区报到", "The unit did not check in with this community"), value=str(given.unit))]
        )
    change.create(Pledge, need=need, unit=unit, place=need.place, on=today(change), due_on=given.due_on, by=change.viewer.name)
    change.save(need, state="pledged")
    return need


def withdraw_pledge(change: Change) -> Pledge:
    """The unit gives it back. It stays among what was pledged."""
    change.save(change.record, state="withdrawn")
    change.save(change.record.need, state="open")
    return change.record


def record_deed(change: Change) -> Pledge:
    """Something was done. It waits for the beneficiary's word. Whoever can see codes may not be the doer."""
    pledge, given = change.record, change.answers
    if may(change.viewer, registers()["grid.need"], "reveal") or change.viewer.account == pledge.need.posted_id:
        what = t("能看到受益人确认码的人不能登记实事", "Whoever can see the beneficiary's code may not record the deed")
        raise Forbidden(what, do=t("请由提供服务的单位登记", "Let the unit that served record it"))
    change.create(
        ServiceDeed,
        pledge=pledge,
        title=pledge.need.title,
        title_en=pledge.need.title_en,
        place=pledge.place,
        on=today(change),
        hours=given.hours,
        outcome=given.outcome,
        by=change.viewer.name,
        by_id=change.viewer.account,
    )
    change.save(pledge, state="served")
    change.once["link"] = SLIP.link()  # without the code: the doer never sees it
    return pledge


def confirm_by_code(change: Change) -> Confirmation:
    """The beneficiary's own word, by the code. Raises NotFound for a code that opens nothing."""
    given = change.answers
    _one_of("verdict", given.verdict, words.VERDICTS)
    waiting = ServiceDeed.objects.select_for_update(of=("self",)).filter(state="waiting", pledge__need__code=given.code.strip().upper())
    deed = waiting.order_by("-pk").first()
    if deed is None:
        raise NotFound(t("这个确认码没有待确认的实事", "This code has no deed to confirm"), do=t("请核对确认码", "Check the code"))
    return _confirmed(change, deed, "code")


def confirm_by_call(change: Change) -> ServiceDeed:
    """Somebody else than the doer called the beneficiary and writes down what they said."""
    _one_of("verdict", change.answers.verdict, words.VERDICTS)
    _confirmed(change, change.record, "call", by=change.viewer.name)
    return change.record


def check_in(change: Change) -> PartyUnit:
    """Members reported to the community: a fact, and no deed."""
    unit = change.record
    change.create(CheckIn, unit=unit, place=unit.place, on=today(change), people=change.answers.people)
    return unit


def add_organ(change: Change) -> PartyOrgan:
    """A new link, which hangs on the next above it and inside its area."""
    given = change.answers
    _one_of("kind", given.kind, words.ORGAN_KINDS)
    _inside(change, given.place, (*COMMUNITY, "street_staff"))
    above = PartyOrgan.objects.filter(pk=given.parent).first() if given.parent else None
    if problem := misplaced(given.kind, above.kind if above else "", given.place, above.place if above else ""):
        raise Invalid([Problem("parent", problem)])
    values = {"name": given.name, "kind": given.kind, "place": given.place, "head": given.head, "members": given.members}
    return change.create(PartyOrgan, **values, parent=above)


def misplaced(kind: str, above: str, place: str, above_place: str) -> Label | None:
    """Why a link of this kind may not hang there; None where it may. The chain has one order and each link lies inside the one above."""
    order = [key for key, _ in words.ORGAN_KINDS]
    at = order.index(kind)
    if above != (order[at - 1] if at else ""):
        wanted = dict(words.ORGAN_KINDS)[order[at - 1]] if at else None
        if wanted is None:
            return t("社区党委没有网格内的上级", "A community committee has nothing above it in the grid")
        return t("它的上级应是{wanted}", "What is above it must be a {wanted}").filled(wanted=wanted)
    if above_place and not place.startswith(above_place):
        return t("它的范围应在上级组织的范围之内", "Its area must lie inside that of the organ above")
    return None


def fresh_code() -> str:
    """A code that can be read out and that nobody guesses."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def _confirmed(change: Change, deed: ServiceDeed, way: str, by: str = "") -> Confirmation:
    if change.viewer.account is not None and change.viewer.account == deed.by_id:
        what = t("提供服务的人不能确认自己的实事", "Whoever did it may not confirm it")
        raise Forbidden(what, do=t("请由受益人凭码确认，或由他人电话回访", "The beneficiary confirms by code, or somebody else calls"))
    if deed.state != "waiting":
        raise Conflict(t("这件实事已有受益人的答复", "The beneficiary has answered for this deed already"))
    given, counts = change.answers, change.answers.verdict == COUNTS
    now, pledge = change.context.now, deed.pledge
    change.save(deed, state="confirmed" if counts else "disputed", confirmed_at=now if counts else None, way=way)
    change.save(pledge, state="confirmed" if counts else "pledged")
    if counts:
        change.save(pledge.need, state="met")
    return change.create(Confirmation, deed=deed, place=deed.place, at=now, way=way, verdict=given.verdict, note=given.note, by=by)


def _one_of(name: str, value: str, options: words.Options) -> None:
    if value not in dict(options):
        raise Invalid([Problem(name, t("请从选项中选择", "Choose one of the options"), value=value[:40])])


def _inside(change: Change, place: str, roles: tuple[str, ...]) -> None:
    """The place exists and lies in the area of a post that may do it."""
    if place not in names([place]):
        raise Invalid([Problem("place", t("没有这个地点", "There is no such place"), value=place[:40])])
    if not any(post.role in roles and post.place and place.startswith(post.place) for post in change.viewer.posts):
        raise Forbidden(t("不在您的责任范围内", "This is outside your area"))


DEED, NEED, PLEDGE = "grid.servicedeed", "grid.need", "grid.pledge"
ACTIONS = (
    Action("post_need", t("发布需求", "post a need"), NEED, post_need, Posted, by=COMMUNITY, creates=True),
    Action("show_link", t("出示确认链接", "show the link"), NEED, show_link, Shown, by=COMMUNITY, when=Need.state != "met", adds=True),
    Action("pledge_need", t("认领", "take it on"), NEED, pledge_need, Pledged, by=LIAISON, when=Need.state == "open", primary=True),
    Action(
        "withdraw_pledge",
        t("退出认领", "give it back"),
        PLEDGE,
        withdraw_pledge,
        by=LIAISON,
        needs_reason=True,
        when=Pledge.state == "pledged",
    ),
    Action(
        "record_deed",
        t("登记实事", "record the deed"),
        PLEDGE,
        record_deed,
        Served,
        by=LIAISON,
        when=Pledge.state == "pledged",
        primary=True,
    ),
    Action("confirm_by_code", t("凭码确认", "confirm by code"), "grid.confirmation", confirm_by_code, ByCode, by=("public",), creates=True),
    Action(
        "confirm_by_call",
        t("电话回访确认", "confirm by a call"),
        DEED,
        confirm_by_call,
        ByCall,
        by=CALLERS,
        when=ServiceDeed.state == "waiting",
        primary=True,
    ),
    Action("check_in", t("登记报到", "record a check-in"), "grid.partyunit", check_in, CheckedIn, by=COMMUNITY, adds=True),
    Action("add_organ", t("增设组织", "add an organ"), "grid.partyorgan", add_organ, Organ, by=(*COMMUNITY, "street_staff"), creates=True),
)
