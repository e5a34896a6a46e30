"""Cases that somebody marks for attention, such as one under inspection: seen at once, and under the shorter limits declared for them."""

from __future__ import annotations

from django.utils import timezone

from hexi.core.data.api import Change
from hexi.kernel.errors import Conflict
from hexi.kernel.label import t
from hexi.modules.cases.clocks import shortened
from hexi.modules.cases.course import category_code, clocks_of, type_of, wound
from hexi.modules.cases.models import Case, CaseClock
from hexi.modules.cases.tables import district_calendar


def marked(change: Change, attention: str) -> Case:
    """Mark the case. Clocks that run end sooner where a limit for such cases says so, counted from now; those to come begin under it."""
    case: Case = change.record
    if case.attention == attention:
        raise Conflict(t("案件已有这个标记", "The case is marked so already"))
    change.save(case, attention=attention)
    clocks = clocks_of(case)
    shorter = [one for one in clocks if one.ended_at is None and _shortened(case, one)]
    for one in shorter:
        one.save()
    wound(change, case, clocks)
    if shorter:
        change.also(case, clocks={one.key: {"due_at": one.due_at} for one in shorter})
    return case


def unmarked(change: Change) -> Case:
    """Take the mark off. Limits that were made shorter stay: offices have promised by them."""
    change.save(change.record, attention="")
    return change.record


def _shortened(case: Case, clock: CaseClock) -> bool:
    kind, now = type_of(case), timezone.now()
    rule = kind.limit(clock.key, category_code(case), case.urgency, district_calendar().local(now).date(), case.attention)
    return rule is not None and bool(rule.attention) and shortened(clock, rule, kind, now)
