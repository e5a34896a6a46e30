"""The wall of the grid network, and the desk of a community."""

from __future__ import annotations

from hexi.kit import Camera, Data, Drill, Encode, Label, Layer, MapPart, Open, Page, Panel, Scope, Series, Tab, t

PLACE = {"place": "$scope.place"}
AREA = Scope(source="space.scope", label=t("范围", "area"))
PUBLISHED = t(
    "公开报道的数字（来源S2，2025年2月），与本平台登记的数字不相加",
    "Published (source S2, February 2025); never added to what is recorded here",
)


def rows(source: str, *topics: str) -> Data:
    """A source of the grid for the page's place, fresh after changes of these registers."""
    return Data(source=f"grid.{source}", params=PLACE, refresh="live", topics=tuple(f"grid.{one}" for one in topics))


def list_of(entity: str, **conditions: str) -> Drill:
    """A register of the grid under these conditions."""
    return Drill(open=Open(entity=f"grid.{entity}", with_=dict(conditions)))


def row_of(entity: str) -> Drill:
    return list_of(entity, id="$row.id")


def tile(source: Data, column: str, title: Label, unit: Label, drill: Drill, *, about: Label | None = None) -> Panel:
    """One figure of the strip."""
    form = "0.0" if unit.zh == "%" else "int"
    return Panel(
        id=column,
        kind="kpi",
        area="strip",
        title=title,
        unit=unit,
        data=source,
        encode=Encode(value=column),
        drill=drill,
        format=form,
        help=about,
    )


def published(key: str, title: Label, unit: Label) -> Panel:
    """A published figure of the dictionary, told apart from what the platform counts."""
    data = Data(source="indicators.tile", params={"key": key}, refresh="5m", topics=("indicators.value",))
    drill = Drill(open=Open(page="records.how", with_={"key": key}))
    return Panel(
        id=key, kind="kpi", area="strip", title=title, unit=unit, data=data, encode=Encode(value="value"), drill=drill, help=PUBLISHED
    )


PERCENT, GRIDS, PEOPLE = t("%", "%"), t("个", "grids"), t("人", "people")
SUMMARY = rows("summary", "dutygrid", "gridmember", "carecall", "need", "pledge")
STRIP = (
    tile(SUMMARY, "grids", t("责任网格", "Duty grids"), GRIDS, list_of("dutygrid")),
    tile(SUMMARY, "patrolled", t("一周巡查覆盖", "Patrolled in 7 days"), PERCENT, list_of("dutygrid")),
    tile(
        SUMMARY,
        "calls",
        t("按需走访对象", "To be visited"),
        PEOPLE,
        list_of("carecall", active="true"),
        about=t("由居民登记按规则找出，没有走访指标数", "Found by rules over the register; there is no quota"),
    ),
    tile(SUMMARY, "overdue", t("走访逾期", "Visits overdue"), PEOPLE, list_of("carecall", active="true")),
    tile(
        SUMMARY,
        "confirmed",
        t("受益人已确认", "Confirmed services"),
        t("件", "deeds"),
        list_of("pledge", state="confirmed"),
        about=t("只计受益人凭码或经他人回访确认的服务；报到不计", "Only what beneficiaries confirmed; check-ins count nothing"),
    ),
    tile(SUMMARY, "fulfilment", t("认领兑现率", "Pledges fulfilled"), PERCENT, list_of("pledge")),
    published("party_members_checked_in", t("报到党员（公开）", "Checked in (published)"), t("人", "people")),
    published("deeds_done", t("办成实事（公开）", "Deeds (published)"), t("件", "deeds")),
)
CARE = Panel(
    id="care",
    kind="stack",
    area="left",
    title=t("按需走访", "Visits by need"),
    unit=PEOPLE,
    data=rows("care", "carecall"),
    encode=Encode(
        x="reason",
        series=(
            Series(y="fine", label=t("未到期", "not due")),
            Series(y="due", label=t("今日应访", "due today")),
            Series(y="overdue", label=t("逾期", "overdue")),
        ),
    ),
    drill=list_of("carecall", reason="$row.reason"),
)
PEOPLE_TABLE = Panel(
    id="people",
    kind="table",
    area="left",
    size=1.25,
    title=t("各片人口（实时统计）", "People by area, counted now"),
    data=rows("people"),
    encode=Encode(columns=("name", "residents", "doors", "old", "alone")),
    drill=Drill(scope={"place": "$row.place"}, camera="fit"),
)
CHAIN = Panel(
    id="chain",
    kind="table",
    area="left",
    size=1.05,
    title=t("组织链条", "The organisation's chain"),
    data=rows("chain", "partyorgan"),
    encode=Encode(columns=("kind", "organs", "members")),
    drill=list_of("partyorgan", kind="$row.kind"),
)
GRID_LIST = Panel(
    id="grid_list",
    kind="list",
    area="right",
    size=1.2,
    title=t("网格公示", "Grids, as published"),
    data=rows("grids", "dutygrid", "gridmember"),
    encode=Encode(title="name", meta=("member", "contact"), label="supervision_phone"),
    drill=row_of("dutygrid"),
    help=t("网格员、工作电话和监督电话；示例数据均为虚构", "Member, work and supervision telephone; the sample is invented"),
)
REQUESTS = Panel(
    id="requests",
    kind="list",
    area="right",
    title=t("向网格要数（已用/需用分钟）", "Asked of the grid (minutes used/needed)"),
    data=rows("requests", "datarequest"),
    encode=Encode(status="mark", title="title", meta=("office", "basis"), label="minutes"),
    drill=row_of("datarequest"),
)
REQUESTS_IN_FULL = REQUESTS.model_copy(
    update={
        "area": "bottom",
        "title": t("向网格要数：谁、凭什么、已用/需用分钟", "Asked of the grid: by whom, on what basis, minutes used/needed"),
        "encode": Encode(status="mark", title="title", meta=("office", "basis", "verdict"), label="minutes"),
    }
)  # fmt: skip
PIPELINE = Panel(
    id="pledges",
    kind="pipeline",
    area="bottom",
    size=1.3,
    title=t("双报到：从需求到确认", "From need to the beneficiary's word"),
    data=rows("pledges", "need", "pledge", "servicedeed"),
    encode=Encode(stage="stage", value="count"),
    drill=list_of("servicedeed"),
)
UNITS = Panel(
    id="units",
    kind="list",
    area="bottom",
    title=t("单位：确认 / 认领", "Units: confirmed / pledged"),
    data=rows("units", "pledge", "partyunit"),
    encode=Encode(title="name", label="kept"),
    drill=row_of("partyunit"),
    help=t("受益人确认 / 认领", "confirmed by beneficiaries / pledged"),
)
ALLOWANCES = Panel(
    id="allowances",
    kind="progress",
    area="bottom",
    title=t("本月采集额度", "Form allowance, month"),
    data=rows("allowances", "formallowance"),
    encode=Encode(title="title", planned="planned", done="done", unit="unit", status="mark"),
    drill=row_of("formallowance"),
)
BASE = (
    Layer(id="water", kind="fill", title=t("水面", "Water"), data=Data(source="space.water", refresh="none")),
    Layer(id="roads", kind="line", title=t("道路", "Roads"), data=Data(source="space.roads", refresh="none")),
    Layer(
        id="streets",
        kind="area",
        title=t("街道界", "Streets"),
        data=Data(source="space.streets", refresh="none"),
        encode=Encode(label="name"),
        drill=Drill(scope={"place": "$row.code"}, camera="fit"),
    ),
    Layer(
        id="duty_grids",
        kind="point",
        title=t("一周未巡查的网格", "Grids nobody walked for a week"),
        data=rows("duty_grids", "dutygrid"),
        encode=Encode(status="mark", label="title"),
        drill=row_of("dutygrid"),
    ),
)
wall = Page(
    id="grid",
    kind="screen",
    title=t("网格化管理", "Grid network"),
    order=40,
    scope={"place": AREA},
    about=t(
        "责任网格、按需走访、双报到和采集额度；公开数字与本平台统计的数字分开",
        "Grids, visits by need, pledges and the form budget; published and counted figures apart",
    ),
    tabs=(Tab(id="overview", title=t("总览", "Overview"), page="overview"), Tab(id="grid", title=t("网格", "Grid"), page="grid")),
    map=MapPart(camera=Camera(fit="space.streets"), layers=BASE),
    panels=(*STRIP, CARE, PEOPLE_TABLE, CHAIN, GRID_LIST, REQUESTS, PIPELINE, UNITS, ALLOWANCES),
)

DESK = rows("desk", "reception", "carecall", "correction", "servicedeed", "datarequest")
MATTERS = t("件", "matters")
desk = Page(
    id="grid_desk",
    kind="board",
    title=t("社区值班台", "Community desk"),
    order=40,
    scope={"place": AREA},
    about=t("今日我当班：谁接待谁负责，直到回告本人", "Whoever receives a matter answers for it until the person is told"),
    panels=(
        tile(DESK, "waiting", t("待回告", "Not yet told"), MATTERS, list_of("reception")),
        tile(DESK, "at_once", t("首问当场办结率", "Settled at first contact"), PERCENT, list_of("reception", at_once="true")),
        tile(DESK, "visits", t("今日应访", "Visits due"), PEOPLE, list_of("carecall", active="true")),
        tile(DESK, "corrections", t("待核登记更正", "Corrections to decide"), MATTERS, list_of("correction", state="proposed")),
        tile(DESK, "to_confirm", t("实事待确认", "Deeds to confirm"), MATTERS, list_of("servicedeed", state="waiting")),
        tile(DESK, "forms", t("待填采集", "Forms asked"), MATTERS, list_of("datarequest", state="granted")),
        Panel(
            id="waiting_list",
            kind="list",
            area="right",
            size=2,
            title=t("谁在负责：未回告的事项", "Who answers: matters not yet told"),
            data=rows("waiting", "reception"),
            encode=Encode(status="mark", title="title", meta=("answerable", "state"), label="received_at"),
            drill=row_of("reception"),
        ),
        Panel(
            id="worklist",
            kind="list",
            area="right",
            size=2.5,
            title=t("今日走访路线（直线距离就近）", "Today's round, nearest next in a straight line"),
            data=rows("worklist", "carecall"),
            encode=Encode(status="mark", title="door", meta=("name", "reason", "leg"), label="due_on"),
            drill=row_of("carecall"),
        ),
        Panel(
            id="rota",
            kind="list",
            area="right",
            title=t("值班安排（七天）", "Rota, seven days"),
            data=rows("rota", "dutyslot"),
            encode=Encode(status="mark", title="name", meta=("place_name", "shift"), label="day"),
            drill=row_of("dutyslot"),
        ),
        Panel(
            id="deeds",
            kind="list",
            area="right",
            title=t("实事与受益人确认", "Deeds and their beneficiaries' word"),
            data=rows("to_confirm", "servicedeed"),
            encode=Encode(status="mark", title="title", meta=("state",), label="on"),
            drill=row_of("servicedeed"),
        ),
        REQUESTS_IN_FULL,
    ),
)
