"""一屏观河西: the district at a glance."""

from typing import Literal

from hexi.kernel.label import Label, t
from hexi.kernel.screen import Camera, Data, Drill, Encode, Layer, MapPart, Open, Page, Panel, Scope, Series, Tab, Ticker

PLACE = {"place": "$scope.place"}
LIVE = ("projects.task", "projects.progress", "indicators.value")


def tile(number: int, key: str, title: Label, unit: Label | None = None, good: Literal["up", "down", "none"] = "none") -> Panel:
    """One tile of the strip: an indicator, and its computation behind it."""
    return Panel(
        id=f"tile{number}",
        kind="kpi",
        area="strip",
        title=title,
        unit=unit,
        good=good,
        data=Data(source="indicators.tile", params={"key": key, **PLACE}, refresh="live", topics=("indicators.value",)),
        encode=Encode(value="value", status="status", delta="delta"),
        drill=Drill(open=Open(page="records.how", with_={"key": key})),
    )


def rows(source: str, refresh: str = "live") -> Data:
    return Data(source=source, params=PLACE, refresh=refresh, topics=LIVE if refresh == "live" else ())


PERCENT, PEOPLE, ITEMS = t("%", "%"), t("人", "people"), t("项", "items")
STRIP = (
    tile(1, "tasks_done_share", t("民心工程完成率", "Livelihood tasks done"), PERCENT, "up"),
    tile(2, "tasks_on_schedule_share", t("未完成任务正常推进率", "Open tasks on course"), PERCENT, "up"),
    tile(3, "tasks_at_risk", t("风险任务", "Tasks at risk"), ITEMS, "down"),
    tile(4, "residents_registered", t("登记居民", "Residents registered"), PEOPLE),
    tile(5, "aged_60_share", t("60 岁以上", "Aged 60 and over"), PERCENT),
    tile(6, "aged_80_alone", t("80 岁以上独居", "80+ living alone"), PEOPLE),
    tile(7, "register_fresh_share", t("登记一年内核实", "Register fresh"), PERCENT, "up"),
    tile(8, "communities_with_grid_share", t("社区网格覆盖", "Grid coverage"), PERCENT, "up"),
)
PROGRESS = (
    Series(y="done", label=t("已完成", "done")),
    Series(y="on_schedule", label=t("按时序", "on schedule")),
    Series(y="by_procedure", label=t("按程序", "by procedure")),
    Series(y="open", label=t("其他在办", "other open")),
)
PANELS = (
    Panel(
        id="signs",
        kind="matrix",
        area="left",
        size=1.2,
        title=t("运行体征", "Vital signs"),
        data=rows("indicators.board"),
        encode=Encode(group="domain", label="name", status="status", value="value"),
        drill=Drill(open=Open(page="records.how", with_={"key": "$row.key"})),
        help=t("59 项指标为本平台的建议，公开资料没有列出", "The 59 indicators are our proposal; the sources do not list them"),
    ),
    Panel(
        id="fresh",
        kind="bar",
        area="left",
        size=1,
        title=t("各区域登记核实率", "Register confirmed, by area"),
        unit=PERCENT,
        target=90,
        good="up",
        data=Data(source="indicators.areas", params={"key": "register_fresh_share", **PLACE}, refresh="live", topics=("indicators.value",)),
        encode=Encode(x="value", y="name", sort="-x", status="status"),
        drill=Drill(scope={"place": "$row.code"}, camera="fit"),
    ),
    Panel(
        id="old",
        kind="bar",
        area="left",
        size=1,
        title=t("各区域 60 岁以上占比", "Aged 60 and over, by area"),
        unit=PERCENT,
        data=Data(source="indicators.areas", params={"key": "aged_60_share", **PLACE}, refresh="live", topics=("indicators.value",)),
        encode=Encode(x="value", y="name", sort="-x"),
        drill=Drill(scope={"place": "$row.code"}, camera="fit"),
    ),
    Panel(
        id="risks",
        kind="list",
        area="right",
        size=1.1,
        title=t("需要关注的任务", "Tasks to watch"),
        data=rows("projects.risks"),
        encode=Encode(status="mark", title="title", meta=("lead", "reason")),
        drill=Drill(open=Open(entity="projects.task", with_={"id": "$row.id"})),
    ),
    Panel(
        id="here",
        kind="text",
        area="right",
        size=0.7,
        title=t("本范围的任务", "Tasks of this place"),
        data=rows("projects.here"),
        encode=Encode(value="text"),
    ),
    Panel(
        id="categories",
        kind="stack",
        area="right",
        size=1,
        title=t("三类任务进展", "Tasks by category"),
        unit=ITEMS,
        data=rows("projects.categories"),
        encode=Encode(x="category", series=PROGRESS),
        drill=Drill(open=Open(page="livelihood")),
    ),
    Panel(
        id="latest",
        kind="list",
        area="right",
        size=1,
        title=t("最新进展", "Latest entries"),
        data=rows("projects.latest"),
        encode=Encode(title="title", meta=("figure", "as_of", "origin")),
        drill=Drill(open=Open(entity="projects.task", with_={"id": "$row.task"})),
    ),
    Panel(
        id="groups",
        kind="matrix",
        area="bottom",
        size=1.2,
        title=t("20 项民心工程", "The 20 projects"),
        data=rows("projects.groups"),
        encode=Encode(label="name", status="mark", value="done"),
        drill=Drill(open=Open(page="livelihood")),
    ),
    Panel(
        id="stages",
        kind="pipeline",
        area="bottom",
        size=1,
        title=t("建设类任务所处阶段", "What is built, by stage"),
        data=rows("projects.stages"),
        encode=Encode(stage="stage", value="count", overdue="late"),
    ),
)
MAP = MapPart(
    camera=Camera(fit="space.streets"),
    layers=(
        Layer(id="green", kind="fill", title=t("绿地", "Green"), data=Data(source="space.green", refresh="none")),
        Layer(id="water", kind="fill", title=t("水面", "Water"), data=Data(source="space.water", refresh="none")),
        Layer(id="roads", kind="line", title=t("道路", "Roads"), data=Data(source="space.roads", refresh="none")),
        Layer(
            id="value",
            kind="fill",
            title=t("老龄程度", "Age"),
            on=False,
            encode=Encode(value="value", scale="sequential"),
            data=Data(source="indicators.areas", params={"key": "aged_60_share", **PLACE}, refresh="5m"),
        ),
        Layer(
            id="buildings",
            kind="extrude",
            title=t("建筑", "Buildings"),
            data=Data(source="space.buildings", refresh="none"),
            encode=Encode(height="height"),
        ),
        Layer(
            id="streets",
            kind="area",
            title=t("街道界", "Streets"),
            data=Data(source="space.streets", refresh="none"),
            encode=Encode(label="name"),
            drill=Drill(scope={"place": "$row.code"}, camera="fit"),
        ),
        Layer(
            id="communities",
            kind="area",
            title=t("社区界", "Communities"),
            on=False,
            minzoom=13,
            data=Data(source="space.communities", params=PLACE, refresh="none"),
            encode=Encode(label="name"),
            drill=Drill(scope={"place": "$row.code"}, camera="fit"),
        ),
        Layer(
            id="calls",
            kind="alarm",
            title=t("正在处置的告警", "Alarms that run"),
            data=Data(source="alarms.running", params=PLACE, refresh="live", topics=("alarms.rescue",)),
            encode=Encode(status="mark", title="title", since="raised_at", meta=("where",)),
            drill=Drill(open=Open(entity="alarms.rescue", with_={"id": "$row.id"})),
        ),
        Layer(
            id="sites",
            kind="point",
            title=t("民心工程", "Projects"),
            data=Data(source="projects.sites", params=PLACE, refresh="live", topics=("projects.task",)),
            encode=Encode(status="status", label="title"),
            drill=Drill(open=Open(entity="projects.task", with_={"id": "$row.id"})),
        ),
    ),
)

overview = Page(
    id="overview",
    kind="screen",
    title=t("一屏观河西", "Hexi at a glance"),
    order=1,
    scope={"place": Scope(source="space.scope", label=t("范围", "area"))},
    tabs=(
        Tab(id="overview", title=t("总览", "Overview"), page="overview"),
        Tab(id="livelihood", title=t("民心工程", "Livelihood"), page="livelihood"),
    ),
    rotate=60,
    map=MAP,
    panels=(*STRIP, *PANELS),
    ticker=Ticker(title=t("最新进展", "Latest"), data=rows("projects.latest"), encode=Encode(title="title", meta=("figure", "as_of"))),
)
