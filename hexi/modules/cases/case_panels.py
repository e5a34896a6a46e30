"""The panels that the pages of a kind of case share: its strip, where its cases stand, what comes in, what is due, its map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from hexi.kernel.label import Label, t
from hexi.kernel.screen import Data, Drill, Encode, Layer, Open, Panel, Scope, Series

Area = Literal["strip", "left", "right", "bottom", "main"]
CASES = t("件", "cases")
DUE_COLUMNS = ("number", "title", "mark", "state", "due_at", "office_name", "place_name")


@dataclass(frozen=True, slots=True)
class CasePanels:
    """Panels over the sources that `case_sources` declares for `kind`, and over its own sources of the same prefix.

    `unit` counts its cases. `topics`: events after which live panels ask again. Every panel follows the place and days of its page.
    """

    kind: str
    unit: Label = CASES
    topics: tuple[str, ...] = ("cases.case",)

    @property
    def scope(self) -> dict[str, Scope]:
        """The place and the days, for pages that look back."""
        days = Scope(enum=("7", "30", "90"), label=t("近几天", "days"), default="30")
        return {"place": Scope(source="space.scope", label=t("范围", "area")), "days": days}

    @property
    def case(self) -> Drill:
        """The case of the row."""
        return Drill(open=Open(entity="cases.case", with_={"id": "$row.id"}))

    def counted(self, figure: str) -> Drill:
        """The cases that a figure of the summary counts, on the page of `behind_page`."""
        return Drill(open=Open(page=f"{self.kind}_behind", with_={"figure": figure, "days": "$scope.days"}))

    def behind(self, rate: str, part: str = "numerator", **more: str) -> Drill:
        """The cases that a rate counts, on the page of `behind_page`."""
        return Drill(open=Open(page=f"{self.kind}_behind", with_={"rate": rate, "part": part, "days": "$scope.days", **more}))

    def rows(self, source: str, refresh: str = "1m", **params: str) -> Data:
        """A source of the kind for the place and days of the page."""
        asked = {"place": "$scope.place", "days": "$scope.days", **params}
        topics = self.topics if refresh == "live" else ()
        return Data(source=f"{self.kind}.{source}", params=asked, refresh=refresh, topics=topics)

    def tile(self, key: str, title: Label, drill: Drill | None = None, *, unit: Label | None = None, status: str | None = None) -> Panel:
        """One figure of the summary for the strip: so many cases, or with a unit of its own a figure with one decimal."""
        return Panel(
            id=key,
            kind="kpi",
            area="strip",
            title=title,
            unit=unit or self.unit,
            data=self.rows("summary", "live"),
            drill=drill,
            format="0.0" if unit else "int",
            encode=Encode(value=key, status=status),
        )

    def standing(self, area: Area = "bottom") -> Panel:
        """Open cases by step, with how many ran out of time."""
        return Panel(
            id="standing",
            kind="pipeline",
            area=area,
            size=1.3,
            title=t("各环节在办", "Open, by step"),
            data=self.rows("standing", "live"),
            encode=Encode(stage="stage", value="count", overdue="late"),
        )

    def inflow(self, title: Label, opened: Label, closed: Label) -> Panel:
        """Opened and closed by day."""
        return Panel(
            id="inflow",
            kind="line",
            area="bottom",
            title=title,
            data=self.rows("inflow"),
            encode=Encode(x="day", series=(Series(y="opened", label=opened), Series(y="closed", label=closed))),
        )

    def categories(self, title: Label, area: Area = "bottom") -> Panel:
        """The categories with most cases."""
        return Panel(
            id="kinds",
            kind="bar",
            area=area,
            title=title,
            unit=self.unit,
            data=self.rows("kinds", top="8"),
            encode=Encode(x="count", y="name"),
        )

    def rates(self, title: Label, below: tuple[str, ...], *, size: float = 1, about: Label | None = None) -> Panel:
        """Every rate with the columns `below` it; each opens the cases that it counts."""
        return Panel(
            id="rates",
            kind="list",
            area="left",
            size=size,
            title=title,
            data=self.rows("rates"),
            encode=Encode(title="label", meta=below, label="percent"),
            drill=self.behind("$row.key"),
            help=about,
        )

    def due(self, title: Label) -> Panel:
        """Open cases in a list, those over time first."""
        return Panel(
            id="due",
            kind="list",
            area="right",
            size=1.2,
            title=title,
            data=self.rows("due", "live"),
            encode=Encode(status="mark", title="title", meta=("office_name",), time="due_at"),
            drill=self.case,
        )

    def due_table(self, title: Label) -> Panel:
        """The same as a table, for a desk."""
        return Panel(
            id="due_table",
            kind="table",
            area="main",
            size=1.3,
            title=title,
            data=self.rows("due", "live", top="12"),
            encode=Encode(columns=DUE_COLUMNS, status="mark"),
            drill=self.case,
        )

    def open_layer(self, title: Label) -> Layer:
        """The map of open cases, which `case_layer` answers."""
        data = Data(source=f"{self.kind}.open", params={"place": "$scope.place", "days": "$scope.days"}, refresh="1m")
        return Layer(id="open", kind="point", title=title, data=data, encode=Encode(status="mark", label="title"), drill=self.case)
