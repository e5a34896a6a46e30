"""The page behind every figure of a kind: what each rate counts, and the cases that it counted."""

from __future__ import annotations

from hexi.kernel.label import Label, t
from hexi.kernel.screen import Data, Drill, Encode, Open, Page, Panel, Scope

SCOPE = {"place": "$scope.place", "days": "$scope.days"}


def behind_page(kind: str, *, title: Label, listed: Label, rows: str, order: int, scope: dict[str, Scope]) -> Page:
    """The page `<kind>_behind`, which reads `<kind>.rates` and `<kind>.behind` of `case_sources`.

    `listed` heads the table of cases and `rows` is the id of its panel; `scope` holds the place and the days.
    """
    rates = Panel(
        id="definition",
        kind="table",
        area="main",
        size=0.6,
        title=t("各率口径", "What the rates count"),
        data=Data(source=f"{kind}.rates", params=SCOPE, refresh="1m"),
        encode=Encode(
            columns=("label", "share", "interval", "hits", "of", "formula", "numerator", "denominator", "exclusions"), value="share"
        ),
        format="0.0",
        drill=Drill(scope={"rate": "$row.key"}),
    )
    asked = {"rate": "$scope.rate", "part": "$scope.part", "by": "$scope.by", "group": "$scope.group"}
    counted = Panel(
        id=rows,
        kind="table",
        area="main",
        title=listed,
        data=Data(source=f"{kind}.behind", params={**SCOPE, **asked}, refresh="1m"),
        encode=Encode(columns=("number", "title", "state", "mark", "opened_at", "closed_at", "office_name", "place_name"), status="mark"),
        drill=Drill(open=Open(entity="cases.case", with_={"id": "$row.id"})),
    )
    return Page(id=f"{kind}_behind", kind="board", title=title, order=order, scope=scope, panels=(rates, counted))
