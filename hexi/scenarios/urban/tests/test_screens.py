"""Every panel names only columns that its source gives, and every page is complete in both languages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from hexi.core.trust.api import PLATFORM
from hexi.kit import Panel
from hexi.modules.cases.tests.conftest import COMMUNITY
from hexi.scenarios.urban.sample import draw_blindly, simulated
from hexi.scenarios.urban.scenario import scenario
from hexi.scenarios.urban.screens import PAGES

pytestmark = pytest.mark.django_db
SOURCES = {source.key: source for source in scenario.sources}
PANELS = [(page.id, panel) for page in PAGES for panel in page.panels]
EMPTY = {"urban.none"}


def columns(panel: Panel) -> set[str]:
    said = panel.encode.model_dump(exclude_none=True, exclude={"sort", "scale"})
    single = {value for value in said.values() if isinstance(value, str)}
    return single | set(panel.encode.meta) | set(panel.encode.columns) | {series.y for series in panel.encode.series}


@pytest.mark.parametrize("page, panel", PANELS, ids=lambda one: one.id if isinstance(one, Panel) else one)
def test_a_panel_names_only_columns_that_its_source_gives(tree: None, page: str, panel: Panel) -> None:
    simulated(datetime.now(UTC), 60, [COMMUNITY]).write()
    draw_blindly(datetime.now(UTC))
    assert panel.data is not None
    params = {key: value for key, value in panel.data.params.items() if isinstance(value, str) and not value.startswith("$")}
    behind = {"rate": "closed"} if panel.data.source.endswith(".behind") else {}
    rows = SOURCES[panel.data.source].read(PLATFORM, {**behind, **params}).rows
    if not rows:
        assert panel.data.source in EMPTY
        return
    given = {key for row in rows for key in row}
    assert columns(panel) <= given, columns(panel) - given
