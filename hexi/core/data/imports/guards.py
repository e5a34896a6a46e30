"""A workbook is a zip of XML that can unpack to anything: it is walked through once, counting, before a reader loads it.

What is counted is what the reader will hold: unpacked bytes, cells, the outermost row and column (the reader's grid is full, so one
cell in the last corner would take gigabytes), and text that many cells share.
"""

from __future__ import annotations

import math
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.parsers import expat

from hexi.kernel.errors import Invalid, Problem, TooLarge
from hexi.kernel.label import Label, t

MEGABYTE = 1024 * 1024
UNPACKED = 400 * MEGABYTE
RATIO = 200  # a sheet of repeated rows packs some 30 to 1; a bomb a thousand to one
RATIO_FROM = 20 * MEGABYTE
ENTRIES = 5000
ROWS, COLUMNS = 201_000, 300
GRID = 12_000_000  # cells between the first and the last, filled or not: the reader keeps a place for each
CELLS, TEXT = 6_000_000, 400 * MEGABYTE
PIECE = 256 * 1024
ERRORS_KEPT = 10_000
PACKED_HOW = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
READ = (".xml", ".rels")
REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


@dataclass
class Findings:
    """What the walk found: cells without a value that counts, by the part that is the sheet; sheets in order.

    Such a cell holds an error (#N/A), a number beyond all numbers, or a formula whose result no program has stored: it would be read as
    a blank.
    """

    errors: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    sheets: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    parts: dict[str, str] = field(default_factory=dict[str, str])

    def errors_of(self, sheet: str) -> list[str]:
        """The cells of that sheet with an error in them."""
        part = self.parts.get(dict(self.sheets).get(sheet, ""), "")
        return next((cells for name, cells in self.errors.items() if part and name.endswith(part)), list[str]())


def walked(path: Path) -> Findings:
    """Walk through the workbook. Raises Invalid for what is no sound workbook, TooLarge for one that would not fit."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _check_directory(entries)
            return _Walk(archive).through(entries)
    except (zipfile.BadZipFile, expat.ExpatError, EOFError, OSError, ValueError, RuntimeError, NotImplementedError) as error:
        raise damaged() from error


def damaged() -> Invalid:
    return _invalid(t("文件已损坏，或不是 Excel 工作簿（.xlsx）", "The file is damaged, or no Excel workbook (.xlsx)"))


def _invalid(what: Label) -> Invalid:
    return Invalid(
        [Problem("file", what)],
        do=t("请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传", "Open it in Excel or WPS, save it as .xlsx and send that"),
    )


def too_large(what: Label) -> TooLarge:
    return TooLarge(what, do=t("请拆分成几个文件", "Split it into several files"))


def _check_directory(entries: list[zipfile.ZipInfo]) -> None:
    if any(entry.flag_bits & 1 for entry in entries):
        raise _invalid(t("工作簿有密码保护，无法读取", "The workbook is protected by a password"))
    if "xl/workbook.xml" not in {entry.filename.lower() for entry in entries} or any(
        entry.compress_type not in PACKED_HOW for entry in entries
    ):
        raise damaged()
    unpacked, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
    if len(entries) > ENTRIES or unpacked > UNPACKED or (unpacked > RATIO_FROM and unpacked > RATIO * max(packed, 1)):
        raise too_large(t("文件解压后过大", "The file is too large when unpacked"))


class _Walk:
    """One walk through one archive."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive, self.found = archive, Findings()
        self.lengths: list[int] = []  # of the shared texts
        self.cells = self.text = self.bytes = 0

    def through(self, entries: list[zipfile.ZipInfo]) -> Findings:
        """Shared texts first: what a cell weighs depends on them."""
        for entry in sorted(entries, key=lambda one: not one.filename.lower().endswith("sharedstrings.xml")):
            pieces = self._pieces(entry)
            if entry.filename.lower().endswith(READ):
                _Part(self, entry.filename).read(pieces)
            else:
                for _ in pieces:  # read to its end, so that a false size or checksum shows
                    pass
        return self.found

    def _pieces(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        with self.archive.open(entry) as file:
            while piece := file.read(PIECE):
                self.bytes += len(piece)
                if self.bytes > UNPACKED:
                    raise too_large(t("文件解压后过大", "The file is too large when unpacked"))
                yield piece


class _Part:
    """One XML part, element by element."""

    def __init__(self, walk: _Walk, name: str) -> None:
        self.walk, self.name = walk, name
        self.row = self.column = self.bottom = self.right = 0
        self.kind = ""
        self.held: list[str] | None = None  # the text of the present cell or shared string
        self.weighed = self.computed = self.valued = False

    def read(self, pieces: Iterator[bytes]) -> None:
        parser: Any = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = self._start, self._end, self._text
        parser.StartDoctypeDeclHandler = self._doctype
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)

    def _doctype(self, *_: Any) -> None:
        raise damaged()

    def _start(self, name: str, given: dict[str, str]) -> None:
        plain = name.rpartition(" ")[2]
        if plain == "c":
            self._cell(given)
        elif plain in {"v", "is", "si"}:
            self.held = []
        elif plain == "f":
            self.computed = True
        elif plain == "row":
            self.row, self.column = int(given.get("r", self.row + 1)), 0
        elif plain == "Relationship":
            self._relation(given)
        elif plain == "sheet":
            rid = next((value for key, value in given.items() if key.endswith(" id")), "")
            self.walk.found.sheets.append((given.get("name", ""), rid))

    def _cell(self, given: dict[str, str]) -> None:
        self.kind, self.column = given.get("t", "n"), self.column + 1
        self.weighed = self.computed = self.valued = False
        if (where := given.get("r")) is not None:
            found = REFERENCE.fullmatch(where)
            if not found:
                raise damaged()
            self.column, self.row = number_of(found[1]), int(found[2])
        if self.kind == "e":
            self._no_value()

    def _no_value(self) -> None:
        cells = self.walk.found.errors.setdefault(self.name, [])
        if len(cells) < ERRORS_KEPT:
            cells.append(f"{letters_of(self.column)}{self.row}")

    def _text(self, text: str) -> None:
        if self.held is not None:
            self.held.append(text)

    def _end(self, name: str) -> None:
        plain = name.rpartition(" ")[2]
        if plain in {"v", "is"} and self.held is not None:
            self._weigh("".join(self.held))
            self.held = None
        elif plain == "si" and self.held is not None:
            self.walk.lengths.append(sum(map(len, self.held)))
            self.held = None
        elif plain == "c" and self.computed and not self.valued:
            self._no_value()

    def _weigh(self, text: str) -> None:
        """A cell that holds something: the reader's grid reaches to it, and the text is there once more."""
        walk = self.walk
        self.valued = bool(text) or self.kind != "n"
        if text and self.kind == "n" and not _is_finite(text):
            self._no_value()
        if not self.weighed:
            walk.cells, self.weighed = walk.cells + 1, True
        walk.text += self._shared(text) if self.kind == "s" else len(text)
        if self.row > ROWS:
            raise too_large(t("一次最多导入 20 万行", "At most 200,000 rows at a time"))
        if self.column > COLUMNS:
            raise too_large(t("最多 300 列", "At most 300 columns"))
        self.bottom, self.right = max(self.bottom, self.row), max(self.right, self.column)
        if walk.cells > CELLS or walk.text > TEXT or self.bottom * self.right > GRID:
            raise too_large(t("单元格内容过多", "There is too much in the cells"))

    def _shared(self, text: str) -> int:
        index = int(text)
        return self.walk.lengths[index] if 0 <= index < len(self.walk.lengths) else 0

    def _relation(self, given: dict[str, str]) -> None:
        """A part that the reader loads must be one of those that are walked through here."""
        target, kind = given.get("Target", ""), given.get("Type", "").rpartition("/")[2]
        if kind in {"worksheet", "sharedStrings", "styles"}:
            if not target.lower().endswith(".xml"):
                raise damaged()
            self.walk.found.parts[given.get("Id", "")] = target.lstrip("/").removeprefix("xl/")


def _is_finite(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def letters_of(column: int) -> str:
    """A, B … Z, AA for 1, 2 … 26, 27."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def number_of(letters: str) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
