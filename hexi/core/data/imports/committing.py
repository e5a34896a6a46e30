"""Checked rows into the register with their events, all in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from hexi.core.data.entities import Description, describe
from hexi.core.data.fields import Entity
from hexi.core.data.imports.areas import shared_beginning
from hexi.core.data.imports.checking import BATCH, Checked, Checker, Fault, checked_rows
from hexi.core.data.imports.readers import Reading
from hexi.core.data.imports.results import packed
from hexi.core.data.many import insert_batch
from hexi.core.data.models import Import
from hexi.core.data.planner import counted_anew
from hexi.core.trust.api import Happening, Viewer, record_bulk
from hexi.kernel.errors import Conflict
from hexi.kernel.label import t

Mode = Literal["all_or_nothing", "good_rows"]


@dataclass
class Sorted:
    """The rows of a file, sorted into good ones and faults."""

    good: list[Checked] = field(default_factory=list[Checked])
    faults: dict[int, list[Fault]] = field(default_factory=dict[int, list[Fault]])
    remarks: dict[int, list[Fault]] = field(default_factory=dict[int, list[Fault]])

    @property
    def total(self) -> int:
        return len(self.good) + len(self.faults)


def sorted_rows(checker: Checker, reading: Reading, header_row: int) -> Sorted:
    """Check every row. Nothing is written, so nobody waits for this."""
    found = Sorted()
    for batch in checked_rows(checker, reading, header_row):
        for one in batch:
            if one.remarks:
                found.remarks[one.row], one.remarks = one.remarks, []
            if one.faults:
                found.faults[one.row] = one.faults
            else:
                found.good.append(one)
    return found


def commit(viewer: Viewer, row: Import, checker: Checker, found: Sorted, mode: Mode) -> Import:
    """Write the good rows, or none. Raises Conflict when the register changed since they were checked."""
    writes = found.good if mode == "good_rows" or not found.faults else []
    try:
        with transaction.atomic():
            kept = Import.objects.select_for_update().get(pk=row.pk)
            if kept.status not in {"uploaded", "refused"}:
                raise Conflict(t("这次导入已经办理过了", "This import was carried out already"))
            _write(viewer, checker, writes, kept)
            if checker.about.arrival is not None and writes:
                checker.about.arrival.after(kept.pk, checker.answers)
            kept.status, kept.mode, kept.added = ("done" if writes else "refused"), mode, len(writes)
            kept.total, kept.bad, kept.faults, kept.finished_at = found.total, len(found.faults), packed(found.faults), timezone.now()
            kept.remarks = packed(found.remarks)
            kept.save()
    except IntegrityError as error:
        said = t("检查之后登记又有变动，未导入任何内容", "The register has changed since it was checked; nothing was imported")
        raise Conflict(said, do=t("请重新检查后再导入", "Check again, then import")) from error
    return kept


def _write(viewer: Viewer, checker: Checker, good: list[Checked], row: Import) -> None:
    about = checker.about
    for start in range(0, len(good), BATCH):
        rows = [_made(checker, one, row.pk) for one in good[start : start + BATCH]]
        beside = about.arrival.beside(rows) if about.arrival else ()
        insert_batch(viewer, about, rows, "import")
        _write_beside(viewer, beside)
    counted_anew(about.model, len(good))
    if good:
        record_bulk(viewer, [], Happening("import", about.key, 0, place=_common_place(about, good, checker)))


def _write_beside(viewer: Viewer, rows: Sequence[models.Model]) -> None:
    """What comes with them into other tables, each table in one go; the rows that they refer to have their numbers by now."""
    for model in dict.fromkeys(type(one) for one in rows):
        own = [one for one in rows if type(one) is model]
        if issubclass(model, Entity):
            insert_batch(viewer, describe(model), own, "import")
        else:
            model._default_manager.bulk_create(own)


def _made(checker: Checker, one: Checked, import_id: int) -> Any:
    made = checker.row_of(one)
    made.import_id = import_id
    return made


def _common_place(about: Description, good: list[Checked], checker: Checker) -> str:
    """The area that holds them all: whom the notice concerns."""
    if about.place not in checker.names:
        return ""
    at = checker.names.index(about.place)
    return shared_beginning(one.values[at] for one in good)
