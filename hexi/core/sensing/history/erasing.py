"""Whoever is erased from a register is erased from the readings too: what was measured of them, and what detectors said of it."""

from __future__ import annotations

from django.db.models import Q

from hexi.core.sensing.detectors.models import Judged
from hexi.core.sensing.history.keeping import forget_keys
from hexi.core.sensing.models import ErasuresHeard
from hexi.core.trust.api import erasures_after


def forget_erased() -> int:
    """Follow the erasures since the last time. Returns how many readings it was. It bears being killed and run again."""
    heard, _ = ErasuresHeard.objects.get_or_create(id=1)
    orders = erasures_after(heard.event)
    if not orders:
        return 0
    keys = sorted({f"{one.entity}:{one.record}" for one in orders})
    gone = forget_keys(keys, max(one.at for one in orders))
    devices = [one.record for one in orders if one.entity == "sensing.device"]
    Judged.objects.filter(Q(device__subject__in=keys) | Q(device_id__in=devices)).delete()
    ErasuresHeard.objects.filter(id=1, event=heard.event).update(event=orders[-1].event)
    return gone
