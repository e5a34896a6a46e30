"""What grid members find on their rounds: clues, never inspections.

Grid members and other helpers without a licence may not carry out administrative inspections of enterprises (the national opinion on
enterprise-related inspections, as Gansu's implementing rule puts it). Their role is declared without `inspects`, this kind of case
is none, and the catalogue refuses to start with an inspection that they could open or carry on.
"""

from __future__ import annotations

from pathlib import Path

from hexi.kit import (
    CHECKERS,
    Action,
    CaseType,
    Change,
    Checked,
    Clock,
    Dispatch,
    Forbidden,
    Form,
    Lifecycle,
    NewCase,
    State,
    Step,
    check_passed,
    dispatch,
    open_case,
    question,
    read_limits,
    t,
)
from hexi.scenarios.grid.models import DutyGrid, Patrol

LIMITS = Path(__file__).with_name("clue_limits.yaml")
FINDERS = ("grid_worker", "community_worker")
SENDERS = ("street_staff", "case_dispatcher")
NO_LICENCE = t("网格员没有行政检查权，不得进入企业检查", "Grid members hold no licence to inspect and may not enter an enterprise to do so")


class Found(Form):
    """What was seen from where anybody may stand."""

    title: str = question(t("线索", "clue"), min_length=2, max_length=160)
    description: str = question(t("看到的情况", "what was seen"), "", widget="textarea", max_length=4000)
    about_enterprise: bool = question(t("涉及企业", "about an enterprise"), False)
    entered: bool = question(t("为此进入了企业经营场所", "its premises were entered for this"), False)
    photos: list[int] = question(t("照片", "photos"), [], widget="photos", max_length=12)


class Walked(Form):
    """What the round was like."""

    note: str = question(t("巡查情况", "what was seen"), "", widget="textarea", max_length=2000)


def report_clue(change: Change) -> DutyGrid:
    """A clue goes to whoever may look into it. One won by entering an enterprise is refused: that would be an inspection."""
    grid, given = change.record, change.answers
    if given.about_enterprise and given.entered:
        raise Forbidden(NO_LICENCE, do=t("请只记录公共场所可见的线索", "Record only what is seen from public ground"))
    new = NewCase(
        "clue",
        given.title,
        given.description,
        source="grid",
        place=grid.place,
        files=tuple(given.photos),
        answers={"about_enterprise": given.about_enterprise},
    )
    open_case(change.viewer, new)
    return grid


def patrol(change: Change) -> DutyGrid:
    """One round through the grid."""
    grid, now = change.record, change.context.now
    change.create(Patrol, grid=grid, place=grid.place, at=now, by=change.viewer.name, note=change.answers.note)
    change.save(grid, last_patrol=now)
    return grid


LIFE = Lifecycle(
    key="clue",
    label=t("网格线索", "grid clue"),
    field="state",
    start="reported",
    states=(
        State("reported", t("已上报", "reported"), phase="new"),
        State("sent", t("已移交", "sent on"), phase="working"),
        State("in_hand", t("部门处理中", "in hand"), phase="working"),
        State("answered", t("部门已答复", "answered"), phase="resolved"),
        State("closed", t("办结", "closed"), final=True, phase="closed"),
        State("not_taken", t("不予移交", "not taken on"), final=True, phase="cancelled"),
    ),
    steps=(
        Step(
            "send_on",
            t("移交有权部门", "send to whoever may act"),
            ("reported",),
            "sent",
            by=SENDERS,
            form=Dispatch,
            run=dispatch,
            primary=True,
        ),
        Step("not_take", t("不予移交", "not take on"), ("reported",), "not_taken", by=SENDERS, needs_reason=True),
        Step("task_accepted", t("签收", "accepted"), ("sent",), "in_hand", by=("platform",)),
        Step("task_returned", t("退回", "returned"), ("sent", "in_hand"), "reported", by=("platform",)),
        Step("tasks_done", t("答复", "answered"), ("sent", "in_hand"), "answered", by=("platform",)),
        Step(
            "close",
            t("办结", "close"),
            ("answered",),
            "closed",
            by=(*SENDERS, "case_checker"),
            form=Checked,
            run=check_passed,
            party=CHECKERS,
            primary=True,
        ),
    ),
)
CLUE = CaseType(
    "clue",
    t("网格线索", "grid clue"),
    LIFE,
    opened_by=FINDERS,
    clocks=(
        Clock("passing", t("移交", "passing on"), ("reported",), ("sent", "not_taken")),
        Clock("answering", t("答复", "answering"), ("sent",), ("answered",)),
    ),
    limits=read_limits(LIMITS),
)
GRID = "grid.dutygrid"
ACTIONS = (
    Action("patrol", t("登记巡查", "record a patrol"), GRID, patrol, Walked, by=FINDERS, when=DutyGrid.in_use, primary=True),
    Action("report_clue", t("上报线索", "report a clue"), GRID, report_clue, Found, by=FINDERS, when=DutyGrid.in_use),
)
