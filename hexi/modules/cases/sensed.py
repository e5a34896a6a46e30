"""What stream rules found becomes a case or a suspicion, once for each subject while one is open."""

from __future__ import annotations

import logging
from typing import Any

from django.db import transaction
from django.utils import timezone

from hexi.core.data.api import describe, tuned_context
from hexi.core.sensing.api import Finding, act_on_findings
from hexi.core.trust.api import PLATFORM
from hexi.kernel.catalogue import catalogue
from hexi.kernel.declare import OpenCase, StreamRule
from hexi.kernel.found import Decide, Found
from hexi.kernel.stream.patterns import kinds_of
from hexi.kernel.stream.words import pattern_words
from hexi.modules.cases.contracts import NewCase
from hexi.modules.cases.fared import fared_once_more
from hexi.modules.cases.intake import kind_of, opened
from hexi.modules.cases.models import Case
from hexi.modules.cases.standing import FAULTS, Masked
from hexi.modules.cases.suspicion import acted, may_open, suspect

PRIVATE = {"personal", "sensitive"}
log = logging.getLogger("hexi.rules")


def act(finding: Finding) -> None:
    """Do what the rule says. Where that fails the rule shows as failing, and people get a plain suspicion instead of nothing."""
    rule = catalogue.stream_rules.get(finding.rule)
    if rule is None or rule.then is None:
        return
    error = ""
    try:
        with transaction.atomic():
            _opened(rule, finding)
    except FAULTS as fault:
        log.exception("stream rule %s fails", rule.key)
        error = f"{type(fault).__name__}: {fault}"[:500]
        if not isinstance(rule.then, Decide):
            suspect(_values(rule, finding, f"{'【模拟】' if finding.simulated else ''}{rule.label.zh} {finding.key}"))
    fared_once_more(rule, finding, error)


def act_on_all() -> int:
    """Every finding that nobody acted on, but those that raise an alarm. Returns how many."""
    return act_on_findings(act, but=frozenset(rule.key for alarm in catalogue.alarms.values() for rule in alarm.rules))


def _opened(rule: StreamRule, finding: Finding) -> None:
    assert rule.then is not None
    if isinstance(rule.then, Decide):
        rule.then.run(_found(rule, finding))
        return
    title, kind = _title(rule, finding), rule.then.case_type
    if not isinstance(rule.then, OpenCase) or not may_open(rule.key, tuned_context(), finding.key):
        suspect(_values(rule, finding, title))
    elif not Case.objects.filter(kind=kind.key, subject=finding.key, closed_at=None).exists():
        new = NewCase(kind.key, title, rule.because, source="sensor", place=finding.place, subject=finding.key, why=rule.because)
        acted(_values(rule, finding, title), opened(PLATFORM, kind_of(kind.key), new).case)


def _found(rule: StreamRule, finding: Finding) -> Found:
    _, _, number = finding.key.rpartition(":")
    value = None if finding.value is None else float(finding.value)
    assert finding.since is not None
    assert finding.moment is not None
    record = int(number) if rule.on is not None and number.isdecimal() else None
    return Found(finding.rule, finding.key, record, finding.since, finding.moment, value, finding.place, finding.simulated)


def _values(rule: StreamRule, finding: Finding, title: str) -> dict[str, Any]:
    """The finding as a suspicion keeps it."""
    assert rule.then is not None
    assert not isinstance(rule.then, Decide)
    evidence: dict[str, Any] = {"sentence": pattern_words(rule.when), "because": rule.because, "key": finding.key, "since": finding.since}
    if not any(kind.privacy in PRIVATE for kind in kinds_of(rule.when)):
        evidence["value"] = finding.value
    if finding.simulated:
        evidence["simulated"] = True
    return {
        "rule": rule.key, "kind": rule.then.case_type.key, "title": title[:200], "subject": finding.key[:120], "place": finding.place,
        "device": finding.key[:120], "evidence": {name: str(value) for name, value in evidence.items()}, "found_at": finding.moment,
    }  # fmt: skip


def _title(rule: StreamRule, finding: Finding) -> str:
    """The title of a case or suspicion, with the record's words masked where the key names one."""
    assert rule.then is not None
    assert not isinstance(rule.then, Decide)
    it: Any = None
    if rule.on is not None:
        about = describe(rule.on)
        it = Masked(about, about.model._default_manager.get(pk=finding.key.rpartition(":")[2]))
    since = timezone.localtime(finding.since)
    value = "" if finding.value is None else f"{float(finding.value):g}"
    mark = "【模拟】" if finding.simulated else ""
    return (mark + rule.then.title.format(it=it, key=finding.key, value=value, since=f"{since:%m-%d %H:%M}"))[:200]
