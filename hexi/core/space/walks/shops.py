"""The points of use that rooms keep, and whether they are open."""

from __future__ import annotations

import threading
import time
from datetime import datetime

from django.utils import timezone

from hexi.core.trust.api import newest_event
from hexi.kernel.catalogue import catalogue
from hexi.kernel.errors import Invalid
from hexi.kernel.ground import Shown
from hexi.kernel.hours import opening_hours

RENEWED_S = 5.0
"""While other things happen all the time, the list is read again so often."""


class Shops:
    """All points of all keepers, kept while nothing happened."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._shown: list[Shown] = []
        self._event, self._read_at = -1, 0.0

    def all(self) -> list[Shown]:
        newest, now = newest_event(), time.monotonic()
        with self._lock:
            if self._event < 0 or (newest != self._event and now - self._read_at > RENEWED_S):
                self._shown = [shop for keeper in catalogue.keepers.values() for shop in keeper.shown()]
                self._event, self._read_at = newest, now
            return self._shown


def open_at(hours: str, moment: datetime) -> bool | None:
    """Is it open at that moment? None where the hours are not known or cannot be read."""
    if not hours:
        return None
    try:
        return opening_hours(hours).open_at(timezone.localtime(moment))
    except Invalid:
        return None


SHOPS = Shops()
