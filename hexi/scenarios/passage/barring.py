"""What the walking network is told: the closures that hold at a moment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q

from hexi.kit import Barred, Warden, t
from hexi.scenarios.passage.models import Closure


def barred(moment: datetime) -> Iterator[Barred]:
    rows = Closure.objects.filter(Q(lifted_at__isnull=True) | Q(lifted_at__gt=moment), ends_at__gt=moment, begins_at__lte=moment)
    for kind, lon, lat, radius in rows.order_by("pk").values_list("kind", "lon", "lat", "radius_m"):
        yield Barred(float(lon), float(lat), float(radius or 0), opens=kind == "opened")


WARDEN = Warden("closures", t("通行管制", "closures"), barred)
