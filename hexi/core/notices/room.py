"""What the notices room declares."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from django.conf import settings
from django.utils import timezone

from hexi.core.notices.models import Delivery
from hexi.core.notices.sending import Sender
from hexi.kernel.declare import Grant, Job, MenuItem, Room
from hexi.kernel.label import t


@cache
def _sender() -> Sender:
    """The one sender of this process: only the lane that tells others has threads."""
    return Sender()


def deliver(_topics: frozenset[str]) -> None:
    """Send what waits."""
    _sender().look()


def tidy(_topics: frozenset[str]) -> None:
    """What was settled long ago goes; that it was sent stays in the events."""
    before = timezone.now() - timedelta(days=settings.CHANGES_DAYS)
    Delivery.objects.filter(queued_at__lt=before, next_at=None).delete()


room = Room(
    key="notices",
    label=t("通知", "notices"),
    entities=(Delivery,),
    grants=(Grant("administrator", "notices.delivery", ("read", "export")),),
    jobs=(
        Job("send_notices", t("发送通知", "send notices"), deliver, every=timedelta(seconds=0.5), lane="outward", at_bell=True),
        Job("tidy_notices", t("清理已完成的通知", "remove old notices"), tidy, every=timedelta(days=1), lane="outward"),
    ),
    menu=(MenuItem("notices", t("通知投递", "notices sent"), entity="notices.delivery"),),
)
