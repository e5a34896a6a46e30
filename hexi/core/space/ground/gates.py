"""The gates of a place."""

from __future__ import annotations

from hexi.core.space.contracts import GateRecord, prefix_range
from hexi.core.space.ground.tables import Gate
from hexi.core.space.ground.valid import standing_in
from hexi.kernel.label import Label


def gates_of(place: str) -> list[GateRecord]:
    """The gates that stand today in a place and what lies in it, by code."""
    first, behind = prefix_range(place)
    rows = standing_in(Gate).filter(kind="gate", place__gte=first, place__lt=behind).order_by("place", "code")
    columns = rows.values_list("code", "name", "name_en", "place", "lon", "lat", "is_shut")
    return [GateRecord(code, Label(name, name_en or name), of, lon, lat, shut) for code, name, name_en, of, lon, lat, shut in columns]
