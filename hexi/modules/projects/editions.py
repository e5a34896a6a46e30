"""Editions of the monthly report: drafted from the records, published as a snapshot, revised by a next edition."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from hexi.core.data.api import Change, readable
from hexi.core.trust.api import Viewer
from hexi.kernel.declare import Action
from hexi.kernel.errors import Conflict, NotFound
from hexi.kernel.label import Label, Language, t
from hexi.modules.projects.begun import why_none
from hexi.modules.projects.contracts import CATEGORY_LABELS, LEVEL_LABELS, STATUS_LABELS, Bucket, Month, MonthFacts, ReportState
from hexi.modules.projects.days import spoken_day, today
from hexi.modules.projects.limits import tuned_limits
from hexi.modules.projects.models import MonthlyReport, Programme
from hexi.modules.projects.queries import facts_of
from hexi.modules.projects.report.build import Edition, report_document
from hexi.modules.projects.report.document import Document, document_from
from hexi.modules.projects.report.links import bucket_list

CHANGED = t(
    "本报告发布后台账有变动，以下为发布时的内容；更正须另行发布。",
    "The records have changed since this report was published. What follows is as it was published; a revision is published apart.",
)
REPLACED = t("本版已被更新的版次取代，以下为本版发布时的内容。", "A later edition has taken this one's place. What follows is as it was published.")
REVISED = t("第 {n} 版，{day}更正。更正原因：{why}", "Edition {n}, a revision of {day}. Why: {why}")
Content = dict[str, Any]


@dataclass(frozen=True)
class Reading:
    """One month's report as a reader gets it: the newest published edition, else the draft for those who may see drafts."""

    programme: Programme
    month: Month
    row: MonthlyReport
    content: Content
    changed: bool

    def document(self, language: Language) -> Document:
        return document_from(self.content[language])


def reading(viewer: Viewer, programme: int, month: Month, *, draft: bool = False, edition: int | None = None) -> Reading:
    """The report of that month: its newest edition, or the one of that number. Raises NotFound when the reader may see none."""
    about = readable(viewer, Programme).filter(pk=programme).first()
    if about is None:
        raise NotFound(t("没有这个年度的民心工程", "There is no such programme"), which=str(programme))
    rows = list(readable(viewer, MonthlyReport).filter(programme_id=programme, month=str(month)).order_by("edition"))
    if edition is not None:
        return _earlier(about, month, rows, edition)
    if not rows:
        raise NotFound(why_none(about, str(month)), which=str(month))
    newest = rows[-1]
    if newest.state == ReportState.DRAFT or (draft and not viewer.anonymous):
        return Reading(about, month, newest, _drafted(about, month), changed=False)
    now = _facts(about, month, newest.published_on)
    changed = newest.digest != digest_of(content_of(now, ReportState(newest.state), newest.published_on))
    content = _edition_told(newest)
    return Reading(about, month, newest, _remarked(content, CHANGED) if changed else content, changed)


def _earlier(about: Programme, month: Month, rows: list[Any], edition: int) -> Reading:
    """An edition as it was published, with the remark that a later one has taken its place."""
    row = next((one for one in rows if one.edition == edition and one.state != ReportState.DRAFT), None)
    if row is None:
        raise NotFound(t("这个月没有第{n}版", "This month has no edition {n}").filled(n=edition), which=str(month))
    replaced = row is not rows[-1]
    content = _edition_told(row)
    return Reading(about, month, row, _remarked(content, REPLACED) if replaced else content, changed=replaced)


def content_of(facts: MonthFacts, state: ReportState, day: date) -> Content:
    """The report in both languages, with its numbers and where they come from."""
    documents = {language: report_document(facts, language, Edition(state, day)).as_dict() for language in ("zh", "en")}
    findings = [
        {
            "rule": f.rule,
            "subject": f.subject.as_dict(),
            "detail": f.detail.as_dict(),
            "sources": list(f.sources),
            "sentences": list(f.sentences),
        }
        for f in facts.findings
    ]
    numbers = [_number(facts, bucket) for bucket in facts.buckets if bucket.count]
    return {**documents, "numbers": numbers, "contradictions": findings}


def digest_of(content: Content) -> str:
    """SHA-256 of what the report says; its state and day are not part of it."""
    said = {key: {k: v for k, v in value.items() if k != "signature"} if key in {"zh", "en"} else value for key, value in content.items()}
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def publish_report(change: Change) -> MonthlyReport:
    """The draft becomes the first edition, as the records stand now."""
    row: MonthlyReport = change.record
    _publish(change, row, ReportState.PUBLISHED)
    return row


def revise_report(change: Change) -> MonthlyReport:
    """A next edition with what has changed since. The one before stays as it was published."""
    old: MonthlyReport = change.record
    if MonthlyReport.objects.filter(programme=old.programme, month=old.month, edition__gt=old.edition).exists():
        raise Conflict(t("已有更新的版次，请在最新版次上更正", "There is a later edition: revise that one"))
    content = content_of(_facts(old.programme, Month.of(old.month)), ReportState.REVISED, today())
    if digest_of(content) == old.digest:
        raise Conflict(t("发布以来内容没有变化，无需更正", "Nothing has changed since it was published"))
    row = change.create(
        MonthlyReport, programme=old.programme, month=old.month, edition=old.edition + 1, lead=old.lead, reason=change.why,
    )  # fmt: skip
    _publish(change, row, ReportState.REVISED)
    return row


def _publish(change: Change, row: MonthlyReport, state: ReportState) -> None:
    content = content_of(_facts(row.programme, Month.of(row.month)), state, today())
    values = {"state": state.value, "published_on": today(), "published_by": change.viewer.name, "content": content}
    change.save(row, **values, digest=digest_of(content))


def _facts(programme: Programme, month: Month, seen_on: date | None = None) -> MonthFacts:
    return facts_of(programme, month, tuned_limits(), seen_on)


def _drafted(programme: Programme, month: Month) -> Content:
    return content_of(_facts(programme, month), ReportState.DRAFT, today())


def _edition_told(row: Any) -> Content:
    """The content, with what a revision is and why: printed or sent on, it must say so itself."""
    if row.state != ReportState.REVISED or row.published_on is None:
        return row.content
    return _remarked(row.content, REVISED.filled(n=row.edition, day=spoken_day(row.published_on), why=row.reason))


def _remarked(content: Content, remark: Label) -> Content:
    """The published content with a remark before it, in each language."""
    return {**content, **{language: _with_remark(content[language], remark.said(language)) for language in ("zh", "en")}}


def _with_remark(document: Content, text: str) -> Content:
    remark = {"type": "paragraph", "kind": "note", "runs": [{"text": text, "href": ""}]}
    return {**document, "blocks": [remark, *document["blocks"]]}


def _number(facts: MonthFacts, bucket: Bucket) -> Content:
    href = bucket_list(facts.programme.id, facts.month, bucket)
    label = _bucket_label(bucket)
    wanted = href.partition("?")[2].split("&")
    return {
        "label": label.as_dict(), "value": bucket.count, "unnamed": bucket.unnamed, "href": href, "entity": "projects.standing",
        "where": [condition.removeprefix("where=") for condition in wanted],
    }  # fmt: skip


def _bucket_label(bucket: Bucket) -> Label:
    subject = CATEGORY_LABELS[bucket.category] if bucket.category else LEVEL_LABELS[bucket.level]
    return t("{subject} · {status}", "{subject}, {status}").filled(subject=subject, status=STATUS_LABELS[bucket.status])


COORDINATOR = ("programme_coordinator",)
REPORT_ACTIONS = (
    Action("publish_report", t("发布", "publish"), "projects.monthlyreport", publish_report, by=COORDINATOR, primary=True,
           when=MonthlyReport.state == "draft", confirm=t("发布后只能更正，不能覆盖。确定发布？", "Once published it can only be revised. Publish?")),
    Action("revise_report", t("更正发布", "publish a revision"), "projects.monthlyreport", revise_report, by=COORDINATOR, needs_reason=True,
           when=MonthlyReport.state.one_of("published", "revised")),
)  # fmt: skip
