"""What the screen, the desk and the phone show of the programme."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from hexi.core.trust.api import PLATFORM, PUBLIC
from hexi.kernel.catalogue import catalogue
from hexi.kernel.screen import Panel
from hexi.modules.projects.api import Programme
from hexi.modules.projects.models import Progress, Task
from hexi.scenarios.livelihood.importers import load
from hexi.scenarios.livelihood.scenario import scenario
from hexi.scenarios.livelihood.screens import desk, near, screen

pytestmark = pytest.mark.django_db
PAGES = (screen, desk, near)
PANELS = [(page.id, panel) for page in PAGES for panel in page.panels if panel.data and panel.data.source.startswith("projects.")]


def rows(source: str, **params: str) -> list[dict[str, Any]]:
    return catalogue.sources[source].read(PUBLIC, params).rows


def columns(panel: Panel) -> set[str]:
    said = panel.encode.model_dump(exclude_none=True, exclude={"sort", "scale"})
    single = {value for value in said.values() if isinstance(value, str)}
    return single | set(panel.encode.meta) | set(panel.encode.columns) | {series.y for series in panel.encode.series}


@pytest.mark.parametrize("page, panel", PANELS, ids=lambda one: one.id if isinstance(one, Panel) else one)
def test_a_panel_names_only_columns_that_its_source_gives(loaded: Programme, page: str, panel: Panel) -> None:
    assert panel.data is not None
    params = {key: value for key, value in panel.data.params.items() if isinstance(value, str) and not value.startswith("$")}
    found = catalogue.sources[panel.data.source].read(PLATFORM, params).rows
    assert found, "nothing to show"
    assert columns(panel) <= set(found[0]), columns(panel) - set(found[0])


def test_the_summary_tells_district_and_city_tasks_apart(loaded: Programme) -> None:
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


def test_the_categories_add_up_with_the_lost_names_counted_once(loaded: Programme) -> None:
    found = {row["category"]: row for row in rows("projects.categories")}
    assert {key: (row["done"], row["on_schedule"], row["by_procedure"], row["open"]) for key, row in found.items()} == {
        "works": (6, 0, 0, 1), "subsidy": (3, 0, 7, 0), "service": (16, 13, 0, 0),
    }  # fmt: skip
    assert all(row["done"] + row["on_schedule"] + row["by_procedure"] + row["open"] == row["total"] for row in found.values())


def test_all_twenty_groups_are_there_with_all_their_tasks(loaded: Programme) -> None:
    found = rows("projects.groups")
    assert [row["number"] for row in found] == list(range(1, 21))
    assert sum(row["tasks"] for row in found) == 46


def test_the_risk_comes_first_and_says_why(loaded: Programme) -> None:
    first, *rest = rows("projects.risks")
    assert first["code"] == "2025-17-01" and "应完成83%" in first["reason"]["zh"]
    assert all(row["reason"] for row in rest)


def test_a_place_outside_the_tasks_shows_none_of_them(loaded: Programme) -> None:
    (row,) = rows("projects.summary", place="120103001")
    assert (row["tasks"], row["unnamed"], row["share_done"]) == (0, 0, None)
    (whole,) = rows("projects.summary", place="120103")
    assert whole["tasks"] == 46


def test_the_contradictions_name_the_count_whose_names_are_lost(loaded: Programme) -> None:
    found = {row["rule"] for row in rows("projects.contradictions")}
    assert "count_and_names" in found and "name" in found


def test_tasks_without_a_place_are_not_on_the_map(loaded: Programme) -> None:
    placed = Task.objects.filter(programme=loaded).exclude(place="").count()
    assert len(catalogue.layers["projects.sites"].read(PUBLIC, {})["features"]) <= placed


def test_loading_again_changes_nothing(loaded: Programme) -> None:
    before = (Task.objects.count(), Progress.objects.count())
    told: list[str] = []
    load(told.append)
    assert (Task.objects.count(), Progress.objects.count()) == before and told


def test_the_scenario_declares_its_three_pages() -> None:
    assert {page.id for page in scenario.pages} == {"livelihood", "livelihood_desk", "near"}
    assert {page.kind for page in scenario.pages} == {"screen", "board", "mobile"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_every_live_panel_says_what_calls_it(page: Any) -> None:
    assert all(panel.data.topics for panel in page.panels if panel.data and panel.data.refresh == "live")


def test_the_public_page_shows_no_more_than_what_is_published(
    loaded: Programme, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    with django_assert_max_num_queries(6):
        assert rows("projects.tasks")
    assert not rows("projects.month"), "a draft is not public"
