"""A broken lamp: received, accepted, sent out, mended, checked; with a clock that pauses, one that does not, and a ladder."""

from enum import StrEnum

from hexi.core.data.api import Change, Form, question
from hexi.core.data.tests.samples.models import Thing
from hexi.kernel.case_type import CaseType, LimitRule, Rung
from hexi.kernel.clock import Clock, Limit
from hexi.kernel.declare import Action, Grant, OpenCase, Room, StreamRule, Suspect
from hexi.kernel.label import t
from hexi.kernel.lifecycle import Lifecycle, State, Step
from hexi.kernel.reading import ReadingKind
from hexi.kernel.stream.patterns import Held
from hexi.kernel.stream.seen import Seen as Read
from hexi.modules.cases import api as cases
from hexi.modules.cases.contracts import NewCase
from hexi.modules.cases.intake import opened
from hexi.modules.cases.models import Case

SORTS = (("out", t("不亮", "out")), ("flickers", t("闪烁", "flickers")))
SEEN = (("night", t("夜间", "at night")), ("day", t("白天", "by day")))


class Sort(StrEnum):
    OUT, FLICKERS = "out", "flickers"


class Seen(StrEnum):
    NIGHT, DAY = "night", "day"


class LampQuestions(Form):
    """What is asked of a broken lamp."""

    lamps: int = question(t("几盏", "how many"), 1, ge=1, le=500)
    pole: str = question(t("灯杆编号", "number of the pole"), "", max_length=40)
    sort: Sort = question(t("情形", "what it does"), Sort.OUT, options=SORTS)
    seen: list[Seen] = question(t("何时发现", "seen when"), [], options=SEEN)


DESK = ("case_acceptor", "case_dispatcher")

lamp_life = Lifecycle(
    key="lamp", label=t("路灯报修", "broken lamp"), field="state", start="received",
    states=(
        State("received", t("待受理", "received"), phase="new"), State("accepted", t("待派遣", "accepted"), phase="working"),
        State("sent", t("待签收", "sent out"), phase="working"), State("mending", t("处置中", "mending"), phase="working"),
        State("waiting", t("等待材料", "waiting for material"), phase="waiting"),
        State("mended", t("待核查", "mended"), phase="resolved"), State("closed", t("办结", "closed"), final=True, phase="closed"),
        State("refused", t("不予受理", "refused"), final=True, phase="cancelled"),
        State("merged", t("已并案", "merged"), final=True, phase="cancelled"),
    ),
    steps=(
        Step("accept", t("受理", "accept"), ("received",), "accepted", by=DESK, primary=True),
        Step("refuse", t("不予受理", "refuse"), ("received", "accepted"), "refused", by=DESK, needs_reason=True),
        Step("send_out", t("派遣", "send out"), ("accepted",), "sent", by=("case_dispatcher",), primary=True, form=cases.Dispatch,
             run=cases.dispatch),
        Step("task_accepted", t("签收", "accepted"), ("sent",), "mending", by=("platform",)),
        Step("task_returned", t("退回", "returned"), ("sent", "mending"), "accepted", by=("platform",)),
        Step("tasks_done", t("反馈", "done"), ("mending", "sent"), "mended", by=("platform",)),
        Step("wait", t("挂起", "wait"), ("mending",), "waiting", by=("department_staff",), needs_reason=True),
        Step("go_on", t("恢复", "go on"), ("waiting",), "mending", by=("department_staff",)),
        Step("pass_check", t("核查通过", "pass"), ("mended",), "closed", by=("case_checker", "department_staff"), primary=True,
             form=cases.Checked, run=cases.check_passed),
        Step("fail_check", t("核查不通过", "fail"), ("mended",), "mending", by=("case_checker", "department_staff"), needs_reason=True,
             form=cases.Checked, run=cases.check_failed),
        Step("merge_into", t("并案", "merge"), ("received", "accepted"), "merged", by=("platform",)),
        Step("reopen", t("重开", "reopen"), ("closed",), "accepted", by=DESK, needs_reason=True, run=cases.reopened),
    ),
)  # fmt: skip

lamp = CaseType(
    "lamp", t("路灯报修", "broken lamp"), lamp_life, opened_by=("public", "case_acceptor", "grid_worker"), public=True, reopens_days=7, questions=LampQuestions,
    clocks=(
        Clock("accepting", t("受理", "accepting"), ("received",), ("accepted", "refused")),
        Clock("mending", t("处置", "mending"), ("accepted",), ("mended",), pauses=("waiting",)),
        Clock("safe", t("消除危险", "make safe"), ("accepted",), ("mending",)),
    ),
    limits=(
        LimitRule("accepting", Limit(30, "minutes"), "ours"),
        LimitRule("accepting", Limit(15, "minutes"), "ours", urgency="danger"),
        LimitRule("mending", Limit(5, "working_days"), "ours"),
        LimitRule("mending", Limit(8, "working_hours"), "ours", category="light.out"),
        LimitRule("safe", Limit(2, "hours"), "ours", urgency="danger"),
    ),
    ladder=(
        Rung("near", t("临期", "near its end"), 0.75, tells=("case_dispatcher",)), Rung("over", t("超时", "over"), 1.0),
        Rung("first_call", t("一级督办", "first call"), after=Limit(1, "working_days")),
    ),
)  # fmt: skip

alarm_life = Lifecycle(
    key="alarm", label=t("告警", "alarm"), field="state", start="ringing",
    states=(
        State("ringing", t("响铃", "ringing"), phase="new"), State("sent", t("已派", "sent"), phase="working"),
        State("there", t("到场", "there"), phase="working"), State("over", t("结束", "over"), final=True, phase="closed"),
    ),
    steps=(
        Step("send_help", t("派人", "send help"), ("ringing",), "sent", by=("platform",), run=cases.dispatch),
        Step("task_accepted", t("到场", "there"), ("sent",), "there", by=("platform",)),
        Step("tasks_done", t("结束", "over"), ("there",), "over", by=("platform",)),
    ),
)  # fmt: skip
alarm = CaseType("alarm", t("告警", "alarm"), alarm_life, opened_by=("platform", "case_acceptor"), closes_on="lead", at_once="send_help",
                 clocks=(Clock("arriving", t("到场", "arriving"), ("sent",), ("there",)),),
                 limits=(LimitRule("arriving", Limit(15, "minutes"), "ours"),))  # fmt: skip



class LampReport(Form):
    """What a resident says of a broken lamp."""

    title: str = question(t("标题", "title"), min_length=2, max_length=80)
    place: str = question(t("地点", "place"), "", place=True)


def report_lamp(change: Change) -> Case:
    """A report by the generic address, so that whole processes can be tried without a scenario."""
    given = change.answers
    return opened(change.viewer, lamp, NewCase("lamp", given.title, place=given.place), change).case


GAS = ReadingKind("gas", t("燃气", "gas"), "ppm")
WARM = ReadingKind("warmth", t("体温", "body warmth"), "celsius")
STREAM_RULES = (
    StreamRule("gas_leak", t("燃气泄漏", "gas leak"), Held(Read(GAS, above=1000.0)), "a test", OpenCase(alarm, "{key} 燃气 {value}")),
    StreamRule("gas_smell", t("燃气异味", "smell of gas"), Held(Read(GAS, above=200.0)), "a test", Suspect(alarm, "{key} 自 {since} 异常")),
    StreamRule("fever", t("发热", "fever"), Held(Read(WARM, above=39.0)), "a test", Suspect(lamp, "{it.person} {it.no_such_field}"), on=Thing),
    StreamRule("heat", t("高热", "heat"), Held(Read(WARM, above=38.0)), "a test", OpenCase(lamp, "{it.person} 高热"), on=Thing),
)

room = Room(
    key="sample_cases", label=t("样例案件", "sample cases"), case_types=(lamp, alarm), reading_kinds=(GAS, WARM), stream_rules=STREAM_RULES,
    actions=(Action("report_lamp", t("报修路灯", "report a lamp"), "cases.case", report_lamp, LampReport, by=("public",), creates=True),),
    grants=(Grant("grid_worker", "cases.case", ("read",)),),
)  # fmt: skip
