"""Registers out as CSV and XLSX: the list's permission, masks and order; no cell can run as a formula; every export leaves an event."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any, cast
from urllib.parse import quote

import xlsxwriter
from django.db import transaction
from django.http import FileResponse, StreamingHttpResponse

from hexi.core.data.documents import may
from hexi.core.data.entities import Description, described
from hexi.core.data.filters import Query, condition_of
from hexi.core.data.paging import order_of
from hexi.core.data.records import every
from hexi.core.data.values import DISTRICT_ZONE
from hexi.core.trust.api import Happening, Viewer, record
from hexi.kernel.errors import Forbidden, Invalid, Problem
from hexi.kernel.label import Language, t

SHEET_ROWS = 1_000_000  # a sheet of the Office Open XML format ends at 1,048,576 rows: the rest goes on the next one
CELL_TEXT = 32_767  # characters that one cell of that format takes
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def safe_cell(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula; numbers stay numbers."""
    return f"'{text}" if text.lstrip(" ").startswith(RISKY) and not _numeric(text) else text


def plain_cell(text: str) -> str:
    """What `safe_cell` was given: the apostrophe of our own export is no part of the value when the sheet comes back."""
    return text[1:] if text.startswith("'") and safe_cell(text[1:]) == text else text


def _numeric(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return text.isascii()


def export_csv(viewer: Viewer, entity: str, query: Query) -> StreamingHttpResponse:
    """A streamed CSV file, UTF-8 with a byte-order mark so that Excel reads Chinese. Raises Forbidden, Invalid."""
    about, names = checked_export(viewer, entity, query)
    noted(viewer, about, query, names)
    lines = _csv_lines(about, names, every(viewer, entity, query), viewer.language)
    return named(StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8"), about, "csv")


def _csv_lines(about: Description, names: list[str], rows: Iterator[dict[str, Any]], language: Language) -> Iterator[bytes]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow([about.fields[name].label.said(language) for name in names])
    while batch := list(islice(rows, 500)):
        writer.writerows([safe_cell(str(cell_of(about, name, row, language))) for name in names] for row in batch)
        yield _drained(buffer)
    yield _drained(buffer)


def _drained(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()


def export_xlsx(viewer: Viewer, entity: str, query: Query) -> FileResponse:
    """An XLSX file, written row by row in constant memory. Raises Forbidden, Invalid."""
    about, names = checked_export(viewer, entity, query)
    noted(viewer, about, query, names)
    heads = [about.fields[name].label.said(viewer.language) for name in names]
    rows = ([cell_of(about, name, row, viewer.language) for name in names] for row in every(viewer, entity, query))
    return sheet_response(heads, rows, about)


def sheet_response(heads: list[str], rows: Iterable[list[Any]], about: Description, suffix: str = "") -> FileResponse:
    """The rows as an XLSX file to save."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  FileResponse closes it
    write_sheet(file, heads, rows)
    return named(FileResponse(file, content_type=XLSX_TYPE), about, f"{suffix}xlsx")


def write_sheet(file: Any, heads: list[str], rows: Iterable[list[Any]]) -> None:
    """Sheets with a bold, frozen head. Strings are written as strings: nothing becomes a formula or a link."""
    waiting = iter(rows)
    with xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        pen: Any = book
        bold, first = pen.add_format({"bold": True}), True
        while (batch := list(islice(waiting, 1))) or first:
            sheet, first = pen.add_worksheet(), False
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, heads, bold)
            for number, row in enumerate(_chained(batch, islice(waiting, SHEET_ROWS - 1)), 1):
                sheet.write_row(number, 0, [cell[:CELL_TEXT] if isinstance(cell, str) else cell for cell in row])
    file.seek(0)


def _chained(first: list[list[Any]], rest: Iterator[list[Any]]) -> Iterator[list[Any]]:
    yield from first
    yield from rest


def cell_of(about: Description, name: str, row: dict[str, Any], language: Language) -> Any:
    """The value as people read it: labels for codes, yes and no for flags, the district's time for moments."""
    field, value = about.fields[name], row.get(name)
    if value is None:
        return ""
    if field.kind in SPOKEN and name not in row.get("__masked", ()):
        return SPOKEN[field.kind](field, value, language)
    label = row.get(f"{name}__label")
    if isinstance(label, dict):
        return cast("dict[str, str]", label)[language]
    if isinstance(value, dict | list):
        return str(cast(object, value))
    return label or value


def _choice(field: Any, value: Any, language: Language) -> Any:
    return field.options[value].said(language) if value in field.options else value


def _flag(field: Any, value: Any, language: Language) -> Any:
    return (t("是", "yes") if value else t("否", "no")).said(language)


def _moment(field: Any, value: Any, language: Language) -> Any:
    return datetime.fromisoformat(value).astimezone(DISTRICT_ZONE).strftime("%Y-%m-%d %H:%M:%S")


SPOKEN = {"choice": _choice, "flag": _flag, "moment": _moment}


def checked_export(viewer: Viewer, entity: str, query: Query) -> tuple[Description, list[str]]:
    """The register and the columns. What is faulty is told now: a stream that has begun can't become a problem document."""
    about = described(entity)
    if not may(viewer, about, "export"):
        raise Forbidden(t("您的岗位不能导出这份登记", "Your post may not export this register"))
    if lost := [name for name in query.columns if name not in about.fields]:
        raise Invalid([Problem("columns", t("没有这一栏", "There is no such field"), value=name[:80]) for name in lost])
    condition_of(viewer, about, query, "export")
    order_of(viewer, about, query.sort)
    return about, list(query.columns or about.columns)


def noted(viewer: Viewer, about: Description, query: Query, names: list[str]) -> None:
    """Who took what out. Of filters the fields only: their values may be somebody's number."""
    after = {
        "columns": names,
        "filters": sorted({text.partition(":")[0] for text in query.where}),
        "searched": bool(query.q),
        "set": query.set,
    }
    with transaction.atomic():
        record(viewer, Happening("export", about.key, 0, after=after, silent=True))


def named(response: Any, about: Description, suffix: str) -> Any:
    said = quote(f"{about.label.zh}.{suffix}", safe="")
    response["Content-Disposition"] = f"attachment; filename=\"{about.key}.{suffix}\"; filename*=UTF-8''{said}"
    return response
