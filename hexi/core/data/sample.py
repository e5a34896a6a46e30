"""Fill registers of the reference district with invented rows."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from django.db import transaction

from hexi.core.data.actions import snapshot
from hexi.core.data.entities import Description, describe
from hexi.core.data.fields import Entity
from hexi.core.data.many import Document, happening, insert_batch
from hexi.core.data.planner import counted_anew
from hexi.core.trust.api import PLATFORM, Happening, record, record_bulk

BATCH, SAMPLE, WHY = 2000, "sample", "generated sample"


def sample_size(default: int) -> int:
    """How many rows the sample should have: HEXI_SAMPLE, else the default."""
    return int(os.environ.get("HEXI_SAMPLE", default))


def insert_sample(entity: type[Entity], rows: Iterable[Mapping[str, Any]], document: Document | None = None) -> int:
    """Insert the rows unless the register has any, each with its event. Gives the number inserted.

    With `document` the public log says in clear of each row what it was.
    """
    about = describe(entity)
    if about.model._default_manager.exists():
        return 0
    waiting, added = iter(rows), 0
    with transaction.atomic():
        while batch := [about.model(**row) for row in islice(waiting, BATCH)]:
            insert_batch(PLATFORM, about, batch, SAMPLE, why=WHY, document=document)
            added += len(batch)
        counted_anew(about.model, added)
        record_bulk(PLATFORM, [], Happening(SAMPLE, about.key, 0))
    return added


def amend_sample(rows: Sequence[Entity], fields: Sequence[str]) -> None:
    """Write these fields of rows that a sample inserted, as they are set now, each with its event."""
    if not rows:
        return
    about = describe(type(rows[0]))
    with transaction.atomic():
        stored = about.model._default_manager.in_bulk([row.pk for row in rows])
        about.model._default_manager.bulk_update(rows, fields, batch_size=500)
        record(PLATFORM, *(_amended(about, stored[row.pk], row, fields) for row in rows))


def _amended(about: Description, was: Entity, row: Entity, fields: Sequence[str]) -> Happening:
    before, after = ({name: side[name] for name in fields} for side in (snapshot(about, was), snapshot(about, row)))
    return happening(about, SAMPLE, row, before=before, after=after, why=WHY)


def begun_as_sample(rows: Sequence[Entity], why: str = WHY) -> list[Happening]:
    """The events of rows of one register that a sample has just inserted by itself."""
    about = describe(type(rows[0])) if rows else None
    return [happening(about, SAMPLE, row, after=snapshot(about, row), why=why) for row in rows] if about else []
