"""Where a task stands as of a day, with the reason in words.

Order of belief: a contest at the place, then figures that are newer than the last statement, then the statement while it
is fresh, then figures against time. A straight line in place of a plan is ours, so it can put a task at risk, never make it late.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from hexi.kernel.label import Label, t
from hexi.modules.projects.contracts import Kind, Standing, Statement, Status, TaskFact
from hexi.modules.projects.curve import Due, due_share
from hexi.modules.projects.days import spoken_day
from hexi.modules.projects.forecast import forecast
from hexi.modules.projects.progress import Progress, is_met, task_progress

AS_STATED = t("{day}的表述", "As stated on {day}")


@dataclass(frozen=True, slots=True)
class Limits:
    """How far behind is at risk, how far is late (shares of the whole), and for how many days a statement speaks for a task. All ours."""

    at_risk: float = 0.05
    late: float = 0.20
    statement_days: int = 45


@dataclass(frozen=True, slots=True)
class _Case:
    """One task with what the rules ask of it again and again."""

    task: TaskFact
    day: date
    limits: Limits
    progress: Progress
    due: Due
    said: Statement | None

    @property
    def newest_figure(self) -> date | None:
        return max((one.as_of for one in self.task.targets if one.as_of and one.value is not None), default=None)

    @property
    def figures_are_newer(self) -> bool:
        return bool(self.newest_figure and (self.said is None or self.newest_figure > self.said.as_of))

    @property
    def gap(self) -> float:
        return self.due.share - (self.progress.share or 0.0)


def standing(task: TaskFact, day: date, limits: Limits | None = None) -> Standing:
    """The judgement on the task as of the end of `day`. Facts later than that day must not be in `task`."""
    case = _case(task, day, limits or Limits())
    status, reason = _judged(case)
    return _with_shares(Standing(status, reason, _official(status, case)), case)


def _official(status: Status, case: _Case) -> Status:
    ours = status in (Status.AT_RISK, Status.LATE) and not (case.said and case.said.status is status)
    return Status.UNDER_WAY if ours else status


def _case(task: TaskFact, day: date, limits: Limits) -> _Case:
    said = max(task.statements, key=lambda one: one.as_of, default=None)
    return _Case(task, day, limits, task_progress(task.targets), due_share(task.curve, task.span, day), said)


def _with_shares(found: Standing, case: _Case) -> Standing:
    by_word = found.status is Status.DONE and not (case.progress.complete and case.progress.share == 1.0)
    share = 1.0 if by_word else case.progress.share
    basis = "stated" if by_word or (case.progress.measured and _only_words(case)) else ("figures" if case.progress.measured else "none")
    due = None if case.task.kind is Kind.PROCEDURE else case.due.share
    seen = replace(found, share=share, share_basis=basis, due_share=due, due_is_ours=case.due.ours)
    return replace(seen, measured=case.progress.measured, targets=case.progress.targets, doubt=_doubt(found, case))


def _judged(case: _Case) -> tuple[Status, Label]:
    done = _done(case)
    if done and case.task.contested:
        sentence = t(
            "现场有{n}条不同意见待核实，核实前不列为已完成", "{n} people at the place contest it; not counted as done until that is settled"
        )
        return Status.UNDER_WAY, sentence.filled(n=case.task.contested)
    if done:
        return Status.DONE, done
    if case.task.kind is Kind.PROCEDURE and (case.progress.measured or case.said):
        return Status.BY_PROCEDURE, t("没有截止日期", "No end date")
    return _stated(case) or _against_time(case)


def _done(case: _Case) -> Label | None:
    if case.progress.complete and case.progress.share == 1.0 and not _only_words(case):
        return t("目标已全部达到", "Every target is reached")
    if case.said and case.said.status is Status.DONE and not _outdated_by_figure(case):
        return AS_STATED.filled(day=spoken_day(case.said.as_of))
    return None


def _only_words(case: _Case) -> bool:
    return all(one.value is None for one in case.task.targets)


def _outdated_by_figure(case: _Case) -> bool:
    said = case.said
    return any(
        one.value is not None and one.as_of and said and one.as_of > said.as_of and not is_met(one.comparator, one.quantity, one.value)
        for one in case.task.targets
    )


def _stated(case: _Case) -> tuple[Status, Label] | None:
    """The statement, while it is fresh, no figure is newer, and it says more than that work goes on."""
    said = case.said
    if said is None or case.figures_are_newer or said.status not in (Status.ON_SCHEDULE, Status.AT_RISK, Status.LATE):
        return None
    if (case.day - said.as_of).days > case.limits.statement_days:
        return None
    return said.status, AS_STATED.filled(day=spoken_day(said.as_of))


def _against_time(case: _Case) -> tuple[Status, Label]:
    if case.task.missed_milestone:
        return Status.LATE, t("节点未按期达到：{name}", "A milestone was missed: {name}").filled(name=case.task.missed_milestone)
    if case.day > case.task.span.due and (case.progress.measured or case.said):
        return Status.LATE, t("已过{day}的期限而未完成", "The due day {day} has passed and it is not done").filled(
            day=spoken_day(case.task.span.due)
        )
    if not case.progress.measured:
        return _unmeasured(case)
    if case.gap > case.limits.at_risk:
        return _behind(case)
    return _forecast_risk(case) or (Status.ON_SCHEDULE, _shares_in_words(case))


def _unmeasured(case: _Case) -> tuple[Status, Label]:
    if case.said is None or case.said.status is Status.UNKNOWN:
        return Status.UNKNOWN, t("没有公布或填报的进展", "No progress was published or entered")
    sentence = t("最近的表述在{day}，没有数字", "Last spoken of on {day}, without a figure")
    return Status.UNDER_WAY, sentence.filled(day=spoken_day(case.said.as_of))


def _behind(case: _Case) -> tuple[Status, Label]:
    is_late = case.gap > case.limits.late and not case.due.ours
    return (Status.LATE if is_late else Status.AT_RISK), _shares_in_words(case)


def _shares_in_words(case: _Case) -> Label:
    done = t("已完成", "Done") if case.progress.complete else t("至少已完成", "Done at least")
    rule = t("按年度直线推算（平台口径）", "on a straight line over the year (our rule)") if case.due.ours else t("按计划", "by plan")
    sentence = t("{done}{share}，{rule}应完成{due}", "{done} {share}; due {rule}: {due}")
    return sentence.filled(done=done, share=_percent(case.progress.share or 0.0), rule=rule, due=_percent(case.due.share))


def _forecast_risk(case: _Case) -> tuple[Status, Label] | None:
    for one in case.task.targets:
        found = forecast(one.history, one.quantity, until=case.day)
        if found.latest and found.latest > case.task.span.due:
            sentence = t("{target}：{forecast}，区间晚于期限{due}", "{target}: {forecast}, which reaches beyond the due day {due}")
            return Status.AT_RISK, sentence.filled(target=one.label, forecast=found.words, due=spoken_day(case.task.span.due))
    return None


def _doubt(found: Standing, case: _Case) -> Label | None:
    """Where the official wording and the figures do not meet; shown beside the status, never in its place."""
    if found.status is Status.DONE and case.progress.measured < case.progress.targets:
        sentence = t("{n}个目标中{k}个没有数字或表述", "{k} of {n} targets have neither a figure nor a statement")
        return sentence.filled(n=case.progress.targets, k=case.progress.targets - case.progress.measured)
    if found.status is Status.DONE and (case.progress.share or 0.0) < 1.0 and case.progress.measured:
        return t("表述为已完成，但数字未达目标", "Stated as done, yet the figures are below the target")
    if found.status is Status.ON_SCHEDULE and case.progress.measured and case.gap > case.limits.at_risk:
        return t("表述为按时序，但{shares}", "Stated as on schedule, yet: {shares}").filled(shares=_shares_in_words(case))
    return None


def _percent(share: float) -> str:
    return f"{int(share * 100)}%"
