"""The three lives of a task, and the one register that carries them: a task begins as listed and takes up the life of its kind."""

from __future__ import annotations

from hexi.kernel.label import Label, t
from hexi.kernel.lifecycle import Lifecycle, State, Step
from hexi.modules.projects.contracts import Kind

LEAD = ("department_staff", "programme_coordinator")
COORDINATOR = ("programme_coordinator",)


def _on(key: str, label: Label, source: str, target: str, *, needs: tuple[str, ...] = (), by: tuple[str, ...] = LEAD) -> Step:
    return Step(key, label, (source,), target, by=by, needs=needs, primary=True)


# Works whose stage no source and no entry tells. It is an answer of its own: nobody is told "planned" who was told nothing.
UNSTATED = State("unstated", t("阶段未公布", "stage not published"))
WORKS_STAGES = (
    State("planned", t("立项", "planned")), State("design", t("设计", "design")), State("finance_review", t("财政评审", "finance review")),
    State("tender", t("招标", "tender")), State("site_entry", t("进场", "site entry")), State("building", t("施工", "building")),
    State("accepted", t("验收", "accepted")), State("struck_off", t("销号", "struck off"), final=True),
)  # fmt: skip


def _found(stage: State) -> Step:
    needs = ("completed_on",) if stage.key == "accepted" else ()
    label = t("登记为{stage}", "it stands in: {stage}").filled(stage=stage.label)
    return Step(f"found_{stage.key}", label, (UNSTATED.key,), stage.key, by=LEAD, needs=needs, needs_reason=True)


works = Lifecycle(
    key="works", label=t("工程建设", "building works"), field="stage", start=UNSTATED.key,
    states=(UNSTATED, *WORKS_STAGES),
    steps=(
        *(_found(stage) for stage in WORKS_STAGES if not stage.final),
        _on("begin_design", t("开展设计", "begin design"), "planned", "design"),
        _on("send_to_review", t("报财政评审", "send to finance review"), "design", "finance_review"),
        _on("begin_tender", t("启动招标", "begin the tender"), "finance_review", "tender"),
        _on("enter_site", t("进场", "enter the site"), "tender", "site_entry"),
        _on("begin_building", t("开工", "begin building"), "site_entry", "building"),
        _on("accept", t("验收通过", "accept"), "building", "accepted", needs=("completed_on",)),
        _on("strike_off", t("销号", "strike off"), "accepted", "struck_off", by=COORDINATOR),
        Step("send_back", t("退回整改", "send back for rework"), ("accepted",), "building", by=COORDINATOR, needs_reason=True),
    ),
)  # fmt: skip
procedure = Lifecycle(
    key="procedure", label=t("按规定程序办理", "by procedure"), field="stage", start="open",
    states=(State("open", t("办理中", "open")), State("closed", t("年度办结", "closed for the year"), final=True)),
    steps=(
        _on("close_year", t("年度办结", "close the year"), "open", "closed", needs=("completed_on",)),
        Step("reopen_year", t("恢复办理", "open again"), ("closed",), "open", by=COORDINATOR, needs_reason=True),
    ),
)  # fmt: skip
service = Lifecycle(
    key="service", label=t("持续服务", "continuous service"), field="stage", start="running",
    states=(State("running", t("服务中", "running")), State("reached", t("已达目标", "reached"), final=True)),
    steps=(
        _on("reach", t("达到目标", "reach the target"), "running", "reached", needs=("completed_on",)),
        Step("resume", t("恢复服务", "resume"), ("reached",), "running", by=COORDINATOR, needs_reason=True),
    ),
)  # fmt: skip
LIVES = {Kind.WORKS: works, Kind.PROCEDURE: procedure, Kind.SERVICE: service}

task = Lifecycle(
    key="task", label=t("任务进程", "course of a task"), field="stage", start="listed",
    states=(State("listed", t("列入计划", "listed")), *(state for life in LIVES.values() for state in life.states)),
    steps=(
        Step("take_up_works", t("按工程推进", "take up as works"), ("listed",), works.start, by=COORDINATOR),
        Step("take_up_procedure", t("按程序办理", "take up by procedure"), ("listed",), procedure.start, by=COORDINATOR),
        Step("take_up_service", t("按服务推进", "take up as a service"), ("listed",), service.start, by=COORDINATOR),
        *(step for life in LIVES.values() for step in life.steps),
    ),
)  # fmt: skip

place_check = Lifecycle(
    key="place_check", label=t("现场核对", "check at the place"), field="state", start="filed",
    states=(
        State("filed", t("待核实", "filed")), State("upheld", t("属实", "upheld"), final=True),
        State("answered", t("已答复", "answered"), final=True),
    ),
    steps=(
        Step("uphold", t("属实，退回整改", "uphold"), ("filed",), "upheld", by=(*LEAD, "street_staff"), needs=("answer",)),
        Step(
            "answer_check", t("核实并答复", "check and answer"), ("filed", "upheld"), "answered",
            by=(*LEAD, "street_staff"), needs=("answer",), primary=True,
        ),
    ),
)  # fmt: skip


def states(lifecycle: Lifecycle) -> tuple[tuple[str, Label], ...]:
    """The states of a lifecycle as the options of a choice."""
    return tuple((state.key, state.label) for state in lifecycle.states)


def kind_of(stage: str) -> Kind | None:
    """The kind of life that a stage belongs to; None while the task is only listed."""
    return next((kind for kind, life in LIVES.items() if stage in {state.key for state in life.states}), None)
