"""How each rule fared; where it fails, those who answer for rules are told, and not again at every turn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from hexi.core.data.api import TUNERS, platform_change
from hexi.core.notices.api import Letter, Reader, tell
from hexi.core.sensing.api import Finding
from hexi.core.space.api import roots
from hexi.core.trust.api import holders
from hexi.kernel.declare import Rule, StreamRule
from hexi.kernel.found import Decide
from hexi.kernel.label import Label, t
from hexi.modules.cases.models import RuleRun

PAGE = "/work/pages/rules"
AGAIN, AT_ONCE = timedelta(days=1), timedelta(hours=1)
"""Ours: how long the same failure is not told again; sooner where nothing else comes of a finding."""
FAILS = t("规则执行失败：{rule}", "A rule fails: {rule}")
KEPT = t(
    "原因：{error}。已按疑似问题处理，不会漏掉；规则仍在运行，修正后自动恢复。",
    "Cause: {error}. What it found stands as a suspicion; the rule stays on and works again once mended.",
)
LOST = t(
    "原因：{error}。所发现的情况没有得到处理，请立即人工查看；规则仍在运行，修正后自动恢复。",
    "Cause: {error}. Nobody was set to work on what it found: look at it now. The rule stays on and works again once mended.",
)
NOT_RUN = t(
    "原因：{error}。本轮没有查找；规则仍在运行，修正后自动恢复。",
    "Cause: {error}. It found nothing this time; the rule stays on and works again once mended.",
)


@dataclass(frozen=True, slots=True)
class Run:
    """How a rule fared last. `error` is empty when it went well."""

    at: datetime
    found: int
    opened: int
    error: str


def fared(rule: Rule, now: datetime, run: Run) -> None:
    """Keep how the round of a standing rule went, and tell where it failed."""
    kept, _ = RuleRun.objects.get_or_create(rule=rule.key, defaults={"ran_at": now})
    kept.ran_at, kept.found, kept.opened, kept.error = run.at, run.found, run.opened, run.error
    if run.error and is_due(kept, now, AGAIN):
        _tell(kept, Letter(FAILS.filled(rule=rule.label), _said(NOT_RUN, run.error), PAGE), now)
    kept.save()


def fared_once_more(rule: StreamRule, finding: Finding, error: str) -> None:
    """The same for one finding of a stream rule. Where the scenario decides and fails nothing else comes of it: that is urgent."""
    now, lost = timezone.now(), isinstance(rule.then, Decide)
    kept, _ = RuleRun.objects.get_or_create(rule=rule.key, defaults={"ran_at": now})
    kept.ran_at, kept.found, kept.opened, kept.error = now, kept.found + 1, kept.opened + (not error), error
    if error and is_due(kept, now, AT_ONCE if lost else AGAIN):
        body = _said(LOST if lost else KEPT, error)
        letter = Letter(FAILS.filled(rule=rule.label), body, PAGE, "sensing.finding", finding.pk, finding.place or "", urgent=lost)
        _tell(kept, letter, now)
    kept.save()


def is_due(kept: RuleRun, now: datetime, again: timedelta) -> bool:
    """Was nobody told of it for so long?"""
    return kept.told_at is None or now - kept.told_at >= again


def _said(sentence: Label, error: str) -> Label:
    """With the kind of error alone: its words may name a person."""
    return sentence.filled(error=error.partition(":")[0])


def _tell(kept: RuleRun, letter: Letter, now: datetime) -> None:
    whole = next((root.code for root in roots()), "")
    readers = [Reader(one.account, one.language) for one in holders(TUNERS, letter.place or whole)]
    with platform_change("tell_failing_rule", kept.rule) as change:
        tell(change, letter, readers)
    kept.told_at = now
