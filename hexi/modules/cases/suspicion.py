"""What machines find: a suspicion until a person confirms it, and how often each rule was right."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from hexi.core.data.api import Change
from hexi.core.trust.api import PLATFORM, record
from hexi.kernel.context import Param
from hexi.kernel.declare import Action
from hexi.kernel.label import t
from hexi.modules.cases.contracts import NewCase
from hexi.modules.cases.intake import kind_of, opened
from hexi.modules.cases.models import Case, Suspect

ASSISTANTS = ("case_acceptor", "case_dispatcher", "grid_worker", "street_staff")
FLOOR = Param("precision_floor", t("自动立案准确率下限", "precision below which a rule opens no case"), default=0.6, low=0.0, high=1.0)
"""Ours; officials tune it."""
ENOUGH = Param("precision_sample", t("评定准确率的最少样本", "verdicts before a rule is judged"), default=20, low=5, high=1000)
Z = 1.959964
"""The normal quantile of a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Precision:
    """How often a rule was right: confirmed of all that people decided, with Wilson's 95 % interval. None where nobody decided yet."""

    rule: str
    confirmed: int
    decided: int
    waiting: int

    @property
    def share(self) -> float | None:
        return self.confirmed / self.decided if self.decided else None

    @property
    def interval(self) -> tuple[float, float] | None:
        return wilson(self.confirmed, self.decided)


def wilson(hits: float, of: float) -> tuple[float, float] | None:
    """The 95 % interval of a share (Wilson 1927): honest for few, never below 0 or above 1. `of` may be an effective number."""
    if not of:
        return None
    share, more = hits / of, Z * Z / of
    middle = (share + more / 2) / (1 + more)
    half = Z * math.sqrt(share * (1 - share) / of + more / (4 * of)) / (1 + more)
    return max(0.0, middle - half), min(1.0, middle + half)


def suspect(values: dict[str, Any]) -> Suspect:
    """Keep a machine's finding. An open suspicion of the same rule about the same subject is given back instead of a second one."""
    kind_of(values["kind"])
    with transaction.atomic():
        same = Suspect.objects.filter(rule=values["rule"], subject=values.get("subject", ""), state="suspected").exclude(subject="").first()
        if same is not None:
            return same
        change = Change(PLATFORM, "suspect")
        row = change.create(Suspect, **{"found_at": timezone.now(), **values})
        record(PLATFORM, *change.happenings)
    return row


def precision_of(rule: str) -> Precision:
    """How often this rule was right so far."""
    return next(iter(precisions(Q(rule=rule))), Precision(rule, 0, 0, 0))


def precisions(where: Q | None = None) -> list[Precision]:
    """The same for every rule, or those that `where` leaves. What was found in simulated readings says nothing of a rule."""
    counts = {state: Count("pk", filter=Q(state=state)) for state in ("confirmed", "refuted", "suspected")}
    rows = Suspect.objects.filter(where or Q()).exclude(evidence__has_key="simulated").values("rule").order_by("rule").annotate(**counts)
    return [Precision(row["rule"], row["confirmed"], row["confirmed"] + row["refuted"], row["suspected"]) for row in rows]


def may_open(rule: str, context: Any) -> bool:
    """May this rule open cases by itself? Not while its precision, judged on enough verdicts, lies under the floor."""
    found = precision_of(rule)
    return found.decided < context.value(ENOUGH) or (found.share or 0) >= context.value(FLOOR)


def confirm(change: Change) -> Case:
    """It is so: a case is opened, in the same transaction."""
    row: Suspect = change.record
    point = (float(row.lon), float(row.lat)) if row.lon is not None and row.lat is not None else None
    files = (row.photo_id,) if row.photo_id else ()
    new = NewCase(row.kind, row.title, source="sensor", place=row.place, point=point, files=files, subject=row.subject)
    case = opened(change.viewer, kind_of(row.kind), new, change).case
    change.save(row, state="confirmed", decided_by=change.viewer.name, decided_at=timezone.now(), case=case)
    return case


def refute(change: Change) -> Suspect:
    """It is not so; the reason is kept with the rule that was wrong."""
    change.save(change.record, state="refuted", decided_by=change.viewer.name, decided_at=timezone.now())
    return change.record


WAITING = Suspect.state == "suspected"
SUSPECT_ACTIONS = (
    Action("confirm", t("属实并立案", "confirm and open a case"), "cases.suspect", confirm, by=ASSISTANTS, primary=True, when=WAITING),
    Action("refute", t("不属实", "refute"), "cases.suspect", refute, by=ASSISTANTS, needs_reason=True, when=WAITING),
)
