"""The course of a case: what every step brings with it, whoever took it: clocks, tasks of offices, and steps that follow by themselves."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

from django.utils import timezone

from hexi.core.data.api import Change
from hexi.kernel.case_type import CaseType
from hexi.kernel.catalogue import catalogue
from hexi.kernel.errors import Conflict
from hexi.kernel.label import t
from hexi.kernel.lifecycle import Lifecycle, Lives, Step
from hexi.modules.cases.clocks import reading, turned
from hexi.modules.cases.models import Case, CaseClock, CaseTask
from hexi.modules.cases.routing import Question

TASK_ACCEPTED, TASK_RETURNED, TASKS_DONE = "task_accepted", "task_returned", "tasks_done"
"""Steps that the engine takes by itself, where a life has them, when an office accepts, returns or finishes its task."""


def moved(change: Change, step: Step) -> None:
    """After a step of a case: its phase, its clocks, its day of closing."""
    case: Case = change.record
    _settle(change, case, step)


def advance(change: Change, case: Case, key: str, answers: Any = None, **values: Any) -> bool:
    """Take this step inside a change under way, if it leads on from where the case stands; `answers` are those to its form. Did it?"""
    life = life_of(case)
    step = next((one for one in life.steps_from(case.state) if one.key == key), None)
    if step is None:
        return False
    change.save(case, state=step.target, **values)
    if step.run:
        step.run(Change(change.viewer, key, change.why, answers, case, context=change.context, happenings=change.happenings))
    _settle(change, case, step)
    return True


def life_of(case: Case) -> Lifecycle:
    """The life that the case lives. Raises Conflict where its scenario is gone."""
    return type_of(case).lifecycle


def type_of(case: Case) -> CaseType:
    """The kind of the case. Raises Conflict where its scenario is no longer installed: such cases can be read only."""
    if case.kind not in catalogue.case_types:
        what = t("这类事项的应用场景未安装，案件只能查看", "The scenario of this kind of case is not installed; the case can only be read")
        raise Conflict(what, do=t("请管理员安装该场景", "Ask an administrator to install it"))
    return catalogue.case_types[case.kind]


def wound(change: Change, case: Case, clocks: list[CaseClock], **values: Any) -> None:
    """Put what the clocks say, and `values`, into the case's row."""
    change.amend(case, **reading(clocks).values(), **values)


def category_code(case: Case) -> str:
    """The code of its category, empty where it has none."""
    return case.category.code if case.category_id and case.category else ""


def question_of(case: Case, *returned: str, category: str | None = None) -> Question:
    """What routing asks of this case now, `returned` and all offices before them left out; under another category where one is named."""
    assert case.opened_at is not None
    before = CaseTask.objects.filter(case=case, state="returned").values_list("office", flat=True)
    code = category_code(case) if category is None else category
    return Question(case.kind, code, case.place, case.opened_at, frozenset((*before, *returned)))


def clocks_of(case: Case) -> list[CaseClock]:
    """The newest clock of each name."""
    found = {one.key: one for one in CaseClock.objects.filter(case=case).order_by("started_at", "pk")}
    return list(found.values())


def lives() -> Lives:
    """The lives of the register of cases, for the catalogue."""
    return Lives("kind", "state", t("案件办理", "course of a case"), _by_kind)


def _by_kind() -> dict[str, Lifecycle]:
    return _followed(tuple(catalogue.case_types.values()))


@lru_cache(maxsize=8)
def _followed(kinds: tuple[CaseType, ...]) -> dict[str, Lifecycle]:
    return {kind.key: replace(kind.lifecycle, moved=moved) for kind in kinds}


def _settle(change: Change, case: Case, step: Step) -> None:
    kind, now = type_of(case), timezone.now()
    state = kind.lifecycle.state(step.target)
    if state.final:
        _check_parts(case)
    known = clocks_of(case)
    changed, begun = turned(case, kind, category_code(case), known, now)
    for one in changed:
        one.save()
    CaseClock.objects.bulk_create(begun)
    wound(change, case, _newest(known, begun), phase=state.phase, closed_at=now if state.final else None)
    if changed or begun:
        told = {one.key: {"due_at": one.due_at, "met_at": one.met_at, "paused_at": one.paused_at} for one in (*changed, *begun)}
        change.also(case, clocks=told)


def _check_parts(case: Case) -> None:
    """Nothing ends its parts by itself: each is somebody's work."""
    waiting = list(Case.objects.filter(parent=case, closed_at=None).order_by("pk").values_list("number", flat=True)[:3])
    if waiting:
        what = t("还有下级案件没有结束：{numbers}", "Parts of this case have not ended: {numbers}").filled(numbers="、".join(waiting))
        raise Conflict(what, do=t("请先办结下级案件，或让它们脱离本案", "End them first, or let them stand by themselves"))


def _newest(known: list[CaseClock], begun: list[CaseClock]) -> list[CaseClock]:
    return list({one.key: one for one in (*known, *begun)}.values())
