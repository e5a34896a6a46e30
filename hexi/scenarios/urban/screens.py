"""The wall of city management, its desk page, and the list behind every figure."""

from __future__ import annotations

from hexi.kit import (
    Camera,
    Data,
    Drill,
    Encode,
    Label,
    Layer,
    MapPart,
    Open,
    Page,
    Panel,
    Scope,
    Series,
    Tab,
    Ticker,
    behind_page,
    district_layers,
    t,
)

PLACE = {"place": "$scope.place", "days": "$scope.days"}
TOPICS = ("cases.case",)
AREA = Scope(source="space.scope", label=t("范围", "area"))
DAYS = Scope(enum=("7", "30", "90"), label=t("近几天", "days"), default="30")
CASE = Drill(open=Open(entity="cases.case", with_={"id": "$row.id"}))
OVER = Drill(open=Open(page="urban_desk", with_={}))
CASES = t("件", "cases")


def rows(source: str, refresh: str = "1m", **params: str) -> Data:
    """A source of city management for the place and days of the page."""
    return Data(source=f"urban.{source}", params={**PLACE, **params}, refresh=refresh, topics=TOPICS if refresh == "live" else ())


def behind(rate: str, part: str = "numerator", **more: str) -> Drill:
    """The cases behind a figure."""
    return Drill(open=Open(page="urban_behind", with_={"rate": rate, "part": part, "days": "$scope.days", **more}))


def tile(key: str, title: Label, unit: Label = CASES, drill: Drill | None = None, status: str | None = None) -> Panel:
    """One figure of the strip."""
    return Panel(
        id=key,
        kind="kpi",
        area="strip",
        title=title,
        unit=unit,
        data=rows("summary", "live"),
        drill=drill,
        format="int" if unit is CASES else "0.0",
        encode=Encode(value=key, status=status),
    )


PERCENT = t("%", "%")
STRIP = (
    tile("today", t("今日上报", "Reported today")),
    tile("open", t("在办", "Open"), drill=OVER),
    tile("late", t("在办超时", "Open and over time"), drill=OVER, status="late_mark"),
    tile("urgent", t("急要件在办", "Urgent and open"), drill=OVER),
    tile("handled_in_time", t("按期处置率", "Handled in time"), PERCENT, behind("handled_in_time", "denominator")),
    tile("ended", t("近 30 天结案", "Closed in 30 days"), drill=behind("closed")),
    tile("rework", t("返工率", "Done again"), PERCENT, behind("rework")),
    tile("score", t("综合得分", "Score"), t("分", "points"), Drill(open=Open(page="urban_desk", with_={}))),
)
RATES = Panel(
    id="rates",
    kind="list",
    area="left",
    size=1.7,
    title=t("考核率（近 30 天）", "Rates (last 30 days)"),
    data=rows("rates"),
    encode=Encode(title="label", meta=("interval", "formula"), label="percent"),
    drill=behind("$row.key"),
    help=t(
        "下行为95%区间与公式。点开看分子中的案件",
        "Below: the 95 % interval and the formula. Press for the cases",
    ),
)
KINDS = Panel(
    id="kinds",
    kind="bar",
    area="left",
    title=t("上报最多的类型", "Most reported"),
    unit=CASES,
    data=rows("kinds", top="8"),
    encode=Encode(x="count", y="name"),
)
DUE = Panel(
    id="due",
    kind="list",
    area="right",
    size=1.2,
    title=t("临期与超时", "Due and over time"),
    data=rows("due", "live"),
    encode=Encode(status="mark", title="title", meta=("office_name",), time="due_at"),
    drill=CASE,
)
FALSE = Panel(
    id="false_closures",
    kind="list",
    area="right",
    title=t("结案率与盲检", "Closed, and blindly re-inspected"),
    data=rows("false_closures"),
    encode=Encode(title="name", meta=("interval", "counted", "caution"), label="percent"),
    help=t(
        "第二名复查员看不到首次结论；下行为95%区间和件数",
        "A second checker does not see the first verdict; below: interval and counts",
    ),
)
STANDING = Panel(
    id="standing",
    kind="pipeline",
    area="bottom",
    size=1.3,
    title=t("各环节在办", "Open, by step"),
    data=rows("standing", "live"),
    encode=Encode(stage="stage", value="count", overdue="late"),
)
INFLOW = Panel(
    id="inflow",
    kind="line",
    area="bottom",
    title=t("每日上报与结案", "Reported and closed by day"),
    data=rows("inflow"),
    encode=Encode(x="day", series=(Series(y="opened", label=t("上报", "Reported")), Series(y="closed", label=t("结案", "Closed")))),
)
UNITS = Panel(
    id="units",
    kind="bar",
    area="bottom",
    title=t("单位得分", "Score of offices"),
    data=rows("rates_by", by="office", top="7"),
    encode=Encode(x="score", y="name"),
    format="0.0",
    drill=behind("handled_in_time", "denominator", by="office", group="$row.group"),
)
OPEN_CASES = Layer(
    id="open",
    kind="point",
    title=t("在办案件", "Open cases"),
    data=Data(source="urban.open", params=PLACE, refresh="1m"),
    encode=Encode(status="mark", label="title"),
    drill=CASE,
)
screen = Page(
    id="urban",
    kind="screen",
    tabs=(Tab(id="urban", title=t("城市管理", "City"), page="urban"),),
    title=t("城市管理一网通管", "City management"),
    order=40,
    scope={"place": AREA},
    about=t(
        "从上报到核查的七个环节；每个率都写明分子、分母和剔除",
        "Seven steps from report to check; every rate says what it counts and leaves out",
    ),
    map=MapPart(camera=Camera(fit="space.streets"), layers=(*district_layers(), OPEN_CASES)),
    panels=(*STRIP, RATES, KINDS, DUE, FALSE, STANDING, INFLOW, UNITS),
    ticker=Ticker(
        title=t("最新上报", "Latest"), data=rows("latest", "live"), encode=Encode(title="title", meta=("place_name",)), drill=CASE
    ),
)
GROUP_COLUMNS = (
    "name",
    "score",
    "handled",
    "handled_in_time",
    "closed",
    "rework",
    "extended",
    "overdue_open",
    "sent_right",
    "of",
    "caution",
)


def groups(by: str, title: Label) -> Panel:
    """Score and rates of every group."""
    return Panel(
        id=f"by_{by}",
        kind="table",
        area="main",
        title=title,
        data=rows("rates_by", "5m", by=by),
        format="0.0",
        encode=Encode(columns=GROUP_COLUMNS, value="score"),
        drill=behind("handled_in_time", "denominator", by=by, group="$row.group"),
    )


desk = Page(
    id="urban_desk",
    kind="board",
    title=t("城市管理台", "City management desk"),
    order=41,
    scope={"place": AREA, "days": DAYS},
    panels=(
        *(one for one in STRIP if one.id not in {"today", "urgent"}),
        Panel(
            id="due_table",
            kind="table",
            area="main",
            size=1.3,
            title=t("临期与超时案件", "Cases due and over time"),
            data=rows("due", "live", top="12"),
            encode=Encode(columns=("number", "title", "mark", "state", "due_at", "office_name", "place_name"), status="mark"),
            drill=CASE,
        ),
        groups("office", t("各单位考核", "Offices")),
        groups("street", t("各街道考核", "Streets")),
        groups("category", t("各类别考核", "Types")),
        RATES,
        STANDING.model_copy(update={"area": "left"}),
        FALSE.model_copy(update={"data": rows("false_closures", top="10")}),
    ),
)
listing = behind_page(
    "urban",
    title=t("数字背后的案件", "Cases behind a figure"),
    listed=t("计入的案件（最多 200 件）", "Cases counted (at most 200)"),
    rows="cases",
    order=42,
    scope={"place": AREA, "days": DAYS},
)
PAGES = (screen, desk, listing)
