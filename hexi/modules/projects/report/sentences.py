"""The sentences of the report, in the newspaper's own form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hexi.kernel.label import Label, Language, t
from hexi.modules.projects.contracts import CATEGORY_LABELS, Bucket, Category, Judged, Level, MonthFacts, Status
from hexi.modules.projects.days import spoken_day
from hexi.modules.projects.report.document import Paragraph, Run, linked_numbers, paragraph
from hexi.modules.projects.report.links import bucket_list, progress_list, record, status_list
from hexi.modules.projects.report.words import enumerated, woven

# A long list of what is merely on schedule names its first three and counts the rest, as the paper does.
NAMED_OF_MANY = 3
OPEN_WORKS = (Status.UNDER_WAY, Status.AT_RISK, Status.LATE, Status.ON_SCHEDULE)
PHRASES = {
    Status.DONE: t("{names}{etc}{count}个项目已完成年度任务{lost}。", "{count} tasks have completed the year's work: {names}{lost}."),
    Status.ON_SCHEDULE: t(
        "{names}{etc}{other}{count}个项目正在按时序组织实施{well}。",
        "{count}{other} tasks are on schedule{well}: {names}{etc}.",
    ),
    Status.BY_PROCEDURE: t(
        "{names}{etc}{count}个项目，正在按规定程序办理。", "{count} tasks are being handled by procedure: {names}{etc}."
    ),
    Status.UNDER_WAY: t("{names}{etc}{count}个项目正在实施。", "{count} tasks are under way: {names}{etc}."),
    Status.AT_RISK: t("{names}{etc}{count}个项目进度存在风险。", "{count} tasks are at risk: {names}{etc}."),
    Status.LATE: t("{names}{etc}{count}个项目进度滞后。", "{count} tasks are late: {names}{etc}."),
}
CITY_DONE = t("{names}{count}个项目已完成年度任务。", "{count} tasks have completed the year's work: {names}.")
CITY_ON_SCHEDULE = t(
    "{names}{count}个项目正在按市级责任部门工作部署正常推进。",
    "{count} tasks are moving on as the responsible city departments arranged: {names}.",
)
WORKS_OPEN = t("{title}项目，{detail}。", "{title}: {detail}.")
LOST = t("（其中{n}个项目的名称在来源中缺失）", ", and {n} whose names the source lost")
LOST_OF_ALL = t("（含来源未见名称的{n}项）", " (with {n} whose names the source lost)")
CATEGORY_INTRO = t("{category}项目中，", "{category}: ")
CITY_INTRO = t(
    "此外，未列入区级民心工程的{total}个市级民心工程项目中，",
    "Beside the district's own programme, of the {total} city tasks that the district carries: ",
)
SUMMARY = t(
    "截至{day}，区级民心工程{total}项任务中，{parts}。",
    "By {day}, of the {total} tasks of the district's programme: {parts}.",
)
SUMMARY_PARTS = (
    (Status.DONE, t("已完成{n}项", "{n} done")),
    (Status.ON_SCHEDULE, t("按时序推进{n}项", "{n} on schedule")),
    (Status.BY_PROCEDURE, t("按规定程序办理{n}项", "{n} by procedure")),
    (Status.UNDER_WAY, t("正在实施{n}项", "{n} under way")),
    (Status.AT_RISK, t("存在风险{n}项", "{n} at risk")),
    (Status.LATE, t("滞后{n}项", "{n} late")),
    (Status.UNKNOWN, t("进展未载明{n}项", "{n} not stated")),
)


@dataclass(frozen=True, slots=True)
class Telling:
    """The facts and the language in which they are told."""

    facts: MonthFacts
    language: Language

    def says(self, label: Label) -> str:
        return label.said(self.language)

    def title(self, one: Judged) -> Run:
        return Run(self.says(one.fact.title), record("projects.task", one.fact.id))


def summary(tell: Telling) -> Paragraph:
    """The opening count over the district's own tasks."""
    facts, level = tell.facts, Level.DISTRICT
    told = [(status, sentence) for status, sentence in SUMMARY_PARTS if facts.count(level, status)]
    parts = [[*_counted(tell, status, sentence), *_lost_of_all(tell, status)] for status, sentence in told]
    between = Run("、" if tell.language == "zh" else ", ")
    runs = [run for index, part in enumerate(parts) for run in ([between, *part] if index else part)]
    total = Run(str(facts.total(level)), status_list(facts.programme.id, facts.month, level))
    day = Run(tell.says(spoken_day(facts.day)))
    return paragraph(woven(SUMMARY, tell.language, {"day": [day], "total": [total], "parts": runs}))


def _counted(tell: Telling, status: Status, sentence: Label) -> Iterator[Run]:
    facts = tell.facts
    number = Run(str(facts.count(Level.DISTRICT, status)), status_list(facts.programme.id, facts.month, Level.DISTRICT, status))
    return woven(sentence, tell.language, {"n": [number]})


def _lost_of_all(tell: Telling, status: Status) -> Iterator[Run]:
    lost = [one for one in tell.facts.buckets if (one.level, one.status) == (Level.DISTRICT, status) and one.unnamed]
    if lost:
        where = record("projects.statement", lost[0].lost.id) if len(lost) == 1 and lost[0].lost else ""
        yield from woven(LOST_OF_ALL, tell.language, {"n": [Run(str(sum(one.unnamed for one in lost)), where)]})


def category_paragraph(tell: Telling, category: Category) -> Paragraph | None:
    """What the report says of one category of the district's tasks; None when it has none."""
    runs = [run for status, phrase in PHRASES.items() for run in _category_sentence(tell, category, status, phrase)]
    intro = woven(CATEGORY_INTRO, tell.language, {"category": [Run(tell.says(CATEGORY_LABELS[category]))]})
    return paragraph([*intro, *runs]) if runs else None


def _category_sentence(tell: Telling, category: Category, status: Status, phrase: Label) -> Iterator[Run]:
    bucket = tell.facts.bucket(Level.DISTRICT, category, status)
    if not bucket.count:
        return
    if category is Category.WORKS and status in OPEN_WORKS:
        for code in bucket.codes:
            yield from _open_works(tell, tell.facts.judged(code))
    else:
        yield from _bucket_sentence(tell, bucket, phrase)


def city_paragraph(tell: Telling) -> Paragraph | None:
    """The city's tasks that the district carries, told apart from its own."""
    facts, runs = tell.facts, list[Run]()
    for status, usual in PHRASES.items():
        bucket = facts.bucket(Level.CITY, None, status)
        if bucket.count:
            phrase = {Status.DONE: CITY_DONE, Status.ON_SCHEDULE: CITY_ON_SCHEDULE}.get(status, usual)
            runs += _bucket_sentence(tell, bucket, phrase)
    total = Run(str(facts.total(Level.CITY)), status_list(facts.programme.id, facts.month, Level.CITY))
    return paragraph([*woven(CITY_INTRO, tell.language, {"total": [total]}), *runs]) if runs else None


def _bucket_sentence(tell: Telling, bucket: Bucket, phrase: Label) -> Iterator[Run]:
    facts = tell.facts
    named = _named_first([facts.judged(code) for code in bucket.codes])
    shown = named[:NAMED_OF_MANY] if bucket.status is Status.ON_SCHEDULE and bucket.category else named
    count = Run(str(bucket.count), bucket_list(facts.programme.id, facts.month, bucket))
    well = bucket.status is Status.ON_SCHEDULE and not any(one.standing.doubt for one in named)
    yield from woven(phrase, tell.language, {
        "names": enumerated([tell.title(one) for one in shown], tell.language),
        "count": [count],
        "etc": [Run("等" if tell.language == "zh" else (", among others" if len(shown) < len(named) else ""))],
        "other": [Run(tell.says(t("其他", " other")))] if _follows_done(facts, bucket) else [],
        "well": [Run(tell.says(t("，进展顺利", " and going well")))] if well else [],
        "lost": list(_lost(tell, bucket)),
    })  # fmt: skip
    if tell.language == "en":
        yield Run(" ")


def _lost(tell: Telling, bucket: Bucket) -> Iterator[Run]:
    if bucket.unnamed:
        source = record("projects.statement", bucket.lost.id) if bucket.lost else ""
        yield from woven(LOST, tell.language, {"n": [Run(str(bucket.unnamed), source)]})


def _follows_done(facts: MonthFacts, bucket: Bucket) -> bool:
    return bool(facts.bucket(bucket.level, bucket.category, Status.DONE).count)


def _named_first(tasks: Sequence[Judged]) -> list[Judged]:
    """Those that the source names before those that it only counts."""
    return sorted(tasks, key=lambda one: any(mark.kind == "counted_not_named" for mark in one.fact.marks))


def _open_works(tell: Telling, one: Judged) -> Iterator[Run]:
    nothing = t("正在实施", "under way")
    detail = linked_numbers(tell.says(one.fact.detail or nothing).rstrip("。."), progress_list(one))
    yield from woven(WORKS_OPEN, tell.language, {"title": [tell.title(one)], "detail": list(detail)})
    if tell.language == "en":
        yield Run(" ")
