"""Rows of the map that stand on a day."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from django.db.models import Q, QuerySet
from django.utils import timezone

from hexi.core.space import cells
from hexi.core.space.contracts import Box
from hexi.core.space.ground.tables import Mapped
from hexi.core.space.shapes import in_box

M = TypeVar("M", bound=Mapped)


def standing_in(table: type[M], box: Box | None = None, at: date | None = None) -> QuerySet[M]:
    """The rows that are there on that day (today when None) and whose own box touches the box."""
    day = at or timezone.localdate()
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
    rows = table._default_manager.filter(begun & (Q(valid_to__isnull=True) | Q(valid_to__gt=day)))
    return rows if box is None else in_box(rows.filter(cells.in_box(box)), box)
