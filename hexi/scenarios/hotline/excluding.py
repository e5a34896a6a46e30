"""Orders that should not count: claimed on a dated ground with a reason, decided by somebody else, and never silently."""

from __future__ import annotations

from django.utils import timezone

from hexi.kit import DISPATCHERS, HANDLERS, Action, Case, Change, Conflict, Forbidden, Form, Invalid, Problem, anybody_but, question, t
from hexi.scenarios.hotline.grounds import EXCLUSIONS, in_force
from hexi.scenarios.hotline.models import Exclusion


class Excluded(Form):
    """On which ground."""

    ground: str = question(t("剔除情形", "ground"), options=EXCLUSIONS)


def claim_exclusion(change: Change) -> Exclusion:
    """Ask that the order leaves the denominators."""
    case, ground = change.record, change.answers.ground
    if not in_force(ground, timezone.localdate()):
        raise Invalid([Problem("ground", t("没有这种剔除情形，或当前不适用", "There is no such ground in force"), value=ground)])
    if Exclusion.objects.filter(case=case, state__in=("asked", "granted")).exists():
        raise Conflict(t("已有剔除申请", "There is a claim already"))
    return change.create(
        Exclusion, case=case, ground=ground, reason=change.why, office=case.lead, place=case.place, asked_by=change.viewer.name,
        asker=change.viewer.account, asked_at=timezone.now(),
    )  # fmt: skip


def grant_exclusion(change: Change) -> Exclusion:
    """It does not count."""
    return _decided(change, "granted")


def refuse_exclusion(change: Change) -> Exclusion:
    """It counts."""
    return _decided(change, "refused")


NOT_OWN = t("申请人不能审核自己的申请", "Whoever claims may not decide")


def _decided(change: Change, state: str) -> Exclusion:
    row = change.record
    if row.asker is not None and row.asker == change.viewer.account:
        raise Forbidden(NOT_OWN)
    change.save(row, state=state, decision=change.why, decided_by=change.viewer.name, decided_at=timezone.now())
    return row


ASKED = Exclusion.state == "asked"
OTHERS = anybody_but("asker", NOT_OWN)
ACTIONS = (
    Action("claim_exclusion", t("申请剔除", "claim that it should not count"), "cases.case", claim_exclusion, Excluded,
           by=(*HANDLERS, "hotline_caller"), when=Case.kind == "hotline", needs_reason=True),
    Action("grant_exclusion", t("同意剔除", "grant"), "hotline.exclusion", grant_exclusion, by=DISPATCHERS, when=ASKED, needs_reason=True,
           primary=True, party=OTHERS),
    Action("refuse_exclusion", t("不同意剔除", "refuse"), "hotline.exclusion", refuse_exclusion, by=DISPATCHERS, when=ASKED, needs_reason=True,
           party=OTHERS),
)  # fmt: skip
