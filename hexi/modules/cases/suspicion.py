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
    """How often a rule was right: confirmed of all that people decided, with Wilson's 95 % interval. None where nobody decided yet.

    `device` is empty for all of them together. `simulated`: of simulated findings alone, which say nothing of the rule.
    """

    rule: str
    confirmed: int
    decided: int
    waiting: int
    device: str = ""
    simulated: bool = False

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


# Whoever handles a case that a rule opened by itself says by its end whether the rule was right. One that was merged says nothing of it.
RIGHT = Q(state="confirmed") | Q(state="opened", case__phase="closed")
WRONG = Q(state="refuted") | Q(state="opened", case__phase="cancelled", case__master=None)
COUNTS = {"right": Count("pk", filter=RIGHT), "wrong": Count("pk", filter=WRONG), "waiting": Count("pk", filter=Q(state="suspected"))}


def acted(values: dict[str, Any], case: Case) -> Suspect:
    """What a rule opened a case about by itself is kept with it: how the case ends is the verdict."""
    change = Change(PLATFORM, "open_by_rule")
    row = change.create(Suspect, **{"found_at": timezone.now(), **values}, state="opened", case=case)
    record(PLATFORM, *change.happenings)
    return row


def precision_of(rule: str, device: str = "") -> Precision:
    """How often this rule was right so far: in all, or from one device."""
    where = Q(rule=rule, device=device) if device else Q(rule=rule)
    return next(iter(precisions(where, by_device=bool(device))), Precision(rule, 0, 0, 0, device))


def precisions(where: Q | None = None, *, by_device: bool = False, simulated: bool = False) -> list[Precision]:
    """The same for every rule, or those that `where` leaves; or for each rule and device. Simulated findings count alone or not at all."""
    by, mark = ("rule", "device") if by_device else ("rule",), Q(evidence__has_key="simulated")
    found = Suspect.objects.filter(where or Q())
    rows = (found.filter(mark) if simulated else found.exclude(mark)).values(*by).order_by(*by).annotate(**COUNTS)
    return [
        Precision(row["rule"], row["right"], row["right"] + row["wrong"], row["waiting"], row.get("device", ""), simulated) for row in rows
    ]


def is_under_floor(found: Precision, context: Any) -> bool:
    """Was it judged often enough, and too often wrong?"""
    return found.decided >= context.value(ENOUGH) and (found.share or 0) < context.value(FLOOR)


def may_open(rule: str, context: Any, device: str = "") -> bool:
    """May this rule open cases by itself? Not while it, or what it finds by this device, lies under the floor."""
    known = (precision_of(rule), *((precision_of(rule, device),) if device else ()))
    return not any(is_under_floor(one, context) for one in known)


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
