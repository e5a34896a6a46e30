"""What the screen, the desk and the phone show of the programme to somebody who has not signed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hexi.kit import Page, Panel
from hexi.scenarios.livelihood.importers import load
from hexi.scenarios.livelihood.scenario import scenario
from hexi.scenarios.livelihood.screens import desk, near, screen

pytestmark = pytest.mark.django_db
Rows = Callable[..., list[dict[str, Any]]]
PAGES = (screen, desk, near)
PANELS = [
    (page.id, panel) for page in PAGES for panel in page.panels
    if panel.data and panel.data.source.startswith("projects.")
]  # fmt: skip


def columns(panel: Panel) -> set[str]:
    said = panel.encode.model_dump(exclude_none=True, exclude={"sort", "scale"})
    single = {value for value in said.values() if isinstance(value, str)}
    return single | set(panel.encode.meta) | set(panel.encode.columns) | {series.y for series in panel.encode.series}


@pytest.mark.parametrize("page, panel", PANELS, ids=lambda one: one.id if isinstance(one, Panel) else one)
def test_a_panel_names_only_columns_that_its_source_gives(rows: Rows, page: str, panel: Panel) -> None:
    assert panel.data is not None
    params = {key: value for key, value in panel.data.params.items() if isinstance(value, str) and not value.startswith("$")}
    found = rows(panel.data.source, **params)
    assert found, "nothing to show"
    given = {key for row in found for key in row}
    assert columns(panel) <= given, columns(panel) - given


def test_the_summary_tells_district_and_city_tasks_apart(rows: Rows) -> None:
    (row,) = rows("projects.summary")
    assert (row["tasks"], row["done"], row["done_stated"], row["unnamed"], row["on_schedule"], row["by_procedure"]) == (
        46,
        23,
        25,
        2,
        13,
        7,
    )
    assert (row["city_tasks"], row["city_done"], row["city_on_schedule"]) == (6, 3, 3)
    assert row["exceptions"] == 1 and row["mark"] == "watch"


def test_works_whose_stage_nobody_told_are_shown_as_such(rows: Rows) -> None:
    stages = {row["stage"]: row["count"] for row in rows("projects.stages")}
    assert {key: count for key, count in stages.items() if count} == {"unstated": 16, "building": 1}


def test_a_street_without_tasks_has_no_rows_of_zeros(rows: Rows) -> None:
    assert rows("projects.stages", place="120103008") == rows("projects.categories", place="120103008") == []


def test_the_categories_add_up_with_the_lost_names_counted_once(rows: Rows) -> None:
    found = {row["category"]: row for row in rows("projects.categories")}
    assert {key: (row["done"], row["on_schedule"], row["by_procedure"], row["open"]) for key, row in found.items()} == {
        "works": (6, 0, 0, 1), "subsidy": (3, 0, 7, 0), "service": (16, 13, 0, 0),
    }  # fmt: skip
    assert all(row["done"] + row["on_schedule"] + row["by_procedure"] + row["open"] == row["total"] for row in found.values())


def test_all_twenty_groups_are_there_with_all_their_tasks(rows: Rows) -> None:
    found = rows("projects.groups")
    assert [row["number"] for row in found] == list(range(1, 21))
    assert sum(row["tasks"] for row in found) == 46


def test_the_risk_comes_first_and_says_why(rows: Rows) -> None:
    first, *rest = rows("projects.risks")
    assert first["code"] == "2025-17-01" and "应完成83%" in first["reason"]["zh"]
    assert all(row["reason"] for row in rest)


def test_a_place_without_tasks_shows_none_and_the_district_shows_all(rows: Rows) -> None:
    (row,) = rows("projects.summary", place="120103001")
    assert (row["tasks"], row["unnamed"], row.get("share_done")) == (0, 0, None)
    (whole,) = rows("projects.summary", place="120103")
    assert whole["tasks"] == 46


def test_the_contradictions_name_the_count_whose_names_are_lost(rows: Rows) -> None:
    found = {row["rule"] for row in rows("projects.contradictions")}
    assert {"count_and_names", "name"} <= found


def test_every_answer_says_as_of_when_and_that_it_was_published(loaded: None, client: Client) -> None:
    found = client.get("/api/data/projects.summary").json()
    assert (found["as_of"], found["quality"]) == ("2025-10-31", "published")


def test_tasks_without_a_place_are_not_on_the_map(rows: Rows, client: Client) -> None:
    placed = [row for row in rows("projects.tasks") if row.get("place")]
    assert len(client.get("/api/layers/projects.sites").json()["features"]) <= len(placed)


def test_loading_again_changes_nothing(rows: Rows) -> None:
    before = rows("projects.tasks")
    load(lambda _: None)
    assert rows("projects.tasks") == before


def test_a_draft_is_not_public(rows: Rows, client: Client) -> None:
    (row,) = rows("projects.summary")
    (month,) = rows("projects.month")
    assert "尚未发布" in month["text"]["zh"] and "address" not in month
    for kind in ("json", "html", "docx", "pdf"):
        assert client.get(f"/api/programmes/{row['programme']}/reports/2025-10.{kind}").status_code == 404


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_every_live_panel_says_what_calls_it(page: Page) -> None:
    assert all(panel.data.topics for panel in page.panels if panel.data and panel.data.refresh == "live")


def test_the_scenario_declares_a_screen_a_desk_and_a_phone_page() -> None:
    assert {page.kind for page in scenario.pages} == {"screen", "board", "mobile"}
