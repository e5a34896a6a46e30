"""What happens next, in words that a resident reads."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from hexi.core.trust.api import organisation_labels
from hexi.kernel.catalogue import catalogue
from hexi.kernel.label import Label, t
from hexi.modules.cases.models import Case

ENDED = {
    "closed": t("案件已办结，欢迎评价", "The case is closed; tell us how it went"),
    "cancelled": t("案件不再办理", "The case is not taken further"),
}
MERGED = t("已并入另一案件继续办理，原编号仍可查看进展", "Merged into another case and taken further there; this number still shows it")
WAITING = t("案件暂时挂起，恢复后继续计时", "The case waits; its clock goes on when the reason is gone")


def next_words(case: Case) -> Label:
    """What comes next in this case, who does it, and until when."""
    if case.master_id is not None:
        return MERGED
    if case.phase in ENDED:
        return ENDED[case.phase]
    if case.phase == "waiting" or case.paused:
        return WAITING
    who = organisation_labels().get(case.lead) or t("受理中心", "the desk")
    what = clock_label(case.kind, case.clock) or state_label(case)
    if case.due_at is None:
        return t("下一步由{who}办理：{what}", "Next: {what}, by {who}").filled(who=who, what=what)
    said = t("下一步由{who}办理：{what}，时限 {due}", "Next: {what}, by {who}, due {due}")
    return said.filled(who=who, what=what, due=said_moment(case.due_at))


def state_label(case: Case) -> Label:
    """Where the case stands; its bare key where the scenario is gone."""
    return state_words(case.kind, case.state)


def state_words(kind: str, state: str) -> Label:
    """What a state of a kind is called; its bare key where the scenario is gone."""
    declared = catalogue.case_types.get(kind)
    labels = {one.key: one.label for one in declared.lifecycle.states} if declared else {}
    return labels.get(state) or t(state, state)


def kind_label(kind: str) -> Label:
    """What a kind of case is called."""
    return catalogue.case_types[kind].label if kind in catalogue.case_types else t(kind, kind)


def clock_label(kind: str, key: str) -> Label | None:
    """What a clock of a kind is called."""
    declared = catalogue.case_types.get(kind)
    return {one.key: one.label for one in declared.clocks}.get(key) if declared else None


def said_moment(at: datetime) -> str:
    """A moment as the district writes it."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
