"""The page behind every figure of a kind: what each rate counts, and the cases that it counted."""

from __future__ import annotations

from hexi.kernel.label import Label, t
from hexi.kernel.screen import Drill, Encode, Page, Panel
from hexi.modules.cases.case_panels import CasePanels

RATE_COLUMNS = ("label", "share", "interval", "hits", "of", "formula", "numerator", "denominator", "exclusions")
CASE_COLUMNS = ("number", "title", "state", "mark", "opened_at", "closed_at", "office_name", "place_name")


def behind_page(panels: CasePanels, *, title: Label, listed: Label, rows: str, order: int) -> Page:
    """The page `<kind>_behind`, to which `CasePanels.behind` leads.

    `listed` heads the table of cases and `rows` is the id of its panel.
    """
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
    )
    counted = Panel(
        id=rows,
        kind="table",
        area="main",
        title=listed,
        data=panels.rows("behind", rate="$scope.rate", part="$scope.part", by="$scope.by", group="$scope.group"),
        encode=Encode(columns=CASE_COLUMNS, status="mark"),
        drill=panels.case,
    )
    return Page(id=f"{panels.kind}_behind", kind="board", title=title, order=order, scope=panels.scope, panels=(rates, counted))
