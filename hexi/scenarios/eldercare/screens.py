"""The command centre of eldercare: a wall with the map, and the desk with live calls, the roster, visits, coverage and fairness."""

from __future__ import annotations

from hexi.kit import Camera, Data, Drill, Encode, Label, Layer, MapPart, Open, Page, Panel, Scope, Series, Tab, district_layers, t

PLACE = {"place": "$scope.place"}
AREA = Scope(source="space.scope", label=t("范围", "area"))
PEOPLE, TIMES, BEDS = t("人", "people"), t("次", "times"), t("张", "beds")
PRINTED = t("公开报道的数字（来源 S4，2025年11月），不与本平台统计相加", "Published (source S4, November 2025); never added to what is counted here")


def rows(source: str, *topics: str, **params: str) -> Data:
    """A source of the scenario for the page's place."""
    full = tuple(one if "." in one else f"eldercare.{one}" for one in topics)
    return Data(source=f"eldercare.{source}", params={**PLACE, **params}, refresh="live" if topics else "5m", topics=full)


def list_of(entity: str, **conditions: str) -> Drill:
    """A register under these conditions."""
    return Drill(open=Open(entity=entity if "." in entity else f"eldercare.{entity}", with_=dict(conditions)))


def tile(column: str, title: Label, unit: Label, drill: Drill, about: Label | None = None) -> Panel:
    """One figure of the strip."""
    return Panel(
        id=column, kind="kpi", area="strip", title=title, unit=unit, format="int", help=about, drill=drill, encode=Encode(value=column),
        data=rows("totals", "elder", "booking", "alarms.rescue", "carehome"),
    )  # fmt: skip


def printed(key: str, title: Label, unit: Label) -> Panel:
    """A published figure, told apart from what is counted here."""
    return Panel(id=f"published_{key}", kind="kpi", area="strip", title=title, unit=unit, format="int", help=PRINTED,
                 data=rows("published", key=key), encode=Encode(value="value"))  # fmt: skip


STRIP = (
    tile("alarms", t("正在处置的呼救", "Calls that run"), t("起", "calls"), list_of("alarms.rescue")),
    tile("elders", t("在服务老人", "Elders served"), PEOPLE, list_of("elder", state="served")),
    tile("overdue", t("探访逾期", "Visits overdue"), PEOPLE, list_of("elder", state="served")),
    tile("today", t("今日服务", "Services today"), TIMES, list_of("booking")),
    tile("to_confirm", t("待老人确认", "To be confirmed"), TIMES, list_of("booking", state="done")),
    tile("beds", t("机构空床", "Free beds"), BEDS, list_of("carehome", kind="institution")),
    printed("homecare_services", t("公开：累计客次", "Published: services"), TIMES),
    printed("age_retrofits", t("公开：适老化改造", "Published: homes fitted"), t("户", "homes")),
)
ALARMS = Panel(
    id="alarms_running", kind="list", area="right", size=1.2, title=t("正在处置的呼救", "Calls for help that run"),
    data=rows("alarms", "alarms.rescue"), encode=Encode(status="mark", title="title", meta=("door", "who"), since="raised_at"),
    drill=list_of("alarms.rescue", id="$row.id"), help=t("从按下到有人到门口，目标15分钟", "From the press to somebody at the door: 15 minutes"),
)  # fmt: skip
ARRIVALS = Panel(
    id="arrivals", kind="column", area="bottom", title=t("按下到有人到门口（分钟）", "Press to door, minutes"), unit=t("起", "calls"),
    data=Data(source="alarms.arrivals", params=PLACE, refresh="live", topics=("alarms.rescue",)),
    encode=Encode(x="within", y="count", status="mark"),
)  # fmt: skip
OUTCOMES = Panel(
    id="rescue_outcomes", kind="bar", area="bottom", title=t("呼救是什么（近90天）", "What calls were, 90 days"), unit=t("起", "calls"),
    data=Data(source="alarms.outcomes", params=PLACE, refresh="live", topics=("alarms.rescue",)),
    encode=Encode(x="count", y="outcome"),
)  # fmt: skip
ROSTER = Panel(
    id="roster", kind="table", area="right", title=t("当前值守", "On duty now"), data=rows("roster", "alarms.duty"),
    encode=Encode(columns=("account", "role", "area", "until")), drill=list_of("alarms.duty", id="$row.id"),
)  # fmt: skip
SIGNS = Panel(
    id="signs", kind="list", area="right", title=t("待定性的呼救与迹象", "Calls and signs to label"), data=rows("signs", "careevent"),
    encode=Encode(status="mark", title="sign", meta=("from", "device", "at"), label="score"), drill=list_of("careevent", id="$row.id"),
)  # fmt: skip
NEEDS = Panel(
    id="needs", kind="stack", area="left", title=t("按需探访", "Visits by need"), unit=PEOPLE, data=rows("needs", "elder"),
    encode=Encode(x="need", series=(
        Series(y="fine", label=t("未到期", "not due")), Series(y="due", label=t("今日应访", "due today")),
        Series(y="overdue", label=t("逾期", "overdue")),
    )), drill=list_of("elder", need="$row.need"),
    help=t("频次由年龄、能力等级和居住状况按 data/rules.yaml 得出", "From age, ability and living situation, by data/rules.yaml"),
)  # fmt: skip
COVERAGE = Panel(
    id="coverage", kind="table", area="left", size=1.5, title=t("各街道覆盖与公平", "Coverage and fairness by street"),
    data=rows("coverage", "elder"), format="0.0",
    encode=Encode(columns=("street", "elders", "share", "interval", "each", "per"), status="mark"),
    drill=Drill(scope={"place": "$row.place"}, camera="fit"),
    help=t("人数少的街道标“仅供参考”，不参加最好与最差的比较", "Streets with few people are marked and left out of best against worst"),
)  # fmt: skip
FAIR = Panel(
    id="fairness", kind="list", area="left", size=0.75, title=t("公平：最好与最差的街道", "Fairness: best street against worst"),
    data=rows("fairness", "elder"), encode=Encode(title="said", label="value"),
    help=t("按需探访及时率之比；越接近1倍越公平", "The ratio of visits in time; the nearer to 1, the fairer"),
)  # fmt: skip
ROSTER_ON_WALL = ROSTER.model_copy(update={"encode": Encode(columns=("account", "role", "until"))})
ON_WALL = COVERAGE.model_copy(update={"encode": Encode(columns=("street", "elders", "share", "per"), status="mark")})
DUE = Panel(
    id="due", kind="list", area="left", title=t("到期探访", "Visits due"), data=rows("due", "elder"),
    encode=Encode(status="mark", title="door", meta=("name", "need"), label="due_on"), drill=list_of("elder", id="$row.id"),
)  # fmt: skip
BOOKINGS = Panel(
    id="bookings", kind="pipeline", area="bottom", size=1.3, title=t("服务：预约到本人确认", "Services, by state"),
    data=rows("bookings", "booking"), encode=Encode(stage="state", value="count", overdue="late"),
    drill=list_of("booking", state="$row.state"),
)  # fmt: skip
RETROFITS = Panel(
    id="retrofits", kind="pipeline", area="bottom", size=1.2, title=t("适老化改造", "Homes fitted for old age"),
    data=rows("retrofits", "retrofit"), encode=Encode(stage="state", value="count"),
    drill=list_of("retrofit", state="$row.state"),
)  # fmt: skip
HOMES = Panel(
    id="homes", kind="table", area="bottom", title=t("机构床位", "Beds"), data=rows("homes", "carehome"),
    encode=Encode(columns=("name", "kind", "beds", "free")), drill=list_of("carehome", id="$row.id"),
)  # fmt: skip
SERVICES = Panel(
    id="services", kind="bar", area="bottom", title=t("近30天服务（人次）", "Services within 30 days"), unit=TIMES,
    data=rows("services", "booking"), encode=Encode(x="all", y="kind"), drill=list_of("booking", kind="$row.kind"),
)  # fmt: skip
HAND_OVERS = Panel(
    id="hand_overs", kind="pipeline", area="bottom", title=t("三床联动交接单", "Hand-over sheets"), data=rows("hand_overs", "handover"),
    encode=Encode(stage="state", value="count"), drill=list_of("handover", state="$row.state"),
)  # fmt: skip
BUDGETS = Panel(
    id="budgets", kind="table", area="bottom", size=1.4, title=t("报警预算：少打扰要漏掉多少", "Alarm budgets and what they miss"),
    data=rows("budgets", "elder", "careevent"), format="0.0",
    encode=Encode(columns=("budget", "false", "missed", "chosen"), status="mark"), drill=list_of("elder", state="served"),
    help=t("由老人自己选，屏幕只显示代价", "The elder chooses; the screen only shows the price"),
)  # fmt: skip
TARGET = Panel(
    id="target", kind="progress", area="bottom", title=t("照护者培训", "Carers trained"), data=rows("target", "carer"),
    encode=Encode(title="title", planned="planned", done="done", unit="unit", status="mark"), drill=list_of("carer", kind="family"),
)  # fmt: skip
ON_MAP = Layer(
    id="elders", kind="point", title=t("到期探访的住处（不显示姓名）", "Homes with a visit due, without names"),
    data=rows("elders", "elder"), encode=Encode(status="mark", label="title"), drill=list_of("elder", id="$row.id"),
)  # fmt: skip
CALLS = Layer(
    id="calls", kind="alarm", title=t("正在处置的呼救", "Calls for help that run"),
    data=Data(source="alarms.running", params=PLACE, refresh="live", topics=("alarms.rescue",)),
    encode=Encode(status="mark", title="title", since="raised_at", meta=("where",)), drill=list_of("alarms.rescue", id="$row.id"),
)  # fmt: skip
wall = Page(
    id="eldercare", kind="screen", title=t("智慧养老", "Eldercare"), order=50, scope={"place": AREA},
    tabs=(Tab(id="overview", title=t("总览", "Overview"), page="overview"),
          Tab(id="eldercare", title=t("养老", "Eldercare"), page="eldercare")),
    map=MapPart(camera=Camera(fit="space.streets"), layers=(*district_layers(), ON_MAP, CALLS)),
    panels=(*STRIP, NEEDS, FAIR, ON_WALL, ALARMS, ROSTER_ON_WALL, SIGNS, BOOKINGS, ARRIVALS, HOMES),
)  # fmt: skip


def at(area: str, *panels: Panel) -> tuple[Panel, ...]:
    """The same panels in this part of a desk."""
    return tuple(panel.model_copy(update={"area": area}) for panel in panels)


desk = Page(
    id="eldercare_desk", kind="board", title=t("养老指挥台", "Eldercare desk"), order=50, scope={"place": AREA},
    panels=(
        *STRIP[:6], *at("main", ALARMS, DUE), *at("left", FAIR, COVERAGE, NEEDS), *at("right", ROSTER, SIGNS, HOMES),
        *at("bottom", ARRIVALS, OUTCOMES, BUDGETS, BOOKINGS, RETROFITS, HAND_OVERS, SERVICES, TARGET),
    ),
)  # fmt: skip
PAGES = (wall, desk)
