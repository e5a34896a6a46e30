"""The wall of city management, its desk page, and the list behind every figure."""

from __future__ import annotations

from hexi.kit import Camera, CasePanels, Drill, Encode, Label, MapPart, Open, Page, Panel, Tab, Ticker, behind_page, district_layers, t

CITY = CasePanels("urban")
AREA = {"place": CITY.scope["place"]}
PERCENT, POINTS = t("%", "%"), t("分", "points")
STRIP = (
    CITY.tile("today", t("今日上报", "Reported today"), CITY.counted("today")),
    CITY.tile("open", t("在办", "Open"), CITY.counted("open")),
    CITY.tile("late", t("在办超时", "Open and over time"), CITY.counted("late"), status="late_mark"),
    CITY.tile("urgent", t("急要件在办", "Urgent and open"), CITY.counted("urgent")),
    CITY.tile("handled_in_time", t("按期处置率", "Handled in time"), CITY.behind("handled_in_time", "denominator"), unit=PERCENT),
    CITY.tile("ended", t("近 30 天结案", "Closed in 30 days"), CITY.counted("ended")),
    CITY.tile("rework", t("返工率", "Done again"), CITY.behind("rework"), unit=PERCENT),
    CITY.tile("score", t("综合得分", "Score"), Drill(open=Open(page="urban_desk")), unit=POINTS),
)
RATES = CITY.rates(
    t("考核率（近 30 天）", "Rates (last 30 days)"),
    ("interval", "formula"),
    size=1.7,
    about=t("下行为95%区间与公式。点开看分子中的案件", "Below: the 95 % interval and the formula. Press for the cases"),
)
FALSE = Panel(
    id="false_closures",
    kind="list",
    area="right",
    title=t("结案率与盲检", "Closed, and blindly re-inspected"),
    data=CITY.rows("false_closures"),
    encode=Encode(title="name", meta=("interval", "counted", "caution"), label="percent"),
    help=t(
        "第二名复查员看不到首次结论；下行为95%区间和件数",
        "A second checker does not see the first verdict; below: interval and counts",
    ),
)
UNITS = Panel(
    id="units",
    kind="bar",
    area="bottom",
    title=t("单位得分", "Score of offices"),
    data=CITY.rows("rates_by", by="office", top="7", few="no"),
    encode=Encode(x="score", y="name"),
    format="0.0",
    drill=CITY.behind("handled_in_time", "denominator", by="office", group="$row.group"),
    help=t("样本少的单位不列入，见城市管理台", "Offices with few cases are left out; the desk page has them"),
)
screen = Page(
    id="urban",
    kind="screen",
    tabs=(Tab(id="urban", title=t("城市管理", "City"), page="urban"),),
    title=t("城市管理一网通管", "City management"),
    order=40,
    scope=AREA,
    about=t(
        "从上报到核查的七个环节；每个率都写明分子、分母和剔除",
        "Seven steps from report to check; every rate says what it counts and leaves out",
    ),
    map=MapPart(camera=Camera(fit="space.streets"), layers=(*district_layers(), CITY.open_layer(t("在办案件", "Open cases")))),
    panels=(
        *STRIP,
        RATES,
        CITY.categories(t("上报最多的类型", "Most reported"), "left"),
        CITY.due(t("临期与超时", "Due and over time")),
        FALSE,
        CITY.standing(),
        CITY.inflow(t("每日上报与结案", "Reported and closed by day"), t("上报", "Reported"), t("结案", "Closed")),
        UNITS,
    ),
    ticker=Ticker(
        title=t("最新上报", "Latest"), data=CITY.rows("latest", "live"), encode=Encode(title="title", meta=("place_name",)), drill=CITY.case
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
        data=CITY.rows("rates_by", "5m", by=by),
        format="0.0",
        encode=Encode(columns=GROUP_COLUMNS, value="score"),
        drill=CITY.behind("handled_in_time", "denominator", by=by, group="$row.group"),
    )


def _titled(tile: Panel) -> Panel:
    """The desk looks back over the days that its reader chose."""
    return tile.model_copy(update={"title": t("期内结案", "Closed in these days")}) if tile.id == "ended" else tile


desk = Page(
    id="urban_desk",
    kind="board",
    title=t("城市管理台", "City management desk"),
    order=41,
    scope=CITY.scope,
    panels=(
        *(_titled(one) for one in STRIP if one.id not in {"today", "urgent"}),
        CITY.due_table(t("临期与超时案件", "Cases due and over time")),
        groups("office", t("各单位考核", "Offices")),
        groups("street", t("各街道考核", "Streets")),
        groups("category", t("各类别考核", "Types")),
        RATES.model_copy(update={"title": t("考核率", "Rates")}),
        CITY.standing("left"),
        FALSE.model_copy(update={"data": CITY.rows("false_closures", top="10")}),
    ),
)
listing = behind_page(
    CITY,
    tiles=(_titled(one) for one in STRIP if one.id in {"today", "open", "late", "urgent", "ended"}),
    title=t("数字背后的案件", "Cases behind a figure"),
    listed=t("计入的案件（最多 200 件）", "Cases counted (at most 200)"),
    rows="cases",
    order=42,
)
PAGES = (screen, desk, listing)
