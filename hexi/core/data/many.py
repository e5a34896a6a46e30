"""Many new rows at once by the platform itself, each with its event, with one notice for them all."""

from __future__ import annotations

from collections.abc import Sequence

from hexi.core.data.actions import snapshot
from hexi.core.data.entities import describe
from hexi.core.data.fields import Entity
from hexi.core.data.planner import counted_anew
from hexi.core.data.sharing import index_rows
from hexi.core.trust.api import PLATFORM, Happening, record, record_bulk

BATCH = 2000


def insert_many(rows: Sequence[Entity], action: str, why: str) -> None:
    """Insert the rows of one register inside the caller's transaction. Values are trusted."""
    if not rows:
        return
    about = describe(type(rows[0]))
    for start in range(0, len(rows), BATCH):
        part = list(rows[start : start + BATCH])
        about.model._default_manager.bulk_create(part)
        index_rows(about.key, part, about.shared)
        told = [
            Happening(
                action, about.key, row.pk, after=snapshot(about, row), version=row.version, why=why, silent=True,
                place=getattr(row, about.place) or "" if about.place else "",
            )
            for row in part
        ]  # fmt: skip
        record(PLATFORM, *told)
    counted_anew(about.model, len(rows))
    record_bulk(PLATFORM, [], Happening(action, about.key, 0))
