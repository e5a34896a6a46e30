"""A button: grid workers on duty first, then the family, then whoever holds the street's post, who calls 120."""

from hexi.core.data.tests.samples.models import Thing
from hexi.kernel.alarm import Alarm, Call, Contact, Whom, pressed
from hexi.kernel.case_type import LimitRule
from hexi.kernel.clock import Limit
from hexi.kernel.declare import Grant, Room, StreamRule
from hexi.kernel.label import t
from hexi.kernel.outside import Fact
from hexi.kernel.reading import ReadingKind
from hexi.modules.alarms.api import alarm_case

HOME = (117.20, 39.10)
BUTTON = ReadingKind("button", t("呼叫按钮", "button"))
rule = StreamRule("button_pressed", t("按下呼叫", "button pressed"), pressed(BUTTON), "a test", on=Thing)
case = alarm_case(
    "sos", t("紧急呼叫", "emergency call"),
    (
        LimitRule("answering", Limit(2, "minutes"), "ours"), LimitRule("arriving", Limit(15, "minutes"), "ours"),
        LimitRule("reviewing", Limit(3, "working_days"), "ours"),
    ),
)  # fmt: skip


def whom(number: int) -> Whom | None:
    """The samples' person, with a daughter."""
    found = Thing.objects.filter(pk=number).first()
    if found is None or not found.person:
        return None
    daughter = Contact("daughter", "示例·女儿", t("女儿", "daughter"), phone="13800000001", email="daughter@example.org")
    return Whom(found.person, found.home, HOME, door_code="7K3Q", contacts=(daughter,), facts=(Fact(t("注意", "mind"), t("助听器", "deaf")),))


sos = Alarm(
    "sos", t("紧急呼叫", "SOS"), case, on=Thing, whom=whom, rules=(rule,),
    ladder=(
        Call("steward", t("养老管家", "steward"), roles=("grid_worker",), most=2),
        Call("family", t("家属", "family"), contacts=True),
        Call("community", t("社区值班", "community"), roles=("community_worker",)),
        Call("centre", t("指挥中心", "command centre"), roles=("street_staff",), duty=False, asks=t("请拨打 120", "call 120")),
    ),
    waits=(
        LimitRule("steward", Limit(30, "seconds"), "ours"), LimitRule("family", Limit(1, "minutes"), "ours"),
        LimitRule("community", Limit(1, "minutes"), "ours"), LimitRule("centre", Limit(30, "seconds"), "ours"),
        LimitRule("arrival", Limit(15, "minutes"), "ours"),
    ),
)  # fmt: skip

room = Room(
    key="sample_alarms", label=t("样例告警", "sample alarms"), case_types=(case,), reading_kinds=(BUTTON,), stream_rules=(rule,),
    alarms=(sos,), grants=(Grant("grid_worker", "alarms.rescue", ("read",)),),
)  # fmt: skip
