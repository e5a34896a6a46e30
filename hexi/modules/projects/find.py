"""Look for contradictions in what is on record, and keep those that nobody has entered yet."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, cast

from django.db import transaction

from hexi.core.data.api import describe, snapshot
from hexi.core.space.api import resolve
from hexi.core.trust.api import PLATFORM, Happening, record
from hexi.kernel.label import t
from hexi.modules.projects.contracts import Comparator, Finding, Month
from hexi.modules.projects.contradictions import (
    DoneClaim,
    Figure,
    Mention,
    done_below_target,
    shrunk_figures,
    spelled_differently,
    two_figures,
    uncounted_names,
)
from hexi.modules.projects.models import Contradiction, Programme, Progress, Statement, Target, Task
from hexi.modules.projects.queries import stated_counts


def findings(programme: Programme) -> list[Finding]:
    """Every contradiction that the rules find in the programme's records now."""
    months = {Month.of(one) for one in Statement.objects.filter(programme=programme).values_list("month", flat=True)}
    counts = [count for month in sorted(months, key=str) for count in stated_counts(programme, month)]
    figures = list(_figures(programme))
    return [
        *uncounted_names(counts),
        *two_figures(figures),
        *shrunk_figures(figures),
        *done_below_target(_claims(programme)),
        *spelled_differently(_mentions(programme)),
    ]


def keep_findings(programme: Programme) -> int:
    """Enter what is found and not on record: a finding whose sentences stand together in an entry already is not entered twice."""
    known = [set(one) for one in Contradiction.objects.filter(programme=programme).values_list("sentences", flat=True)]
    fresh = [one for one in findings(programme) if not any(set(one.sentences) <= there for there in known)]
    tasks = {one.code: one for one in Task.objects.filter(programme=programme)}
    rows = [_row(programme, one, tasks) for one in fresh]
    marks = {row.key for row in rows} - set(Contradiction.objects.filter(programme=programme).values_list("key", flat=True))
    rows = [row for row in rows if row.key in marks]
    about = describe(Contradiction)
    with transaction.atomic():
        Contradiction.objects.bulk_create(rows)
        record(PLATFORM, *(Happening("found", about.key, row.pk, after=snapshot(about, row), version=1, silent=True) for row in rows))
    return len(rows)


def _row(programme: Programme, one: Finding, tasks: dict[str, Task]) -> Contradiction:
    mark = hashlib.sha256("\n".join((one.rule, one.subject.zh, *one.sentences)).encode()).hexdigest()[:16]
    return Contradiction(
        programme=programme,
        key=f"{one.rule}_{mark}",
        rule=one.rule,
        subject=one.subject.zh,
        subject_en=one.subject.en,
        detail=one.detail.zh,
        detail_en=one.detail.en,
        sources=",".join(one.sources),
        sentences=list(one.sentences),
        task=tasks.get(one.task),
    )


def _figures(programme: Programme) -> Iterator[Figure]:
    """Planned and done figures; the entries that revised another say so."""
    for one in Target.objects.filter(task__programme=programme, planned__isnull=False).select_related("task"):
        label = t(one.label, one.label_en or one.label)
        yield Figure(
            str(one.pk), label, one.planned, one.task.source, one.task.source_sentence, kind="planned", unit=one.unit, task=one.task.code
        )
    found = Progress.objects.filter(task__programme=programme, current=True, target__isnull=False, value__isnull=False)
    for one in cast("Iterable[Any]", found.select_related("task", "target")):
        label = t(one.target.label, one.target.label_en or one.target.label)
        yield Figure(
            str(one.target_id),
            label,
            one.value,
            one.source,
            one.source_sentence,
            one.on,
            unit=one.unit,
            revision=one.supersedes_id is not None,
            task=one.task.code,
        )


def _claims(programme: Programme) -> Iterable[DoneClaim]:
    for one in Target.objects.filter(task__programme=programme, task__status="done", done__isnull=False).select_related("task"):
        label = t(one.label, one.label_en or one.label)
        sentences = (one.task.status_sentence or one.task.source_sentence,)
        yield DoneClaim(one.task.code, label, Comparator(one.comparator), one.planned, one.done, one.task.status_source, *sentences)


def _mentions(programme: Programme) -> Iterator[Mention]:
    """Places under the names that the plan's and the report's sentences give them, as far as the place register knows the names."""
    for task in Task.objects.filter(programme=programme).exclude(place=""):
        for name in filter(None, task.place_names.split("、")):
            if any(found.place.code == task.place for found in resolve(name)):
                yield Mention(task.place, name, task.source, task.source_sentence)
