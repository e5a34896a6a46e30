"""Grids, their rounds and clues, the declared limit on inspections, the pages, and the sample."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from hexi.kernel.catalogue import Catalogue, catalogue
from hexi.kernel.errors import DeclarationError
from hexi.kit import Scenario, t, tuned_context
from hexi.modules.cases.models import Case, CaseTask
from hexi.scenarios.grid import clues
from hexi.scenarios.grid.indicators import PATROLLED
from hexi.scenarios.grid.models import DutyGrid, GridMember, Patrol
from hexi.scenarios.grid.sample import MATTERS, NEEDS, REQUESTS, care_calls, duty_grids, members
from hexi.scenarios.grid.scenario import scenario
from hexi.scenarios.grid.screens import desk as desk_page
from hexi.scenarios.grid.screens import wall
from hexi.scenarios.grid.tests.conftest import Make, Person, do, rows

pytestmark = pytest.mark.django_db
GRID_ROLES = ("grid_worker", "community_worker")


def test_no_grid_role_is_licensed_to_inspect() -> None:
    assert not any(catalogue.roles[role].inspects for role in GRID_ROLES)


def test_no_kind_of_case_that_grid_roles_open_or_carry_on_is_an_inspection() -> None:
    for kind in catalogue.case_types.values():
        taken = {*kind.opened_by, *(role for step in kind.lifecycle.steps for role in step.by)}
        assert not (kind.inspects and taken & set(GRID_ROLES)), kind.key


def test_the_platform_does_not_start_with_an_inspection_that_grid_members_open() -> None:
    strict = Catalogue()
    for room in catalogue.rooms.values():
        strict.register(replace(room, case_types=(replace(clues.CLUE, inspects=True),)) if room.key == "grid" else room)
    with pytest.raises(DeclarationError, match="clue is an administrative inspection"):
        strict.close()


def test_nothing_that_a_grid_member_does_is_called_an_inspection() -> None:
    said = [action.label for action in scenario.actions if set(action.by) & set(GRID_ROLES)]
    said += [kind.label for kind in scenario.case_types] + [step.label for kind in scenario.case_types for step in kind.lifecycle.steps]
    assert not [label.zh for label in said if any(word in label.zh for word in ("检查", "执法", "处罚")) or "inspect" in label.en]


def test_a_clue_goes_to_whoever_may_act_and_back_as_their_answer(worker: Person, person: Make, grids: tuple[DutyGrid, DutyGrid]) -> None:
    assert do(worker, grids[0], "report_clue", title="沿街店铺占道", about_enterprise=True).status_code == 200
    case = Case.objects.get()
    assert (case.kind, case.state, case.answers) == ("clue", "reported", {"about_enterprise": True})
    assert do(worker, case, "send_on", lead="housing").status_code == 403
    street, office = person("street_staff", "120103001"), person("department_staff", "", "housing")
    assert do(street, case, "send_on", lead="housing").status_code == 200
    do(office, CaseTask.objects.get(), "accept_task")
    do(office, CaseTask.objects.get(), "finish_task", result="已依法处理")
    case.refresh_from_db()
    assert case.state == "answered"


def test_a_clue_won_by_entering_an_enterprise_is_refused(worker: Person, grids: tuple[DutyGrid, DutyGrid]) -> None:
    answer = do(worker, grids[0], "report_clue", title="后厨不洁", about_enterprise=True, entered=True)
    assert answer.status_code == 403 and "没有行政检查权" in answer.content.decode()
    assert not Case.objects.exists()


def test_a_round_is_kept_and_counts_for_a_week(worker: Person, grids: tuple[DutyGrid, DutyGrid]) -> None:
    assert do(worker, grids[0], "patrol", note="一切正常").status_code == 200
    assert Patrol.objects.get().by == worker.viewer.name
    assert PATROLLED.holds(grids[0], tuned_context()) and not PATROLLED.holds(grids[1], tuned_context())
    DutyGrid.objects.filter(pk=grids[0].pk).update(last_patrol=timezone.now() - timedelta(days=8))
    grids[0].refresh_from_db()
    assert not PATROLLED.holds(grids[0], tuned_context())


def test_a_grid_worker_walks_the_own_grid_and_no_other(worker: Person, person: Make, grids: tuple[DutyGrid, DutyGrid]) -> None:
    assert do(worker, grids[1], "patrol", note="越界").status_code == 403
    assert do(worker, grids[1], "report_clue", title="越界").status_code == 403
    assert do(person("grid_worker", grids[1].place), grids[1], "patrol", note="一切正常").status_code == 200
    assert worker.get("/api/records/grid.patrol").json()["rows"] == []


def test_the_public_sees_what_is_published_of_grids_in_use(person: Make, grids: tuple[DutyGrid, DutyGrid]) -> None:
    GridMember.objects.create(grid=grids[0], place=grids[0].place, name="示例·吴某", contact="000-0000-0000")
    DutyGrid.objects.filter(pk=grids[1].pk).update(in_use=False)
    (row,) = rows(person(), "grids")
    assert (row["member"], row["contact"]) == ("示例·吴某", "000-0000-0000")
    assert person().get("/api/records/grid.carecall").json().get("rows", []) == []


def columns(panel: Any) -> set[str]:
    said = panel.encode.model_dump(exclude_none=True, exclude={"sort", "scale"})
    single = {value for value in said.values() if isinstance(value, str)}
    return single | set(panel.encode.meta) | set(panel.encode.columns) | {series.y for series in panel.encode.series}


@pytest.mark.parametrize(
    "panel",
    [
        p
        for page in (wall, desk_page)
        for p in page.panels
        if p.data and p.data.source in {"grid.summary", "grid.desk", "grid.care", "grid.chain", "grid.pledges"}
    ],
    ids=lambda panel: panel.id,
)
def test_a_panel_names_only_columns_that_its_source_gives(panel: Any, desk: Person) -> None:
    found = rows(desk, panel.data.source.removeprefix("grid."))
    assert columns(panel) <= {key for row in found for key in row}


def test_published_figures_stand_apart_from_what_is_counted() -> None:
    published = [panel for panel in wall.panels if panel.data and panel.data.source == "indicators.tile"]
    assert {panel.id for panel in published} == {"party_members_checked_in", "deeds_done"}
    assert all("公开" in panel.title.zh and panel.help and "S2" in panel.help.zh for panel in published)


def test_the_sample_is_the_same_for_the_same_seed_and_visibly_invented() -> None:
    now = datetime(2026, 11, 28, tzinfo=UTC)
    made = [list(duty_grids([("1", "甲网格")], now, random.Random(1))) for _ in range(2)]
    assert made[0] == made[1] and made[0][0]["invented"]
    assert all(row["name"].startswith("示例·") and row["contact"].startswith("000-") for row in members({"1": 1}, random.Random(1)))


def test_what_the_sample_asks_and_brings_is_said_in_both_languages() -> None:
    english = [title for *_, title in (*NEEDS, *MATTERS)] + [row[2] for row in REQUESTS]
    assert all(title.isascii() and len(title) > 4 for title in english)


def test_the_sample_visits_those_for_whom_a_reason_holds(resident: Any) -> None:
    found = resident()
    resident(40)
    (row,) = care_calls(timezone.localdate(), random.Random(1))
    assert (row["resident"], row["reason"]) == (found.pk, "old_alone")


def test_the_scenario_says_who_owns_it() -> None:
    assert isinstance(scenario, Scenario) and scenario.owner == t(
        "区委政法委（区网格中心）", "Political and Legal Affairs Commission (grid centre)"
    )
