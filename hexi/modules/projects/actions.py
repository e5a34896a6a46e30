"""Changes to tasks, figures, milestones and targets: permission, change, event and what follows, in one transaction."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hexi.core.data.api import Change
from hexi.kernel.declare import Action
from hexi.kernel.errors import Conflict, Forbidden, Invalid, Problem
from hexi.kernel.label import Label, t
from hexi.kernel.party import anybody_but
from hexi.modules.projects import forms
from hexi.modules.projects.days import today
from hexi.modules.projects.derive import derive
from hexi.modules.projects.models import Evidence, Milestone, Progress, Target, TargetChange, Task

STAFF = ("department_staff", "programme_coordinator")
COORDINATOR = ("programme_coordinator",)
# Entries for a year may still come in while its books are closed; ours.
GRACE = timedelta(days=60)


def record_progress(change: Change) -> Progress:
    """A cumulative figure of a target as of a day. A second figure for the same day is a revision and refused here."""
    target, given = change.record, change.answers
    _check_day(target.task.programme, given.on)
    if Progress.objects.filter(target=target, on=given.on, current=True, value__isnull=False).exists():
        raise Conflict(
            t("这一天已有数字，数字不能覆盖", "There is a figure for that day already; figures are not overwritten"),
            do=t("请打开该条进展，使用“更正”", "Open that entry and revise it"),
        )
    entry = change.create(Progress, task=target.task, target=target, value=given.value, unit=target.unit, **_common(change, target.task))
    return _followed(entry)


def record_statement(change: Change) -> Progress:
    """Where a whole task stands on a day, in words."""
    task, given = change.record, change.answers
    _check_day(task.programme, given.on)
    entry = change.create(Progress, task=task, status=given.status, **_common(change, task))
    return _followed(entry)


def revise_figure(change: Change) -> Progress:
    """A new entry for the same day takes the old one's place; the old one stays in the chain with its figure."""
    old, given = change.record, change.answers
    change.save(old, current=False)
    entry = change.create(
        Progress, task=old.task, target=old.target, on=old.on, value=given.value, unit=old.unit, note=given.note,
        evidence_id=given.evidence, origin="entered", supersedes=old, reason=change.why, lead=old.lead, place=old.place,
    )  # fmt: skip
    return _followed(entry)


def add_evidence(change: Change) -> Progress:
    """One more file behind an entry."""
    entry, given = change.record, change.answers
    change.create(Evidence, progress=entry, caption=given.caption, kind=given.kind, file_id=given.file, lead=entry.lead)
    return _followed(entry)


def reach_milestone(change: Change) -> Milestone:
    """The milestone is reached on a day that is not to come."""
    milestone, given = change.record, change.answers
    _check_day(milestone.task.programme, given.reached, "reached")
    change.save(milestone, reached=given.reached, as_of=given.reached, state="done", evidence_id=given.evidence or milestone.evidence_id)
    derive(milestone.task.programme, given.reached)
    return milestone


def change_target(change: Change) -> TargetChange:
    """Ask for another target; the target itself changes only when somebody else approves."""
    target, given = change.record, change.answers
    return change.create(
        TargetChange, target=target, before=target.planned, after=given.planned, comparator_before=target.comparator,
        comparator_after=given.comparator.value, reason=change.why, proposed_by=change.viewer.name, proposer=change.viewer.account,
        lead=target.lead,
    )  # fmt: skip


def approve_change(change: Change) -> TargetChange:
    """Put the new target in force. Nobody approves what they proposed."""
    asked = change.record
    _not_own(change, asked)
    target = Target.objects.select_for_update().get(pk=asked.target_id)
    if (target.planned, target.comparator) != (asked.before, asked.comparator_before):
        raise Conflict(t("目标在提出后已被调整，请重新提出", "The target has changed since; propose anew"))
    change.save(target, planned=asked.after, comparator=asked.comparator_after, printed="")
    change.save(asked, state="approved", decided_by=change.viewer.name, decided_on=today())
    derive(target.task.programme)
    return asked


def refuse_change(change: Change) -> TargetChange:
    """The target stays as it is."""
    _not_own(change, change.record)
    change.save(change.record, state="refused", decided_by=change.viewer.name, decided_on=today())
    return change.record


def _common(change: Change, task: Task) -> dict[str, Any]:
    given = change.answers
    return {
        "on": given.on, "note": given.note, "evidence_id": given.evidence, "origin": "entered", "lead": task.lead, "place": task.place,
    }  # fmt: skip


def _followed(entry: Progress) -> Progress:
    derive(entry.task.programme, entry.on)
    return entry


def _check_day(programme: Any, day: date, field: str = "on") -> None:
    if day > today():
        raise Invalid([Problem(field, t("日期不能晚于今天", "The day must not be to come"), value=str(day))])
    if not programme.starts <= day <= programme.ends + GRACE:
        span: Label = t("应在{first}至{last}之间", "This must lie between {first} and {last}")
        raise Invalid([Problem(field, span.filled(first=programme.starts, last=programme.ends + GRACE), value=str(day))])


NOT_OWN = t("提出人不能审批自己的调整", "Whoever proposed a change may not decide on it")


def _not_own(change: Change, asked: TargetChange) -> None:
    if asked.proposer is not None and asked.proposer == change.viewer.account:
        raise Forbidden(NOT_OWN)


OTHERS = anybody_but("proposer", NOT_OWN)
TASK_ACTIONS = (
    Action("record_progress", t("填报数字", "record a figure"), "projects.target", record_progress, forms.Figure, by=STAFF, primary=True),
    Action("change_target", t("申请调整目标", "ask for another target"), "projects.target", change_target, forms.Changed, by=STAFF,
           needs_reason=True),
    Action("record_statement", t("填报进展", "record where it stands"), "projects.task", record_statement, forms.Word, by=STAFF),
    Action("revise_figure", t("更正", "revise"), "projects.progress", revise_figure, forms.Revised, by=STAFF, needs_reason=True,
           when=Progress.current & ~Progress.target.missing()),
    Action("add_evidence", t("补充佐证材料", "add evidence"), "projects.progress", add_evidence, forms.Proof, by=STAFF,
           when=Progress.current),
    Action("reach_milestone", t("节点已达到", "reached"), "projects.milestone", reach_milestone, forms.Reached, by=STAFF, primary=True,
           when=Milestone.state != "done"),
    Action("approve_change", t("批准", "approve"), "projects.targetchange", approve_change, by=COORDINATOR, primary=True,
           when=TargetChange.state == "proposed", party=OTHERS, confirm=t("批准后目标立即生效。确定批准？", "The target changes at once. Approve?")),
    Action("refuse_change", t("不批准", "refuse"), "projects.targetchange", refuse_change, by=COORDINATOR, needs_reason=True,
           when=TargetChange.state == "proposed", party=OTHERS),
)  # fmt: skip
