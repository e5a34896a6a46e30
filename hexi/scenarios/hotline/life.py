"""The life of an order of the hotline: taken, sent to its office, received, the caller contacted, answered, called back, closed."""

from __future__ import annotations

from hexi.kit import (
    CHECKERS,
    DISPATCHERS,
    HANDLERS,
    CalledBack,
    CaseTask,
    CaseType,
    Change,
    Clock,
    Dispatch,
    Forbidden,
    Form,
    Invalid,
    Lifecycle,
    Problem,
    State,
    Step,
    called_back,
    called_back_unsolved,
    dispatch,
    question,
    read_ladder,
    read_limits,
    reopened,
    t,
)
from hexi.scenarios.hotline.grounds import DATA, NOT_ORDERS

OPERATORS = ("hotline_operator", "case_acceptor")
CALLERS = ("hotline_caller",)


class NotTaken(Form):
    """On which ground it is no order, and where the caller was sent instead."""

    ground: str = question(t("不作工单的情形", "ground"), options=NOT_ORDERS)
    way: str = question(t("告知的正确途径", "where the caller was sent"), widget="textarea", min_length=2, max_length=500)


class Answered(Form):
    """What the operator told the caller at once."""

    answer: str = question(t("答复内容", "answer"), widget="textarea", min_length=2, max_length=2000)


class Contacted(Form):
    """How the office reached the caller."""

    note: str = question(t("联系情况", "what was said"), widget="textarea", min_length=2, max_length=1000)


def not_taken(change: Change) -> None:
    """Kept with the order: the ground and the way that was told."""
    given = change.answers
    if given.ground not in dict(NOT_ORDERS):
        why = t("请选择所列情形之一", "Choose one of the grounds listed")
        raise Invalid([Problem("ground", why, value=given.ground)])
    change.amend(change.record, answers={**change.record.answers, "not_taken": {"ground": given.ground, "way": given.way}})


def answered(change: Change) -> None:
    """Answered on the telephone; nothing is sent out."""
    change.amend(change.record, answers={**change.record.answers, "answer": {"by": change.viewer.name, "text": change.answers.answer}})


def contacted(change: Change) -> None:
    """The office has spoken to the caller."""
    said = {"by": change.viewer.name, "note": change.answers.note}
    change.amend(change.record, answers={**change.record.answers, "contacts": [*change.record.answers.get("contacts", []), said]})


def only_by_decision(_change: Change, _task: CaseTask) -> None:
    """An order goes back only when the hotline agrees: the claim, its basis and the decision are kept."""
    what = t("热线工单不能自行退回", "An office cannot give an order back by itself")
    raise Forbidden(what, do=t("请用“申请退回”，写明理由和依据", "Use “claim that it is not ours”, with reason and basis"))


STATES = (
    State("taken", t("已受理", "taken"), phase="new"), State("to_send", t("待派单", "to be sent"), phase="working"),
    State("to_receive", t("待接收", "to be received"), phase="working"), State("received", t("待联系", "received"), phase="working"),
    State("contacted", t("办理中", "caller contacted"), phase="working"), State("on_hold", t("挂账", "on hold"), phase="waiting"),
    State("replied", t("待回访", "answered"), phase="resolved"), State("order_closed", t("办结", "closed"), final=True, phase="closed"),
    State("told", t("直接答复", "answered at once"), final=True, phase="closed"),
    State("no_order", t("不作工单", "no order"), final=True, phase="cancelled"),
    State("same_event", t("并入同一事件", "merged into one event"), final=True, phase="cancelled"),
)  # fmt: skip
IN_HAND = ("to_receive", "received", "contacted")
STEPS = (
    Step("take", t("转派单", "make it an order"), ("taken",), "to_send", by=OPERATORS, primary=True),
    Step("tell", t("直接答复", "answer at once"), ("taken",), "told", by=OPERATORS, form=Answered, run=answered),
    Step("no_order", t("不作工单办理", "no order"), ("taken", "to_send"), "no_order", by=OPERATORS, form=NotTaken, run=not_taken,
         needs_reason=True),
    Step("send_out", t("派单", "send out"), ("to_send",), "to_receive", by=("case_dispatcher",), form=Dispatch, run=dispatch, primary=True),
    Step("task_accepted", t("接收", "received"), ("to_receive",), "received", by=("platform",)),
    Step("task_returned", t("退回改派", "back to be sent anew"), IN_HAND, "to_send", by=("platform",)),
    Step("contact", t("联系诉求人", "contact the caller"), ("received",), "contacted", by=HANDLERS, form=Contacted, run=contacted, primary=True),
    Step("tasks_done", t("反馈", "answered"), ("received", "contacted"), "replied", by=("platform",)),
    Step("hold", t("挂账", "put on hold"), ("contacted",), "on_hold", by=("case_dispatcher",), needs_reason=True),
    Step("go_on", t("恢复办理", "go on"), ("on_hold",), "contacted", by=("case_dispatcher", *HANDLERS), primary=True),
    Step("close_after_call", t("回访办结", "call back and close"), ("replied",), "order_closed", by=CALLERS, form=CalledBack, run=called_back,
         primary=True, party=CHECKERS),
    Step("redo_after_call", t("回访未解决，重办", "not solved: do it again"), ("replied",), "contacted", by=CALLERS, form=CalledBack,
         run=called_back_unsolved, needs_reason=True, party=CHECKERS),
    Step("merge_into", t("并入同一事件", "merge into one event"), ("taken", "to_send", *IN_HAND), "same_event", by=("platform",)),
    Step("reopen", t("重开", "reopen"), ("order_closed",), "to_send", by=DISPATCHERS, needs_reason=True, run=reopened),
)  # fmt: skip
life = Lifecycle(key="hotline", label=t("热线工单", "order of the hotline"), field="state", start="taken", states=STATES, steps=STEPS)
CLOCKS = (
    Clock("taking", t("受理", "taking"), ("taken",), ("to_send", "told", "no_order")),
    Clock("receiving", t("接收", "receiving"), ("to_receive",), ("received", "to_send"), again=True),
    Clock("contacting", t("联系诉求人", "contacting"), ("to_receive",), ("contacted", "replied"), pauses=("to_send",), again=True),
    Clock("handling", t("办理", "handling"), ("to_receive", "contacted"), ("replied",), pauses=("to_send", "on_hold"), again=True),
    Clock("calling", t("回访", "calling back"), ("replied",), ("order_closed", "contacted"), again=True),
)
hotline = CaseType(
    "hotline", t("热线工单", "order of the hotline"), life, CLOCKS,
    (*read_limits(DATA / "limits.yaml"), *read_limits(DATA / "marks.yaml")), read_ladder(DATA / "limits.yaml"),
    opened_by=("hotline_operator", "case_acceptor", "public"), closes_on="lead", reopens_days=7, before_return=only_by_decision,
)  # fmt: skip
