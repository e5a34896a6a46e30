"""Standing rules at work: what a rule finds becomes a case or a suspicion, once for each subject; a failing rule says so and stays on."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.core.exceptions import FieldError, ObjectDoesNotExist
from django.db import DatabaseError, transaction
from django.utils import timezone

from hexi.core.data.api import Description, describe, rows_where, tuned_context
from hexi.core.trust.api import PLATFORM, masked
from hexi.kernel.catalogue import catalogue
from hexi.kernel.declare import OpenCase, Rule
from hexi.kernel.errors import HexiError
from hexi.modules.cases.contracts import NewCase
from hexi.modules.cases.fared import Run, fared
from hexi.modules.cases.intake import open_case
from hexi.modules.cases.models import Case, RuleRun
from hexi.modules.cases.models import Suspect as Suspicion
from hexi.modules.cases.suspicion import acted, may_open, suspect

log = logging.getLogger("hexi.rules")
AT_ONCE = 500
"""So many cases one round of one rule opens at most: a rule that suddenly holds for a whole register is a fault, not work."""
FAULTS = (DatabaseError, FieldError, ObjectDoesNotExist, TypeError, ValueError, AttributeError, LookupError, HexiError)


def run_rules(now: datetime | None = None) -> int:
    """Run every rule that is due. Returns how many cases and suspicions came of it."""
    moment = now or timezone.now()
    last = {run.rule: run.ran_at for run in RuleRun.objects.all()}
    due = [rule for rule in catalogue.rules.values() if rule.then and moment - last.get(rule.key, moment - rule.every) >= rule.every]
    return sum(_run(rule, moment) for rule in due)


def runs() -> dict[str, Run]:
    """The last run of every rule that acts, by its key."""
    return {run.rule: Run(run.ran_at, run.found, run.opened, run.error) for run in RuleRun.objects.all()}


def _run(rule: Rule, now: datetime) -> int:
    found = opened = 0
    error = ""
    try:
        rows = list(rows_where(rule.on, rule.when, tuned_context()).order_by("pk")[:AT_ONCE])
        found = len(rows)
        opened = sum(_act(rule, row) for row in _without(rule, rows))
    except FAULTS as fault:
        log.exception("rule %s fails", rule.key)
        error = f"{type(fault).__name__}: {fault}"[:500]
    fared(rule, now, Run(now, found, opened, error))
    return opened


def _without(rule: Rule, rows: Iterable[Any]) -> Iterator[Any]:
    """The rows about which nothing is open yet."""
    assert rule.then is not None
    by_subject = {subject_of(row): row for row in rows}
    cases = Case.objects.filter(kind=rule.then.case_type.key, subject__in=by_subject, closed_at=None)
    waiting = Suspicion.objects.filter(rule=rule.key, subject__in=by_subject, state="suspected")
    known = {*cases.values_list("subject", flat=True), *waiting.values_list("subject", flat=True)}
    return (row for subject, row in by_subject.items() if subject not in known)


def _act(rule: Rule, row: Any) -> int:
    """Open a case or raise a suspicion. A rule that was often wrong only suspects."""
    assert rule.then is not None
    about = _about(row)
    title, subject = titled(rule.then.title, about, row), subject_of(row)
    place = getattr(row, about.place) or "" if about.place else ""
    values = {
        "rule": rule.key, "kind": rule.then.case_type.key, "title": title, "subject": subject, "place": place,
        "evidence": {"sentence": rule.when.words("zh"), "because": rule.because},
    }  # fmt: skip
    if isinstance(rule.then, OpenCase) and may_open(rule.key, tuned_context()):
        new = NewCase(rule.then.case_type.key, title, rule.because, source="rule", place=place, subject=subject, why=rule.because)
        with transaction.atomic():
            acted(values, open_case(PLATFORM, new).case)
    else:
        suspect(values)
    return 1


def subject_of(row: Any) -> str:
    """What a case is about, as one word: register and number."""
    return f"{_about(row).key}:{row.pk}"


def _about(row: Any) -> Description:
    return describe(row.__class__)


class Masked:
    """The row as a title may say it: names as 王*, for a title is read by many."""

    def __init__(self, about: Description, row: Any) -> None:
        self.about, self.row = about, row

    def __getattr__(self, name: str) -> Any:
        field, value = self.about.fields[name], getattr(self.row, name)
        return masked(value, field.kind, field.privacy) if field.privacy in {"personal", "sensitive"} else value


def titled(template: str, about: Description, row: Any) -> str:
    """The title of a case about this row."""
    return template.format(it=Masked(about, row))[:200]
