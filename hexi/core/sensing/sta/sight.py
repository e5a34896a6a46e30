"""Who reads, and what they may: the one permission predicate over devices, and the privacy class of each kind of reading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from hexi.core.data.api import describe, readable, rows_where
from hexi.core.sensing.devices.cards import Card
from hexi.core.sensing.devices.models import Datastream, Device
from hexi.core.trust.api import Viewer, clear
from hexi.kernel.catalogue import catalogue


@dataclass(frozen=True, slots=True)
class Sight:
    """A person, the public, or a device that looks at what is its own."""

    viewer: Viewer
    card: Card | None = None

    def devices(self) -> QuerySet[Device]:
        """The devices that may be seen."""
        return Device.objects.filter(pk=self.card.id) if self.card else readable(self.viewer, Device)

    def datastreams(self) -> QuerySet[Datastream]:
        """Those of visible devices whose kind may be seen there."""
        if self.card:
            return Datastream.objects.filter(device_id=self.card.id)
        allowed, by_privacy = Q(pk__in=[]), dict[Any, list[str]]()
        for key, kind in catalogue.reading_kinds.items():
            by_privacy.setdefault(kind.privacy, []).append(key)
        for privacy, kinds in by_privacy.items():
            seen = self.devices() & rows_where(Device, clear(self.viewer, privacy, describe(Device).subject))
            allowed |= Q(kind__in=kinds, device__in=seen.order_by().values("pk"))
        return Datastream.objects.filter(allowed)
