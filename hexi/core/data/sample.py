"""Fill registers of the reference district with invented rows."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from django.db import transaction

from hexi.core.data.entities import Description, describe
from hexi.core.data.fields import Entity
from hexi.core.data.planner import counted_anew
from hexi.core.data.sharing import index_rows
from hexi.core.trust.api import PLATFORM, Happening, PublicDocument, record_bulk

BATCH = 5000


def sample_size(default: int) -> int:
    """How many rows the sample should have: HEXI_SAMPLE, else the default."""
    return int(os.environ.get("HEXI_SAMPLE", default))


def insert_sample(
    entity: type[Entity], rows: Iterable[Mapping[str, Any]], document: Callable[[Any], PublicDocument] | None = None
) -> int:
    """Insert the rows unless the register has any. Gives the number inserted.

    One event tells of them all; with `document` one of each row, so that the public log says of each what it was.
    """
    about = describe(entity)
    if about.model._default_manager.exists():
        return 0
    waiting, added = iter(rows), 0
    with transaction.atomic():
        while batch := [about.model(**row) for row in islice(waiting, BATCH)]:
            about.model._default_manager.bulk_create(batch)
            index_rows(about.key, batch, about.shared)
            added += len(batch)
        counted_anew(about.model, added)
        told = Happening("sample", about.key, 0, after={"rows": added}, why="generated sample")
        record_bulk(PLATFORM, [told, *_documented(about, document)], told)
    return added


def _documented(about: Description, document: Callable[[Any], PublicDocument] | None) -> Iterator[Happening]:
    if document is None:
        return
    for row in about.model._default_manager.order_by("pk"):
        yield Happening("sample", about.key, row.pk, document=document(row), why="generated sample")
