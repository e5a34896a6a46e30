"""The quarter-hour circle: every outlet within a walk is known, and somebody has seen it."""

from collections.abc import Callable

from hexi.kit import Context, Grant, Indicator, MenuItem, Role, Scenario, t
from hexi.scenarios.life_circle import circles, closing, counting, finding, trying, voices, walked
from hexi.scenarios.life_circle.acts import ACTIONS
from hexi.scenarios.life_circle.arriving import ARRIVAL
from hexi.scenarios.life_circle.figures import figures
from hexi.scenarios.life_circle.keeping import KEEPER
from hexi.scenarios.life_circle.models import Hint, Outlet, Wish
from hexi.scenarios.life_circle.models_circle import Circle, CircleCommunity, Proposal
from hexi.scenarios.life_circle.paper import PAPER
from hexi.scenarios.life_circle.params import PARAMS, SEEN_FOR
from hexi.scenarios.life_circle.rounds import ROUND, TOUR
from hexi.scenarios.life_circle.sample import load
from hexi.scenarios.life_circle.screens import PAGES
from hexi.scenarios.life_circle.sources import LAYERS, SOURCES

KEY = "life_circle.outlet"
STANDING = Outlet.closed_on.missing()

INDICATORS = (
    Indicator(
        "outlets_standing", t("在营便民网点数", "outlets that stand"), Outlet, "places", where=STANDING, measure="count", better="none"
    ),
    Indicator(
        "outlets_seen_share", t("网点按期核实率", "outlets seen in time"), Outlet, "percent", where=STANDING,
        hit=~Outlet.confirmed_on.older_than(SEEN_FOR, missing=True), better="up", target=90,
    ),
)  # fmt: skip

def reached(group: str, walker: str, band: str) -> Callable[[Context], dict[str, tuple[float, float]]]:
    """By community, all rules of the class together: people covered, of people by rule."""

    def read(_: Context) -> dict[str, tuple[float, float]]:
        found = figures()
        if found is None:
            return {}
        column, rules = found.column(band), found.of_class(group)
        covered = found.covered[walker][:, rules, column].sum(axis=1)
        whole = found.all[:, column] * len(rules)
        return {code: (float(covered[number]), float(whole[number])) for number, code in enumerate(found.communities) if whole[number]}

    return read


WALKED = t(
    "从每个有人居住的楼门沿步行路网到在营网点，在规则表的距离或分钟之内为覆盖；人数按规则累加后相除",
    "Walked from every inhabited door along the streets to standing outlets, within the rule's limit; people added over the rules",
)
SHARES = (
    Indicator("circle_basic_share", t("基本保障覆盖率", "basic kinds within a walk"), None, "percent", read=reached("basic", "adult", ""),
              better="up", definition=WALKED),
    Indicator("circle_elders_share", t("老年人基本保障覆盖率", "basic kinds within an elder's walk"), None, "percent",
              read=reached("basic", "elder", "elders"), better="up", definition=WALKED),
    Indicator("circle_children_share", t("儿童服务覆盖率", "children's services within a walk"), None, "percent",
              read=reached("children", "child", "children"), better="up", definition=WALKED),
)  # fmt: skip
READERS = ("street_staff", "community_worker", "grid_worker", "department_staff", "leader", "auditor")
GRANTS = (
    Grant("data_steward", KEY, ("read", "create", "revise", "import", "export")),
    Grant("circle_planner", KEY, ("read", "create", "revise", "import", "export")),
    Grant("street_staff", KEY, ("read", "create", "revise", "export")),
    Grant("community_worker", KEY, ("read", "create", "revise")),
    Grant("grid_worker", KEY, ("read", "create", "revise")),
    Grant("department_staff", KEY, ("read", "export"), reach="everywhere"),
    Grant("leader", KEY),
    *(Grant(role, f"life_circle.{name}", reach="everywhere") for role in READERS for name in ("circle", "circlecommunity", "proposal")),
    *(
        Grant(role, f"life_circle.{name}", ("read", "revise", "export"))
        for role in ("circle_planner", "data_steward")
        for name in ("circle", "circlecommunity", "proposal")
    ),
    *(Grant("public", f"life_circle.{name}", sees="open") for name in ("outlet", "circle", "circlecommunity", "wish")),
    *(Grant(role, voices.WISH, ("read", "export")) for role in (*voices.PLANNERS, "data_steward", "leader", "community_worker")),
    Grant("community_worker", "tours.*"),
    *(Grant(role, voices.HINT, ("read",)) for role in (*voices.CONFIRM, "circle_planner")),
)

scenario = Scenario(
    key="life_circle",
    label=t("一刻钟便民生活圈", "quarter-hour circle"),
    owner=t("区商务局", "commerce bureau"),
    entities=(Outlet, Circle, CircleCommunity, Proposal, Wish, Hint),
    lifecycles=((Wish, voices.WISH_LIFE), (Hint, voices.HINT_LIFE)),
    arrivals=((Outlet, ARRIVAL),),
    keepers=(KEEPER,),
    roles=(Role("circle_planner", t("生活圈专员", "planner of circles"), reach="everywhere"),),
    params=PARAMS,
    indicators=(*INDICATORS, *SHARES),
    actions=(*ACTIONS, *voices.ACTIONS, *circles.ACTIONS, *trying.ACTIONS),
    pages=PAGES,
    sources=(*SOURCES, *closing.SOURCES, *trying.SOURCES),
    layers=LAYERS,
    walk_answers=walked.ANSWERS,
    jobs=counting.JOBS,
    rounds=(ROUND, finding.HINTS),
    tours=(TOUR,),
    papers=(PAPER,),
    grants=GRANTS,
    nearby=(finding.NEARBY,),
    menu=(
        MenuItem("circle_desk", t("生活圈工作台", "Circles desk"), page="circle_desk", home=("circle_planner",)),
        MenuItem("outlets", t("便民网点", "outlets"), entity=KEY),
        MenuItem("circles", t("生活圈", "circles"), entity="life_circle.circle"),
        MenuItem("circle_communities", t("生活圈社区", "communities of circles"), entity="life_circle.circlecommunity"),
        MenuItem("wishes", t("居民需求", "wishes"), entity=voices.WISH),
        MenuItem("outlet_hints", t("网点线索", "hints on outlets"), entity=voices.HINT),
        MenuItem("circle_proposals", t("设点建议", "proposals"), entity="life_circle.proposal"),
    ),
    demo=(load,),
    demo_order=60,
)
