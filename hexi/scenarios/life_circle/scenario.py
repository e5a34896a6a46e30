"""The quarter-hour circle: every outlet within a walk is known, and somebody has seen it."""

from hexi.kit import Grant, Indicator, MenuItem, Param, Scenario, days, t
from hexi.scenarios.life_circle.acts import ACTIONS
from hexi.scenarios.life_circle.arriving import ARRIVAL
from hexi.scenarios.life_circle.keeping import KEEPER
from hexi.scenarios.life_circle.models import Outlet

KEY = "life_circle.outlet"
SEEN_FOR = Param(
    "outlet_seen_for", t("网点核实有效期", "how long a look at an outlet counts"), default=days(180), low=days(30), high=days(730)
)
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

scenario = Scenario(
    key="life_circle",
    label=t("一刻钟便民生活圈", "quarter-hour circle"),
    owner=t("区商务局", "commerce bureau"),
    entities=(Outlet,),
    arrivals=((Outlet, ARRIVAL),),
    keepers=(KEEPER,),
    params=(SEEN_FOR,),
    indicators=INDICATORS,
    actions=ACTIONS,
    grants=(
        Grant("data_steward", KEY, ("read", "create", "revise", "import", "export")),
        Grant("street_staff", KEY, ("read", "create", "revise", "export")),
        Grant("community_worker", KEY, ("read", "create", "revise")),
        Grant("grid_worker", KEY, ("read", "create", "revise")),
        Grant("department_staff", KEY, ("read", "export"), reach="everywhere"),
        Grant("leader", KEY),
    ),
    menu=(MenuItem("outlets", t("便民网点", "outlets"), entity=KEY),),
)
