"""What the alarms room declares."""

from datetime import timedelta
from functools import cache

from django.utils import timezone

from hexi.kernel.declare import Grant, Job, MenuItem, Role, Room
from hexi.kernel.label import t
from hexi.modules.alarms import acts, family
from hexi.modules.alarms.callable import FRESH
from hexi.modules.alarms.calling import escalate
from hexi.modules.alarms.figures import SOURCES
from hexi.modules.alarms.models import Duty, Position, Rescue, RescueCall
from hexi.modules.alarms.on_map import LAYER
from hexi.modules.alarms.raising import raise_found
from hexi.modules.alarms.rehearsing import rehearse
from hexi.modules.alarms.sample import load


@cache
def ready() -> None:
    """Once in each process."""
    rehearse()


def ring_alarms(_topics: frozenset[str]) -> None:
    """What devices raised, and whom nobody answered. A process that has just begun rehearses before."""
    ready()
    raise_found()
    escalate()


def forget_positions(_topics: frozenset[str]) -> None:
    """Where somebody was a while ago is nobody's business."""
    Position.objects.filter(at__lt=timezone.now() - FRESH).delete()


DESK = ("alarm_operator", "alarm_supervisor")
room = Room(
    key="alarms",
    label=t("告警救助", "alarms and rescue"),
    entities=(Rescue, RescueCall, Duty),
    roles=(
        Role("alarm_operator", t("告警值守员", "alarm operator"), reach="area"),
        Role("alarm_supervisor", t("告警复核员", "alarm supervisor"), reach="area"),
    ),
    grants=(
        *(Grant(role, "alarms.*", ("read", "export"), sees="personal") for role in DESK),
        *(Grant(role, "alarms.duty", ("create", "revise", "import")) for role in DESK),
        *(Grant(role, "notices.delivery", ("read",)) for role in DESK),
        *(Grant(role, "cases.case", ("read",)) for role in DESK),
    ),
    actions=(*acts.ACTIONS, *family.ACTIONS),
    slips=(family.SLIP,),
    sources=SOURCES,
    layers=(LAYER,),
    jobs=(
        Job("ring_alarms", t("告警触发与升级", "alarms and their ladders"), ring_alarms, every=timedelta(seconds=0.2), lane="prompt",
            at_bell=True),
        Job("forget_positions", t("清理救助人员位置", "forget positions"), forget_positions, every=timedelta(minutes=5)),
    ),
    demo=(load,),
    demo_order=230,
    menu=(
        MenuItem("rescues", t("告警记录", "alarms and rescues"), entity="alarms.rescue", home=DESK),
        MenuItem("rescue_calls", t("呼叫记录", "calls"), entity="alarms.rescuecall"),
        MenuItem("duties", t("值守安排", "duty roster"), entity="alarms.duty"),
    ),
)
