"""The facts of one month: every task judged as of the month's last day, and counted in the buckets of the report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from hexi.kernel.label import Label, joined, t
from hexi.modules.projects.contracts import (
    Bucket,
    Category,
    Finding,
    Judged,
    Kind,
    Level,
    Month,
    MonthFacts,
    ProgrammeFact,
    StatedCount,
    Status,
    TaskFact,
)
from hexi.modules.projects.contradictions import unlike_records
from hexi.modules.projects.forecast import forecast
from hexi.modules.projects.progress import share_of
from hexi.modules.projects.status import Limits, standing

Key = tuple[Level, Category | None, Status]


def judge(fact: TaskFact, day: date, limits: Limits | None = None) -> Judged:
    """One task with its standing and forecast as of `day`."""
    found = standing(fact, day, limits)
    return Judged(fact, found, task_forecast(fact, found.status, day))


def month_facts(
    programme: ProgrammeFact,
    month: Month,
    day: date,
    tasks: Iterable[Judged],
    *,
    stated: Sequence[StatedCount] = (),
    findings: Sequence[Finding] = (),
) -> MonthFacts:
    """The facts of a month as of a day of it: its judged tasks, the counts published for it and before, the contradictions known."""
    judged = tuple(tasks)
    buckets = _buckets(judged, stated, month)
    recorded = {(b.level.value, b.category.value if b.category else "", b.status.value): b.count for b in buckets}
    fresh = unlike_records((b.stated for b in buckets if b.stated), recorded)
    return MonthFacts(programme, month, day, judged, buckets, (*findings, *fresh))


def _buckets(tasks: Sequence[Judged], stated: Sequence[StatedCount], month: Month) -> tuple[Bucket, ...]:
    codes: defaultdict[Key, list[str]] = defaultdict(list)
    for one in tasks:
        codes[one.fact.level, one.fact.category, one.standing.official].append(one.fact.code)
    by_month = sorted((one for one in stated if str(one.month) <= str(month)), key=lambda one: str(one.month))
    said = _by_key(one for one in by_month if one.month == month)
    lost = _by_key(one for one in by_month if one.unidentified and one.status is Status.DONE)  # what was done stays done
    keys = sorted({*codes, *said, *lost}, key=_place_in_report)
    return tuple(Bucket(*key, codes=tuple(codes.get(key, ())), stated=said.get(key), lost=lost.get(key)) for key in keys)


def _by_key(counts: Iterable[StatedCount]) -> dict[Key, StatedCount]:
    return {(one.level, one.category, one.status): one for one in counts}


def _place_in_report(key: Key) -> tuple[int, int, int]:
    level, category, status = key
    return list(Level).index(level), list(Category).index(category) if category else len(Category), list(Status).index(status)


def task_forecast(fact: TaskFact, status: Status, day: date) -> Label:
    """What the report prints beside the official wording: a forecast per open target, or why there is none."""
    if status is Status.DONE:
        return t("已完成，无需预测", "Done, no forecast needed")
    if fact.kind is Kind.PROCEDURE:
        return t("没有截止日期，不作预测", "No end date, so no forecast")
    open_targets = [one for one in fact.targets if one.quantity is not None and share_of(one) != 1.0]
    if not open_targets:
        return t("没有可计数的目标，不作预测", "No target that can be counted, so no forecast")
    by_words = defaultdict[Label, list[Label]](list)
    for one in open_targets:
        by_words[forecast(one.history, one.quantity, until=day).words].append(one.label)
    if len(open_targets) == 1:
        return next(iter(by_words))
    said = t("{targets}：{words}", "{targets}: {words}")
    parts = [said.filled(targets=joined(labels), words=words) for words, labels in by_words.items()]
    return joined(parts, zh="；", en="; ")
