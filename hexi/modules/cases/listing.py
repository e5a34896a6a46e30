"""The page behind every figure of a kind: what each rate counts, and the cases that it counted."""

from __future__ import annotations

from collections.abc import Iterable

from hexi.kernel.label import Label, t
from hexi.kernel.screen import Drill, Encode, Page, Panel
from hexi.modules.cases.case_panels import CasePanels

RATE_COLUMNS = ("label", "share", "interval", "hits", "of", "formula", "numerator", "denominator", "exclusions")
ASKED = ("figure", "rate", "part", "by", "group")
CASE_COLUMNS = ("number", "title", "state", "mark", "opened_at", "closed_at", "office_name", "place_name")


def behind_page(panels: CasePanels, *, tiles: Iterable[Panel], title: Label, listed: Label, rows: str, order: int) -> Page:
    """The page `<kind>_behind`, to which `CasePanels.counted` and `CasePanels.behind` lead.

    `tiles` has the figures of the summary: the one that was pressed stands over its cases. `listed` heads the table of cases and `rows`
    is the id of its panel.
    """
    pressed = (one.model_copy(update={"when": f"$scope.figure == {one.id}", "drill": None}) for one in tiles)
    rates = Panel(
        id="definition",
        kind="table",
        area="main",
        size=0.6,
        title=t("各率口径", "What the rates count"),
        data=panels.rows("rates"),
        encode=Encode(columns=RATE_COLUMNS, value="share"),
        format="0.0",
        drill=Drill(scope={"rate": "$row.key"}),
        when="$scope.figure == null",
    )
    counted = Panel(
        id=rows,
        kind="table",
        area="main",
        title=listed,
        data=panels.rows("behind", **{one: f"$scope.{one}" for one in ASKED}),
        encode=Encode(columns=CASE_COLUMNS, status="mark"),
        drill=panels.case,
    )
    return Page(id=f"{panels.kind}_behind", kind="board", title=title, order=order, scope=panels.scope, panels=(*pressed, rates, counted))
