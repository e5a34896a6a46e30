"""What somebody has to do in the streets: tasks of their offices, cases that wait for a step of theirs, rounds that rooms declare."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import F

from hexi.core.data.api import Listing, Query, allowed_actions, describe, form_schema, listed, readable, tuned_context
from hexi.core.trust.api import Viewer, reached_as, record_reveal
from hexi.kernel.catalogue import catalogue
from hexi.kernel.condition import any_of
from hexi.kernel.declare import Action
from hexi.kernel.errors import Forbidden, NotFound
from hexi.kernel.label import t
from hexi.kernel.lifecycle import Step
from hexi.kernel.outside import Round, Stop
from hexi.modules.cases.acts import STAFF
from hexi.modules.cases.intake import ENTITY
from hexi.modules.cases.models import Case, CaseTask, Person
from hexi.modules.cases.people import reporter_of
from hexi.modules.cases.tasks import OPEN_TASKS, task_life

MOST = 100
NONE = "-"  # no case has this number
TASK = "cases.casetask"
CASE_FIELDS = (
    "number", "title", "title_en", "description", "kind", "state", "phase", "category", "urgency", "source", "place", "lon", "lat",
    "address", "opened_at", "due_at", "breached", "paused", "lead", "files", "supporters",
)  # fmt: skip
TASK_FIELDS = ("case", "role", "state", "office", "instruction", "designated", "assigned_at", "accepted_at")
OUTSIDE = ("ask_more_time", "add_note")
"""Actions beside the steps that make sense in the street."""
RETURN = "return_task"
OPEN_PHASES = ("new", "working", "resolved")


def work_of(viewer: Viewer) -> dict[str, Any]:
    """Cards, what is due first on top: a case with the reader's open task in it, or one that waits for a step of theirs."""
    _must_work(viewer)
    rounds = rounds_of(viewer)
    if not viewer.holds(*STAFF):
        return {"cards": [], "rounds": rounds, "as_of": tuned_context().now.isoformat(), "dict": {}, "task_dict": {}, "more": False,
                "patrols": False}  # fmt: skip
    tasks = listed(viewer, TASK, Query(where=(f"state:in:{','.join(OPEN_TASKS)}",), sort="assigned_at", columns=TASK_FIELDS, limit=MOST))
    mine = Case.objects.filter(pk__in={row["case"] for row in tasks.rows}).values_list("number", flat=True)
    waiting = _waiting(viewer)
    cases = _cases(viewer, [*mine, *waiting[:MOST]])
    cards = _cards(viewer, {row["id"]: row for row in cases.rows}, {row["case"]: row for row in tasks.rows})
    return {
        "cards": cards, "rounds": rounds, "as_of": cases.as_of, "dict": cases.words, "task_dict": tasks.words,
        "more": len(waiting) > MOST, "patrols": True,
    }  # fmt: skip


def rounds_of(viewer: Viewer) -> list[dict[str, Any]]:
    """What else falls due outside for this reader, as rooms declare it; nothing of rounds in which they may do nothing."""
    found = [(one, _round_acts(viewer, one)) for one in catalogue.rounds.values()]
    return [
        {"key": one.key, "label": one.label.as_dict(), "entity": one.on, "stops": [_stop(stop) for stop in one.stops(viewer)], "acts": acts}
        for one, acts in found
        if acts
    ]


def reporter_revealed(viewer: Viewer, number: int, purpose: str) -> dict[str, Any]:
    """Who reported it, for a purpose that is kept, to whoever has something to do in it. Raises NotFound, Forbidden, Invalid."""
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
    if _case_steps(viewer, case):
        return True
    tasks = readable(viewer, CaseTask).filter(case=case, state__in=OPEN_TASKS)
    return any(allowed_actions(viewer, describe(CaseTask), task) for task in tasks)


def _must_work(viewer: Viewer) -> None:
    if not viewer.holds(*STAFF) and not any(_round_acts(viewer, one) for one in catalogue.rounds.values()):
        what = t("只有外勤人员可以使用", "Only who works outside may use this")
        raise Forbidden(what, do=t("请在电脑上的工作台办理", "Use the desk on a computer"))


def _waiting(viewer: Viewer) -> list[str]:
    """Numbers of the cases where a step may be theirs, one more than fit. What they only read must not crowd these out."""
    subject, own = describe(Case).subject, {post.role for post in viewer.posts}
    conds = [
        (Case.kind == kind.key) & Case.state.one_of(*states) & reached_as(viewer, role, subject)
        for kind in catalogue.case_types.values()
        for role in own
        if (states := {source for step in kind.lifecycle.steps if role in step.by for source in step.sources})
    ]
    found = readable(viewer, Case, any_of(*conds)).filter(phase__in=OPEN_PHASES)
    return list(found.order_by(F("due_at").asc(nulls_last=True), "pk").values_list("number", flat=True)[: MOST + 1])


def _cases(viewer: Viewer, numbers: Iterable[str]) -> Listing:
    where = f"number:in:{','.join(dict.fromkeys(numbers)) or NONE}"
    return listed(viewer, ENTITY, Query(where=(where,), sort="due_at", columns=CASE_FIELDS, limit=2 * MOST))


def _cards(viewer: Viewer, rows: dict[int, dict[str, Any]], tasks: dict[int, dict[str, Any]]) -> list[dict[str, Any]]:
    """A card for each case with a task of theirs, or with a step of its own life that is open to them."""
    cases, found = Case.objects.in_bulk(rows), list[dict[str, Any]]()
    own = {task.pk: task for task in CaseTask.objects.filter(pk__in=[row["id"] for row in tasks.values()])}
    for number, row in rows.items():
        task = tasks.get(number)
        mine = task is not None and bool(allowed_actions(viewer, describe(CaseTask), own[task["id"]]))
        steps = _case_steps(viewer, cases[number])
        if mine or steps:
            acts = [*(_task_acts(viewer, own[task["id"]]) if task and mine else ()), *steps, *_beside(viewer, cases[number])]
            found.append({"case": row, "task": task if mine else None, "acts": acts})
    return found


def _task_acts(viewer: Viewer, task: CaseTask) -> list[dict[str, Any]]:
    """Every step of its life that is theirs: a telephone without network offers the one after the next too."""
    steps = [step for step in task_life.steps if viewer.holds(*step.by) and not (task.designated and step.key == RETURN)]
    return [_told(viewer, "task", step, step.sources, step.target) for step in steps]


def _case_steps(viewer: Viewer, case: Case) -> list[dict[str, Any]]:
    life, allowed = catalogue.life_of(ENTITY, case), allowed_actions(viewer, describe(Case), case)
    steps = [step for step in (life.steps_from(case.state) if life else ()) if step.key in allowed]
    return [_told(viewer, "case", step, step.sources, step.target) for step in steps]


def _beside(viewer: Viewer, case: Case) -> list[dict[str, Any]]:
    allowed, declared = allowed_actions(viewer, describe(Case), case), catalogue.actions.get(ENTITY, {})
    return [_told(viewer, "case", declared[key]) for key in OUTSIDE if key in allowed and key in declared]


def _round_acts(viewer: Viewer, one: Round) -> list[dict[str, Any]]:
    declared = catalogue.actions.get(one.on, {})
    found = [declared.get(key) or catalogue.step_of(one.on, key) for key in one.acts]
    return [_round_act(viewer, act) for act in found if act and viewer.holds(*act.by)]


def _round_act(viewer: Viewer, act: Step | Action) -> dict[str, Any]:
    return _told(viewer, "round", act, act.sources, act.target) if isinstance(act, Step) else _told(viewer, "round", act)


def _stop(stop: Stop) -> dict[str, Any]:
    lon, lat = stop.at or (None, None)
    facts = [{"label": fact.label.as_dict(), "said": fact.said.as_dict(), "link": fact.link} for fact in stop.facts]
    return {
        "record": stop.record, "title": stop.title.as_dict(), "place": stop.place.as_dict(), "due_on": stop.due_on, "lon": lon, "lat": lat,
        "facts": facts, "state": stop.state, "version": stop.version,
    }  # fmt: skip


def _told(viewer: Viewer, on: str, act: Step | Action, sources: tuple[str, ...] = (), target: str = "") -> dict[str, Any]:
    return {
        "on": on, "key": act.key, "label": act.label.as_dict(), "step": bool(target), "from": list(sources), "to": target,
        "primary": act.primary, "adds": isinstance(act, Action) and act.adds, "needs_reason": act.needs_reason,
        "form": form_schema(act.form, viewer.language) if act.form else None,
    }  # fmt: skip
