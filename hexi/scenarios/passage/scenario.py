"""Passage: when a gate is closed or a street dug up, every walk that is asked for goes another way."""

from hexi.kit import Grant, MenuItem, Scenario, t
from hexi.scenarios.passage.acts import ACTIONS, KEY
from hexi.scenarios.passage.barring import WARDEN
from hexi.scenarios.passage.models import Closure

scenario = Scenario(
    key="passage",
    label=t("通行管制", "passage"),
    owner=t("区城市管理委", "city management bureau"),
    entities=(Closure,),
    actions=ACTIONS,
    wardens=(WARDEN,),
    grants=(
        Grant("data_steward", KEY, ("read", "export")),
        Grant("department_staff", KEY, ("read", "export"), reach="everywhere"),
        Grant("street_staff", KEY, ("read", "export")),
        Grant("community_worker", KEY, ("read",)),
        Grant("grid_worker", KEY, ("read",)),
        Grant("leader", KEY),
        Grant("circle_planner", KEY, ("read",)),
    ),
    menu=(MenuItem("closures", t("通行管制", "closures"), entity=KEY),),
)
