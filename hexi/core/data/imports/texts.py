"""Tables as text: which encoding, which separator, then row by row."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from charset_normalizer import from_bytes

from hexi.core.data.sheets import plain_cell
from hexi.kernel.errors import Invalid, Problem
from hexi.kernel.label import t

SAMPLE = 256 * 1024
PIECE = 1024 * 1024
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DELIMITERS = (",", "\t", ";", "|")
CHINESE_ENOUGH = 0.9  # of the characters beyond ASCII; Big5 or Shift-JIS read as GB 18030 reach some 0.6


def encoding_of(path: Path) -> str:
    """The encoding in which the whole file reads without a fault. Raises Invalid when there is none that makes sense."""
    with path.open("rb") as file:
        head = file.read(SAMPLE)
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return _checked(path, encoding)
    if b"\x00" in head:
        raise _unreadable()
    if _decodes(path, "utf-8"):
        return "utf-8"
    if _decodes(path, "gb18030") and _is_chinese(head):
        return "gb18030"
    guess = from_bytes(head).best()
    if guess is None:
        raise _unreadable()
    return _checked(path, guess.encoding)


def _checked(path: Path, encoding: str) -> str:
    if not _decodes(path, encoding):
        raise _unreadable()
    return encoding


def _unreadable() -> Invalid:
    said = t("无法识别文件的文字编码", "The encoding of the file's text is not recognised")
    return Invalid([Problem("file", said)], do=t("请另存为 UTF-8 编码的 CSV，或 .xlsx", "Save it as CSV in UTF-8, or as .xlsx"))


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _is_chinese(head: bytes) -> bool:
    """Are nearly all characters beyond ASCII among the 7,445 of GB/T 2312? Rare ones in names are few."""
    wide = [char for char in head.decode("gb18030", "ignore") if ord(char) > 127]
    return not wide or sum(_common(char) for char in wide) / len(wide) >= CHINESE_ENOUGH


def _common(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def delimiter_of(path: Path, encoding: str) -> str:
    """The separator that cuts the first rows into the same number of columns, the most of them."""
    with path.open(encoding=encoding, newline="") as file:
        head = file.read(SAMPLE)
    return max(DELIMITERS, key=lambda each: _evenness(head, each))


def _evenness(head: str, delimiter: str) -> tuple[float, int]:
    try:
        widths = [
            len(row) for _, row in zip(range(50), csv.reader(head.splitlines(keepends=True), delimiter=delimiter), strict=False) if row
        ]
    except csv.Error:
        return 0, 0
    if not widths:
        return 0, 0
    width, times = Counter(widths).most_common(1)[0]
    return (times / len(widths) if width > 1 else 0), width


def text_rows(path: Path, encoding: str, delimiter: str) -> Iterator[list[Any]]:
    """Every row, blank ones too. Raises Invalid with the row that can't be read.

    Strictly: a quotation mark that is never closed would make one cell of all the rows behind it, and nobody would miss them.
    """
    number = 0
    try:
        with path.open(encoding=encoding, newline="") as file:
            for number, row in enumerate(csv.reader(file, delimiter=delimiter, strict=True), 1):  # noqa: B007  told when it fails
                yield [plain_cell(cell) for cell in row]
    except (csv.Error, UnicodeError) as error:
        said = t(
            "第 {row} 行之后无法读取：引号未成对，或单元格过长",
            "It cannot be read behind row {row}: an unclosed quotation mark, or too long a cell",
        )
        do = t("请改正这一行的引号，或另存为 .xlsx", "Correct the quotation marks of that row, or save the file as .xlsx")
        raise Invalid([Problem("file", said.filled(row=number))], do=do) from error
