"""The seven steps of a case of city management: reported, filed, sent, handled, answered, checked, scored."""

from __future__ import annotations

from pathlib import Path

from hexi.kit import (
    CHECKERS,
    DISPATCHERS,
    HANDLERS,
    Case,
    CaseType,
    Change,
    Checked,
    Clock,
    Dispatch,
    Form,
    Lifecycle,
    State,
    Step,
    check_failed,
    check_passed,
    dispatch,
    noted,
    question,
    read_ladder,
    read_limits,
    reopened,
    t,
)

DATA = Path(__file__).parent / "data"
DESK = DISPATCHERS
COLLECTORS = ("grid_worker", "case_acceptor")
OPENED_BY = ("public", "grid_worker", "community_worker", "street_staff", "case_acceptor")


class SeenThere(Form):
    """What a collector found at the place before the case is filed."""

    note: str = question(t("核实情况", "what was found"), widget="textarea", min_length=2, max_length=2000)
    photos: list[int] = question(t("核实照片", "photos"), [], widget="photos", max_length=12)


class DoneOnTheSpot(Form):
    """What the grid worker put right at once."""

    result: str = question(t("处置情况", "what was done"), widget="textarea", min_length=2, max_length=2000)
    before: list[int] = question(t("处置前照片", "photos before"), [], widget="photos", max_length=12)
    after: list[int] = question(t("处置后照片", "photos after"), [], widget="photos", max_length=12)


def seen_there(change: Change) -> None:
    """Kept with the case: who went, and what was there."""
    given = change.answers
    change.amend(change.record, answers={**change.record.answers, "verified": {"by": change.viewer.name, "note": given.note}})
    noted(change, change.record, given.note, given.photos)


def done_on_the_spot(change: Change) -> None:
    """自行处置: handled by whoever found it, with photos of before and after."""
    given = change.answers
    change.amend(change.record, answers={**change.record.answers, "on_the_spot": {"by": change.viewer.name, "result": given.result}})
    noted(change, change.record, given.result, given.after, given.before)


STATES = (
    State("reported", t("已上报", "reported"), phase="new"), State("verified", t("已核实", "seen there"), phase="new"),
    State("filed", t("已立案", "filed"), phase="working"), State("sent_out", t("已派遣", "sent out"), phase="working"),
    State("in_hand", t("处置中", "in hand"), phase="working"), State("put_off", t("挂账", "put off"), phase="waiting"),
    State("handled", t("待核查", "handled"), phase="resolved"), State("closed", t("已结案", "closed"), final=True, phase="closed"),
    State("done_there", t("自行处置", "done on the spot"), final=True, phase="closed"),
    State("not_filed", t("不予立案", "not filed"), final=True, phase="cancelled"),
    State("voided", t("作废", "cancelled"), final=True, phase="cancelled"),
    State("joined", t("已并案", "merged"), final=True, phase="cancelled"),
)  # fmt: skip
BEFORE = ("reported", "verified")
STEPS = (
    Step("see_there", t("现场核实", "see at the place"), ("reported",), "verified", by=("grid_worker", "case_checker"), form=SeenThere,
         run=seen_there, primary=True),
    Step("do_there", t("自行处置", "done on the spot"), ("reported",), "done_there", by=("grid_worker", "community_worker"),
         form=DoneOnTheSpot, run=done_on_the_spot),
    Step("file", t("立案", "file"), ("verified",), "filed", by=("case_acceptor",), primary=True),
    Step("file_at_once", t("立案（网格已核实）", "file, the grid worker has seen it"), ("reported",), "filed", by=("case_acceptor",),
         when=Case.source == "grid", primary=True),
    Step("refuse_filing", t("不予立案", "do not file"), BEFORE, "not_filed", by=("case_acceptor",), needs_reason=True),
    Step("void", t("作废", "void"), (*BEFORE, "filed"), "voided", by=("case_acceptor", "case_dispatcher"), needs_reason=True),
    Step("send_out", t("派遣", "send out"), ("filed",), "sent_out", by=("case_dispatcher",), form=Dispatch, run=dispatch, primary=True),
    Step("task_accepted", t("签收", "accepted"), ("sent_out",), "in_hand", by=("platform",)),
    Step("task_returned", t("回退", "returned"), ("sent_out", "in_hand"), "filed", by=("platform",)),
    Step("tasks_done", t("处置反馈", "answered"), ("sent_out", "in_hand"), "handled", by=("platform",)),
    Step("put_off", t("挂账", "put off"), ("in_hand",), "put_off", by=("case_dispatcher",), needs_reason=True),
    Step("take_up", t("恢复处置", "take up again"), ("put_off",), "in_hand", by=("case_dispatcher", *HANDLERS), primary=True),
    Step("pass_check", t("核查通过并结案", "check passed: close"), ("handled",), "closed", by=("case_checker", "grid_worker"), form=Checked,
         run=check_passed, primary=True, party=CHECKERS),
    Step("fail_check", t("核查不通过，返工", "check failed: do it again"), ("handled",), "in_hand", by=("case_checker", "grid_worker"),
         form=Checked, run=check_failed, needs_reason=True, party=CHECKERS),
    Step("merge_into", t("并案", "merge"), (*BEFORE, "filed"), "joined", by=("platform",)),
    Step("reopen", t("重开", "reopen"), ("closed",), "filed", by=DESK, needs_reason=True, run=reopened),
)  # fmt: skip
life = Lifecycle(key="urban", label=t("城市管理案卷", "case of city management"), field="state", start="reported", states=STATES, steps=STEPS)
# Time in the hands of the dispatcher after a return does not run against an office; a failed check starts the handling anew, and a case
# that is opened again has its time for closing anew.
CLOCKS = (
    Clock("filing", t("立案", "filing"), ("reported",), ("filed", "not_filed", "voided", "done_there")),
    Clock("sending", t("派遣", "sending out"), ("filed",), ("sent_out", "voided"), again=True),
    Clock("handling", t("处置", "handling"), ("sent_out", "in_hand"), ("handled",), pauses=("put_off", "filed"), again=True),
    Clock("checking", t("核查", "checking"), ("handled",), ("closed", "in_hand"), again=True),
    Clock("closing", t("结案", "closing"), ("filed",), ("closed",), pauses=("put_off",), again=True),
)
urban = CaseType(
    "urban", t("城市管理案件", "city management"), life, CLOCKS, read_limits(DATA / "limits.yaml"), read_ladder(DATA / "limits.yaml"),
    opened_by=OPENED_BY, public=True, closes_on="all", reopens_days=7,
)  # fmt: skip
