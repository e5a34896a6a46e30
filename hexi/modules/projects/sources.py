"""What panels read of programmes. Every read goes through the permission predicate."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from hexi.core.data.api import plain, readable
from hexi.core.space.api import names
from hexi.core.trust.api import Viewer, organisation_labels
from hexi.kernel.label import Label, t
from hexi.kernel.screen import Envelope
from hexi.modules.projects.contracts import (
    CATEGORY_LABELS,
    COMPARATOR_LABELS,
    LEVEL_LABELS,
    ORIGIN_LABELS,
    STATUS_LABELS,
    Category,
    Level,
    Status,
)
from hexi.modules.projects.lifecycles import UNSTATED, states, works
from hexi.modules.projects.lifecycles import task as task_life
from hexi.modules.projects.lost import unnamed_done
from hexi.modules.projects.models import Contradiction, Programme, ProgrammeGroup, Progress, Target, Task

Params = Mapping[str, str]
Row = dict[str, Any]
Words = dict[str, dict[str, Label]]
ORIGIN = t("民心工程台账", "register of the livelihood programme")
# How a project's status shows on a screen that knows only ok, watch, breach, stale: colour is spent on exceptions.
MARKS = {Status.AT_RISK: "watch", Status.LATE: "breach", Status.UNKNOWN: "stale"}
URGENCY = {
    Status.LATE: 0,
    Status.AT_RISK: 1,
    Status.UNDER_WAY: 2,
    Status.ON_SCHEDULE: 3,
    Status.BY_PROCEDURE: 4,
    Status.UNKNOWN: 5,
    Status.DONE: 6,
}
STAGE_NOTE = t(
    "只列来源或填报说明过的阶段。“阶段未公布”中有{n}项来源称已完成年度任务，但没有说明是否验收。",
    "Only stages that a source or an entry tells. Of those not published, {n} are called done for the year; whether they were accepted is "
    "not said.",
)
OPEN_COUNTS = ("done", "on_schedule", "by_procedure", "under_way", "at_risk", "late", "unknown")


def words(**labels: Mapping[Any, Label]) -> Words:
    """The dictionary of an envelope from enums' labels."""
    return {name: {getattr(key, "value", key): label for key, label in found.items()} for name, found in labels.items()}


MARK_LABELS = {"ok": t("正常", "normal"), "watch": t("有风险", "at risk"), "breach": t("滞后", "late"), "stale": t("存疑", "in doubt")}
STATUS_WORDS = words(
    stage=dict(states(task_life)),
    status=STATUS_LABELS,
    mark=MARK_LABELS,
    category=CATEGORY_LABELS,
    level=LEVEL_LABELS,
    comparator=COMPARATOR_LABELS,
)
# Where the mark stands for the task alone and not for a doubt about it.
CELL_WORDS = words(mark=MARK_LABELS | {"stale": STATUS_LABELS[Status.UNKNOWN]})


def programme_of(viewer: Viewer, params: Params) -> Programme | None:
    """The programme that `programme` names by number, else the newest year's; None when the viewer may see none."""
    found = readable(viewer, Programme).order_by("-year", "-pk")
    wanted = params.get("programme", "")
    return (found.filter(pk=int(wanted)) if wanted.isdigit() else found).first()


def tasks_of(viewer: Viewer, programme: Programme | None, params: Params) -> list[Task]:
    """Its tasks that the viewer may read, narrowed by place, category, status, group and level."""
    if programme is None:
        return []
    found = readable(viewer, Task).filter(programme=programme).select_related("group")
    if place := params.get("place"):
        found = found if place == programme.place else found.filter(place__startswith=place)
    if (group := params.get("group", "")).isdigit():
        found = found.filter(group__number=int(group))
    if params.get("open"):
        found = found.exclude(status="done")
    for name in ("category", "status", "level"):
        if params.get(name):
            found = found.filter(**{name: params[name]})
    return list(found.order_by("code"))


def envelope(programme: Programme | None, rows: list[Row], note: Label | None = None, more_words: Words | None = None) -> Envelope:
    """Rows under the programme's as-of day. `published` while no desk has entered anything of its own."""
    as_of = plain(programme.as_of) if programme and programme.as_of else ""
    entered = programme is not None and Progress.objects.filter(task__programme=programme, origin="entered").exists()
    quality = "live" if entered else "published"
    return Envelope(rows=rows, as_of=as_of or "", quality=quality, origin=ORIGIN, dictionary=STATUS_WORDS | (more_words or {}), note=note)


def summary(viewer: Viewer, params: Params) -> Envelope:
    """One row of counts and shares over the district's tasks, with the city's apart."""
    programme = programme_of(viewer, params)
    tasks = tasks_of(viewer, programme, params)
    own = [one for one in tasks if one.level == Level.DISTRICT]
    city = [one for one in tasks if one.level == Level.CITY]
    return envelope(programme, [_summary(programme, own, city, _unnamed(programme, params))] if programme else [])


def _summary(programme: Programme, own: list[Task], city: list[Task], unnamed: int) -> Row:
    counts, city_counts = Counter(one.status for one in own), Counter(one.status for one in city)
    known = [one for one in own if one.share is not None]
    row: Row = {
        "programme": programme.pk,
        "name": {"zh": programme.name, "en": programme.name_en or programme.name},
        "year": int(programme.year),
        "tasks": len(own),
        "unnamed": unnamed,
        "share_done": _part(counts["done"] + unnamed, len(own)),
        "done_stated": counts["done"] + unnamed,
        "going": counts["on_schedule"] + counts["by_procedure"] + counts["under_way"],
        "exceptions": counts["late"] + counts["at_risk"],
        "mark": "breach" if counts["late"] else "watch" if counts["at_risk"] else "ok",
        "share_due": _mean([float(one.due_share) for one in own if one.due_share is not None]),
        "share_measured": _mean([float(one.share) for one in known]),
        "measured": len(known),
        "city_tasks": len(city),
        "city_done": city_counts["done"],
        "city_on_schedule": city_counts["on_schedule"],
    }
    return row | {name: counts[name] for name in OPEN_COUNTS}


def _unnamed(programme: Programme | None, params: Params) -> int:
    """Tasks that a source counts as done though their names are lost. They have no place and no task."""
    if programme is None or any(params.get(name) for name in ("group", "status", "level")):
        return 0
    if params.get("place") and params["place"] != programme.place:
        return 0
    return unnamed_done(programme, Category(params["category"]) if params.get("category") else None)


def categories(viewer: Viewer, params: Params) -> Envelope:
    """Counts by category: the report's own cut. A category without a task here says nothing of the place."""
    programme = programme_of(viewer, params)
    tasks = [one for one in tasks_of(viewer, programme, params) if one.level == Level.DISTRICT]
    rows: list[Row] = []
    for category in Category:
        counts = Counter(one.status for one in tasks if one.category == category)
        unnamed = _unnamed(programme, {**params, "category": category.value})
        row: Row = {"category": category.value, "total": sum(counts.values()), "unnamed": unnamed} | {
            name: counts[name] for name in OPEN_COUNTS
        }
        # The lost names are among the tasks that are not stated: what is counted there is not counted twice.
        row |= {"done": counts["done"] + unnamed, "unknown": max(0, counts["unknown"] - unnamed)}
        rows.append(row | {"open": sum(row[name] for name in ("under_way", "at_risk", "late", "unknown"))})
    return envelope(programme, [row for row in rows if row["total"]])


def groups(viewer: Viewer, params: Params) -> Envelope:
    """The groups (项) with how many of their tasks are done and the most urgent status among the rest."""
    programme = programme_of(viewer, params)
    by_group = defaultdict[int, list[Task]](list)
    for one in tasks_of(viewer, programme, params):
        if one.group:
            by_group[one.group.pk].append(one)
    found = readable(viewer, ProgrammeGroup).filter(programme=programme).order_by("number")
    shown = [
        one for one in found if one.pk in by_group or not params.get("place")
    ]  # a group without a task there says nothing of the place
    return envelope(programme, [_group_row(one, by_group.get(one.pk, [])) for one in shown], more_words=CELL_WORDS)


def _group_row(group: ProgrammeGroup, tasks: list[Task]) -> Row:
    worst = min((Status(one.status) for one in tasks), key=lambda one: URGENCY[one], default=Status.UNKNOWN)
    done = sum(one.status == Status.DONE for one in tasks)
    return {
        "id": group.pk,
        "number": int(group.number),
        "name": {"zh": group.name, "en": group.name_en or group.name},
        "tasks": len(tasks),
        "done": done,
        "status": worst.value,
        "mark": MARKS.get(worst, "ok"),
        "unit": {"zh": "项", "en": "tasks"},
    }


def tasks(viewer: Viewer, params: Params) -> Envelope:
    """The tasks with their first counted target, shares and reasons."""
    programme = programme_of(viewer, params)
    found = tasks_of(viewer, programme, params)
    return envelope(programme, task_rows(viewer, found), more_words=CELL_WORDS)


def risks(viewer: Viewer, params: Params) -> Envelope:
    """Tasks that are late or at risk first, then those with a doubt, each with the reason in words."""
    programme = programme_of(viewer, params)
    found = [one for one in tasks_of(viewer, programme, params) if one.status in {"late", "at_risk"} or one.contests or one.doubt]
    found.sort(key=lambda one: (not one.contests, URGENCY[Status(one.status)], one.code))
    return envelope(programme, [_risk_row(row) for row in task_rows(viewer, found)])


def _risk_row(row: Row) -> Row:
    exception = row["status"] in {"late", "at_risk"}
    return row | {"reason": row["reason"] if exception else row["doubt"] or row["reason"], "mark": row["mark"] if exception else "stale"}


def task_rows(viewer: Viewer, found: Iterable[Task]) -> list[Row]:
    """Rows of tasks, with the targets fetched in one statement."""
    listed = list(found)
    targets = defaultdict[int, list[Target]](list)
    for one in readable(viewer, Target).filter(task__in=listed).order_by("pk"):
        targets[one.task_id].append(one)
    called = names({one.place for one in listed if one.place})
    return [_task_row(one, targets.get(one.pk, []), called) for one in listed]


def _task_row(task: Task, targets: list[Target], called: Mapping[str, Label]) -> Row:
    first = next((one for one in targets if one.planned is not None), None)
    status, lead = Status(task.status), organisation_labels().get(task.lead)
    return {
        "id": task.pk,
        "code": task.code,
        "title": _both(task.title, task.title_en),
        "category": task.category or None,
        "level": task.level,
        "status": task.status,
        "mark": MARKS.get(status, "ok"),
        "stage": task.stage,
        "share": plain(task.share),
        "due_share": plain(task.due_share),
        "group": int(task.group.number) if task.group else None,
        "group_name": _both(task.group.name, task.group.name_en) if task.group else _both("市级任务", "City tasks"),
        "lead": lead.as_dict() if lead else None,
        "reason": _both(task.reason, task.reason_en),
        "doubt": _both(task.doubt, task.doubt_en),
        "place": task.place or None,
        "place_name": called[task.place].as_dict() if task.place in called else _both(task.place_names, ""),
        "as_of": plain(task.as_of),
        "confirms": int(task.confirms),
        "contests": int(task.contests),
        **_first_target(first),
    }


def _first_target(one: Target | None) -> Row:
    if one is None:
        return {"planned_value": None, "done_value": None, "unit": None, "comparator": "done", "target": None}
    return {
        "planned_value": plain(one.planned),
        "done_value": plain(one.done),
        "unit": _both(one.unit, one.unit_en),
        "comparator": one.comparator,
        "target": _both(one.label, one.label_en),
    }


def targets(viewer: Viewer, params: Params) -> Envelope:
    """Every target with a number: planned, done, and the share due by now."""
    programme = programme_of(viewer, params)
    by_id = {one.pk: one for one in tasks_of(viewer, programme, params)}
    found = readable(viewer, Target).filter(task__in=by_id, planned__isnull=False).order_by("task__code", "pk")
    rows = [_target_row(one, by_id[one.task_id]) for one in found]
    if params.get("known"):
        rows = [row for row in rows if row["done_value"] is not None]
    rows.sort(key=lambda row: (row["reached"], row["share"] if row["share"] is not None else 2))
    return envelope(programme, rows)


def _target_row(one: Target, task: Task) -> Row:
    share = 1.0 if one.reached else float(one.done / one.planned) if one.done is not None and one.planned else None
    behind = share is not None and task.due_share is not None and share < float(task.due_share) and not one.reached
    return {
        "id": one.pk,
        "task": task.pk,
        "code": task.code,
        "title": _both(one.label, one.label_en),
        "task_title": _both(task.title, task.title_en),
        "planned_value": plain(one.planned),
        "done_value": plain(one.done),
        "unit": _both(one.unit, one.unit_en),
        "comparator": one.comparator,
        "share": share,
        "due_share": plain(task.due_share),
        "reached": one.reached,
        "stated_only": one.reached and one.done is None,
        "mark": "watch" if behind else "ok" if share is not None else "stale",
        "as_of": plain(one.as_of),
        "status": task.status,
    }


def stages(viewer: Viewer, params: Params) -> Envelope:
    """How many tasks that are built stand in each stage, in the order of the life of works, and how many of them are late.

    Those whose stage nobody told come first and apart; no rows where nothing is built.
    """
    programme = programme_of(viewer, params)
    found = [one for one in tasks_of(viewer, programme, params) if one.kind == "works"]
    late = Counter(one.stage for one in found if one.status == "late")
    counts = Counter(one.stage for one in found)
    rows = [{"stage": state.key, "count": counts[state.key], "late": late[state.key]} for state in works.states]
    done = sum(one.stage == UNSTATED.key and one.status == Status.DONE for one in found)
    return envelope(programme, rows if found else [], STAGE_NOTE.filled(n=done))


def contradictions(viewer: Viewer, params: Params) -> Envelope:
    """Published statements that do not fit together and that nobody has explained."""
    programme = programme_of(viewer, params)
    found = readable(viewer, Contradiction).filter(programme=programme, explanation="").order_by("pk")
    rows = [
        {
            "id": one.pk,
            "rule": one.rule,
            "subject": _both(one.subject, one.subject_en),
            "detail": _both(one.detail, one.detail_en),
            "sources": one.sources.replace(",", "、"),
            "sentences": one.sentences,
            "task": one.task_id,
            "mark": "watch",
        }
        for one in found
    ]
    return envelope(programme, rows)


def latest(viewer: Viewer, params: Params) -> Envelope:
    """The newest progress entries, revisions among them."""
    programme = programme_of(viewer, params)
    by_id = {one.pk: one for one in tasks_of(viewer, programme, params)}
    found = readable(viewer, Progress).filter(task__in=by_id, current=True).select_related("target").order_by("-on", "-pk")[:40]
    rows = [_latest_row(one, by_id[one.task_id]) for one in found]
    return envelope(programme, rows)


def _latest_row(one: Any, task: Task) -> Row:
    label = _both(one.target.label, one.target.label_en) if one.target else None
    said = one.note or one.source_sentence
    return {
        "id": one.pk,
        "task": task.pk,
        "title": _both(task.title, task.title_en),
        "target": label,
        "value": plain(one.value),
        "as_of": plain(one.on),
        "status": one.status or None,
        "origin": ORIGIN_LABELS[one.origin].as_dict(),
        "revised": one.supersedes_id is not None,
        "figure": _figure(one) if one.target else _both(said, one.note_en or said),
    }


def _figure(one: Any) -> Row | None:
    if one.value is None:
        return _both(one.target.label, one.target.label_en)
    figure = f"{one.value.normalize():f}"
    return _both(f"{one.target.label} {figure}{one.unit}", f"{one.target.label_en} {figure}")


def _both(zh: str, en: str) -> Row | None:
    return {"zh": zh, "en": en or zh} if zh else None


def _part(count: int, total: int) -> float | None:
    return count / total if total else None


def _mean(shares: list[float]) -> float | None:
    return round(sum(shares) / len(shares), 4) if shares else None
