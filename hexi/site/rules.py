"""Every standing rule on one page: what it says, why it exists, how many rows it finds now. A rule that fails shows as failing."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import FieldError
from django.db import DatabaseError
from django.db.models import Count

from hexi.core.data.api import describe, may, plain, readable, tuned_context
from hexi.core.sensing.api import Finding
from hexi.core.trust.api import Viewer
from hexi.kernel.catalogue import catalogue
from hexi.kernel.declare import Rule, StreamRule
from hexi.kernel.label import t
from hexi.kernel.screen import Data, Drill, Encode, Envelope, Open, Page, Panel
from hexi.kernel.stream.words import pattern_words
from hexi.modules.cases.api import Run, runs

READINGS = t("设备读数", "readings of devices")
log = logging.getLogger("hexi.rules")
COLUMNS = {
    "register": t("登记", "register"),
    "sentence": t("规则内容", "what it says"),
    "because": t("依据", "why"),
    "count": t("现有", "found now"),
    "opened": t("上次立案", "opened at its last run"),
}
STATUS = {"ok": t("正常", "working"), "breach": t("执行失败", "failing")}


def rules(viewer: Viewer, params: Mapping[str, str]) -> Envelope:
    """The rules on registers that the viewer may read, each with its rows as this viewer sees them."""
    context = tuned_context()
    found = [rule for rule in catalogue.rules.values() if may(viewer, describe(rule.on), "read")]
    last = runs()
    rows = [_row(viewer, rule, last.get(rule.key)) for rule in found] + _stream_rows(viewer, last)
    return Envelope(rows=rows, as_of=plain(context.now), origin=t("规则库", "rules"), dictionary={"status": STATUS, "columns": COLUMNS})


def _row(viewer: Viewer, rule: Rule, last: Run | None) -> dict[str, Any]:
    about = describe(rule.on)
    count, status = _count(viewer, rule)
    return {
        "key": rule.key,
        "name": rule.label.as_dict(),
        "register": about.label.as_dict(),
        "sentence": {"zh": rule.when.words("zh"), "en": rule.when.words("en")},
        "because": rule.because,
        "count": count,
        "opened": last.opened if last else None,
        "status": "breach" if last and last.error else status,
        "entity": about.key,
        "set": f"rule.{rule.key}",
    }


def _stream_rows(viewer: Viewer, last: Mapping[str, Run]) -> list[dict[str, Any]]:
    """The stream rules, for whoever may read what they find."""
    if not may(viewer, describe(Finding), "read"):
        return []
    found = readable(viewer, Finding).values("rule").annotate(count=Count("pk"))
    counts = {row["rule"]: row["count"] for row in found.order_by()}
    return [_stream_row(rule, counts.get(rule.key, 0), last.get(rule.key)) for rule in catalogue.stream_rules.values()]


def _stream_row(rule: StreamRule, count: int, last: Run | None) -> dict[str, Any]:
    return {
        "key": rule.key,
        "name": rule.label.as_dict(),
        "register": READINGS.as_dict(),
        "sentence": {"zh": pattern_words(rule.when, "zh"), "en": pattern_words(rule.when, "en")},
        "because": rule.because,
        "count": count,
        "opened": last.opened if last else None,
        "status": "breach" if last and last.error else "ok",
        "entity": "sensing.finding",
        "set": "",
    }


def _count(viewer: Viewer, rule: Rule) -> tuple[int | None, str]:
    try:
        return readable(viewer, rule.on, rule.when).count(), "ok"
    except (DatabaseError, FieldError, TypeError, ValueError):
        log.exception("rule %s fails", rule.key)
        return None, "breach"


JUDGED = ("right", "wrong", "waiting", "percent", "interval", "standing")

PAGE = Page(
    id="rules",
    kind="board",
    title=t("规则", "Rules"),
    about=t("每条规则的内容、依据和现在找到的记录", "What each rule says, why it exists, and what it finds now"),
    panels=(
        Panel(
            id="rules",
            kind="table",
            title=t("规则与发现", "Rules and findings"),
            data=Data(source="site.rules"),
            encode=Encode(columns=("name", "register", "sentence", "because", "count", "opened", "status"), status="status"),
            drill=Drill(open=Open(entity="$row.entity", with_={"set": "$row.set"})),
        ),
        Panel(
            id="precision",
            kind="table",
            title=t("规则准不准", "How often rules are right"),
            data=Data(source="cases.precision", refresh="live", topics=("cases.suspect", "cases.case")),
            encode=Encode(columns=("name", *JUDGED), status="status"),
            drill=Drill(open=Open(entity="cases.suspect", with_={"rule": "$row.key"})),
        ),
        Panel(
            id="devices",
            kind="table",
            title=t("设备准不准", "How often devices are right"),
            data=Data(source="cases.precision_by_device", refresh="live", topics=("cases.suspect", "cases.case")),
            encode=Encode(columns=("device_name", "name", *JUDGED), status="status"),
            drill=Drill(open=Open(entity="cases.suspect", with_={"rule": "$row.key", "device": "$row.device"})),
        ),
        Panel(
            id="readings",
            kind="table",
            title=t("读数处理", "What became of readings"),
            data=Data(source="sensing.fates"),
            encode=Encode(columns=("kind", "judged", "duplicate", "late", "ancient", "future", "implausible", "unknown_kind")),
        ),
    ),
)
