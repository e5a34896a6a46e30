"""Tasks of offices in a case: sent out, accepted, returned, done; the case follows."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.utils import timezone

from hexi.core.data.api import Change, offices_written
from hexi.core.trust.api import organisation_labels
from hexi.kernel.case_type import CaseType
from hexi.kernel.declare import Action
from hexi.kernel.errors import Conflict, Forbidden, Invalid, Problem
from hexi.kernel.label import t
from hexi.kernel.lifecycle import Lifecycle, State, Step
from hexi.modules.cases import forms
from hexi.modules.cases.contracts import TASK_STATES, Routed
from hexi.modules.cases.course import TASK_ACCEPTED, TASK_RETURNED, TASKS_DONE, advance, question_of, type_of
from hexi.modules.cases.models import Case, CaseTask
from hexi.modules.cases.photos import flag_same
from hexi.modules.cases.routing import Question, route

HANDLERS = ("department_staff", "street_staff", "community_worker", "grid_worker")
DISPATCHERS = ("case_dispatcher", "case_acceptor")
OPEN_TASKS = ("assigned", "accepted")
LAST_DISPATCH = 3
"""The third dispatch designates: whoever gets it keeps it (draft of the Tianjin rules, DB12/T 1438-2025 in practice)."""


def dispatch(change: Change) -> None:
    """Send the case to a lead office and to those that help it. Runs in the step that leads to the dispatched state."""
    case: Case = change.record
    given = change.answers or forms.Dispatch()
    lead = given.lead or case.routing.get("office", "")
    helpers = [key for key in dict.fromkeys(given.co_offices or (() if given.lead else case.routing.get("co_offices", ()))) if key != lead]
    _check_offices(lead, helpers)
    now, designated = timezone.now(), given.designated or case.dispatches + 1 >= LAST_DISPATCH
    kept = CaseTask.objects.filter(case=case, role="co", state__in=OPEN_TASKS, office__in=helpers)
    goes_on = dict(kept.values_list("office", "pk"))
    withdraw(change, case, now, but=goes_on.values())
    for role, office in (("lead", lead), *(("co", key) for key in helpers if key not in goes_on)):
        change.create(
            CaseTask, case=case, role=role, office=office, place=case.place, instruction=given.instruction, assigned_at=now,
            designated=designated,
        )  # fmt: skip
    change.amend(case, lead=lead, dispatches=case.dispatches + 1, handler="", organisations=offices_written([lead, *helpers]))


def transfer(change: Change) -> Case:
    """Another office leads from now on: back to whoever dispatches and out again in one, by the steps that the life has for it.

    Offices that help go on with what they have in hand.
    """
    case, given = change.record, change.answers
    if given.lead == case.lead:
        raise Invalid([Problem("lead", t("该单位已是主办单位", "This office leads already"), value=given.lead)])
    helpers = CaseTask.objects.filter(case=case, role="co", state__in=OPEN_TASKS).order_by("pk").values_list("office", flat=True)
    out = forms.Dispatch(lead=given.lead, co_offices=list(helpers), instruction=given.instruction)
    step = _way_out(case) if advance(change, case, TASK_RETURNED) else ""
    if not step or not advance(change, case, step, out):
        raise Conflict(t("案件当前环节不能改派", "The case stands where it cannot be given to another office"))
    return case


def _way_out(case: Case) -> str:
    """The step that sends a case out from where it stands; empty where there is none."""
    return next((step.key for step in type_of(case).lifecycle.steps_from(case.state) if step.run is dispatch), "")


def withdraw(change: Change, case: Case, now: datetime, but: Collection[int] = ()) -> None:
    """Take back what is still open; those offices no longer read the case unless they are asked again."""
    for task in CaseTask.objects.filter(case=case, state__in=OPEN_TASKS).exclude(pk__in=list(but)):
        change.save(task, state="withdrawn", done_at=now)


def accepted(change: Change) -> None:
    """An office takes its task; the lead's acceptance moves the case."""
    task: CaseTask = change.record
    change.amend(task, accepted_at=timezone.now(), handler=change.viewer.name, handler_id=change.viewer.account)
    if task.role == "lead":
        case = task.case
        if not advance(change, case, TASK_ACCEPTED, handler=change.viewer.name):
            change.save(case, handler=change.viewer.name)


def returned(change: Change) -> None:
    """It is not theirs: back with the reason. A lead's return takes the case back to whoever dispatches."""
    task: CaseTask = change.record
    if task.designated:
        what = t("这是指定承办的任务，不得退回", "This task was designated and cannot be returned")
        raise Forbidden(what, do=t("请办理，或申请延期、请求协办", "Handle it, or ask for more time or for help"))
    if ask := type_of(task.case).before_return:
        ask(change, task)
    given_back(change, task)


def take_back(change: Change, task: CaseTask, instead: str = "") -> None:
    """Somebody else decided that the office need not keep it: the same as its own return. `instead` is the office whose it is, they say."""
    change.save(task, state="returned")
    given_back(change, task, instead)


def given_back(change: Change, task: CaseTask, instead: str = "") -> None:
    """What a return brings with it, after the task's state was set. Where it goes is asked anew, without whoever gave it back."""
    change.amend(task, why_returned=change.why, done_at=timezone.now())
    if task.role == "lead":
        case = task.case
        withdraw(change, case, timezone.now())
        advance(change, case, TASK_RETURNED)
        routed = _anew(question_of(case, task.office), task.office, instead)
        change.amend(case, lead="", handler="", organisations="", routing=routed.document())


def _anew(asked: Question, office: str, instead: str) -> Routed:
    """By the word of whoever gave it back, where that was agreed to; else by the rules that are left."""
    known = organisation_labels()
    if instead not in known or instead in asked.returned:
        return route(asked)
    why = t("{office}退回时提出，已获同意", "named by {office} when it gave the case back, and agreed to")
    return Routed(instead, (), None, why.filled(office=known.get(office, t(office, office))))


def done(change: Change) -> None:
    """One office has done its part; when enough have, the case goes on to be checked."""
    task, given = change.record, change.answers
    change.amend(task, result=given.result, photos=list(given.photos), done_at=timezone.now(), doer_id=change.viewer.account)
    case: Case = task.case
    if _enough(case, type_of(case)) and not advance(change, case, TASKS_DONE):
        raise Conflict(t("案件当前环节不能反馈结果", "The case stands where no result can be given"))
    flag_same(change, case, given.photos, "work")


def _enough(case: Case, kind: CaseType) -> bool:
    rows = list(CaseTask.objects.filter(case=case).exclude(state__in=("withdrawn", "returned")).values_list("role", "state"))
    wanted = [state for role, state in rows if kind.closes_on == "all" or role == "lead"]
    return bool(wanted) and all(state == "done" for state in wanted)


def _check_offices(lead: str, helpers: list[str]) -> None:
    known = organisation_labels()
    if not lead:
        why = t("派单规则没有给出单位，请选择主办单位", "The routing rules name no office: choose the lead office")
        raise Invalid([Problem("lead", why)])
    lost = [("lead" if key == lead else "co_offices", key) for key in (lead, *helpers) if key not in known]
    if lost:
        raise Invalid([Problem(field, t("没有这个单位", "There is no such organisation"), value=key[:60]) for field, key in lost])


TASK_ACTIONS = (
    Action("transfer", t("改派", "give to another office"), "cases.case", transfer, forms.Transfer, by=DISPATCHERS, needs_reason=True,
           when=~Case.phase.one_of("closed", "cancelled") & ~Case.lead.missing()),
)  # fmt: skip


def _step(key: str, zh: str, en: str, sources: tuple[str, ...], target: str, **more: object) -> Step:
    return Step(key, t(zh, en), sources, target, by=HANDLERS, **more)  # type: ignore[arg-type]


task_life = Lifecycle(
    key="case_task", label=t("任务办理", "task of an office"), field="state", start="assigned",
    states=tuple(State(key, label, key in {"done", "returned", "withdrawn"}) for key, label in TASK_STATES),
    steps=(
        _step("accept_task", "签收", "accept", ("assigned",), "accepted", primary=True, run=accepted),
        _step("return_task", "退回", "return", ("assigned", "accepted"), "returned", needs_reason=True, run=returned),
        _step("finish_task", "反馈结果", "report the result", ("accepted",), "done", primary=True, form=forms.Done, run=done),
        Step("withdraw_task", t("撤回", "withdraw"), ("assigned", "accepted"), "withdrawn", by=("platform",)),
    ),
)  # fmt: skip
