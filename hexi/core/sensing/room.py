"""What the sensing room declares."""

from hexi.core.sensing.devices import acts
from hexi.core.sensing.devices.models import Datastream, Device, Quarantined
from hexi.core.sensing.intake import limits, quarantine
from hexi.core.sensing.intake.counting import BATTERY
from hexi.core.sensing.intake.standing import PAGE, standing
from hexi.core.sensing.models import Finding
from hexi.kernel.declare import Grant, MenuItem, Room, Source
from hexi.kernel.label import t
from hexi.kernel.reading import ReadingKind

KEEPERS = ("read", "export", "import", "create", "revise")
room = Room(
    key="sensing",
    label=t("城市感知", "sensing"),
    entities=(Finding, Device, Datastream, Quarantined),
    reading_kinds=(ReadingKind(BATTERY, t("电量", "battery"), "percent", low=0, high=100),),
    params=(acts.CODE_VALID, limits.PER_MINUTE, limits.ENROLMENTS),
    actions=(*acts.ACTIONS, *quarantine.ACTIONS),
    sources=(Source("sensing.intake", t("接入状态", "the intake"), standing),),
    pages=(PAGE,),
    grants=(
        Grant("data_steward", "sensing.finding", ("read", "export"), reach="everywhere"),
        Grant("data_steward", "sensing.device", KEEPERS, sees="personal"),
        Grant("data_steward", "sensing.datastream", ("read", "export")),
        Grant("data_steward", "sensing.quarantined", ("read",), sees="personal"),
        Grant("administrator", "sensing.quarantined", ("read",), sees="personal"),
    ),
    menu=(
        MenuItem("findings", t("感知发现", "findings"), entity="sensing.finding"),
        MenuItem("devices", t("感知设备", "devices"), entity="sensing.device"),
        MenuItem("quarantine", t("隔离数据", "quarantine"), entity="sensing.quarantined"),
        MenuItem("intake", t("感知接入", "intake"), page="intake"),
    ),
)
