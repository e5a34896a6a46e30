"""From a month's facts to the report as a document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from hexi.kernel.label import Label, Language, t
from hexi.modules.projects.contracts import CATEGORY_LABELS, REPORT_LABELS, Category, Level, MonthFacts, ReportState
from hexi.modules.projects.days import spoken_month
from hexi.modules.projects.report.annex import attachment, finding_notes, risk_notes, source_notes
from hexi.modules.projects.report.document import Block, Document, Heading, Paragraph, Run, Signature, paragraph
from hexi.modules.projects.report.sentences import Telling, category_paragraph, city_paragraph, summary
from hexi.modules.projects.report.words import NUMERALS

TITLE = t("{name}{month}进展情况", "{name}: progress in {month}")
TITLE_WITH_CITY = t("{name}和承担的市级民心工程项目{month}进展情况", "{name}, and the city tasks it carries: progress in {month}")
ATTACHMENT = t("{name}{month}任务进展情况表", "{name}: table of tasks, {month}")
CITY_HEADING = t("承担的市级民心工程项目", "City tasks that the district carries")
RISK_HEADING = t("平台测算与风险提示（非官方表述）", "What the platform computes (not official wording)")
NOTES_HEADING = t("关于来源的说明", "Notes on the sources")


@dataclass(frozen=True, slots=True)
class Edition:
    """Which edition of the report this is: its state, its day, and what has changed since it was published."""

    state: ReportState
    day: date
    remark: Label | None = None


def report_document(facts: MonthFacts, language: Language, edition: Edition) -> Document:
    """The report of one month in one language."""
    tell = Telling(facts, language)
    names = {"name": facts.programme.name, "month": spoken_month(facts.month)}
    title = (TITLE_WITH_CITY if facts.total(Level.CITY) else TITLE).filled(**names)
    caption = tell.says(ATTACHMENT.filled(**names))
    signature = Signature(tell.says(facts.programme.issuer), edition.day, tell.says(REPORT_LABELS[edition.state]))
    blocks = (*_remark(tell, edition), summary(tell), *_sections(tell))
    return Document(language, tell.says(title), blocks, signature, attachment(tell, caption), caption)


def _remark(tell: Telling, edition: Edition) -> Iterator[Paragraph]:
    if edition.remark:
        yield paragraph([Run(tell.says(edition.remark))], "note")


def _sections(tell: Telling) -> Iterator[Block]:
    number = 0
    for heading, content in _contents(tell):
        if content:
            yield _heading(tell, number, heading)
            yield from content
            number += 1


def _contents(tell: Telling) -> Iterator[tuple[Label, list[Paragraph]]]:
    for category in Category:
        told = category_paragraph(tell, category)
        yield t("{x}项目", "{x}").filled(x=CATEGORY_LABELS[category]), [told] if told else []
    city = city_paragraph(tell)
    yield CITY_HEADING, [city] if city else []
    yield RISK_HEADING, list(risk_notes(tell))
    yield NOTES_HEADING, [*finding_notes(tell), *source_notes(tell), *_citations(tell)]


def _citations(tell: Telling) -> Iterator[Paragraph]:
    facts, listed = tell.facts, tell.facts.programme.sources
    stated = {bucket.stated.source for bucket in facts.buckets if bucket.stated}
    used = stated | {key for one in facts.findings for key in one.sources} | {key for key, _ in listed[:1]}
    said = t("{key}：{source}", "{key}: {source}")
    for key, source in listed:
        if key in used:
            yield paragraph([Run(tell.says(said.filled(key=key, source=source)))], "note")


def _heading(tell: Telling, number: int, label: Label) -> Heading:
    before = f"{NUMERALS[number]}、" if tell.language == "zh" else f"{number + 1}. "
    return Heading(before + tell.says(label))
