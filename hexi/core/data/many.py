"""Many new rows at once, each with its event."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction

from hexi.core.data.actions import snapshot
from hexi.core.data.entities import Description, describe
from hexi.core.data.fields import Entity
from hexi.core.data.planner import counted_anew
from hexi.core.data.sharing import index_rows
from hexi.core.trust.api import PLATFORM, Happening, PublicDocument, Viewer, record, record_bulk

BATCH = 2000
Document = Callable[[Any], PublicDocument | None]
"""What the public log shall say in clear of a row."""


def insert_many(rows: Sequence[Entity], action: str, why: str) -> None:
    """Insert rows of one register by the platform itself, in one transaction, with one notice for all. Values are trusted."""
    if not rows:
        return
    about = describe(type(rows[0]))
    with transaction.atomic():
        for start in range(0, len(rows), BATCH):
            insert_batch(PLATFORM, about, rows[start : start + BATCH], action, why=why)
        counted_anew(about.model, len(rows))
        record_bulk(PLATFORM, [], Happening(action, about.key, 0))


def insert_batch(
    viewer: Viewer, about: Description, rows: Sequence[Any], action: str, *, why: str = "", document: Document | None = None
) -> None:  # fmt: skip
    """Insert the rows with their events, inside the caller's transaction. Nobody is told: the caller tells of them all."""
    about.model._default_manager.bulk_create(rows)
    index_rows(about.key, rows, about.shared)
    told = document or _none
    record(viewer, *(happening(about, action, row, after=snapshot(about, row), why=why, document=told(row)) for row in rows))


def _none(_row: Any) -> None:
    return None


def happening(about: Description, action: str, row: Any, **more: Any) -> Happening:
    """What befell one of many rows: an event that is not told by itself."""
    place, office = (getattr(row, name) if name else "" for name in (about.place, about.organisation))
    return Happening(action, about.key, row.pk, place=place or "", organisation=office or "", version=row.version, silent=True, **more)
