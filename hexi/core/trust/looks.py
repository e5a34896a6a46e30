"""Who looked: each time that masked fields were shown, for the person whom they are about."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q

from hexi.core.trust.contracts import Look
from hexi.core.trust.masking import masked
from hexi.core.trust.models import Event

REVEAL = "reveal"


def looks_at(rows: Mapping[str, Mapping[int, datetime]], limit: int = 200) -> list[Look]:
    """Looks at these records, newest first: by register, the numbers of the records with the moment from which on a look counts."""
    whose = Q(pk__in=[])
    for entity, numbers in rows.items():
        whose |= Q(entity=entity, object_id__in=list(numbers))
    events = Event.objects.filter(whose, action=REVEAL).order_by("-pk").iterator(chunk_size=limit)
    found: list[Look] = []
    for event in events:
        if event.at >= rows[event.entity][event.object_id]:
            found.append(_look(event))
        if len(found) == limit:
            break
    return found


def look_among(rows: Mapping[str, Collection[int]], number: int) -> Look | None:
    """The look of this number, where it was at one of these records."""
    event = Event.objects.filter(pk=number, action=REVEAL).first()
    return _look(event) if event is not None and event.object_id in rows.get(event.entity, ()) else None


def _look(event: Any) -> Look:
    said: dict[str, Any] = event.after
    who = masked(event.who, "name", "personal")
    return Look(
        event.pk, event.at, event.entity, event.object_id, who, event.role, str(said.get("office", "")), event.place,
        tuple(said.get("fields", ())), str(said.get("purpose", "")), event.why,
    )  # fmt: skip
