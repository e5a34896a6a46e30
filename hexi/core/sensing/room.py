"""What the sensing room declares."""

from hexi.core.sensing.models import Finding
from hexi.kernel.declare import Grant, MenuItem, Room
from hexi.kernel.label import t

room = Room(
    key="sensing",
    label=t("城市感知", "sensing"),
    entities=(Finding,),
    grants=(Grant("data_steward", "sensing.finding", ("read", "export"), reach="everywhere"),),
    menu=(MenuItem("findings", t("感知发现", "findings"), entity="sensing.finding"),),
)
