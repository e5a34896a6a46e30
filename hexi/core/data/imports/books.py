"""Workbooks: which sheet, then row by row, with merged cells filled."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from hexi.core.data.imports.guards import damaged
from hexi.kernel.errors import Invalid, Problem
from hexi.kernel.label import t

Area = tuple[int, int, int, int]  # first row, last row, first column, last column, from 0
MERGES = 20_000  # beyond so many the sheet is a drawing, and is read as it stands

_open = cast("Callable[[str], CalamineWorkbook]", CalamineWorkbook.from_path)  # pyright: ignore[reportUnknownMemberType] - half typed


@contextmanager
def _opened(path: Path) -> Generator[CalamineWorkbook]:
    try:
        with _open(str(path)) as book:
            yield book
    except CalamineError as error:
        raise damaged() from error


def sheets_of(path: Path) -> list[str]:
    """The sheets that people see and that hold something, in order. Raises Invalid when none does."""
    with _opened(path) as book:
        seen = [one.name for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet and one.visible == SheetVisibleEnum.Visible]
        found = [name for name in seen if book.get_sheet_by_name(name).height]
    if not found:
        raise Invalid([Problem("file", t("工作簿里没有内容", "The workbook is empty"))])
    return found


def sheet_rows(path: Path, name: str) -> Iterator[list[Any]]:
    """Every row from the sheet's first on, blank ones too; every part of a merged cell has its value."""
    with _opened(path) as book:
        sheet = book.get_sheet_by_name(name)
        margin: list[Any] = [""] * (sheet.start[1] if sheet.start else 0)
        merges = _merges(sheet)
        rows = ([*margin, *row] for row in sheet.iter_rows())
        yield from _filled(rows, merges) if merges else rows


def _merges(sheet: CalamineSheet) -> list[Area]:
    found = sheet.merged_cell_ranges or []
    return sorted((top, bottom, left, right) for (top, left), (bottom, right) in found) if len(found) <= MERGES else []


def _filled(rows: Iterator[list[Any]], merges: list[Area]) -> Iterator[list[Any]]:
    waiting, open_now = merges[::-1], list[tuple[Area, Any]]()
    for number, row in enumerate(rows):
        open_now = [(area, value) for area, value in open_now if area[1] >= number]
        while waiting and waiting[-1][0] <= number:
            area = waiting.pop()
            open_now.append((area, row[area[2]] if area[2] < len(row) else ""))
        for (_, _, left, right), value in open_now:
            for column in range(left, min(right + 1, len(row))):
                row[column] = value
        yield row
