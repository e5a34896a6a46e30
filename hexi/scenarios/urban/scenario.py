"""City management: what is found in the streets is filed, sent, handled, checked by somebody else, and counted honestly."""

from hexi.kit import Grant, MenuItem, Role, Scenario, case_layer, t
from hexi.scenarios.urban.life import urban
from hexi.scenarios.urban.models import Drawing, Recheck
from hexi.scenarios.urban.rechecking import ACTIONS, ROUND, TOUR
from hexi.scenarios.urban.sample import load
from hexi.scenarios.urban.scoring import INDICATORS, sources
from hexi.scenarios.urban.screens import PAGES
from hexi.scenarios.urban.sources import SOURCES

scenario = Scenario(
    key="urban",
    label=t("城市管理", "City management"),
    owner=t("区城市管理委员会", "City Management Commission"),
    entities=(Drawing, Recheck),
    case_types=(urban,),
    roles=(Role("rechecker", t("盲检复查员", "second checker")),),
    grants=(
        Grant("rechecker", "urban.recheck", ("read",)),
        Grant("case_dispatcher", "urban.*", ("read", "export")),
        Grant("case_dispatcher", "tours.*"),
        Grant("leader", "urban.*", ("read",)),
        Grant("auditor", "urban.*", ("read", "export")),
    ),
    indicators=INDICATORS,
    sources=(*sources, *SOURCES),
    layers=(case_layer(urban),),
    actions=ACTIONS,
    rounds=(ROUND,),
    tours=(TOUR,),
    pages=PAGES,
    menu=(
        MenuItem("urban_desk", t("城市管理台", "City management desk"), page="urban_desk"),
        MenuItem("drawings", t("盲检抽样", "blind drawings"), entity="urban.drawing"),
        MenuItem("rechecks", t("盲检复查", "blind rechecks"), entity="urban.recheck", home=("rechecker",)),
    ),
    demo=(load,),
    demo_order=200,
)
