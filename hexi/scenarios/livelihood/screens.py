"""The livelihood screen, the desk of project staff, and the residents' page."""

from __future__ import annotations

from hexi.kit import Camera, Data, Drill, Encode, Label, Layer, MapPart, Open, Page, Panel, Scope, Series, Tab, Ticker, t

PLACE = {"place": "$scope.place"}
TOPICS = ("projects.task", "projects.progress", "projects.milestone", "projects.target", "projects.placecheck")
TASKS = t("项", "tasks")
AREA = Scope(source="space.scope", label=t("范围", "area"))
STATUS_SERIES = (
    Series(y="done", label=t("已完成", "Done")),
    Series(y="on_schedule", label=t("按时序", "On schedule")),
    Series(y="by_procedure", label=t("按程序", "By procedure")),
    Series(y="open", label=t("其余", "Others")),
)


def rows(source: str, *more: str, **params: str) -> Data:
    """A source of this room, fresh after every change of it."""
    return Data(source=source, params={**PLACE, **params}, refresh="live", topics=(*TOPICS, *more))


def list_of(**conditions: str) -> Drill:
    """The desk list of tasks under these conditions."""
    return Drill(open=Open(entity="projects.task", with_=dict(conditions)))


TASK = list_of(id="$row.id")
OF_ENTRY = list_of(id="$row.task")


LOST_NAMES = t(
    "含来源计为已完成而残文未见名称的任务；任务清单只列有名称的",
    "With those that the source counts as done and whose names it lost; the list holds those with a name",
)


def measured(key: str, title: Label, unit: Label | None = None) -> Panel:
    """An indicator as a tile: the same figure under the same name as on every other screen, and how it is computed behind it."""
    return Panel(
        id=key,
        kind="kpi",
        area="strip",
        title=title,
        unit=unit or t("%", "%"),
        data=Data(source="indicators.tile", params={"key": key, **PLACE}, refresh="live", topics=("indicators.value",)),
        encode=Encode(value="value", status="status", delta="delta"),
        drill=Drill(open=Open(page="records.how", with_={"key": key})),
    )


def tile(key: str, column: str, title: Label, drill: Drill, *, unit: Label = TASKS, about: Label | None = None) -> Panel:
    """One count of the strip."""
    return Panel(
        id=key,
        kind="kpi",
        area="strip",
        title=title,
        unit=unit,
        data=rows("projects.summary"),
        encode=Encode(value=column),
        drill=drill,
        help=about,
    )


STRIP = (
    tile("tasks", "tasks", t("区级任务", "District tasks"), list_of(level="district")),
    tile("done", "done_stated", t("已完成", "Done"), list_of(level="district", status="done"), about=LOST_NAMES),
    tile("on_schedule", "on_schedule", t("按时序推进", "On schedule"), list_of(level="district", status="on_schedule")),
    tile("by_procedure", "by_procedure", t("按规定程序办理", "By procedure"), list_of(level="district", status="by_procedure")),
    measured("tasks_at_risk", t("风险任务", "Tasks at risk"), TASKS),
    measured("tasks_done_share", t("民心工程完成率", "Livelihood tasks done")),
    measured("targets_met_share", t("量化目标达成率", "Targets met")),
    tile("city_done", "city_done", t("市级任务已完成", "City tasks done"), list_of(level="city", status="done")),
)
LEFT = (
    Panel(
        id="categories",
        kind="stack",
        area="left",
        size=0.6,
        title=t("三类任务进展", "Tasks by category"),
        unit=TASKS,
        data=rows("projects.categories"),
        encode=Encode(x="category", series=STATUS_SERIES),
        drill=list_of(category="$row.category"),
    ),
    Panel(
        id="groups",
        kind="matrix",
        area="left",
        size=1.6,
        title=t("各项工程的任务", "Tasks by group"),
        data=rows("projects.tasks", level="district"),
        encode=Encode(group="group_name", label="title", status="mark"),
        drill=TASK,
        help=t(
            "一格一项任务：暗色为正常，三角为有风险，菱形为滞后，虚框为来源未载明",
            "One cell per task: dull is normal, a triangle at risk, a diamond late, a dashed square not stated by the source",
        ),
    ),
)
RISKS = Panel(
    id="risks",
    kind="list",
    area="right",
    title=t("风险与存疑", "Risks and doubts"),
    data=rows("projects.risks"),
    encode=Encode(status="mark", title="title", meta=("lead", "reason")),
    drill=TASK,
)
MONTH = Panel(
    id="month",
    kind="text",
    area="right",
    size=1.1,
    title=t("本月报告", "The month's report"),
    data=rows("projects.month", "projects.monthlyreport"),
    encode=Encode(value="text"),
)
HERE = Panel(
    id="here",
    kind="text",
    area="right",
    size=0.7,
    title=t("本范围的任务", "Tasks of this place"),
    data=rows("projects.here"),
    encode=Encode(value="text"),
)
CONTRADICTIONS = Panel(
    id="contradictions",
    kind="list",
    area="right",
    size=0.9,
    title=t("公开数据的矛盾", "Published figures in conflict"),
    data=rows("projects.contradictions", "projects.contradiction"),
    encode=Encode(status="sources", title="subject", meta=("detail",), columns=("subject", "detail", "sources")),
    drill=Drill(open=Open(entity="projects.contradiction", with_={"id": "$row.id"})),
)
STAGES = Panel(
    id="stages",
    kind="pipeline",
    area="bottom",
    size=1.5,
    title=t("建设类任务所处阶段", "What is built, by stage"),
    data=rows("projects.stages"),
    encode=Encode(stage="stage", value="count", overdue="late"),
    drill=list_of(stage="$row.stage"),
)
TARGETS = Panel(
    id="targets",
    kind="progress",
    area="bottom",
    title=t("有数字的目标", "Targets with a figure"),
    data=rows("projects.targets", known="1"),
    encode=Encode(title="title", planned="planned_value", done="done_value", due="due_share", unit="unit", status="mark"),
    drill=OF_ENTRY,
)
LATEST = Panel(
    id="latest",
    kind="list",
    area="bottom",
    title=t("最新进展", "Latest entries"),
    data=rows("projects.latest"),
    encode=Encode(title="title", meta=("figure",), label="as_of", columns=("title", "figure", "as_of", "origin")),
    drill=OF_ENTRY,
)
SITES = Layer(
    id="sites",
    kind="point",
    title=t("任务地点", "Places of tasks"),
    data=rows("projects.sites"),
    encode=Encode(status="mark", label="title"),
    drill=TASK,
)
MAP = MapPart(
    camera=Camera(fit="space.streets"),
    layers=(
        Layer(id="green", kind="fill", title=t("绿地", "Green"), data=Data(source="space.green", refresh="none")),
        Layer(id="water", kind="fill", title=t("水面", "Water"), data=Data(source="space.water", refresh="none")),
        Layer(id="roads", kind="line", title=t("道路", "Roads"), data=Data(source="space.roads", refresh="none")),
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
        SITES,
    ),
)
screen = Page(
    id="livelihood",
    kind="screen",
    title=t("20 项民心工程", "Livelihood programme"),
    order=10,
    scope={"place": AREA},
    about=t(
        "区级民心工程和承担的市级任务：公开的表述、登记的数字、平台的测算分开显示",
        "The district's programme and the city tasks it carries; published words, recorded figures and our own computation are told apart",
    ),
    tabs=(
        Tab(id="overview", title=t("总览", "Overview"), page="overview"),
        Tab(id="livelihood", title=t("民心工程", "Livelihood"), page="livelihood"),
    ),
    map=MAP,
    panels=(*STRIP, *LEFT, RISKS, HERE, MONTH, CONTRADICTIONS, STAGES, TARGETS, LATEST),
    ticker=Ticker(
        title=t("最新进展", "Latest"), data=rows("projects.latest"), encode=Encode(title="title", meta=("figure", "as_of")), drill=OF_ENTRY
    ),
)

desk = Page(
    id="livelihood_desk",
    kind="board",
    title=t("民心工程台", "Livelihood desk"),
    order=20,
    scope={"place": AREA},
    panels=(
        *(panel.model_copy(update={"area": "strip"}) for panel in STRIP[:6]),
        RISKS.model_copy(update={"area": "main"}),
        Panel(
            id="todo",
            kind="table",
            area="main",
            size=1.5,
            title=t("未完成的任务", "Open tasks"),
            data=rows("projects.tasks", open="1"),
            encode=Encode(columns=("title", "category", "status", "due_share", "lead", "reason"), value="due_share"),
            format="percent",
            drill=TASK,
        ),
        TARGETS.model_copy(update={"area": "main"}),
        LATEST.model_copy(update={"area": "right"}),
        MONTH,
        CONTRADICTIONS,
    ),
)

near = Page(
    id="near",
    kind="mobile",
    title=t("身边的民心工程", "Projects near me"),
    order=30,
    scope={"place": AREA},
    map=MapPart(camera=Camera(fit="space.streets"), layers=(SITES,)),
    panels=(
        Panel(
            id="nearby",
            kind="list",
            title=t("身边的任务", "Near me"),
            data=rows("projects.tasks"),
            encode=Encode(status="mark", title="title", meta=("place_name", "as_of")),
            drill=TASK,
        ),
        LATEST,
    ),
)
