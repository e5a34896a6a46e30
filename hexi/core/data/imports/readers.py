"""A sent table, whatever its format: how it is to be read, and its rows with the numbers that people see."""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hexi.core.data.imports.books import sheet_rows, sheets_of
from hexi.core.data.imports.guards import COLUMNS, too_large, walked
from hexi.core.data.imports.texts import delimiter_of, encoding_of, text_rows
from hexi.core.data.media import CSV, TXT, XLSX, media_type_of
from hexi.kernel.errors import Invalid, Problem
from hexi.kernel.label import t

LIMIT = 200_000  # rows at a time: what two cores check and write within two minutes
COMPOUND = b"\xd0\xcf\x11\xe0"  # old Office files, and new ones with a password
Row = tuple[int, list[Any]]  # the number as the sheet shows it, and the cells


@dataclass(frozen=True)
class Reading:
    """How the file is to be read: a sheet of a workbook, or text in an encoding with a separator.

    `errors`: cells such as #N/A; `sheets`: all that could be read, where that was looked up.
    """

    path: Path
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    errors: frozenset[str] = frozenset()
    sheets: tuple[str, ...] = ()

    def rows(self) -> Iterator[Row]:
        """Every row that holds something. Raises TooLarge behind the last that is taken."""
        found = sheet_rows(self.path, self.sheet) if self.sheet else text_rows(self.path, self.encoding, self.delimiter)
        taken = 0
        for number, row in enumerate(found, 1):
            if len(row) > COLUMNS:
                raise too_large(t("最多 300 列", "At most 300 columns"))
            cells = [cell.strip() if isinstance(cell, str) else cell for cell in row]
            if any(cell != "" for cell in cells):
                taken += 1
                if taken > LIMIT + 100:
                    raise too_large(t("一次最多导入 20 万行", "At most 200,000 rows at a time"))
                yield number, cells


def reading_of(path: Path, name: str, sheet: str = "") -> Reading:
    """Find out how to read the file: the sheet of that name, or the first. Raises Invalid or TooLarge in words for people."""
    with path.open("rb") as file:
        kind = media_type_of(file, name)
    if kind == XLSX:
        found = walked(path)
        sheets = sheets_of(path)
        chosen = sheet or sheets[0]
        if chosen not in sheets:
            raise Invalid([Problem("sheet", t("工作簿里没有这个工作表", "The workbook has no such sheet"), value=sheet[:80])])
        return Reading(path, sheet=chosen, errors=frozenset(found.errors_of(chosen)), sheets=tuple(sheets))
    if kind in {CSV, TXT} or _may_be_text(path):
        encoding = encoding_of(path)
        return Reading(path, encoding=encoding, delimiter=delimiter_of(path, encoding))
    if _is_locked(path):
        said = t("工作簿有密码保护，无法读取", "The workbook is protected by a password")
        raise Invalid([Problem("file", said, value=name[:80])], do=t("请去掉密码后再上传", "Take the password off and send it again"))
    said = t("只能导入 .xlsx 工作簿或 CSV 文件", "Only .xlsx workbooks and CSV files can be imported")
    raise Invalid([Problem("file", said, value=name[:80])], do=t("旧的 .xls 文件请先另存为 .xlsx", "Save an old .xls file as .xlsx first"))


def _is_locked(path: Path) -> bool:
    """A workbook with a password is no zip any more: Office wraps it into a compound file that has a stream of this name."""
    with path.open("rb") as file:
        if not file.read(8).startswith(COMPOUND):
            return False
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
            return whole.find("EncryptedPackage".encode("utf-16-le")) >= 0


def _may_be_text(path: Path) -> bool:
    """UTF-16 has NUL bytes, so it does not look like text at first sight; anything else that is no workbook is refused."""
    with path.open("rb") as file:
        head = file.read(4096)
    return head.startswith((b"\xff\xfe", b"\xfe\xff")) or (
        bool(head) and not head.startswith((b"PK", COMPOUND, b"%PDF")) and b"\x00" not in head
    )
