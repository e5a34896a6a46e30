"""What follows from the entries: the current figure of each target, the status of each task, the standings of each month.

Derived values are written here alone, after every change, in the change's own transaction. They are no changes of their
own: whoever wants to know reason a status is what it is, reads its reason and the entries.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max, Q, QuerySet

from hexi.core.data.api import describe, plain, snapshot
from hexi.core.trust.api import PLATFORM, Happening, record
from hexi.modules.projects.contracts import Judged, Month, TargetFact
from hexi.modules.projects.days import today
from hexi.modules.projects.facts import judge
from hexi.modules.projects.limits import tuned_limits
from hexi.modules.projects.models import (
    TASK_DERIVED,
    Evidence,
    Milestone,
    MonthlyReport,
    PlaceCheck,
    Programme,
    Progress,
    Standing,
    Target,
    Task,
)
from hexi.modules.projects.progress import share_of
from hexi.modules.projects.queries import VALID, task_facts

Row = dict[str, Any]
STANDING_FIELDS = [
    "programme",
    "level",
    "category",
    "status",
    "official",
    "reason",
    "reason_en",
    "share",
    "due_share",
    "forecast",
    "forecast_en",
    "lead",
]


def month_of(day: date) -> Month:
    return Month(day.year, day.month)


def derive(programme: Programme, since: date | None = None) -> None:
    """Bring the programme's derived values up to its entries; standings from the month of `since` on, or all."""
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=programme.pk)  # one at a time: the later one sees what the earlier wrote
        day = known_until(programme)
        if day is not None:
            _derive(programme, day, since)


def keep_current() -> None:
    """The newest year's programme of each level is the current one: what screens show and indicators count."""
    for level in Programme.objects.values_list("level", flat=True).distinct():
        own = Programme.objects.filter(level=level)
        newest = own.order_by("-year", "-pk").values_list("pk", flat=True)[0]
        own.filter(is_current=True).exclude(pk=newest).update(is_current=False)
        own.filter(pk=newest, is_current=False).update(is_current=True)


def _derive(programme: Programme, day: date, since: date | None) -> None:
    limits = tuned_limits()
    _write_tasks(programme, [judge(one, day, limits) for one in task_facts(programme, day, today())], day)
    for month in _months(programme, since):
        until = min(month.last_day, today())
        _write_standings(programme, month, [judge(one, until, limits) for one in task_facts(programme, until)])
        _begin_report(programme, month)
    Programme.objects.filter(pk=programme.pk).update(as_of=day)
    programme.as_of = day


def _begin_report(programme: Programme, month: Month) -> None:
    """A month with an entry has at least the draft of a report."""
    report, is_new = MonthlyReport.objects.get_or_create(
        programme=programme, month=str(month), edition=1, defaults={"lead": programme.lead}
    )
    if is_new:
        about = describe(MonthlyReport)
        begun = Happening("derive", about.key, report.pk, after=snapshot(about, report), organisation=report.lead or "", version=1)
        record(PLATFORM, begun)


def known_until(programme: Programme) -> date | None:
    """The end of the last month that has an entry, but never a day to come; None before the first entry."""
    last = _entries(programme).aggregate(day=Max("on"))["day"]
    return min(month_of(last).last_day, today()) if last else None


def _entries(programme: Programme) -> QuerySet[Any]:
    return Progress.objects.filter(task__programme=programme, current=True)


def _months(programme: Programme, since: date | None) -> list[Month]:
    """The months with an entry, and those whose report was begun without one."""
    days = _entries(programme).values_list("on", flat=True).distinct()
    first = month_of(since) if since else None
    begun = MonthlyReport.objects.filter(programme=programme).values_list("month", flat=True).distinct()
    months = {*(month_of(day) for day in days if day), *(Month.of(one) for one in begun)}
    return sorted((one for one in months if first is None or str(one) >= str(first)), key=str)


def _write_tasks(programme: Programme, judged: Sequence[Judged], day: date) -> None:
    proved, said, told = _proved(programme), _verdicts(programme), list[Happening]()
    tasks = {one.pk: one for one in Task.objects.filter(programme=programme)}
    for one in judged:
        task = tasks[one.fact.id]
        before = task.status
        _set(task, one)
        if task.status != before:
            told.append(_told(task, {"status": before}, {"status": task.status, "reason": task.reason}))
        task.has_evidence, task.as_of = task.pk in proved, day
        task.confirms, task.contests = said[task.pk, "confirms"], said[task.pk, "contests"]
    Task.objects.bulk_update(tasks.values(), TASK_DERIVED)
    told += _write_targets([target for one in judged for target in one.fact.targets])
    record(PLATFORM, *told)


def _told(row: Task | Target, before: Row, after: Row) -> Happening:
    """What the platform derived anew, for the history of the row and for those who watch it."""
    about = describe(type(row))
    return Happening("derive", about.key, row.pk, before, after, row.place or "", row.lead or "", row.version)


def _set(task: Task, one: Judged) -> None:
    said = one.standing
    task.status, task.reason, task.reason_en = said.status.value, said.reason.zh, said.reason.en
    task.doubt, task.doubt_en = (said.doubt.zh, said.doubt.en) if said.doubt else ("", "")
    task.share, task.due_share = _exact(said.share), _exact(said.due_share)
    spoken = max(one.fact.statements, key=lambda one: one.as_of, default=None)
    task.status_sentence, task.status_source = (spoken.sentence, spoken.source) if spoken else ("", "")


def _verdicts(programme: Programme) -> Counter[tuple[int, str]]:
    found = PlaceCheck.objects.filter(VALID, task__programme=programme).exclude(state="answered")
    return Counter(found.values_list("task_id", "verdict"))


def _proved(programme: Programme) -> set[int]:
    """Tasks with at least one file behind a current entry or a reached milestone."""
    entries = _entries(programme).filter(Q(evidence__isnull=False) | Q(pk__in=Evidence.objects.values("progress")))
    milestones = Milestone.objects.filter(task__programme=programme, evidence__isnull=False, state="done")
    return {*entries.values_list("task_id", flat=True), *milestones.values_list("task_id", flat=True)}


def _write_targets(facts: Sequence[TargetFact]) -> list[Happening]:
    told: list[Happening] = []
    rows: dict[int, Any] = {one.pk: one for one in Target.objects.filter(pk__in=[fact.id for fact in facts])}
    for fact in facts:
        row = rows[fact.id]
        before = {"done": plain(row.done), "reached": row.reached}
        row.done, row.met, row.as_of, row.reached = fact.value, fact.met, fact.as_of, share_of(fact) == 1.0
        after = {"done": plain(fact.value), "reached": row.reached}
        if after != before:
            told.append(_told(row, before, after))
    Target.objects.bulk_update(rows.values(), ["done", "met", "reached", "as_of"])
    return told


def _write_standings(programme: Programme, month: Month, judged: Sequence[Judged]) -> None:
    rows = [_standing(programme, month, one) for one in judged]
    Standing.objects.bulk_create(rows, update_conflicts=True, unique_fields=["task", "month"], update_fields=STANDING_FIELDS)


def _standing(programme: Programme, month: Month, one: Judged) -> Standing:
    fact, said = one.fact, one.standing
    return Standing(
        programme=programme, task_id=fact.id, month=str(month), level=fact.level.value,
        category=fact.category.value if fact.category else "",
        status=said.status.value, official=said.official.value, reason=said.reason.zh, reason_en=said.reason.en, share=_exact(said.share),
        due_share=_exact(said.due_share), forecast=one.forecast.zh, forecast_en=one.forecast.en, lead=fact.lead,
    )  # fmt: skip


def _exact(share: float | None) -> Decimal | None:
    return None if share is None else Decimal(str(round(share, 4)))
