"""The wall of waste, the desk of the district office, a firm's own page, and the driver's round."""

from __future__ import annotations

from hexi.kit import Camera, Data, Drill, Encode, Label, Layer, MapPart, Open, Page, Panel, Scope, Series, Tab, district_layers, t
from hexi.scenarios.waste.rules import basis_note

PLACE = {"place": "$scope.place"}
AREA = Scope(source="space.scope", label=t("范围", "area"))
TONNES, FIRMS, SHEETS, PERCENT = t("吨", "t"), t("家", "firms"), t("份", "manifests"), t("%", "%")
LEGAL = t(
    "危险废物的法定联单在国家系统运行并取号，本平台只作镜像；其他固体废物以本平台联单流转",
    "Hazardous waste runs in the national system, which numbers it; this mirrors it. Other waste runs here",
)


def rows(source: str, *topics: str, **params: str) -> Data:
    """A source of the scenario for the page's place."""
    return Data(
        source=f"waste.{source}",
        params={**PLACE, **params},
        refresh="live" if topics else "5m",
        topics=tuple(f"waste.{one}" for one in topics),
    )


def list_of(entity: str, **conditions: str) -> Drill:
    """A register under these conditions."""
    return Drill(open=Open(entity=f"waste.{entity}", with_=dict(conditions)))


def tile(column: str, title: Label, unit: Label, drill: Drill, about: Label | None = None) -> Panel:
    """One figure of the strip."""
    form = "0.0" if unit in {TONNES, PERCENT} else "int"
    return Panel(
        id=column, kind="kpi", area="strip", title=title, unit=unit, data=rows("totals", "manifest", "storagelot"),
        encode=Encode(value=column),
        drill=drill, format=form, help=about,
    )  # fmt: skip


def printed(key: str, title: Label, unit: Label) -> Panel:
    """A published figure, told apart from what is counted here."""
    about = t(
        "公开报道的数字（来源 S4，2025年11月），不与本平台统计相加",
        "Published (source S4, November 2025); never added to what is counted here",
    )
    return Panel(id=f"published_{key}", kind="kpi", area="strip", title=title, unit=unit, format="int", data=rows("published", key=key),
                 encode=Encode(value="value"), help=about)  # fmt: skip


STRIP = (
    tile("producers", t("登记产废单位", "Producers"), FIRMS, list_of("firm", produces="true")),
    tile("records", t("台账与联单", "Records"), t("条", "records"), list_of("storagelot")),
    tile("stored", t("在库", "In storage"), TONNES, list_of("storagelot")),
    tile("road", t("在途", "On the road"), TONNES, list_of("manifest", state="carried")),
    tile("over_time", t("超期贮存", "Stored over time"), t("批", "batches"), list_of("storagelot")),
    tile("late", t("超期未确认", "Confirmation late"), SHEETS, list_of("manifest", state="arrived"), LEGAL),
    printed("producers", t("公开：500余家产废", "Published: 500+ firms"), FIRMS),
    printed("records", t("公开：4000余条", "Published: 4,000+"), t("条", "records")),
)
KINDS = Panel(
    id="kinds", kind="bar", area="left", title=t("近一年产生量", "Produced within a year"), unit=TONNES, format="0.0",
    data=rows("kinds"), encode=Encode(x="tonnes", y="name"),
)  # fmt: skip
COMPLETE = Panel(
    id="complete", kind="line", area="left", title=t("台账完整性：有记录的单位", "Firms with a record, by month"), unit=FIRMS,
    data=rows("complete"), encode=Encode(x="month", series=(Series(y="spoke", label=t("有记录", "with a record")),
                                                            Series(y="there", label=t("应有", "there"), style="reference"))),
)  # fmt: skip
CELLS = Panel(
    id="cells", kind="list", area="left", title=t("无废细胞", "Zero-waste cells"), data=rows("cells", "wastecell"),
    encode=Encode(status="mark", title="name", meta=("cell",), label="points"), drill=list_of("wastecell", id="$row.id"),
)  # fmt: skip
STORAGE = Panel(
    id="storage", kind="list", area="right", title=t("贮存预警（限值待核）", "Storage alarms (limits unchecked)"),
    data=rows("storage", "storagelot"), encode=Encode(status="mark", title="title", meta=("name",), label="due_on"),
    drill=list_of("storagelot"),
)  # fmt: skip
ALERTS = Panel(
    id="alerts", kind="list", area="right", title=t("联单提示（限值待核）", "Alerts (limits unchecked)"), data=rows("alerts", "alert"),
    encode=Encode(status="mark", title="said", meta=("kind", "number"), label="at"), drill=list_of("alert", id="$row.id"),
)  # fmt: skip
SILENT = Panel(
    id="silent", kind="list", area="right", title=t("应报未报的单位", "Silent though due"), data=rows("silent"),
    encode=Encode(status="mark", title="firm", meta=("risk",), label="last"), drill=list_of("firm", id="$row.id"),
)  # fmt: skip
STANDING = Panel(
    id="standing", kind="pipeline", area="bottom", size=1.4, title=t("联单各环节（危险废物为国家系统镜像）", "Manifests by state (hazardous: a mirror)"),
    data=rows("standing", "manifest"), encode=Encode(stage="state", value="count", overdue="late"),
    drill=list_of("manifest", state="$row.state"),
    help=LEGAL,
)  # fmt: skip
HINTS = Panel(
    id="hints", kind="list", area="bottom", title=t("检查线索（不是结论）", "Where to look first (no verdict)"), data=rows("hints"),
    encode=Encode(status="mark", title="firm", meta=("why",), label="score"), drill=list_of("firm", id="$row.id"),
)  # fmt: skip
PRODUCED = Layer(
    id="produced", kind="fill", title=t("近一年产生量（吨）", "Produced within a year, t"), data=rows("by_street"),
    encode=Encode(value="value", scale="sequential"),
)  # fmt: skip
TO_SEE = Layer(
    id="to_see", kind="point", title=t("需要查看的单位", "Firms to look at"), data=rows("firms_on_map", "storagelot", "alert"),
    encode=Encode(status="mark", label="title"), drill=list_of("firm", id="$row.id"),
)  # fmt: skip
wall = Page(
    id="waste", kind="screen", title=t("无废河西", "Waste from cradle to grave"), order=60, scope={"place": AREA}, about=LEGAL,
    tabs=(Tab(id="overview", title=t("总览", "Overview"), page="overview"), Tab(id="waste", title=t("固废", "Waste"), page="waste")),
    map=MapPart(camera=Camera(fit="space.streets"), layers=(PRODUCED, *district_layers(), TO_SEE)),
    panels=(*STRIP, KINDS, COMPLETE, CELLS, STORAGE, ALERTS, SILENT, STANDING, HINTS),
)  # fmt: skip


def at(area: str, *panels: Panel) -> tuple[Panel, ...]:
    """The same panels in this part of a desk."""
    return tuple(panel.model_copy(update={"area": area}) for panel in panels)


LIMITS = Panel(
    id="limits", kind="text", area="bottom", title=t("限值从哪里来", "Where limits come from"),
    text=basis_note("storage_days", "storage_kg", "confirm", "paper_entry", "weight_difference_pct", "declares"),
)  # fmt: skip


WAITING = Panel(
    id="waiting", kind="table", area="main", size=1.4, title=t("未办结联单", "Open manifests"), data=rows("waiting", "manifest"),
    encode=Encode(columns=("number", "turn", "state", "name", "producer", "receiver", "due_on"), status="mark"),
    drill=list_of("manifest", id="$row.id"),
    help=LEGAL,
)  # fmt: skip
BALANCE = Panel(
    id="balance", kind="table", area="main", title=t("本年物料平衡（千克）", "Mass balance of the year, kg"), data=rows("balance"), format="0.0",
    encode=Encode(columns=("firm", "produced", "taken_in", "away", "treated", "stock")), drill=list_of("firm", id="$row.id"),
)  # fmt: skip
RECORDED = Panel(
    id="recorded", kind="table", area="main", title=t("台账完整性：各单位记录", "Completeness: records by producer"),
    data=rows("recorded", "storagelot"),
    encode=Encode(columns=("firm", "risk", "records", "spoke_of", "density", "last"), status="mark"), drill=list_of("firm", id="$row.id"),
    help=t("近十二个完整月；一批、一次零申报各算一条", "Of the twelve months that are over; a batch, or a month declared as nothing, is one record"),
)  # fmt: skip
PERMITS = Panel(
    id="permits", kind="list", area="main", title=t("许可到期", "Permits that run out"), data=rows("permits", "permit"),
    encode=Encode(status="mark", title="firm", meta=("permit", "number"), label="due_on"), drill=list_of("permit", id="$row.id"),
)  # fmt: skip
RUNS = Panel(
    id="runs", kind="table", area="main", title=t("拼车收集：可预约的趟次", "Pooled collection: runs to book on"), data=rows("runs", "collectionrun"),
    encode=Encode(columns=("name", "on", "area", "carrier", "covers", "room", "booked", "run")),
    drill=list_of("collectionrun", id="$row.id"),
)  # fmt: skip
office = Page(
    id="waste_desk", kind="board", title=t("固废监管台", "Waste office desk"), order=60, scope={"place": AREA}, about=LEGAL,
    panels=(
        *STRIP[:6], WAITING, *at("left", HINTS, STORAGE, COMPLETE, BALANCE), *at("right", SILENT, ALERTS, PERMITS, RECORDED, CELLS),
        *at("bottom", RUNS, LIMITS),
    ),
)  # fmt: skip
CHAIN = Panel(
    id="chain", kind="table", area="main", title=t("最近联单的签署链", "Signatures of the newest manifest"), data=rows("chain", "manifest"),
    encode=Encode(columns=("step", "firm", "device_at", "server_at", "seal"), status="mark"),
    help=t("每次签署都含前一次的摘要；两种时间都保留", "Each signature holds the hash of the one before; both times are kept"),
)  # fmt: skip
CONSENTS = Panel(
    id="consents", kind="table", area="main", title=t("更正与作废：等待本单位同意", "Corrections that wait for your consent"),
    data=rows("consents", "revision"), encode=Encode(columns=("number", "kind", "item", "was", "should_be", "firm"), status="mark"),
    drill=list_of("revision", id="$row.id"),
)  # fmt: skip
firm = Page(
    id="waste_firm", kind="board", title=t("本单位固废", "Our waste"), order=61, scope={"place": AREA}, about=LEGAL,
    panels=(WAITING, CONSENTS, RUNS, *at("left", STORAGE, BALANCE), *at("right", ALERTS, CHAIN), LIMITS),
)  # fmt: skip
driver = Page(
    id="waste_driver", kind="board", title=t("我的收运", "My pick-ups"), order=62, scope={"place": AREA}, about=LEGAL,
    panels=(
        Panel(
            id="pickups", kind="list", area="main", title=t("待收与在途", "To be picked up, and on the vehicle"),
            data=rows("pickups", "manifest"),
            encode=Encode(title="producer", meta=("state", "name", "receiver", "plate"), label="kg"),
            drill=list_of("manifest", id="$row.id"),
            help=t("没有网络时，请在手机上打开“我的工作”签收：/m/work", "Without a network, sign on the phone: /m/work"),
        ),
    ),
)  # fmt: skip
PAGES = (wall, office, firm, driver)
