"""Rows that several organisations share: a table of who is concerned stands behind each field of offices, as its index."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models


class OfficeUse(models.Model):
    """One organisation that is concerned with one row. Written with the row, from its field of offices, and never else."""

    follows_from_rows = True
    entity = models.CharField(max_length=80)
    organisation = models.CharField(max_length=60)
    object_id = models.BigIntegerField()

    class Meta:
        app_label = "data"
        constraints = (models.UniqueConstraint(fields=["entity", "organisation", "object_id"], name="one_use_of_an_office"),)
        indexes = (models.Index(fields=["entity", "object_id"], name="office_use_of_row"),)


def keys_of(written: str) -> tuple[str, ...]:
    """The organisations in a field of offices."""
    return tuple(key for key in written.split(";") if key)


def written(keys: Iterable[str]) -> str:
    """The organisations as a field of offices keeps them, each once, in their order."""
    kept = tuple(dict.fromkeys(key for key in keys if key))
    return f";{';'.join(kept)};" if kept else ""


def rows_shared_with(entity: str, organisations: Iterable[str]) -> Any:
    """The numbers of the rows that concern one of these, as a subquery."""
    return OfficeUse.objects.filter(entity=entity, organisation__in=tuple(organisations)).values("object_id")


def shares_row(entity: str, organisations: Iterable[str], way: str) -> models.Exists:
    """Does the row whose number stands in the column `way` concern one of these?

    The number is asked for as a range of one: at an equality PostgreSQL may gather all rows of the organisation first, to look in.
    """
    number = models.OuterRef(way)
    return models.Exists(OfficeUse.objects.filter(entity=entity, organisation__in=tuple(organisations), object_id__range=(number, number)))


def index_rows(entity: str, rows: Iterable[models.Model], fields: Iterable[str]) -> None:
    """Give many new rows their place in the index. Inside the caller's transaction."""
    names = tuple(fields)
    found = ((row.pk, key) for row in rows for key in dict.fromkeys(key for name in names for key in keys_of(getattr(row, name))))
    if names:
        OfficeUse.objects.bulk_create(OfficeUse(entity=entity, object_id=pk, organisation=key) for pk, key in found)


def note_offices(entity: str, number: int, before: str, after: str) -> None:
    """Keep the index in step with the row. Inside the caller's transaction."""
    old, new = set(keys_of(before)), set(keys_of(after))
    if gone := old - new:
        OfficeUse.objects.filter(entity=entity, object_id=number, organisation__in=gone).delete()
    if fresh := sorted(new - old):
        OfficeUse.objects.bulk_create(OfficeUse(entity=entity, object_id=number, organisation=key) for key in fresh)
