"""What came of an import, kept small, and as a sheet with the reason beside every row that stayed out."""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson

from hexi.core.data.imports.checking import Fault
from hexi.core.data.imports.guards import letters_of
from hexi.core.data.imports.heads import said
from hexi.core.data.imports.readers import Reading
from hexi.kernel.label import Label, Language, t

KEPT_PER_ROW = 20
IMPORTED, LEFT_OUT, UNDONE = t("已导入", "imported"), t("未导入", "not imported"), t("已导入，后又撤销", "imported, then undone")


@dataclass(frozen=True)
class Outcome:
    """How an import ended, as far as its sheet of results tells."""

    status: str
    header_row: int
    faults: dict[int, list[Fault]]
    remarks: dict[int, list[Fault]] = field(default_factory=dict[int, list[Fault]])


def packed(faults: dict[int, list[Fault]]) -> bytes:
    """The faults by row, small enough for one column of one row."""
    plain = {
        str(row): [[f.column, f.field, f.message.zh, f.message.en, f.value] for f in own[:KEPT_PER_ROW]] for row, own in faults.items()
    }
    return zlib.compress(orjson.dumps(plain), 6)


def unpacked(data: bytes) -> dict[int, list[Fault]]:
    if not data:
        return {}
    plain: dict[str, list[Any]] = orjson.loads(zlib.decompress(bytes(data)))
    return {
        int(row): [Fault(int(row), column, name, Label(zh, en), value) for column, name, zh, en, value in own] for row, own in plain.items()
    }


def result_rows(reading: Reading, outcome: Outcome, language: Language) -> tuple[list[str], Iterator[list[Any]]]:
    """The original columns, then what came of the row and why."""
    rows = reading.rows()
    heads = next((cells for number, cells in rows if number == outcome.header_row), list[Any]())
    more = [t("导入结果", "result").said(language), t("原因", "reason").said(language)]
    return [said(cell) for cell in heads] + more, _rows(rows, outcome, max(len(heads), 1), language)


def _rows(rows: Iterator[tuple[int, list[Any]]], outcome: Outcome, width: int, language: Language) -> Iterator[list[Any]]:
    good = {"done": IMPORTED, "undone": UNDONE}.get(outcome.status, LEFT_OUT)
    for number, cells in rows:
        own = outcome.faults.get(number, [])
        shown: list[Any] = [cell if _is_plain(cell) else said(cell) for cell in cells[:width]]
        shown += [""] * (width - len(shown))
        yield [*shown, (LEFT_OUT if own else good).said(language), _reasons(own + outcome.remarks.get(number, []), language)]


def _is_plain(cell: Any) -> bool:
    """May it stand in a sheet as it is? A number beyond all numbers may not."""
    return isinstance(cell, str | int) or (isinstance(cell, float) and math.isfinite(cell))


def _reasons(faults: list[Fault], language: Language) -> str:
    gap = "；" if language == "zh" else "; "
    return gap.join(f"{_where(fault)}{fault.message.said(language)}" for fault in faults)


def _where(fault: Fault) -> str:
    return f"{letters_of(fault.column + 1)}{fault.row} " if fault.column >= 0 else ""
