"""Many changes of the place tree at once, by the platform: rows, one event for each, one notice for all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from hexi.core.space.models import Place
from hexi.core.trust.api import PLATFORM, Happening, record, record_bulk

ENTITY = "space.place"
AT_ONCE = 500
"""Rows of one UPDATE: SQLite takes 32,766 parameters."""
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Turned:
    """A place that changes: the row as it stands, and what it becomes."""

    place: Place
    values: Values


def entered(places: Sequence[Place], why: str) -> None:
    """Insert them, wholes before their parts. In the caller's transaction."""
    now = timezone.now()
    for place in places:
        place.updated_at = now
    Place.objects.bulk_create(places)
    after = [{"name": place.name, "valid_from": said(place.valid_from)} for place in places]
    _tell("create", [(place, {}, told) for place, told in zip(places, after, strict=True)], why)


def changed(action: str, turned: Sequence[Turned], why: str) -> None:
    """Write the new values, the version one higher. In the caller's transaction."""
    now, told = timezone.now(), list[tuple[Place, Values, Values]]()
    names: set[str] = {"version", "updated_at"}
    for each in turned:
        before = {name: said(getattr(each.place, name)) for name in each.values}
        for name, value in each.values.items():
            setattr(each.place, name, value)
        each.place.version += 1
        each.place.updated_at = now
        names |= set(each.values)
        told.append((each.place, before, {name: said(value) for name, value in each.values.items()}))
    Place.objects.bulk_update([each.place for each in turned], sorted(names), batch_size=AT_ONCE)
    _tell(action, told, why)


def withdrawn(places: Sequence[Place], why: str) -> None:
    """Take places out that nothing hangs on, as if they had never been entered; the history keeps what they were."""
    _tell("withdraw", [(place, {"code": place.code, "name": place.name}, {}) for place in places], why)
    Place.objects.filter(pk__in=[place.pk for place in places]).delete()


def said(value: Any) -> Any:
    """As an event keeps it."""
    return value.isoformat() if isinstance(value, date) else value if isinstance(value, str | int | float | bool | None) else "…"


def _tell(action: str, told: Sequence[tuple[Place, Values, Values]], why: str) -> None:
    if not told:
        return
    record(
        PLATFORM,
        *(
            Happening(action, ENTITY, place.pk, before, after, place=place.code, version=place.version, why=why, silent=True)
            for place, before, after in told
        ),
    )
    record_bulk(PLATFORM, [], Happening(action, ENTITY, 0, why=why))
