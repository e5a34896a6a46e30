"""The wall of the circles, the desk on which they are compared, and the one page of one circle."""

from __future__ import annotations

from typing import Literal

from hexi.kit import Camera, Data, Drill, Encode, Label, Layer, MapPart, Open, Page, Panel, Scope, Tab, district_layers, t

Area = Literal["left", "right"]
TOPICS = ("life_circle.outlet", "life_circle.circlecommunity", "life_circle.wish", "passage.closure")
WALL = {"place": "$scope.place"}
WHOLE = {"place": "$scope.place", "circle": "$scope.circle", "walker": "$scope.walker", "time": "$scope.time"}
ONE = {"circle": "$scope.circle", "time": "$scope.time"}
AREA = Scope(source="space.scope", label=t("范围", "area"))
SCOPE = {
    "place": AREA,
    "circle": Scope(source="life_circle.circle_list", label=t("生活圈", "circle")),
    "walker": Scope(source="life_circle.walkers", label=t("步行人群", "walker"), default="adult"),
    "time": Scope(source="life_circle.times", label=t("时段（本平台暂定）", "hour (ours)"), default="any"),
    "group": Scope(source="life_circle.classes", label=t("业态类别", "class"), default="basic"),
}
PERCENT, PLACES, CIRCLES = t("%", "%"), t("家", "outlets"), t("个", "circles")
MEAN = t(
    "各业态规则覆盖居民比例的平均值；按规则表的距离或分钟，沿路网步行计算",
    "The mean over the class's rules of the people they cover, walked along the streets to the rule's distance or minutes",
)
ELDERS = t("60岁以上居民按老人步速走到基本保障类网点的比例；各规则的平均值", "Residents of 60 and over, at an elder's pace, to the basic kinds: the mean over the rules")
CHILDREN = t(
    "14岁以下居民按儿童步速走到儿童服务的比例（幼儿园、学校、托管、活动场地等）；各规则的平均值",
    "Residents under 14, at a child's pace, to children's services (school, nursery, playground and so on): the mean over the rules",
)
FEEL = t("按登记居民加权；按户加权见规则表", "Weighted by registered residents; by homes in the table of rules")


def rows(source: str, params: dict[str, str], **more: str) -> Data:
    return Data(source=f"life_circle.{source}", params={**params, **more}, refresh="5m", topics=TOPICS)


def tile(column: str, title: Label, unit: Label, params: dict[str, str], drill: Drill, *, about: Label | None = None) -> Panel:
    """One figure of the strip."""
    return Panel(
        id=column, kind="kpi", area="strip", title=title, unit=unit, data=rows("summary", params), drill=drill, help=about,
        encode=Encode(value=column, status="mark" if column == "basic" else None), format="0.0" if unit is PERCENT else "int",
    )  # fmt: skip


def strip(params: dict[str, str]) -> tuple[Panel, ...]:
    """Eight figures."""
    desk, listed = Drill(open=Open(page="circle_desk")), Drill(open=Open(entity="life_circle.outlet"))
    return (
        tile("circles", t("自动划分的圈", "Circles (computed)"), CIRCLES, params, Drill(open=Open(entity="life_circle.circle"))),
        tile("outlets", t("在营网点", "Outlets standing"), PLACES, params, listed),
        tile("basic", t("基本保障覆盖", "Basic kinds covered"), PERCENT, params, desk, about=MEAN),
        tile("quality", t("品质提升覆盖", "Quality kinds covered"), PERCENT, params, desk, about=MEAN),
        tile("public", t("公共服务覆盖", "Public facilities"), PERCENT, params, desk, about=MEAN),
        tile("elders", t("60岁以上覆盖", "60+, at their pace"), PERCENT, params, desk, about=ELDERS),
        tile("children", t("儿童圈覆盖", "Children's circle"), PERCENT, params, desk, about=CHILDREN),
        tile("stale", t("超期未核实", "Not seen in time"), PLACES, params, listed),
    )


OF_CIRCLE = Drill(open=Open(page="circle_plan", with_={"circle": "$row.key"}))
TRY_OUT = Drill(open=Open(page="circle_whatif", with_={"kind": "$row.kind", "lon": "$row.lon", "lat": "$row.lat", "change": "open"}))
WORST = Panel(
    id="worst", kind="bar", area="left", size=1.2, title=t("基本保障覆盖：各圈由低到高", "Basic kinds by circle, lowest first"), unit=PERCENT,
    format="0.0", data=rows("compared", WALL), encode=Encode(x="basic", y="name", status="mark", sort="x"), drill=OF_CIRCLE, help=MEAN,
)  # fmt: skip
EVEN_COLUMNS = ("name", "share", "worst", "best", "ratio", "gini")
EVEN_HELP = t(
    "最差一成与最好一成居民的平均覆盖；基尼系数0为完全均衡",
    "Mean coverage of the worst and the best tenth of the people; Gini 0 is even",
)


def evenness(area: Area, params: dict[str, str]) -> Panel:
    return Panel(
        id="equity", kind="table", area=area, title=t("均衡性", "Evenness"), format="0.0", data=rows("equity", params), help=EVEN_HELP,
        encode=Encode(columns=EVEN_COLUMNS, value="share"),
    )  # fmt: skip


GAPS = Panel(
    id="gaps", kind="list", area="right", size=1.5, title=t("再开一家，惠及最多", "One more outlet: who gains most"),
    data=rows("gaps", WALL, top="24", first="yes"), drill=TRY_OUT,
    encode=Encode(title="title", meta=("place_name", "limit"), label="helped"),
    help=t("贪心法逐处选点，惠及人数为该规则下新覆盖的居民", "Chosen greedily; the number is of people newly covered under the rule"),
)  # fmt: skip
MATRIX = Panel(
    id="matrix", kind="heat", area="bottom", size=2.4, title=t("业态类别 × 街道：覆盖居民 %（儿童类按14岁以下）", "Classes by sub-district: people covered, %"),
    unit=PERCENT, data=rows("matrix", WALL, by="street", group="all"), encode=Encode(x="area", y="rule", value="share"), help=FEEL,
)  # fmt: skip
RULES = Panel(
    id="rules", kind="list", area="right", title=t("覆盖最低的规则", "Rules that cover fewest"), data=rows("rules", WALL, order="worst"),
    encode=Encode(status="mark", title="name", meta=("limit", "standard"), label="share"),
)  # fmt: skip
AFFECTED = t(
    "因该处管制少到（或多到）至少一类网点的居民，每人只计一次；按成年人或所选人群步行",
    "People who reach at least one kind less (or more) because of it, each counted once, at the chosen walker's pace",
)
CLOSED = Panel(
    id="closures", kind="list", area="left", size=0.6, title=t("通行管制以来", "Since gates were closed"), data=rows("closures", WALL),
    encode=Encode(status="mark", title="closure", meta=("at", "span"), label="effect"), help=AFFECTED,
)  # fmt: skip
LAYERS = (
    *district_layers(),
    Layer(
        id="coverage", kind="fill", title=t("基本保障覆盖（社区）", "Basic coverage by community"), data=rows("coverage", WALL),
        encode=Encode(value="share", label="name"), drill=Drill(scope={"place": "$row.code"}, camera="fit"),
    ),
    Layer(id="circle_borders", kind="line", title=t("生活圈界（自动划分）", "Circles (computed)"), data=rows("circle_borders", WALL)),
    Layer(id="gap_sites", kind="point", title=t("补点位置", "Sites of gaps"), data=rows("gap_sites", WALL),
          encode=Encode(status="mark", label="title")),
)  # fmt: skip
wall = Page(
    id="life_circle", kind="screen", title=t("一刻钟便民生活圈", "Quarter-hour circles"), order=45, scope={"place": AREA},
    about=t("沿路网步行计算的覆盖、均衡性和补点；生活圈界为自动划分", "Coverage on foot, evenness and gaps; the circles are computed, not official"),
    tabs=(Tab(id="life_circle", title=t("生活圈", "Circles"), page="life_circle"),),
    map=MapPart(camera=Camera(fit="space.streets"), layers=LAYERS),
    panels=(*strip(WALL), WORST, evenness("left", WALL), CLOSED, GAPS, RULES, MATRIX),
)  # fmt: skip

COMPARED_COLUMNS = (
    "name", "grade", "people", "basic", "quality", "public", "elders", "children", "basic_kinds", "quality_kinds", "chain", "missing"
)  # fmt: skip
RULE_COLUMNS = ("name", "limit", "share", "homes", "elders", "children", "standard", "clause", "basis", "mark")
GAP_COLUMNS = ("title", "place_name", "people", "asked", "total", "bound", "limit")
CLOSURE_COLUMNS = ("closure", "at", "effect", "since", "until")
GATE_COLUMNS = ("gate", "at", "people", "net_elders", "net_children")
GRADE_COLUMNS = ("grade", "criterion", "now", "met", "standard", "clause", "basis")
OPEN_GATE = Drill(open=Open(page="circle_whatif", with_={"way": "$row.way", "lon": "$row.lon", "lat": "$row.lat", "change": "gate"}))
def rule_table(params: dict[str, str]) -> Panel:
    return Panel(
        id="rules", kind="table", area="main", title=t("覆盖规则、标准与核对情况", "Rules, their standards, and how sure we are"), format="0.0",
        data=rows("rules", params, group="$scope.group"), encode=Encode(columns=RULE_COLUMNS, value="share"), help=FEEL,
    )  # fmt: skip


def gap_table(area: Area, params: dict[str, str]) -> Panel:
    return Panel(
        id="gaps", kind="table", area=area, title=t("补点建议（点开试算）", "Gaps (press to try out)"), data=rows("gaps", params, top="40"),
        encode=Encode(columns=GAP_COLUMNS), drill=TRY_OUT,
        help=t("“占上界”：所选各处合计惠及人数占任何选法上界的比例；贪心法不低于 63.2%",
               "% of the bound: of what any choice could reach at most; greedy never falls under 63.2 %"),
    )  # fmt: skip


def closure_table(params: dict[str, str]) -> Panel:
    return Panel(
        id="closures", kind="table", area="main", title=t("通行管制：关门、围挡以来", "Since gates were closed and streets fenced"),
        data=rows("closures", params), encode=Encode(columns=CLOSURE_COLUMNS), help=AFFECTED,
    )  # fmt: skip


def gate_table(params: dict[str, str]) -> Panel:
    return Panel(
        id="gates", kind="table", area="right", title=t("打开哪道门，惠及最多（点开试算）", "Which gate opened would help most (press to try out)"),
        data=rows("gates", params), encode=Encode(columns=GATE_COLUMNS), drill=OPEN_GATE,
        help=t("地图上的上锁大门和内部通道，逐一精确计算；人数为至少多到一类网点的居民，每天排列一次",
               "Locked gates and private ways of the map, each computed exactly; people who would reach a kind more; once a day"),
    )  # fmt: skip


desk = Page(
    id="circle_desk", kind="board", title=t("生活圈工作台", "Circles desk"), order=45, scope=SCOPE,
    about=t("比较各圈，查看缺口，试算增减网点", "Compare circles, see gaps, try out changes"),
    tabs=(Tab(id="desk", title=t("对照", "Compare"), page="circle_desk"), Tab(id="whatif", title=t("试算", "Try out"), page="circle_whatif")),
    panels=(
        *(one for one in strip(WHOLE) if one.id != "outlets"),
        closure_table(WHOLE),
        Panel(
            id="compared", kind="table", area="main", title=t("各生活圈对照（由弱到强）", "Circles compared, weakest first"), format="0.0",
            data=rows("compared", WHOLE), encode=Encode(columns=COMPARED_COLUMNS), drill=OF_CIRCLE,
        ),
        Panel(
            id="matrix", kind="heat", area="main", title=t("业态 × 生活圈：覆盖居民 %", "Kinds by circle: people covered, %"), unit=PERCENT,
            data=rows("matrix", WHOLE, group="$scope.group"), encode=Encode(x="area", y="rule", value="share"),
        ),
        rule_table(WHOLE),
        gap_table("right", WHOLE),
        gate_table(WHOLE),
        Panel(
            id="gate_bound", kind="text", area="right", size=0.4, title=t("只开一处，最多能惠及多少人", "How many one gate can help at most"),
            data=rows("gate_bound", WHOLE), encode=Encode(value="text"),
        ),
        evenness("right", WHOLE),
    ),
)  # fmt: skip
plan = Page(
    id="circle_plan", kind="board", title=t("生活圈一圈一策", "One circle, one plan"), order=46,
    scope={"circle": SCOPE["circle"], "time": SCOPE["time"]},
    panels=(
        *(one for one in strip(ONE) if one.id not in {"circles", "outlets", "stale"}),
        closure_table(ONE),
        Panel(
            id="compared", kind="table", area="main", title=t("所含社区", "Its communities"), format="0.0",
            data=rows("compared", ONE),
            encode=Encode(columns=tuple(column for column in COMPARED_COLUMNS if column != "grade")),
        ),
        Panel(
            id="grade", kind="table", area="main", title=t("达标与提升：逐条核对", "Grade, criterion by criterion"),
            data=rows("grade", ONE), encode=Encode(columns=GRADE_COLUMNS, status="met"),
        ),
        rule_table(ONE).model_copy(update={"data": rows("rules", ONE)}),
        gap_table("right", ONE),
        gate_table(ONE),
        evenness("right", ONE),
    ),
)  # fmt: skip
EFFECT_COLUMNS = ("name", "limit", "gained", "lost", "net_elders", "net_children", "net_homes", "before", "after", "ms")
TRIED = {name: f"$scope.{name}" for name in ("change", "kind", "lon", "lat", "outlet", "way", "walker", "time")}
whatif = Page(
    id="circle_whatif", kind="board", title=t("增减网点试算", "Trying out a change"), order=47,
    scope={"walker": SCOPE["walker"], "time": SCOPE["time"]},
    about=t("在地图上选位置，选变动；结果当场算出，不改动登记", "Choose a place and a change; the answer comes at once and changes no register"),
    tabs=desk.tabs,
    panels=(
        Panel(id="whatif", kind="embed", area="main", title=t("选择变动", "Choose a change"), component="whatif"),
        Panel(
            id="effect", kind="table", area="main", title=t("谁会多到、谁会少到（登记居民）", "Who gains and who loses (registered residents)"),
            data=Data(source="life_circle.whatif", params=TRIED, refresh="none"),
            encode=Encode(columns=EFFECT_COLUMNS), format="0.0",
        ),
    ),
)  # fmt: skip
PAGES = (wall, desk, plan, whatif)
