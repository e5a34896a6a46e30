"""What somebody has to do in the streets: the tasks of their offices and the cases that wait for a step of theirs, each with all it needs."""

from __future__ import annotations

from typing import Any

from hexi.core.data.api import Listing, Query, allowed_actions, describe, listed, readable
from hexi.core.trust.api import Viewer, record_reveal
from hexi.kernel.catalogue import catalogue
from hexi.kernel.errors import Forbidden, NotFound
from hexi.kernel.label import t
from hexi.modules.cases.acts import STAFF
from hexi.modules.cases.intake import ENTITY
from hexi.modules.cases.models import Case, CaseTask, Person
from hexi.modules.cases.people import reporter_of
from hexi.modules.cases.tasks import OPEN_TASKS

MOST = 100
TASK = "cases.casetask"
CASE_FIELDS = (
    "number", "title", "description", "kind", "state", "phase", "category", "urgency", "source", "place", "lon", "lat", "address",
    "opened_at", "due_at", "breached", "paused", "lead", "files", "supporters",
)  # fmt: skip
TASK_FIELDS = ("case", "role", "state", "office", "instruction", "designated", "assigned_at", "accepted_at")
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
    return {"cards": cards, "as_of": waiting.as_of, "dict": {**tasks.words, **waiting.words}, "more": waiting.next is not None}


def reporter_revealed(viewer: Viewer, number: int, purpose: str) -> dict[str, Any]:
    """Who reported it, in clear, for a purpose that is kept, to whoever has something to do in the case. Raises NotFound, Forbidden, Invalid."""
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
    tasks = readable(viewer, CaseTask).filter(case=case, state__in=OPEN_TASKS)
    return bool(_steps(case, allowed_actions(viewer, describe(Case), case))) or any(
        allowed_actions(viewer, describe(CaseTask), task) for task in tasks
    )


def _must_work(viewer: Viewer) -> None:
    if not viewer.holds(*STAFF):
        raise Forbidden(t("只有办案人员可以使用", "Only who works on cases may use this"))


def _cases(viewer: Viewer, where: str) -> Listing:
    return listed(viewer, ENTITY, Query(where=(where,), sort="due_at", columns=CASE_FIELDS, limit=MOST))


def _cards(viewer: Viewer, rows: dict[int, dict[str, Any]], tasks: dict[int, dict[str, Any]]) -> list[dict[str, Any]]:
    cases, own = Case.objects.in_bulk(rows), CaseTask.objects.in_bulk([row["id"] for row in tasks.values()])
    found = [_card(viewer, row, cases[number], tasks.get(number), own) for number, row in rows.items()]
    return [card for card in found if card["steps"] or (card["task"] and card["task"]["actions"])]


def _card(viewer: Viewer, row: dict[str, Any], case: Case, task: dict[str, Any] | None, own: dict[int, CaseTask]) -> dict[str, Any]:
    allowed, declared = allowed_actions(viewer, describe(Case), case), catalogue.actions.get(ENTITY, {})
    mine = {**task, "actions": allowed_actions(viewer, describe(CaseTask), own[task["id"]])} if task else None
    return {"case": row, "steps": _steps(case, allowed), "actions": [key for key in allowed if key in declared], "task": mine}


def _steps(case: Case, allowed: list[str]) -> list[dict[str, Any]]:
    """Steps of the case's own life that are open to them, with what each asks."""
    life = catalogue.life_of(ENTITY, case)
    by_key = {step.key: step for step in life.steps_from(case.state)} if life else {}
    return [
        {"key": step.key, "label": step.label.as_dict(), "needs_reason": step.needs_reason, "primary": step.primary,
         "asks": sorted(step.form.model_fields) if step.form else []}
        for step in (by_key[key] for key in allowed if key in by_key)
    ]  # fmt: skip
