"""What people do to figures, milestones and targets, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from hexi.core.data.api import act, revise
from hexi.core.trust.api import PUBLIC, Viewer, history
from hexi.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from hexi.modules.projects.find import findings
from hexi.modules.projects.models import Milestone, MonthlyReport, Programme, Progress, Standing, Target, TargetChange, Task

NOVEMBER = {"value": 12, "on": "2025-11-30", "note": "现场验收12处"}
Find = Callable[[str], Task]


def record(viewer: Viewer, target: Target, version: int | None = None, **values: object) -> Progress:
    found = act(viewer, "projects.target", target.pk, "record_progress", {**NOVEMBER, **values}, version=version or target.version)
    assert isinstance(found, Progress)
    return found


def test_a_recorded_figure_moves_the_target_the_task_and_the_month(
    programme: Programme, gardens: Target, sports: Viewer, task: Find
) -> None:
    record(sports, gardens)
    gardens.refresh_from_db()
    assert (gardens.done, gardens.as_of) == (Decimal(12), date(2025, 11, 30))
    assert task("L-2").share == Decimal("0.3000")
    assert Standing.objects.get(task=task("L-2"), month="2025-11").share == Decimal("0.3000")
    assert Standing.objects.get(task=task("L-2"), month="2025-10").share == Decimal("0.1000")
    assert MonthlyReport.objects.filter(month="2025-11", state="draft").exists()


def test_a_recorded_figure_leaves_an_event_in_its_history(gardens: Target, sports: Viewer) -> None:
    entry = record(sports, gardens)
    (event,) = history("projects.progress", entry.pk)
    assert (event.who, event.action, event.after["value"]) == ("体育局李", "record_progress", 12)


def test_a_changed_status_stands_in_the_tasks_history_with_its_reason(gardens: Target, sports: Viewer, task: Find) -> None:
    word = {"status": "on_schedule", "on": "2025-11-30", "note": "按计划推进"}
    act(sports, "projects.task", task("L-2").pk, "record_statement", word, version=1)
    event = history("projects.task", task("L-2").pk)[0]
    assert (event.action, event.who, event.before["status"], event.after["status"]) == ("derive", "platform", "at_risk", "on_schedule")


def test_a_second_figure_for_the_same_day_is_refused(gardens: Target, sports: Viewer) -> None:
    record(sports, gardens)
    with pytest.raises(Conflict, match="not overwritten"):
        record(sports, gardens, value=13)


@pytest.mark.parametrize("day", ["2999-01-01", "2024-12-31", "2026-03-15"])
def test_a_figure_must_lie_in_the_programmes_year_and_not_in_the_future(gardens: Target, sports: Viewer, day: str) -> None:
    with pytest.raises(Invalid):
        record(sports, gardens, on=day)
    assert not Progress.objects.filter(origin="entered").exists()


def test_only_the_lead_department_and_the_coordinator_record_figures(gardens: Target, others: Viewer, coordinator: Viewer) -> None:
    for viewer in (others, PUBLIC):
        with pytest.raises(Forbidden):
            record(viewer, gardens)
    assert record(coordinator, gardens).value == 12


def test_a_figure_is_revised_by_a_new_entry_and_the_old_one_stays(
    programme: Programme, gardens: Target, sports: Viewer, task: Find
) -> None:
    old = Progress.objects.get(target=gardens)
    fresh = act(sports, "projects.progress", old.pk, "revise_figure", {"value": 3}, version=old.version, why="重复统计1处")
    old.refresh_from_db()
    assert isinstance(fresh, Progress)
    assert (old.value, old.current, fresh.supersedes_id, fresh.reason) == (Decimal(4), False, old.pk, "重复统计1处")
    assert fresh.on == old.on
    assert task("L-2").share == Decimal("0.0750")
    assert not [one for one in findings(programme) if one.rule == "figure_fell"]


def test_a_revision_needs_a_reason(gardens: Target, sports: Viewer) -> None:
    old = Progress.objects.get(target=gardens)
    with pytest.raises(Invalid):
        act(sports, "projects.progress", old.pk, "revise_figure", {"value": 3}, version=old.version)


def test_a_superseded_figure_cannot_be_revised_again(gardens: Target, sports: Viewer) -> None:
    old = Progress.objects.get(target=gardens)
    act(sports, "projects.progress", old.pk, "revise_figure", {"value": 3}, version=old.version, why="更正")
    old.refresh_from_db()
    with pytest.raises(Forbidden):
        act(sports, "projects.progress", old.pk, "revise_figure", {"value": 5}, version=old.version, why="更正")


def test_nobody_overwrites_a_figure_by_a_form(gardens: Target, administrator: Viewer) -> None:
    old = Progress.objects.get(target=gardens)
    with pytest.raises(Invalid):
        revise(administrator, "projects.progress", old.pk, {"value": 20}, old.version)
    old.refresh_from_db()
    assert old.value == 4


def test_a_fall_without_a_revision_is_found_as_a_contradiction(programme: Programme, gardens: Target, sports: Viewer) -> None:
    record(sports, gardens, value=3)
    assert [one.rule for one in findings(programme)] == ["figure_fell"]


def test_a_statement_on_the_whole_task_speaks_until_a_newer_one(programme: Programme, sports: Viewer, task: Find) -> None:
    sport = task("L-2")
    word = {"status": "on_schedule", "on": "2025-11-30", "note": "按计划推进"}
    act(sports, "projects.task", sport.pk, "record_statement", word, version=sport.version)
    found = task("L-2")
    assert (found.status, found.status_sentence) == ("on_schedule", "按计划推进")
    assert "应完成" in found.doubt


def test_a_milestone_that_passes_its_day_makes_the_task_late_until_it_is_reached(
    programme: Programme, sports: Viewer, gardens: Target, task: Find
) -> None:
    record(sports, gardens, value=20)
    assert task("L-2").status == "late" and "曲江公园招标" in task("L-2").reason
    tender = Milestone.objects.get(key="tender")
    act(sports, "projects.milestone", tender.pk, "reach_milestone", {"reached": "2025-11-18"}, version=tender.version)
    assert task("L-2").status != "late"


def test_a_target_changes_only_when_somebody_else_approves(coordinator: Viewer, second_coordinator: Viewer, gardens: Target) -> None:
    wanted = {"planned": 15, "comparator": "exactly"}
    asked = act(coordinator, "projects.target", gardens.pk, "change_target", wanted, version=gardens.version, why="选址减少")
    gardens.refresh_from_db()
    assert gardens.planned == 20
    with pytest.raises(Forbidden, match="may not decide"):
        act(coordinator, "projects.targetchange", asked.pk, "approve_change", {}, version=asked.version)
    act(second_coordinator, "projects.targetchange", asked.pk, "approve_change", {}, version=asked.version)
    gardens.refresh_from_db()
    done = TargetChange.objects.get()
    assert gardens.planned == 15
    assert (done.before, done.after, done.reason, done.proposed_by, done.decided_by) == (20, 15, "选址减少", "统筹岗赵", "统筹岗钱")


def test_staff_ask_for_a_change_but_do_not_approve_it(sports: Viewer, gardens: Target) -> None:
    wanted = {"planned": 10, "comparator": "exactly"}
    asked = act(sports, "projects.target", gardens.pk, "change_target", wanted, version=gardens.version, why="选址减少")
    with pytest.raises(Forbidden):
        act(sports, "projects.targetchange", asked.pk, "approve_change", {}, version=asked.version)


def test_works_that_are_accepted_are_done(programme: Programme, sports: Viewer, task: Find) -> None:
    sport = task("L-2")
    Task.objects.filter(pk=sport.pk).update(stage="building")
    with pytest.raises(Invalid):
        act(sports, "projects.task", sport.pk, "accept", {}, version=sport.version)
    act(sports, "projects.task", sport.pk, "accept", {"completed_on": "2025-11-25"}, version=sport.version)
    assert task("L-2").stage == "accepted"
    assert "2025年11月25日" in task("L-2").reason or task("L-2").status != "done"


def test_a_stale_version_is_refused(gardens: Target, sports: Viewer) -> None:
    with pytest.raises(Conflict):
        record(sports, gardens, version=gardens.version + 1)


def test_the_public_reads_published_entries_and_not_those_of_the_desk(gardens: Target, sports: Viewer) -> None:
    from hexi.core.data.api import readable

    entry = record(sports, gardens)
    assert entry.pk not in readable(PUBLIC, Progress).values_list("pk", flat=True)
    with pytest.raises(NotFound):
        act(PUBLIC, "projects.progress", entry.pk, "revise_figure", {"value": 1}, version=1, why="试")
