"""What the data room declares."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from django.conf import settings

from hexi.core.data import parameters
from hexi.core.data.addresses import acts as addresses
from hexi.core.data.addresses.arriving import ARRIVAL
from hexi.core.data.addresses.models import AddressLine
from hexi.core.data.concerned import acts as concerned
from hexi.core.data.concerned.models import LookQuestion
from hexi.core.data.files import forget_unused
from hexi.core.data.meshes import acts as meshes
from hexi.core.data.meshes.models import Mesh
from hexi.core.data.parameters import GRANTS, Parameter
from hexi.core.data.throttle import forget_old
from hexi.core.data.webhooks import acts as webhooks
from hexi.core.data.webhooks.line import forget_deliveries
from hexi.core.data.webhooks.models import Attempt, Delivery, Subscription
from hexi.core.data.webhooks.sending import Sender
from hexi.kernel.declare import Job, Room
from hexi.kernel.label import t

DAY = timedelta(days=1)


def tidy(_topics: frozenset[str]) -> None:
    """Files that were sent and put into nothing go after a month, counts of senders after a day."""
    forget_unused()
    forget_old()


@cache
def _sender() -> Sender:
    """The one sender of this process: only the lane that tells others has threads."""
    return Sender()


def deliver(_topics: frozenset[str]) -> None:
    """Tell other systems what changed."""
    _sender().look()


def tidy_deliveries(_topics: frozenset[str]) -> None:
    """What was sent is kept as long as the changes themselves; a secret that counts no more is not kept at all."""
    forget_deliveries(timedelta(days=settings.CHANGES_DAYS))
    webhooks.forget_old_secrets()


room = Room(
    key="data",
    label=t("数据支撑", "data"),
    entities=(Parameter, Subscription, Delivery, Attempt, LookQuestion, AddressLine, Mesh),
    arrivals=((AddressLine, ARRIVAL),),
    lifecycles=((LookQuestion, concerned.life),),
    params=(webhooks.OVERLAP,),
    actions=(*parameters.ACTIONS, *webhooks.ACTIONS, *concerned.ACTIONS, *addresses.ACTIONS, *meshes.ACTIONS),
    grants=(*GRANTS, *concerned.GRANTS, *addresses.GRANTS, *meshes.GRANTS),
    menu=(*parameters.MENU, *webhooks.MENU, *concerned.MENU, *addresses.MENU, *meshes.MENU),
    sources=meshes.SOURCES,
    jobs=(
        Job("tidy_files", t("清理无人使用的文件", "remove files that nothing uses"), tidy, every=DAY),
        Job("deliver", t("向订阅方推送变更", "tell subscribers what changed"), deliver, every=timedelta(seconds=0.2), lane="outward"),
        Job("tidy_deliveries", t("清理已送达的推送记录", "remove old deliveries"), tidy_deliveries, every=DAY, lane="outward"),
    ),
)
