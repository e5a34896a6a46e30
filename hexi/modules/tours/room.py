"""What the tours room declares. Who may read plans is granted by the scenarios whose rounds are planned."""

from hexi.kernel.declare import MenuItem, Room
from hexi.kernel.label import t
from hexi.modules.tours.models import Plan, PlannedStop
from hexi.modules.tours.paper import PAPER

room = Room(
    key="tours",
    label=t("巡访路线", "rounds"),
    entities=(Plan, PlannedStop),
    papers=(PAPER,),
    menu=(MenuItem("tour_plans", t("巡访计划", "plans of rounds"), entity="tours.plan"),),
)
