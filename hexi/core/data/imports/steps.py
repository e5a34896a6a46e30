"""An import from the file to the register: send, match, check, carry out, undo."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from hexi.core.data.documents import may
from hexi.core.data.entities import Description, described
from hexi.core.data.files import IMPORT, path_of, store
from hexi.core.data.imports import undoing
from hexi.core.data.imports.asking import must_be_answered, open_questions
from hexi.core.data.imports.books import sheets_of
from hexi.core.data.imports.checking import Checker, Shape, Told, checked_rows
from hexi.core.data.imports.committing import Mode, Sorted, commit, sorted_rows
from hexi.core.data.imports.guards import COLUMNS
from hexi.core.data.imports.heads import FIRST, Head, first_rows, head_of
from hexi.core.data.imports.matching import matched, needed, sheet_fields
from hexi.core.data.imports.points import as_table, is_points
from hexi.core.data.imports.previewing import Preview, asked
from hexi.core.data.imports.readers import Reading, Row, reading_of
from hexi.core.data.imports.results import Outcome, result_rows, unpacked
from hexi.core.data.media import CSV, XLSX
from hexi.core.data.models import Import
from hexi.core.data.values import plain
from hexi.core.trust.api import Viewer
from hexi.kernel.arrival import Answers
from hexi.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Problem, SignInNeeded
from hexi.kernel.label import t

MODES = ("all_or_nothing", "good_rows")
WAITING = ("uploaded", "refused")


@dataclass(frozen=True)
class Report:
    """What came of a file that was imported in one go. `faults` are the reasons of all rows that stayed out."""

    number: int
    status: str
    total: int
    added: int
    bad: int
    faults: tuple[Problem, ...]


def begin(viewer: Viewer, entity: str, name: str, content: Path) -> dict[str, Any]:
    """Keep the file, find the heads, propose the columns; points in GeoJSON become a table first. Raises Forbidden, Invalid, TooLarge,
    NotFound."""
    if is_points(name):
        with as_table(content) as table:
            return _begun(viewer, entity, name, table)
    return _begun(viewer, entity, name, content)


def _begun(viewer: Viewer, entity: str, name: str, content: Path) -> dict[str, Any]:
    fields = sheet_fields(_importable(viewer, entity))
    reading = reading_of(content, f"{name}.csv" if is_points(name) else name)
    head, below = _below_heads(reading, fields)
    with content.open("rb") as file:
        kept = store(viewer, name, XLSX if reading.sheet else CSV, iter(lambda: file.read(1024 * 1024), b""), IMPORT)
    row = Import(entity=entity, file=kept, account_id=viewer.account or 0, who=viewer.name)
    _set(row, reading, head, below)
    return _upload(row, head, fields, reading.sheets)


def choose_sheet(viewer: Viewer, number: int, sheet: str) -> dict[str, Any]:
    """Read another sheet of the workbook that was sent; what was matched before is forgotten. Raises NotFound, Invalid, Conflict."""
    row = own_import(viewer, number)
    if row.status not in WAITING:
        raise Conflict(t("这次导入已经办理过了", "This import was carried out already"))
    fields = sheet_fields(_importable(viewer, row.entity))
    reading = reading_of(reading_for(row).path, row.file.name, sheet)
    head, below = _below_heads(reading, fields)
    row.mapping, row.answers = {}, {}
    _set(row, reading, head, below)
    return _upload(row, head, fields, reading.sheets)


def _below_heads(reading: Reading, fields: list[Any]) -> tuple[Head, int]:
    """Where the table begins, and how many rows it has. Raises Invalid where there are none."""
    first, total = _surveyed(reading)
    head = head_of(first, fields)
    below = total - sum(1 for number, _ in first if number <= head.row)
    if not below:
        said = t("表头下面没有数据行", "There are no rows under the heads")
        raise Invalid([Problem("file", said)], do=t("请填写数据后再上传", "Fill in the rows and send it again"))
    return head, below


def _set(row: Import, reading: Reading, head: Head, below: int) -> None:
    row.encoding, row.delimiter, row.sheet, row.broken = reading.encoding, reading.delimiter, reading.sheet, sorted(reading.errors)
    row.header_row, row.width, row.total = head.row, max(index for index, *_ in head.columns) + 1, below
    row.save()


def _surveyed(reading: Reading) -> tuple[list[Row], int]:
    """The first rows, and how many there are, in one reading."""
    rows = reading.rows()
    first = list(islice(rows, FIRST))
    return first, len(first) + sum(1 for _ in rows)


def _upload(row: Import, head: Head, fields: list[Any], sheets: Sequence[str]) -> dict[str, Any]:
    about = described(row.entity)
    proposed = matched(head.columns, fields, about.arrival)
    columns = head.document()
    for column in columns:
        column["field"], column["confidence"] = proposed.get(column["index"], (None, 0))
    return {
        "id": row.pk,
        "entity": row.entity,
        "file_name": row.file.name,
        "encoding": row.encoding,
        "sheet": row.sheet,
        "sheets": list(sheets),
        "header_row": row.header_row,
        "rows": row.total,
        "columns": columns,
        "fields": [{"key": f.name, "label": f.label.as_dict(), "required": needed(about, f)} for f in fields],
    }


def _importable(viewer: Viewer, entity: str) -> Description:
    about = described(entity)
    if viewer.account is None and not viewer.holds("platform"):
        raise SignInNeeded
    if not about.importable or not may(viewer, about, "import"):
        raise Forbidden(t("您的岗位不能向这份登记导入数据", "Your post may not import into this register"))
    return about


def preview(viewer: Viewer, number: int, told: Told) -> dict[str, Any]:
    """Check every row with this mapping. What the sender has still to say; then the first rows as they would be kept, the first faults
    and remarks, and how many there are: as long as a question is open, no row is checked."""
    row = own_import(viewer, number)
    checker = _checker(viewer, row, told)
    _keep(row, told)
    questions = checker.questions(_below(row))
    found = Preview(checker)
    if not open_questions(questions, told.answers):
        for batch in checked_rows(checker, reading_for(row), row.header_row):
            found.take(batch)
    return found.document(viewer) | {"total": row.total, "questions": [asked(viewer, one, told.answers) for one in questions]}


def _keep(row: Import, told: Told) -> None:
    row.mapping, row.answers = {str(index): name for index, name in told.mapping.items()}, dict(told.answers)
    row.save(update_fields=["mapping", "answers"])


def _below(row: Import) -> Iterator[Row]:
    """The rows below the heads."""
    return (one for one in reading_for(row).rows() if one[0] > row.header_row)


def carry_out(viewer: Viewer, number: int, told: Told, mode: str) -> dict[str, Any]:
    """Check once more and write: all rows or none, or the good ones. Raises Invalid, Conflict."""
    if mode not in MODES:
        raise Invalid(
            [Problem("mode", t("导入方式应为 all_or_nothing 或 good_rows", "The mode is all_or_nothing or good_rows"), value=mode[:40])]
        )
    row = own_import(viewer, number)
    done, _ = _carried_out(viewer, row, told, mode)
    return {"id": done.pk, "status": done.status, "added": done.added, "bad": done.bad, "result_url": result_url(done)}


def _carried_out(viewer: Viewer, row: Import, told: Told, mode: Mode) -> tuple[Import, Sorted]:
    checker = _checker(viewer, row, told)
    must_be_answered(checker.questions(_below(row)), told.answers)
    _keep(row, told)
    found = sorted_rows(checker, reading_for(row), row.header_row)
    return commit(viewer, row, checker, found, mode), found


def _checker(viewer: Viewer, row: Import, told: Told) -> Checker:
    return Checker(viewer, _importable(viewer, row.entity), told, Shape(row.width or COLUMNS, frozenset(row.broken)))


def reading_for(row: Import) -> Reading:
    """How the kept file is read. Raises NotFound when its bytes are gone."""
    path = path_of(row.file.sha256)
    if not path.is_file():
        raise NotFound(t("导入的原文件已不在存储中", "The file that was imported is no longer in the store"))
    return Reading(path, row.sheet, row.encoding, row.delimiter, frozenset(row.broken))


def own_import(viewer: Viewer, number: int) -> Import:
    """The import, for whoever sent it. Raises NotFound."""
    row = Import.objects.select_related("file").filter(pk=number, account_id=viewer.account or 0).first()
    if row is None or (viewer.anonymous and not viewer.holds("platform")):
        raise NotFound(t("没有这次导入，或不是您办理的", "There is no such import, or it is not yours"), which=str(number))
    return row


def undo(viewer: Viewer, number: int, why: str) -> dict[str, Any]:
    """Take the whole import back: its sender, or an administrator. Raises NotFound, Invalid, Forbidden, Conflict."""
    if not viewer.holds("administrator"):
        own_import(viewer, number)
    elif not Import.objects.filter(pk=number).exists():
        raise NotFound(which=str(number))
    return entry(undoing.undo(viewer, number, why))


def imports_of(viewer: Viewer, limit: int = 100) -> list[dict[str, Any]]:
    """The viewer's own imports, newest first; an administrator's list has everybody's."""
    if viewer.account is None:
        raise SignInNeeded
    found = Import.objects.select_related("file").order_by("-pk")
    return [entry(row) for row in (found if viewer.holds("administrator") else found.filter(account_id=viewer.account))[:limit]]


def one_import(viewer: Viewer, number: int) -> dict[str, Any]:
    """One's own import; while it waits, with its columns, so that it can go on."""
    row = own_import(viewer, number)
    found = entry(row)
    if row.status in WAITING:
        fields, reading = sheet_fields(described(row.entity)), reading_for(row)
        sheets = sheets_of(reading.path) if row.sheet else ()
        found |= _upload(row, head_of(first_rows(reading), fields, row.header_row), fields, sheets) | {
            "mapping": row.mapping,
            "answers": row.answers,
        }
    return found


def entry(row: Import) -> dict[str, Any]:
    """One line of the list of imports."""
    return {
        "id": row.pk,
        "entity": row.entity,
        "file_name": row.file.name,
        "status": row.status,
        "rows": row.total,
        "added": row.added,
        "bad": row.bad,
        "at": plain(row.finished_at or row.created_at),
        "who": row.who,
        "mode": row.mode,
        "result_url": result_url(row),
    }


def result_url(row: Import) -> str | None:
    return f"/api/imports/{row.pk}/result.xlsx" if row.finished_at else None


def results(viewer: Viewer, number: int) -> tuple[Description, list[str], Any]:
    """Heads and rows of the sheet of results. Raises NotFound."""
    row = own_import(viewer, number)
    if not row.finished_at:
        raise NotFound(t("这次导入还没有结果", "This import has no result yet"))
    outcome = Outcome(row.status, row.header_row, unpacked(row.faults), unpacked(row.remarks))
    return described(row.entity), *result_rows(reading_for(row), outcome, viewer.language)


def import_file(viewer: Viewer, entity: str, path: Path, mode: Mode = "all_or_nothing", answers: Answers | None = None) -> Report:
    """A file from the command line, matched by its heads alone. Raises Invalid when a column that is needed is not recognised, or when
    the file gives rise to a question that `answers` leave open."""
    upload = begin(viewer, entity, path.name, path)
    row = own_import(viewer, upload["id"])
    mapping = {column["index"]: column["field"] for column in upload["columns"] if column["field"]}
    done, found = _carried_out(viewer, row, Told(mapping, answers or {}), mode)
    faults = tuple(fault.problem() for own in found.faults.values() for fault in own)
    return Report(done.pk, done.status, done.total, done.added, done.bad, faults)
