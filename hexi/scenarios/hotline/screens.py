"""The wall of the hotline, its desk page, the precedents of a dispute, and the list behind every figure."""

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
    Ticker,
    behind_page,
    district_layers,
    t,
)

PLACE = {"place": "$scope.place", "days": "$scope.days"}
AREA = Scope(source="space.scope", label=t("范围", "area"))
DAYS = Scope(enum=("7", "30", "90"), label=t("近几天", "days"), default="30")
ORDER = Drill(open=Open(entity="cases.case", with_={"id": "$row.id"}))
DESK = Drill(open=Open(page="hotline_desk", with_={}))
ORDERS, PERCENT = t("件", "orders"), t("%", "%")


def rows(source: str, refresh: str = "1m", **params: str) -> Data:
    """A source of the hotline for the place and days of the page."""
    topics = ("cases.case", "hotline.dispute") if refresh == "live" else ()
    return Data(source=f"hotline.{source}", params={**PLACE, **params}, refresh=refresh, topics=topics)


def behind(rate: str, part: str = "numerator", **more: str) -> Drill:
    """The orders behind a figure."""
    return Drill(open=Open(page="hotline_behind", with_={"rate": rate, "part": part, "days": "$scope.days", **more}))


def tile(key: str, title: Label, drill: Drill | None = None, *, share: bool = False, status: str | None = None) -> Panel:
    """One figure of the strip."""
    return Panel(
        id=key,
        kind="kpi",
        area="strip",
        title=title,
        unit=PERCENT if share else ORDERS,
        data=rows("summary", "live"),
        drill=drill,
        format="0.0" if share else "int",
        encode=Encode(value=key, status=status),
    )


STRIP = (
    tile("today", t("今日来电", "Calls today")),
    tile("open", t("在办工单", "Open orders"), DESK),
    tile("late", t("在办超时", "Open and over time"), DESK, status="late_mark"),
    tile("urgent", t("紧急在办", "Urgent and open"), DESK),
    tile("responded", t("响应率", "Contacted in time"), behind("responded", "denominator"), share=True),
    tile("solved", t("解决率", "Solved"), behind("solved", "denominator"), share=True),
    tile("satisfied", t("满意率", "Satisfied"), behind("satisfied", "denominator"), share=True),
    tile("repeated", t("重复诉求占比", "Repeated"), behind("repeated"), share=True),
)
TOPICS = Panel(
    id="topics",
    kind="list",
    area="left",
    size=1.2,
    title=t("一月一题：上升最多", "Topic of the month: what rises"),
    data=rows("topics"),
    encode=Encode(status="status", title="name", meta=("interval", "calls"), label="times"),
    help=t(
        "右侧为对此前60天的日均倍数；下行为95%区间和件数",
        "At the right: times the daily mean of 60 days before; below: 95 % interval, calls this month",
    ),
)
RATES = Panel(
    id="rates",
    kind="list",
    area="left",
    title=t("三率与区间", "Rates with intervals"),
    data=rows("rates"),
    encode=Encode(title="label", meta=("interval", "counted"), label="percent"),
    drill=behind("$row.key"),
)
DUE = Panel(
    id="due",
    kind="list",
    area="right",
    size=1.2,
    title=t("临期与超时工单", "Due and over time"),
    data=rows("due", "live"),
    encode=Encode(status="mark", title="title", meta=("office_name", "place_name"), time="due_at"),
    drill=ORDER,
)
EVENTS = Panel(
    id="events",
    kind="list",
    area="right",
    size=0.7,
    title=t("同一事件多人反映", "Many calls, one event"),
    data=rows("events", "live"),
    encode=Encode(title="title", meta=("place_name", "opened_at"), label="count"),
    drill=ORDER,
)
DISPUTES = Panel(
    id="disputes",
    kind="list",
    area="right",
    size=0.7,
    title=t("待裁定的退回争议", "Disputes to decide"),
    data=rows("disputes", "live"),
    encode=Encode(title="title", meta=("office_name", "precedents")),
    drill=Drill(open=Open(page="hotline_precedents", with_={"dispute": "$row.id"})),
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
    title=t("每日来件与办结", "Opened and closed by day"),
    data=rows("inflow"),
    encode=Encode(x="day", series=(Series(y="opened", label=t("来件", "Opened")), Series(y="closed", label=t("办结", "Closed")))),
)
KINDS = Panel(
    id="kinds",
    kind="bar",
    area="bottom",
    title=t("诉求最多的事项", "Most called about"),
    unit=ORDERS,
    data=rows("kinds", top="8"),
    encode=Encode(x="count", y="name"),
)
OPEN_ORDERS = Layer(
    id="open",
    kind="point",
    title=t("在办工单", "Open orders"),
    data=Data(source="hotline.open", params=PLACE, refresh="1m"),
    encode=Encode(status="mark", label="title"),
    drill=ORDER,
)


def by_office(rate: str, title: Label) -> Panel:
    """Offices by one rate with its interval, for the wall; the desk shows who has a rank."""
    return Panel(
        id=f"office_{rate}",
        kind="list",
        area="right",
        title=title,
        data=rows("rates_by", by="office", rate=rate),
        encode=Encode(title="name", meta=("interval", "counted", "caution"), label="percent"),
        drill=behind(rate, "denominator", by="office", group="$row.group"),
        help=t("区间重叠的单位不排名", "No rank where intervals overlap"),
    )


screen = Page(
    id="hotline",
    kind="screen",
    title=t("接诉即办", "Hotline 12345"),
    order=50,
    scope={"place": AREA},
    about=t("三率带区间，区间重叠不排名；解决与满意分开", "Rates with intervals, no rank where they overlap; solved and satisfied apart"),
    map=MapPart(camera=Camera(fit="space.streets"), layers=(*district_layers(), OPEN_ORDERS)),
    panels=(
        *STRIP,
        TOPICS,
        RATES,
        by_office("solved", t("解决率（按单位）", "Solved, by office")),
        by_office("responded", t("响应率（按单位）", "Contacted in time, by office")),
        EVENTS,
        STANDING,
        INFLOW,
        KINDS,
    ),
    ticker=Ticker(title=t("上升最多", "Rising"), data=rows("topics"), encode=Encode(title="name", meta=("calls",))),
)


def ranking(rate: str, title: Label) -> Panel:
    """Offices by one rate; a place only where the interval touches no other's."""
    return Panel(
        id=f"rank_{rate}",
        kind="table",
        area="left",
        title=title,
        data=rows("rates_by", "5m", by="office", rate=rate, top="12"),
        encode=Encode(columns=("name", "percent", "interval", "counted", "rank", "caution")),
        drill=behind(rate, "denominator", by="office", group="$row.group"),
        help=t("区间重叠的单位不排名（—）", "No rank (—) where intervals overlap"),
    )


desk = Page(
    id="hotline_desk",
    kind="board",
    title=t("接诉即办台", "Hotline desk"),
    order=51,
    scope={"place": AREA, "days": DAYS},
    panels=(
        *STRIP[1:7],
        Panel(
            id="due_table",
            kind="table",
            area="main",
            size=1.3,
            title=t("临期与超时工单", "Orders due and over time"),
            data=rows("due", "live", top="12"),
            encode=Encode(columns=("number", "title", "mark", "state", "due_at", "office_name", "place_name"), status="mark"),
            drill=ORDER,
        ),
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
            data=rows("repeats", "5m", top="12"),
            encode=Encode(title="title", meta=("what", "opened_at")),
            drill=ORDER,
        ),
        Panel(
            id="exclusions",
            kind="table",
            area="right",
            title=t("剔除申请", "Claims of exclusion"),
            data=rows("exclusions", top="12"),
            encode=Encode(columns=("number", "ground", "state", "reason")),
            drill=Drill(open=Open(entity="hotline.exclusion", with_={"id": "$row.id"})),
        ),
        TOPICS.model_copy(update={"area": "right", "data": rows("topics", top="10")}),
    ),
)
precedents = Page(
    id="hotline_precedents",
    kind="board",
    title=t("退回争议与先例", "Disputes and precedents"),
    order=52,
    scope={"place": AREA},
    panels=(
        Panel(
            id="open_disputes",
            kind="table",
            area="main",
            title=t("待裁定", "To decide"),
            data=rows("disputes", "live"),
            encode=Encode(columns=("number", "title", "office_name", "suggested_name", "reason", "basis", "precedents")),
            drill=Drill(scope={"dispute": "$row.id"}),
        ),
        Panel(
            id="precedents",
            kind="table",
            area="main",
            title=t("同类同地先例", "Precedents of the same kind and place"),
            data=rows("precedents", dispute="$scope.dispute"),
            encode=Encode(
                columns=("number", "category_name", "place_name", "office_name", "state", "reason", "basis", "decision", "decided_at")
            ),
            drill=Drill(open=Open(entity="hotline.dispute", with_={"id": "$row.id"})),
        ),
    ),
)
listing = behind_page(
    "hotline",
    title=t("数字背后的工单", "Orders behind a figure"),
    listed=t("计入的工单（最多 200 件）", "Orders counted (at most 200)"),
    rows="orders",
    order=53,
    scope={"place": AREA, "days": DAYS},
)
PAGES = (screen, desk, precedents, listing)
