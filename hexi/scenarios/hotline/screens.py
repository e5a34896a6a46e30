"""The wall of the hotline, its desk page, the precedents of a dispute, and the list behind every figure."""

from __future__ import annotations

from hexi.kit import Camera, CasePanels, Drill, Encode, Label, MapPart, Open, Page, Panel, Ticker, behind_page, district_layers, t

CALLS = CasePanels("hotline", t("件", "orders"), topics=("cases.case", "hotline.dispute"))
AREA = {"place": CALLS.scope["place"]}
PERCENT = t("%", "%")
STRIP = (
    CALLS.tile("today", t("今日来电", "Calls today"), CALLS.counted("today")),
    CALLS.tile("open", t("在办工单", "Open orders"), CALLS.counted("open")),
    CALLS.tile("late", t("在办超时", "Open and over time"), CALLS.counted("late"), status="late_mark"),
    CALLS.tile("urgent", t("紧急在办", "Urgent and open"), CALLS.counted("urgent")),
    CALLS.tile("responded", t("响应率", "Contacted in time"), CALLS.behind("responded", "denominator"), unit=PERCENT),
    CALLS.tile("solved", t("解决率", "Solved"), CALLS.behind("solved", "denominator"), unit=PERCENT),
    CALLS.tile("satisfied", t("满意率", "Satisfied"), CALLS.behind("satisfied", "denominator"), unit=PERCENT),
    CALLS.tile("repeated", t("重复诉求占比", "Repeated"), CALLS.behind("repeated"), unit=PERCENT),
)
TOPICS = Panel(
    id="topics",
    kind="list",
    area="left",
    size=1.2,
    title=t("一月一题：上升最多", "Topic of the month: what rises"),
    data=CALLS.rows("topics"),
    encode=Encode(status="status", title="name", meta=("interval", "calls"), label="times"),
    help=t(
        "右侧为对此前60天的日均倍数；下行为95%区间和件数",
        "At the right: times the daily mean of 60 days before; below: 95 % interval, calls this month",
    ),
)
EVENTS = Panel(
    id="events",
    kind="list",
    area="right",
    size=0.7,
    title=t("同一事件多人反映", "Many calls, one event"),
    data=CALLS.rows("events", "live"),
    encode=Encode(title="title", meta=("place_name", "opened_at"), label="count"),
    drill=CALLS.case,
)
DISPUTES = Panel(
    id="disputes",
    kind="list",
    area="right",
    size=0.7,
    title=t("待裁定的退回争议", "Disputes to decide"),
    data=CALLS.rows("disputes", "live"),
    encode=Encode(title="title", meta=("office_name", "precedents")),
    drill=Drill(open=Open(page="hotline_precedents", with_={"dispute": "$row.id"})),
)


def by_office(rate: str, title: Label) -> Panel:
    """Offices by one rate with its interval, for the wall; the desk shows who has a rank."""
    return Panel(
        id=f"office_{rate}",
        kind="list",
        area="right",
        title=title,
        data=CALLS.rows("rates_by", by="office", rate=rate),
        encode=Encode(title="name", meta=("interval", "counted", "caution"), label="percent"),
        drill=CALLS.behind(rate, "denominator", by="office", group="$row.group"),
        help=t("区间重叠的单位不排名", "No rank where intervals overlap"),
    )


screen = Page(
    id="hotline",
    kind="screen",
    title=t("接诉即办", "Hotline 12345"),
    order=50,
    scope=AREA,
    about=t("三率带区间，区间重叠不排名；解决与满意分开", "Rates with intervals, no rank where they overlap; solved and satisfied apart"),
    map=MapPart(camera=Camera(fit="space.streets"), layers=(*district_layers(), CALLS.open_layer(t("在办工单", "Open orders")))),
    panels=(
        *STRIP,
        TOPICS,
        CALLS.rates(t("三率与区间", "Rates with intervals"), ("interval", "counted")),
        by_office("solved", t("解决率（按单位）", "Solved, by office")),
        by_office("responded", t("响应率（按单位）", "Contacted in time, by office")),
        EVENTS,
        CALLS.standing(),
        CALLS.inflow(t("每日来件与办结", "Opened and closed by day"), t("来件", "Opened"), t("办结", "Closed")),
        CALLS.categories(t("诉求最多的事项", "Most called about")),
    ),
    ticker=Ticker(title=t("上升最多", "Rising"), data=CALLS.rows("topics"), encode=Encode(title="name", meta=("calls",))),
)


def ranking(rate: str, title: Label) -> Panel:
    """Offices by one rate; a place only where the interval touches no other's."""
    return Panel(
        id=f"rank_{rate}",
        kind="table",
        area="left",
        title=title,
        data=CALLS.rows("rates_by", "5m", by="office", rate=rate, top="12"),
        encode=Encode(columns=("name", "percent", "interval", "counted", "rank", "caution")),
        drill=CALLS.behind(rate, "denominator", by="office", group="$row.group"),
        help=t("区间重叠的单位不排名（—）", "No rank (—) where intervals overlap"),
    )


desk = Page(
    id="hotline_desk",
    kind="board",
    title=t("接诉即办台", "Hotline desk"),
    order=51,
    scope=CALLS.scope,
    panels=(
        *STRIP[1:7],
        CALLS.due_table(t("临期与超时工单", "Orders due and over time")),
        ranking("responded", t("响应率（按单位）", "Contacted in time, by office")),
        ranking("solved", t("解决率（按单位）", "Solved, by office")),
        ranking("satisfied", t("满意率（按单位）", "Satisfied, by office")),
        DISPUTES,
        EVENTS,
        Panel(
            id="repeats",
            kind="list",
            area="right",
            title=t("重复来电", "Repeat callers"),
            data=CALLS.rows("repeats", "5m", top="12"),
            encode=Encode(title="title", meta=("what", "opened_at")),
            drill=CALLS.case,
        ),
        Panel(
            id="exclusions",
            kind="table",
            area="right",
            title=t("剔除申请", "Claims of exclusion"),
            data=CALLS.rows("exclusions", top="12"),
            encode=Encode(columns=("number", "ground", "state", "reason")),
            drill=Drill(open=Open(entity="hotline.exclusion", with_={"id": "$row.id"})),
        ),
        TOPICS.model_copy(update={"area": "right", "data": CALLS.rows("topics", top="10")}),
    ),
)
precedents = Page(
    id="hotline_precedents",
    kind="board",
    title=t("退回争议与先例", "Disputes and precedents"),
    order=52,
    scope=AREA,
    panels=(
        Panel(
            id="open_disputes",
            kind="table",
            area="main",
            title=t("待裁定", "To decide"),
            data=CALLS.rows("disputes", "live"),
            encode=Encode(columns=("number", "title", "office_name", "suggested_name", "reason", "basis", "precedents")),
            drill=Drill(scope={"dispute": "$row.id"}),
        ),
        Panel(
            id="precedents",
            kind="table",
            area="main",
            title=t("同类同地先例", "Precedents of the same kind and place"),
            data=CALLS.rows("precedents", dispute="$scope.dispute"),
            encode=Encode(
                columns=("number", "category_name", "place_name", "office_name", "state", "reason", "basis", "decision", "decided_at")
            ),
            drill=Drill(open=Open(entity="hotline.dispute", with_={"id": "$row.id"})),
        ),
    ),
)
listing = behind_page(
    CALLS,
    tiles=STRIP[:4],
    title=t("数字背后的工单", "Orders behind a figure"),
    listed=t("计入的工单（最多 200 件）", "Orders counted (at most 200)"),
    rows="orders",
    order=53,
)
PAGES = (screen, desk, precedents, listing)
