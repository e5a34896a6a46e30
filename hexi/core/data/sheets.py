"""Registers out as CSV and XLSX: the list's permission, masks and order; no cell can run as a formula."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator
from typing import Any, cast
from urllib.parse import quote

import xlsxwriter
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse

from hexi.core.data.documents import may
from hexi.core.data.entities import Description, described
from hexi.core.data.filters import Query
from hexi.core.data.records import every
from hexi.core.trust.api import Viewer
from hexi.kernel.errors import Forbidden
from hexi.kernel.label import Language, t

SHEET_ROWS = 1_000_000  # a sheet of the Office Open XML format ends at 1,048,576 rows
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_cell(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula; numbers stay numbers."""
    if text.startswith(RISKY) and not _numeric(text):
        return f"'{text}"
    return text


def _numeric(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def export_csv(viewer: Viewer, entity: str, query: Query) -> HttpResponseBase:
    """A streamed CSV file, UTF-8 with a byte-order mark so that Excel reads Chinese. Raises Forbidden, Invalid."""
    about, names = _checked(viewer, entity, query)
    rows = every(viewer, entity, query)
    response = StreamingHttpResponse(_csv_lines(about, names, rows, viewer.language), content_type="text/csv; charset=utf-8")
    return _named(response, about, "csv")


def _csv_lines(about: Description, names: list[str], rows: Iterator[dict[str, Any]], language: Language) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow([about.fields[name].label.said(language) for name in names])
    for number, row in enumerate(rows, 1):
        writer.writerow([safe_cell(str(cell_of(about, name, row, language))) for name in names])
        if number % 500 == 0:
            yield _drained(buffer)
    yield _drained(buffer)


def _drained(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def export_xlsx(viewer: Viewer, entity: str, query: Query) -> HttpResponseBase:
    """An XLSX file, written row by row in constant memory. Raises Forbidden, Invalid."""
    about, names = _checked(viewer, entity, query)
    file = tempfile.TemporaryFile()  # closed by FileResponse
    write_sheet(file, [about.fields[name].label.said(viewer.language) for name in names],
                ([cell_of(about, name, row, viewer.language) for name in names] for row in every(viewer, entity, query)))  # fmt: skip
    response = FileResponse(file, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    return _named(response, about, "xlsx")


def write_sheet(file: Any, heads: list[str], rows: Iterator[list[Any]] | Any) -> None:
    """One sheet with a bold, frozen head. Strings are written as strings: nothing becomes a formula or a link."""
    with xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, heads, book.add_format({"bold": True}))
        for number, row in enumerate(rows, 1):
            if number > SHEET_ROWS:
                break
            sheet.write_row(number, 0, row)
    file.seek(0)


def cell_of(about: Description, name: str, row: dict[str, Any], language: Language) -> Any:
    """The value as people read it: labels for codes, yes and no for flags."""
    field, value = about.fields[name], row.get(name)
    if value is None:
        return ""
    if field.kind == "choice":
        return field.options[value].said(language) if value in field.options else value
    if field.kind == "flag":
        return t("是", "yes").said(language) if value is True else t("否", "no").said(language) if value is False else ""
    label = row.get(f"{name}__label")
    if isinstance(label, dict):
        return cast("dict[str, str]", label)[language]
    if isinstance(value, dict | list):
        return str(cast(object, value))
    return label or value


def _checked(viewer: Viewer, entity: str, query: Query) -> tuple[Description, list[str]]:
    about = described(entity)
    if not may(viewer, about, "export"):
        raise Forbidden(t("您的岗位不能导出这份登记", "Your post may not export this register"))
    return about, [name for name in query.columns or about.columns if name in about.fields]


def _named(response: Any, about: Description, suffix: str) -> Any:
    response.headers["Content-Disposition"] = f"attachment; filename=\"{about.key}.{suffix}\"; filename*=UTF-8''{quote(about.label.zh)}.{suffix}"
    return response
