"""What the walking network is told: the closures that hold at a moment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q

from hexi.kit import Barred, Label, Warden, t
from hexi.scenarios.passage.models import KINDS, Closure


def barred(moment: datetime) -> Iterator[Barred]:
    rows = Closure.objects.filter(Q(lifted_at__isnull=True) | Q(lifted_at__gt=moment), ends_at__gt=moment, begins_at__lte=moment)
    columns = rows.order_by("pk").values_list("kind", "gate", "lon", "lat", "radius_m", "begins_at", "ends_at")
    for kind, gate, lon, lat, radius, begins_at, ends_at in columns:
        yield Barred(float(lon), float(lat), float(radius or 0), kind == "opened", _called(kind, gate), begins_at, ends_at)


def _called(kind: str, gate: str) -> Label:
    what = dict(KINDS)[kind]
    return what if not gate or gate == what.zh else t("{gate}：{what}", "{gate}: {what}").filled(gate=gate, what=what)


WARDEN = Warden("closures", t("通行管制", "closures"), barred)
