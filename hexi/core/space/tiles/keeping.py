"""The archive follows what it shows: drawn at the first chance, when the map or the places changed, and once a day for the rest."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from django.db.models import Max
from django.utils import timezone

from hexi.core.space.contracts import Level
from hexi.core.space.shapes import version
from hexi.core.space.tiles.archive import build_archive, drawn_at
from hexi.core.space.tiles.content import NAMES_FROM, TABLES

A_DAY = timedelta(days=1)
"""Outlets and days on which something begins or ends do not say that the map changed."""


def keep_drawn(_topics: Collection[str] = ()) -> None:
    """Draw the archive anew where it is behind what it shows."""
    drawn = drawn_at()
    if drawn is None or timezone.now() - drawn > A_DAY or _changed() > drawn:
        build_archive()


def _changed() -> datetime:
    """When a row of the map or a place with a name on it last changed."""
    rows = (table.model.objects.aggregate(newest=Max("updated_at"))["newest"] for table in TABLES)
    places = (version(level) for level in (*NAMES_FROM, Level.BUILDING))
    known = [*filter(None, rows), *(datetime.fromisoformat(each) for each in places if each)]
    return max(known, default=datetime.min.replace(tzinfo=UTC))
