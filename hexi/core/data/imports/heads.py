"""Where the table begins: sheets from offices carry a title, a date and a unit above their heads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from hexi.core.data.imports.guards import letters_of
from hexi.core.data.imports.matching import likeness, spelled
from hexi.core.data.imports.readers import Reading, Row
from hexi.kernel.errors import Invalid, Problem
from hexi.kernel.label import t

LOOKED_AT = 30  # rows among which the heads are looked for
SAMPLES = 50
FIRST = LOOKED_AT + SAMPLES


@dataclass(frozen=True)
class Head:
    """The heads' row and what stands under them. `columns` are index, head and the first values."""

    row: int
    columns: tuple[tuple[int, str, tuple[Any, ...]], ...]

    def document(self) -> list[dict[str, Any]]:
        return [
            {"index": i, "header": head, "letter": letters_of(i + 1), "samples": [said(value) for value in values[:3]]}
            for i, head, values in self.columns
        ]


def first_rows(reading: Reading) -> list[Row]:
    """The rows in which the heads and their samples stand."""
    return list(islice(reading.rows(), FIRST))


def head_of(first: list[Row], fields: Sequence[Any], row: int | None = None) -> Head:
    """The row of heads (that of this number when it is known) with samples. Raises Invalid when the table is empty."""
    if not first:
        raise Invalid([Problem("file", t("文件里没有内容", "The file is empty"))])
    at = next((i for i, (number, _) in enumerate(first) if number == row), 0) if row else _best(first[:LOOKED_AT], fields)
    number, cells = first[at]
    below = [cells for _, cells in first[at + 1 : at + 1 + SAMPLES]]
    width = max(len(cells), *(len(row) for row in below)) if below else len(cells)
    heads = [said(cells[i]) if i < len(cells) else "" for i in range(width)]
    columns = [(i, head, _values(below, i)) for i, head in enumerate(heads)]
    return Head(number, tuple((i, head, values) for i, head, values in columns if head or values))


def _values(rows: list[list[Any]], index: int) -> tuple[Any, ...]:
    return tuple(row[index] for row in rows if index < len(row) and row[index] != "")


def _best(rows: list[Row], fields: Sequence[Any]) -> int:
    """The row that says most of the fields' names; among equals the first. Without any such row, the first with two different texts."""
    names = {spelled(spoken) for field in fields for spoken in (field.name, field.label.zh, field.label.en, *field.aliases)}
    scores = [(sum(_names(cell, fields, names) for cell in cells), -i) for i, (_, cells) in enumerate(rows)]
    score, at = max(scores)
    if score > 0:
        return -at
    return next((i for i, (_, cells) in enumerate(rows) if len({cell for cell in cells if isinstance(cell, str) and cell}) > 1), 0)


def _names(cell: Any, fields: Sequence[Any], names: set[str]) -> float:
    if not isinstance(cell, str) or not cell or len(cell) > 40:
        return 0
    if spelled(cell) in names:
        return 1
    close = max((likeness(cell, field) for field in fields), default=0)
    return 0.5 if close >= 0.75 else 0


def said(value: Any) -> str:
    """A cell as text, for people to recognise it."""
    if isinstance(value, float):
        return format(value, ".15g")
    return (str(value).upper() if isinstance(value, bool) else str(value))[:200]
