"""From rows to facts: what was known of every task as of a day, in a fixed number of statements."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django.db.models import Q

from hexi.core.trust.api import organisation_labels
from hexi.kernel.label import Label, joined, t
from hexi.modules.projects.contracts import (
    Category,
    Comparator,
    Finding,
    Kind,
    Level,
    Mark,
    Month,
    MonthFacts,
    Origin,
    ProgrammeFact,
    Span,
    StatedCount,
    Status,
    TargetFact,
    TaskFact,
)
from hexi.modules.projects.contracts import Statement as Said
from hexi.modules.projects.days import today
from hexi.modules.projects.facts import judge, month_facts
from hexi.modules.projects.models import Contradiction, Milestone, PlaceCheck, Programme, Progress, Statement, Target, Task
from hexi.modules.projects.status import Limits

VALID = Q(counts=True) | Q(state="upheld")  # what residents say counts near the place, or once an official upheld it
EXPECTED = t("预计{when}", "expected in {when}")
STATES = {"done": t("已完成", "is done"), "under_way": t("正在进行", "is under way"), "waiting": t("尚待进行", "is waited for")}


@dataclass(frozen=True)
class _Rows:
    """Everything about the tasks of a programme up to one day, by task or target."""

    day: date
    targets: Mapping[int, list[Target]]
    figures: Mapping[int, list[Any]]
    statements: Mapping[int, list[Any]]
    milestones: Mapping[int, list[Milestone]]
    contests: Mapping[int, int]


def facts_of(programme: Programme, month: Month, limits: Limits | None = None, seen_on: date | None = None) -> MonthFacts:
    """The month's facts from the records as they stand now, looking back to the month's last day.

    A month that is not over is judged as of today, or as of the day `seen_on` for what was published then.
    """
    day = min(month.last_day, seen_on or today())
    tasks = [judge(one, day, limits) for one in task_facts(programme, day)]
    stated, findings = stated_until(programme, month), findings_of(programme, month)
    return month_facts(programme_fact(programme), month, day, tasks, stated=stated, findings=findings)


def task_facts(programme: Programme, day: date, heard: date | None = None) -> list[TaskFact]:
    """Every task of the programme as known at the end of `day`, in the order of codes.

    `heard` is the day up to which residents at the place are listened to, when they may speak later than the figures.
    """
    rows = _rows(programme, day, heard or day)
    tasks = Task.objects.filter(programme=programme).select_related("group").order_by("level", "code")
    return [_task_fact(one, rows) for one in sorted(tasks, key=lambda one: (one.level != Level.DISTRICT, one.code))]


def programme_fact(programme: Programme) -> ProgrammeFact:
    """The programme as its report speaks of it."""
    issuer = organisation_labels().get(programme.lead) or t("民心工程协调部门", "Office that coordinates the programme")
    name = t(programme.name, programme.name_en or programme.name)
    listed = sorted(programme.citations, key=lambda one: one["key"] != programme.source)
    cited = tuple((one["key"], t(one["zh"], one["en"])) for one in listed)
    return ProgrammeFact(programme.pk, name, int(programme.year), issuer, cited)


def stated_counts(programme: Programme, month: Month) -> list[StatedCount]:
    """What published sentences counted for the month."""
    return [one for one in stated_until(programme, month) if one.month == month]


def stated_until(programme: Programme, month: Month) -> list[StatedCount]:
    """What published sentences counted for the month and for those before it."""
    found = Statement.objects.filter(programme=programme, month__lte=str(month)).exclude(count=None).order_by("month", "pk")
    return [_stated(one) for one in found]


def _stated(one: Statement) -> StatedCount:
    category = Category(one.category) if one.category else None
    return StatedCount(
        Month.of(one.month), Level(one.level), category, Status(one.status), int(one.count), len(one.named), one.sentence, one.source,
        open_list=bool(one.counted), unidentified=int(one.unidentified or 0), candidates=tuple(one.candidates), id=one.pk,
    )  # fmt: skip


def findings_of(programme: Programme, month: Month) -> list[Finding]:
    """The contradictions on record that nobody has explained yet, among sources that were out by the end of the next month."""
    later = {one["key"] for one in programme.citations if one["published"] > str(month.next())}
    found = Contradiction.objects.filter(programme=programme, explanation="").select_related("task").order_by("pk")
    return [
        Finding(
            one.rule, t(one.subject, one.subject_en), t(one.detail, one.detail_en), tuple(filter(None, one.sources.split(","))),
            tuple(one.sentences), one.task.code if one.task else "",
        )
        for one in found
        if not later & set(one.sources.split(","))
    ]  # fmt: skip


def _rows(programme: Programme, day: date, heard: date) -> _Rows:
    entries = Progress.objects.filter(task__programme=programme, current=True, on__lte=day).order_by("on", "pk")
    figures, statements = defaultdict[int, list[Any]](list), defaultdict[int, list[Any]](list)
    for one in cast("Iterable[Any]", entries):
        (figures[one.target_id] if one.target_id else statements[one.task_id]).append(one)
    contests = PlaceCheck.objects.filter(VALID, task__programme=programme, verdict="contests", created_at__date__lte=heard)
    by_task = Counter(contests.exclude(state="answered").values_list("task_id", flat=True))
    return _Rows(
        day, _by_task(Target.objects.filter(task__programme=programme).order_by("pk")), figures, statements,
        _by_task(Milestone.objects.filter(task__programme=programme).order_by("pk")), by_task,
    )  # fmt: skip


def _by_task(rows: Iterable[Any]) -> Mapping[int, list[Any]]:
    found = defaultdict[int, list[Any]](list)
    for one in rows:
        found[one.task_id].append(one)
    return found


def _task_fact(task: Any, rows: _Rows) -> TaskFact:
    targets = rows.targets.get(task.pk, [])
    milestones = [one for one in rows.milestones.get(task.pk, []) if (one.as_of or rows.day) <= rows.day]
    return TaskFact(
        code=task.code, title=t(task.title, task.title_en or task.title), kind=Kind(task.kind), span=Span(task.start, task.due),
        category=Category(task.category) if task.category else None, level=Level(task.level),
        group=task.group.number if task.group else None,
        lead=task.lead, targets=tuple(_target_fact(one, rows) for one in targets), statements=_statements(task, rows),
        curve=tuple(task.curve), missed_milestone=_missed(milestones, rows.day), contested=rows.contests.get(task.pk, 0),
        detail=_detail(targets, milestones, rows), marks=tuple(_mark(one) for one in task.marks), id=task.pk, place=task.place,
        evidence=task.has_evidence,
    )  # fmt: skip


def _target_fact(one: Any, rows: _Rows) -> TargetFact:
    figures = rows.figures.get(one.pk, [])
    last = figures[-1] if figures else None
    counted = tuple((entry.on, entry.value) for entry in figures if entry.value is not None)
    by_word = bool(last and last.value is None and last.met)  # whoever called it reached after the last figure is believed
    value: Decimal | None = counted[-1][1] if counted and not by_word else None
    return TargetFact(
        t(one.label, one.label_en or one.label), Comparator(one.comparator), one.planned,
        t(one.unit, one.unit_en or one.unit) if one.unit else None, value, last.met if last else None,
        last.on if last else None, float(one.weight), tuple(one.curve), one.pk, counted, one.printed,
    )  # fmt: skip


def _statements(task: Any, rows: _Rows) -> tuple[Said, ...]:
    said = [
        Said(Status(one.status), one.on, one.source_sentence or one.note, Origin(one.origin), one.source)
        for one in rows.statements.get(task.pk, [])
        if one.status
    ]
    if task.completed_on and task.completed_on <= rows.day and task.stage in {"accepted", "struck_off", "reached", "closed"}:
        said.append(Said(Status.DONE, task.completed_on, "", Origin.ENTERED))
    return tuple(said)


def _missed(milestones: Iterable[Milestone], day: date) -> Label | None:
    late = [
        one for one in milestones if one.planned and one.planned < day and not (one.reached and one.reached <= day) and one.state != "done"
    ]
    return t(late[0].name, late[0].name_en or late[0].name) if late else None


def _mark(mark: Mapping[str, Any]) -> Mark:
    note = mark.get("note")
    return Mark(mark["kind"], t(mark["zh"], mark["en"]), t(note["zh"], note["en"]) if note else None)


def _detail(targets: Iterable[Target], milestones: Iterable[Milestone], rows: _Rows) -> Label | None:
    """What the works sentence tells of a task: figures and milestones, in the published words in Chinese where there are any."""
    told = [_figure_told(one, rows.figures[one.pk][-1]) for one in targets if rows.figures.get(one.pk)]
    told += [_milestone_told(one) for one in milestones]
    told = list(dict.fromkeys(told))
    return joined(told, zh="，", en="; ") if told else None


def _figure_told(target: Target, entry: Progress) -> Label:
    if entry.value is None:
        amount = t("已达到", "reached")
    else:
        amount = t(f"{entry.value.normalize():f}{target.unit}", f"{entry.value.normalize():f} {target.unit_en}".strip())
    said = t("{label}{amount}", "{label}: {amount}").filled(label=t(target.label, target.label_en or target.label), amount=amount)
    return t(entry.source_sentence, said.en) if entry.source_sentence else said


def _milestone_told(one: Milestone) -> Label:
    name = t(one.name, one.name_en or one.name)
    if one.state == "expected":
        when = t(one.printed or str(one.planned), str(one.planned.strftime("%Y-%m")) if one.planned else one.printed)
        said = t("{name}{state}", "{name} {state}").filled(name=name, state=EXPECTED.filled(when=when))
    else:
        said = t("{name}{state}", "{name} {state}").filled(name=name, state=STATES[one.state])
    return t(one.source_sentence, said.en) if one.source_sentence else said
