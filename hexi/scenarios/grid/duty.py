"""今日我当班: the community's desk. Whoever received a matter answers for it until the person is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hexi.kit import (
    Action,
    CaseType,
    Change,
    Clock,
    Conflict,
    Dispatch,
    Forbidden,
    Form,
    Invalid,
    Lifecycle,
    NewCase,
    Problem,
    Reporter,
    State,
    Step,
    dispatch,
    open_case,
    question,
    read_ladder,
    read_limits,
    t,
)
from hexi.scenarios.grid.models import DutySlot, Reception
from hexi.scenarios.grid.today import today

LIMITS = Path(__file__).with_name("limits.yaml")
DESK = ("community_worker",)
ANSWERING = ("community_worker", "grid_worker")
"""A grid member who brings a matter home from a visit answers for it too."""
COMMUNITY_WIDTH = 12


class Received(Form):
    """What somebody brings to the desk."""

    title: str = question(t("来访事项", "matter"), min_length=2, max_length=160)
    description: str = question(t("情况", "what they say"), "", widget="textarea", max_length=4000)
    place: str = question(t("社区", "community"), place=True, max_length=40)
    name: str = question(t("来访人", "who came"), "", max_length=60)
    phone: str = question(t("联系电话", "telephone"), "", max_length=40)


class Settled(Form):
    """How it was settled while they were there."""

    result: str = question(t("办理结果", "result"), widget="textarea", min_length=2, max_length=2000)


class Told(Form):
    """How the person was told, and what they said."""

    how: str = question(t("回告方式和对方意见", "how they were told and what they said"), widget="textarea", min_length=2, max_length=200)


class HandOver(Form):
    """Who takes the desk, and what they must know."""

    to: str = question(t("接班人", "handed to"), min_length=1, max_length=60)
    note: str = question(t("交班说明", "what they must know"), "", widget="textarea", max_length=2000)


def receive(change: Change) -> Reception:
    """Take a matter in. The person at the desk answers for it from now on."""
    given, viewer = change.answers, change.viewer
    if not any(post.role in DESK and post.place and given.place.startswith(post.place) for post in viewer.posts):
        raise Forbidden(t("只能在本社区的值班台登记", "You may receive matters at your own community's desk only"))
    reporter = Reporter(given.name, given.phone) if given.name or given.phone else None
    new = NewCase("desk_matter", given.title, given.description, source="resident", place=given.place, reporter=reporter)
    case = open_case(viewer, new).case
    return answerable_for(change, case)


def answerable_for(change: Change, case: Any) -> Reception:
    """The row that says who answers for a desk matter; made for whoever first does something about it where nobody received it."""
    found = Reception.objects.select_for_update().filter(case=case).first()
    if found is not None:
        return found
    community = case.place[:COMMUNITY_WIDTH]
    slot = DutySlot.objects.filter(place=community, day=today(change), handed_at=None).exclude(taken_at=None).first()
    return change.create(
        Reception,
        case=case,
        place=case.place,
        title=case.title,
        title_en=case.title_en,
        slot=slot,
        answerable=change.viewer.name,
        answerable_id=change.viewer.account,
        received_at=change.context.now,
    )


def settled(change: Change) -> None:
    """Done while the person was there, who knows it thereby."""
    row = _own(change)
    change.save(row, at_once=True, told_at=change.context.now, told_how=change.answers.result[:200])


def passed_on(change: Change) -> None:
    """Sent to an office; who received it still answers."""
    _own(change)
    dispatch(change)


def told(change: Change) -> None:
    """The person knows. Said by whoever answers for it and by nobody else."""
    change.save(_own(change), told_at=change.context.now, told_how=change.answers.how)


def take_over(change: Change) -> Reception:
    """Somebody else answers from now on, because the one who did cannot: with the reason, and named."""
    row: Reception = change.record
    if row.answerable_id == change.viewer.account:
        raise Conflict(t("您已是首问责任人", "You answer for it already"))
    change.save(row, answerable=change.viewer.name, answerable_id=change.viewer.account, handovers=row.handovers + 1)
    return row


def take_desk(change: Change) -> DutySlot:
    """On duty from now. Only whoever the rota names."""
    slot: DutySlot = change.record
    if slot.username and slot.username != change.viewer.username:
        what = t("本班值班人是{name}", "{name} is on duty in this shift").filled(name=slot.name)
        raise Forbidden(what, do=t("换班请先改排班", "To swap, change the rota first"))
    change.save(slot, taken_at=change.context.now)
    return slot


def hand_over(change: Change) -> DutySlot:
    """The desk goes to the next. What was received stays with whoever received it; how many are still open is written down."""
    slot, given = change.record, change.answers
    if slot.taken_at is None:
        raise Invalid([Problem("to", t("还没有上岗，不能交班", "Nobody has taken this desk yet"))])
    left = Reception.objects.filter(place__startswith=slot.place, told_at=None).count()
    change.save(slot, handed_at=change.context.now, handed_to=given.to, handover=given.note, open_matters=left)
    return slot


def _own(change: Change) -> Reception:
    row = answerable_for(change, change.record)
    if row.answerable_id is not None and row.answerable_id != change.viewer.account:
        what = t("首问责任人是{name}，由其办理和回告", "{name} received it and answers for it").filled(name=row.answerable)
        raise Forbidden(what, do=t("如本人无法办理，请先在首问登记中接管责任", "If they cannot, take it over in the reception first"))
    return row


LIFE = Lifecycle(
    key="desk_matter",
    label=t("首问事项", "desk matter"),
    field="state",
    start="received",
    states=(
        State("received", t("接待", "received"), phase="new"),
        State("passed_on", t("转交", "passed on"), phase="working"),
        State("in_hand", t("承办中", "in hand"), phase="working"),
        State("answered", t("待回告", "to be told"), phase="resolved"),
        State("settled", t("当场办结", "settled at once"), final=True, phase="closed"),
        State("told", t("已回告", "told"), final=True, phase="closed"),
    ),
    steps=(
        Step("settle", t("当场办结", "settle at once"), ("received",), "settled", by=ANSWERING, form=Settled, run=settled, primary=True),
        Step(
            "pass_on",
            t("转交（责任不转）", "pass on, staying answerable"),
            ("received",),
            "passed_on",
            by=ANSWERING,
            form=Dispatch,
            run=passed_on,
        ),
        Step("task_accepted", t("签收", "accepted"), ("passed_on",), "in_hand", by=("platform",)),
        Step("task_returned", t("退回", "returned"), ("passed_on", "in_hand"), "received", by=("platform",)),
        Step("tasks_done", t("反馈", "done"), ("passed_on", "in_hand"), "answered", by=("platform",)),
        Step("tell", t("回告", "tell the person"), ("answered",), "told", by=ANSWERING, form=Told, run=told, primary=True),
    ),
)
DESK_MATTER = CaseType(
    "desk_matter",
    t("首问事项", "desk matter"),
    LIFE,
    opened_by=("community_worker", "grid_worker"),
    clocks=(Clock("telling", t("回告", "telling"), ("received",), ("settled", "told")),),
    limits=read_limits(LIMITS),
    ladder=read_ladder(LIMITS),
)

RECEPTION, SLOT = "grid.reception", "grid.dutyslot"
ACTIONS = (
    Action("receive", t("接待登记", "receive a matter"), RECEPTION, receive, Received, by=DESK, creates=True, primary=True),
    Action(
        "take_over", t("接管首问责任", "take it over"), RECEPTION, take_over, by=DESK, needs_reason=True, when=Reception.told_at.missing()
    ),
    Action("take_desk", t("上岗", "take the desk"), SLOT, take_desk, by=DESK, when=DutySlot.taken_at.missing(), primary=True),
    Action(
        "hand_over",
        t("交班", "hand over"),
        SLOT,
        hand_over,
        HandOver,
        by=DESK,
        when=DutySlot.handed_at.missing() & ~DutySlot.taken_at.missing(),
    ),
)
