"""How the ways of telling people stand: set up or not, what waits, what went, what failed lately."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from hexi.core.data.api import readable
from hexi.core.notices.channels.known import not_set_up
from hexi.core.notices.models import Delivery
from hexi.core.notices.words import CHANNELS
from hexi.core.trust.api import Viewer

LATELY = timedelta(days=1)


def standing(viewer: Viewer, *, counts: bool = True) -> list[dict[str, Any]]:
    """One row a way; with `counts` of the last day, of what the viewer may read."""
    numbers = _counts(viewer) if counts else {}
    return [_row(key, label.as_dict(), numbers.get(key, {})) for key, label in CHANNELS]


def _row(key: str, label: dict[str, str], numbers: dict[str, int]) -> dict[str, Any]:
    lacks = not_set_up(key)
    return {"key": key, "label": label, "lacks": lacks.as_dict() if lacks else None, **numbers}


def _counts(viewer: Viewer) -> dict[str, dict[str, int]]:
    states = {state: Count("pk", filter=Q(state=state)) for state in ("queued", "sent", "received", "failed", "off", "quiet")}
    rows = readable(viewer, Delivery).filter(queued_at__gte=timezone.now() - LATELY).order_by().values("channel").annotate(**states)
    return {row.pop("channel"): row for row in rows}
