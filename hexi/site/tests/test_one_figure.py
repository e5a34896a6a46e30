"""One idea is one figure, under one name, on every screen and in the report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from hexi.kernel.catalogue import catalogue
from hexi.kernel.context import now_context
from hexi.modules.indicators.load import load as load_indicators
from hexi.modules.indicators.measure import figures
from hexi.modules.projects.models import Programme, Progress, Target, Task
from hexi.scenarios.livelihood.importers import load as load_livelihood
from hexi.scenarios.livelihood.screens import screen
from hexi.site.overview import overview

pytestmark = pytest.mark.django_db
Rows = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The programme and the figures of the dictionary, taken back when the module's tests are over."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_livelihood(lambda _: None)
        load_indicators(lambda _: None)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def rows(loaded: None, client: Client) -> Rows:
    return lambda source, **params: client.get(f"/api/data/{source}", params).json()["rows"]


def test_the_share_done_is_one_figure_on_every_screen_and_in_the_report(rows: Rows) -> None:
    (summary,) = rows("projects.summary")
    (tile,) = rows("indicators.tile", key="tasks_done_share")
    assert tile["value"] == pytest.approx(100 * summary["share_done"], abs=0.0001)
    assert f"{tile['value']:.1f}" == f"{100 * 25 / 46:.1f}" == "54.3"
    assert {key: rows("indicators.tile", key=key)[0]["value"] for key in ("works_done_share", "service_done_share")} == {
        "works_done_share": pytest.approx(100 * 6 / 7, abs=0.0001), "service_done_share": pytest.approx(100 * 16 / 29, abs=0.0001),
    }  # fmt: skip
    (risk,) = rows("indicators.tile", key="tasks_at_risk")
    assert risk["value"] == summary["exceptions"] == 1


def test_the_same_idea_has_the_same_name_and_source_on_every_screen() -> None:
    faces = defaultdict[str, set[str]](set)
    for page in (screen, overview):
        for panel in page.panels:
            if panel.data and panel.data.source == "indicators.tile":
                faces[str(panel.data.params["key"])].add(str(panel.title.zh))
    assert {key for key, names in faces.items() if len(names) > 1} == set()
    assert {"tasks_done_share", "tasks_at_risk"} <= {panel.id for panel in screen.panels}


def test_how_the_share_was_computed_tells_the_tasks_without_a_name(rows: Rows, client: Client) -> None:
    told = client.get("/api/indicators/tasks_done_share/how").json()
    assert (told["numerator"], told["denominator"]) == (25, 46)
    assert "残文未见名称" in told["sentence"]["zh"] and told["sql"]
    assert "「层级」是 区级" in told["sentence"]["zh"] and "「状态」是 已完成" in told["sentence"]["zh"]


def test_last_years_programme_does_not_mix_into_the_new_years_figures(loaded: None) -> None:
    of_tasks = [one for one in catalogue.indicators.values() if one.of in {Task, Target, Progress} and one.measure == "share"]
    assert len(of_tasks) == 6
    assert all(figures(indicator, now_context()) for indicator in of_tasks)
    Programme.objects.create(code="next", name="下一年", year=2026, starts=date(2026, 1, 1), ends=date(2026, 12, 31))
    assert [figures(indicator, now_context()) for indicator in of_tasks] == [{}] * 6
