"""Take a whole import back, as long as nobody has built on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, cast

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from hexi.core.data.actions import snapshot
from hexi.core.data.entities import Description, describe, described
from hexi.core.data.fields import Entity
from hexi.core.data.imports.areas import shared_beginning
from hexi.core.data.imports.checking import BATCH
from hexi.core.data.many import happening
from hexi.core.data.models import Import
from hexi.core.data.parameters import tuned_context
from hexi.core.data.sharing import OfficeUse
from hexi.core.data.sql import to_q
from hexi.core.trust.api import Happening, Viewer, allowed, record, record_bulk
from hexi.kernel.errors import Conflict, Forbidden, Invalid, Problem
from hexi.kernel.label import t

SHOWN, UNDO = 10, "undo_import"
INSTEAD = t("请逐条更正，或先处理这些记录", "Correct the records one by one, or deal with these first")


def undo(viewer: Viewer, number: int, why: str) -> Import:
    """Remove every record that the import added. Raises Invalid without a reason, Forbidden, Conflict when some changed or are used."""
    if len(why.strip()) < 2:
        raise Invalid([Problem("why", t("请写明撤销原因", "Say why it is undone"))])
    try:
        with transaction.atomic():
            row = Import.objects.select_for_update().get(pk=number)
            if row.status != "done":
                raise Conflict(t("这次导入没有可以撤销的内容", "There is nothing to undo in this import"))
            about = described(row.entity)
            rows = about.model._default_manager.filter(import_id=row.pk)
            _hold(rows)
            _check(viewer, about, rows, row.pk)
            if about.arrival is not None:
                about.arrival.undoing(row.pk)
            _remove(viewer, about, rows, why.strip())
            row.status, row.finished_at = "undone", timezone.now()
            row.save()
    except IntegrityError as error:
        raise Conflict(t("导入的记录已被其他记录引用", "Other records refer to what was imported"), do=INSTEAD) from error
    return row


def _hold(rows: QuerySet[Any]) -> None:
    """Whoever is changing one of them finishes first, and is then seen; whoever comes later waits and finds it gone."""
    for _ in rows.select_for_update().order_by("pk").values_list("pk").iterator(chunk_size=BATCH):
        pass


def _check(viewer: Viewer, about: Description, rows: QuerySet[Any], import_id: int) -> None:
    if rows.filter(to_q(~allowed(viewer, "import", about.subject), tuned_context())).exists():
        raise Forbidden(t("其中有您无权处理的记录", "Some of the records are not yours to remove"))
    changed = list(_changed(about, rows).order_by("pk").values_list("pk", flat=True)[:1000])
    if changed:
        said = t(
            "有 {count} 条记录在导入后被修改过，不能撤销：{which}",
            "{count} records were changed since the import, so it cannot be undone: {which}",
        )
        raise Conflict(said.filled(count=_many(changed), which=_some(changed)), do=INSTEAD)
    for model, name in _referrers(about, brought=False):
        # Known references only, and by a join: asked with IN, PostgreSQL compares a large import with itself row by row.
        referring = model._default_manager.filter(**{f"{name}__isnull": False, f"{name}__import_id": import_id})
        used = list(referring.values_list(f"{name}_id", flat=True).distinct()[:1000])
        if used:
            label = describe(model).label if hasattr(model, "Describe") else t(model.__name__, model.__name__)
            said = t(
                "有 {count} 条记录已被“{label}”引用，不能撤销：{which}",
                "{count} records are referred to by {label}, so it cannot be undone: {which}",
            )
            raise Conflict(said.filled(count=_many(used), which=_some(used), label=label), do=INSTEAD)


def _many(numbers: list[int]) -> str:
    return f"{len(numbers)}+" if len(numbers) == 1000 else str(len(numbers))


def _some(numbers: list[int]) -> str:
    return ", ".join(f"#{number}" for number in numbers[:SHOWN]) + (" …" if len(numbers) > SHOWN else "")


def _changed(about: Description, rows: QuerySet[Any]) -> QuerySet[Any]:
    if about.arrival is not None and about.arrival.changed is not None:
        return about.arrival.changed(rows)
    return rows.filter(version__gt=1)


def _referrers(about: Description, *, brought: bool) -> Iterator[tuple[Any, str]]:
    """Tables with a column that points at this register: those whose rows go with what they came with, or all others."""
    brings = about.arrival.brings if about.arrival else ()
    for relation in about.model._meta.related_objects:
        if (relation.get_accessor_name() in brings) is brought:
            yield relation.related_model, relation.field.name


def _in_batches(rows: QuerySet[Any]) -> Iterator[list[Any]]:
    waiting = rows.order_by("pk").iterator(chunk_size=BATCH)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def _tell(viewer: Viewer, about: Description, rows: Sequence[Any], why: str) -> None:
    record(viewer, *(happening(about, UNDO, row, before=snapshot(about, row), why=why) for row in rows))


def _tell_beside(viewer: Viewer, rows: QuerySet[Any], why: str) -> None:
    """The same of what came with them, where that is a register of its own."""
    if issubclass(rows.model, Entity):
        for batch in _in_batches(rows):
            _tell(viewer, describe(rows.model), batch, why)


def _remove(viewer: Viewer, about: Description, rows: QuerySet[Any], why: str) -> None:
    """One event for each row with all that it held: the register forgets it, the history does not."""
    places: set[str] = set()
    for batch in _in_batches(rows):
        _tell(viewer, about, batch, why)
        places |= {getattr(row, about.place) for row in batch} if about.place else set()
    if about.shared:
        OfficeUse.objects.filter(entity=about.key, object_id__in=rows.values("pk")).delete()
    for model, name in _referrers(about, brought=True):
        beside = model._default_manager.filter(**{f"{name}__in": rows.values("pk")})
        _tell_beside(viewer, beside, why)
        beside._raw_delete(beside.db)
    cast(Any, rows)._raw_delete(rows.db)  # the references were looked at; Django's own way would load every row again
    record_bulk(viewer, [], Happening(UNDO, about.key, 0, place=shared_beginning(places), why=why))
