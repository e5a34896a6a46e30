"""Work in the field: the cards of whoever handles cases, and who reported one."""

from __future__ import annotations

from typing import Any

from hexi.core.data.api import Listing, Query, allowed_actions, describe, form_schema, listed, readable
from hexi.core.trust.api import Viewer, record_reveal
from hexi.kernel.catalogue import catalogue
from hexi.kernel.declare import Action
from hexi.kernel.errors import Forbidden, NotFound
from hexi.kernel.label import t
from hexi.kernel.lifecycle import Step
from hexi.modules.cases.acts import STAFF
from hexi.modules.cases.intake import ENTITY
from hexi.modules.cases.models import Case, CaseTask, Person
from hexi.modules.cases.people import reporter_of
from hexi.modules.cases.tasks import OPEN_TASKS, task_life

MOST = 100
TASK = "cases.casetask"
CASE_FIELDS = (
    "number", "title", "description", "kind", "state", "phase", "category", "urgency", "source", "place", "lon", "lat", "address",
    "opened_at", "due_at", "breached", "paused", "lead", "files", "supporters",
)  # fmt: skip
TASK_FIELDS = ("case", "role", "state", "office", "instruction", "designated", "assigned_at", "accepted_at")
OUTSIDE = ("ask_more_time", "add_note")
"""Actions beside the steps that make sense in the street."""
RETURN = "return_task"
OPEN_PHASES = "new,working,resolved"


def work_of(viewer: Viewer) -> dict[str, Any]:
    """Cards, what is due first on top: a case with the reader's open task in it, or one that waits for a step of theirs."""
    _must_work(viewer)
    tasks = listed(viewer, TASK, Query(where=(f"state:in:{','.join(OPEN_TASKS)}",), sort="assigned_at", columns=TASK_FIELDS, limit=MOST))
    numbers = Case.objects.filter(pk__in={row["case"] for row in tasks.rows}).values_list("number", flat=True)
    mine = _cases(viewer, f"number:in:{','.join(numbers)}").rows if numbers else []
    waiting = _cases(viewer, f"phase:in:{OPEN_PHASES}")
    rows = {row["id"]: row for row in [*mine, *waiting.rows]}
    cards = _cards(viewer, rows, {row["case"]: row for row in tasks.rows})
    return {"cards": cards, "as_of": waiting.as_of, "dict": waiting.words, "task_dict": tasks.words, "more": waiting.next is not None}


def reporter_revealed(viewer: Viewer, number: int, purpose: str) -> dict[str, Any]:
    """Who reported it, in clear, for a purpose that is kept, to whoever has to do with it. Raises NotFound, Forbidden, Invalid."""
    case = readable(viewer, Case).filter(pk=number).first()
    person = Person.objects.filter(case=case, is_first=True).first() if case else None
    if case is None or person is None:
        raise NotFound(which=str(number))
    if not _has_to_do(viewer, case):
        raise Forbidden(t("只有正在办理这件案件的人员可以查看", "Only who has something to do in this case may see it"))
    record_reveal(viewer, ENTITY, case.pk, ["reporter"], purpose, place=case.place or "", organisation=case.lead or "")
    who = reporter_of(person)
    return {"name": who.name, "phone": who.phone, "anonymous": who.anonymous or not (who.name or who.phone)}


def _has_to_do(viewer: Viewer, case: Case) -> bool:
    life, allowed = catalogue.life_of(ENTITY, case), allowed_actions(viewer, describe(Case), case)
    if life and any(step.key in allowed for step in life.steps_from(case.state)):
        return True
    tasks = readable(viewer, CaseTask).filter(case=case, state__in=OPEN_TASKS)
    return any(allowed_actions(viewer, describe(CaseTask), task) for task in tasks)


def _must_work(viewer: Viewer) -> None:
    if not viewer.holds(*STAFF):
        raise Forbidden(t("只有办案人员可以使用", "Only who works on cases may use this"))


def _cases(viewer: Viewer, where: str) -> Listing:
    return listed(viewer, ENTITY, Query(where=(where,), sort="due_at", columns=CASE_FIELDS, limit=MOST))


def _cards(viewer: Viewer, rows: dict[int, dict[str, Any]], tasks: dict[int, dict[str, Any]]) -> list[dict[str, Any]]:
    cases, own = Case.objects.in_bulk(rows), CaseTask.objects.in_bulk([row["id"] for row in tasks.values()])
    found: list[dict[str, Any]] = [
        {"case": row, "task": tasks.get(number), "acts": _acts(viewer, cases[number], own)} for number, row in rows.items()
    ]  # fmt: skip
    return [card for card in found if card["task"] or any(act["on"] == "case" and act["step"] for act in card["acts"])]


def _acts(viewer: Viewer, case: Case, own: dict[int, CaseTask]) -> list[dict[str, Any]]:
    """What they may do: every step of their task's life, so that a telephone without network offers the next one too, then of the case."""
    task = next((task for task in own.values() if task.case_id == case.pk), None)  # type: ignore[attr-defined]
    of_task = [step for step in task_life.steps if viewer.holds(*step.by) and not (task and task.designated and step.key == RETURN)]
    allowed, declared = allowed_actions(viewer, describe(Case), case), catalogue.actions.get(ENTITY, {})
    life = catalogue.life_of(ENTITY, case)
    steps = [step for step in (life.steps_from(case.state) if life else ()) if step.key in allowed]
    return [
        *(_told(viewer, "task", step, step.sources, step.target) for step in of_task if task),
        *(_told(viewer, "case", step, step.sources, step.target) for step in steps),
        *(_told(viewer, "case", declared[key]) for key in OUTSIDE if key in allowed and key in declared),
    ]


def _told(viewer: Viewer, on: str, act: Step | Action, sources: tuple[str, ...] = (), target: str = "") -> dict[str, Any]:
    return {
        "on": on, "key": act.key, "label": act.label.as_dict(), "step": bool(target), "from": list(sources), "to": target,
        "primary": act.primary, "needs_reason": act.needs_reason, "form": form_schema(act.form, viewer.language) if act.form else None,
    }  # fmt: skip
