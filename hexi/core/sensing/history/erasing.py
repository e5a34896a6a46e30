"""Whoever is erased from a register is erased from the readings too: wherever what was measured of them lies, and where it comes from."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime

from django.db.models import Q

from hexi.core.data.api import platform_change
from hexi.core.sensing.detectors.models import Judged
from hexi.core.sensing.devices.acts import REVOKED
from hexi.core.sensing.devices.models import Device, Quarantined
from hexi.core.sensing.history.keeping import forget_keys
from hexi.core.sensing.models import ErasuresHeard, Finding
from hexi.core.trust.api import erasures_after


def forget_erased() -> int:
    """Follow the erasures since the last time. Returns how many readings it was. It bears being killed and run again."""
    heard, _ = ErasuresHeard.objects.get_or_create(id=1)
    orders = erasures_after(heard.event)
    if not orders:
        return 0
    keys = sorted({f"{one.entity}:{one.record}" for one in orders})
    gone = forget_keys(keys, datetime.now(UTC))
    _silence(keys)
    theirs = Device.objects.filter(Q(subject__in=keys) | Q(pk__in=[one.record for one in orders if one.entity == "sensing.device"]))
    Judged.objects.filter(device__in=theirs).delete()
    Quarantined.objects.filter(device__in=theirs.values("code")).update(payload="", detail="")
    Finding.objects.filter(key__in=keys).update(value=None)
    ErasuresHeard.objects.filter(id=1, event=heard.event).update(event=orders[-1].event)
    return gone


def _silence(keys: Collection[str]) -> None:
    """Devices that measured somebody who is erased send no more, until they are enrolled anew for somebody else."""
    with platform_change("revoke", "其关联的人已被抹除") as change:
        for device in Device.objects.select_for_update().filter(subject__in=keys).exclude(state="revoked"):
            change.save(device, **REVOKED)
