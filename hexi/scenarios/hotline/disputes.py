"""Whose is it? A return is claimed in time with reason and basis, decided by the hotline, and kept as a precedent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from hexi.kit import (
    DISPATCHERS,
    HANDLERS,
    Action,
    Case,
    CaseTask,
    Change,
    Conflict,
    Forbidden,
    Form,
    anybody_but,
    district_calendar,
    limit_among,
    question,
    read_limits,
    t,
    take_back,
)
from hexi.scenarios.hotline.grounds import DATA
from hexi.scenarios.hotline.models import Dispute

RETURNS = read_limits(DATA / "returns.yaml")
STREET_WIDTH, COMMUNITY_WIDTH = 9, 12
SHOWN = 12


class Claimed(Form):
    """On what it rests, and whose it is instead."""

    basis: str = question(t("依据（法规、三定、目录条款）", "basis"), min_length=2, max_length=200)
    suggested: str = question(t("建议承办单位", "whose it is instead"), "", widget="office")


def returns_until(task: CaseTask) -> datetime | None:
    """Until when the office may claim that it is not its own; None where no time is set."""
    case: Case = task.case
    code = case.category.code if case.category else ""
    calendar = district_calendar()
    assigned = task.assigned_at
    rule = limit_among(RETURNS, code, case.urgency, calendar.local(assigned).date()) if assigned else None
    return rule.limit.due(assigned, calendar) if rule and assigned else None


def claim_return(change: Change) -> Dispute:
    """Raises Forbidden when it is too late: a late return means that the office keeps it."""
    task, given = change.record, change.answers
    until = returns_until(task)
    if until is not None and timezone.now() > until:
        what = t("已过退回时限，视为接收", "It is too late to return it: the office keeps it")
        raise Forbidden(what, do=t("请办理，或申请延期、请求协办", "Handle it, or ask for more time or for help"))
    if Dispute.objects.filter(task=task, state="asked").exists():
        raise Conflict(t("退回申请正在裁定", "A claim waits for its decision"))
    case: Case = task.case
    return change.create(
        Dispute, case=case, task=task, office=task.office, category=case.category.code if case.category else "", place=case.place,
        reason=change.why, basis=given.basis, suggested=given.suggested, asked_by=change.viewer.name, asker=change.viewer.account,
        asked_at=timezone.now(),
    )  # fmt: skip


def agree_return(change: Change) -> Dispute:
    """It is not theirs: the order goes back to be sent anew."""
    row = change.record
    _decided(change, row, "agreed")
    task: CaseTask = row.task
    if task.state not in {"assigned", "accepted"}:
        raise Conflict(t("任务已不在该单位手中", "The office no longer has the task"))
    take_back(change, task, row.suggested)
    return row


def refuse_return(change: Change) -> Dispute:
    """It is theirs, and stays so."""
    row = change.record
    _decided(change, row, "refused")
    change.save(row.task, designated=True)
    return row


def precedents_of(code: str, place: str, but: int | None = None) -> list[Dispute]:
    """Earlier decided disputes of the same category or its branch in the same street, the nearest first."""
    found: QuerySet[Dispute] = Dispute.objects.filter(state__in=("agreed", "refused")).exclude(pk=but)
    found = found.filter(category__startswith=code.rpartition(".")[0] or code, place__startswith=place[:STREET_WIDTH])
    near = sorted(found.select_related("case").order_by("-decided_at")[:200], key=lambda one: _distance(one, code, place))
    return near[:SHOWN]


def _distance(one: Dispute, code: str, place: str) -> tuple[bool, bool]:
    return one.category != code, one.place[:COMMUNITY_WIDTH] != place[:COMMUNITY_WIDTH]


NOT_OWN = t("申请人不能裁定自己的申请", "Whoever claims may not decide")


def _decided(change: Change, row: Dispute, state: str) -> None:
    if row.asker is not None and row.asker == change.viewer.account:
        raise Forbidden(NOT_OWN)
    seen: list[Any] = [one.pk for one in precedents_of(row.category, row.place, row.pk)]
    change.save(row, state=state, decision=change.why, decided_by=change.viewer.name, decided_at=timezone.now(), precedents=seen)


OURS = CaseTask.state.one_of("assigned", "accepted") & ~CaseTask.designated & (CaseTask.case.to(Case.kind) == "hotline")
ASKED = Dispute.state == "asked"
OTHERS = anybody_but("asker", NOT_OWN)
ACTIONS = (
    Action("claim_return", t("申请退回", "claim that it is not ours"), "cases.casetask", claim_return, Claimed, by=HANDLERS, when=OURS,
           needs_reason=True),
    Action("agree_return", t("同意退回", "agree"), "hotline.dispute", agree_return, by=DISPATCHERS, when=ASKED, needs_reason=True,
           primary=True, party=OTHERS),
    Action("refuse_return", t("不同意退回", "refuse"), "hotline.dispute", refuse_return, by=DISPATCHERS, when=ASKED, needs_reason=True,
           party=OTHERS),
)  # fmt: skip
