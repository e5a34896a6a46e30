"""Limits, tolerances and the catalogue of codes, read from dated data files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, cast

from hexi.kit import Label, Limit, district_calendar, read_table, t

DATA = Path(__file__).parent / "data"
LIMITS, CATALOGUE, CELLS, ENGLISH = (DATA / f"{name}.yaml" for name in ("limits", "catalogue_2021", "cells", "sources_en"))
OURS = t("本平台拟定", "ours")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Code:
    """One code of the catalogue: its category, a name, and its hazard properties."""

    code: str
    category: str
    name: Label
    hazards: tuple[str, ...]


@cache
def table() -> Row:
    """The table of limits as it is written."""
    return read_table(LIMITS)


@cache
def english() -> Row:
    """What the sources of the limits are called in English, by their Chinese words."""
    return read_table(ENGLISH)


def row_of(part: str, day: date, **which: str) -> Row | None:
    """The row of the table that counts on this day; the one that began last where several do. None without one."""
    rows = [row for row in cast("list[Row]", table()[part]) if all(row.get(key) == value for key, value in which.items())]
    counting = [row for row in rows if row["valid_from"] <= day and not (row.get("valid_to") and row["valid_to"] <= day)]
    return max(counting, key=lambda row: row["valid_from"], default=None)


def standing(row: Row) -> Label:
    """Where a limit stands, for the words of a check."""
    if not row.get("source"):
        return OURS
    written = [str(row[part]) for part in ("source", "clause") if row.get(part)]
    return t(" ".join(written), ", ".join(english()[said] for said in written))


def basis_note(*parts: str) -> Label:
    """On what the limits of these parts rest, for the screen that shows them: law whose wording was not compared yet, or our own."""
    rows = [row for part in parts for row in cast("list[Row]", table()[part])]
    law = list(dict.fromkeys(standing(row) for row in rows if row["basis"] == "law"))
    unchecked = any(row["basis"] == "law" and not row["checked"] for row in rows)
    said = [*law, *([OURS] if any(row["basis"] == "ours" for row in rows) else [])]
    zh, en = "、".join(one.zh for one in said), "; ".join(one.en for one in said)
    late = ("；引自法规的数值凭记忆录入，尚未与原文核对", "; what is taken from rules is from memory and not yet compared with their text")
    return t(f"限值依据：{zh}{late[0] if unchecked else ''}", f"Limits: {en}{late[1] if unchecked else ''}")


def due_of(part: str, start: datetime) -> datetime | None:
    """When the time of this part has run out, if it began then; None where no row counts."""
    row = row_of(part, district_calendar().local(start).date())
    return Limit(int(row["amount"]), row["unit"]).due(start, district_calendar()) if row else None


def tolerance_pct(stream: str, day: date) -> Decimal | None:
    """How far the received weight may stray from the shipped one, in percent."""
    row = row_of("weight_difference_pct", day, stream=stream)
    return Decimal(str(row["pct"])) if row else None


def storage_days(stream: str, day: date) -> int | None:
    """How long a batch of the stream may lie with a firm."""
    row = row_of("storage_days", day, stream=stream)
    return int(row["days"]) if row else None


def storage_kg(stream: str, day: date) -> Decimal | None:
    """How much of the stream may lie with a firm that has a storage point and no storage building."""
    row = row_of("storage_kg", day, stream=stream)
    return Decimal(str(row["kg"])) if row else None


@cache
def catalogue() -> dict[str, Code]:
    """The codes of the catalogue's edition at hand."""
    read = read_table(CATALOGUE)
    named = {code: t(name["zh"], name["en"]) for code, name in cast("dict[str, Row]", read["names"]).items()}
    found = dict[str, Code]()
    for category, said in cast("dict[str, Row]", read["categories"]).items():
        label = t(said["name"]["zh"], said["name"]["en"])
        for hazards, codes in cast("dict[str, list[str]]", said["codes"]).items():
            found |= {code: Code(code, category, named.get(code, label), tuple(hazards.split("/"))) for code in codes}
    return found


def name_of(code: str, written: str) -> Label:
    """What waste is called: in both languages where its name is the catalogue's, else as the firm wrote it."""
    known = catalogue().get(code)
    return known.name if known and known.name.zh == written else t(written, written)


def edition() -> Label:
    """Which edition of the catalogue counts here."""
    read = read_table(CATALOGUE)
    return t(read["edition"]["zh"], read["edition"]["en"])


def category_of(code: str) -> str:
    """The category of a code of hazardous waste: its last two digits say it. Empty for other codes."""
    known = catalogue().get(code)
    return known.category if known else ""


@cache
def category_names() -> dict[str, Label]:
    """What the categories are called, with their number."""
    said = cast("dict[str, Row]", read_table(CATALOGUE)["categories"])
    return {key: t(f"{key} {one['name']['zh']}", f"{key} {one['name']['en']}") for key, one in said.items()}


def covers(written: str, code: str) -> bool:
    """Does a permit's list of codes and categories name this code, or its category?"""
    listed = {one.strip() for one in written.replace(";", "\n").replace("；", "\n").splitlines() if one.strip()}
    return "*" in listed or code in listed or category_of(code) in listed - {""}


@cache
def cell_criteria() -> Row:
    """The criteria of a 无废细胞 as they are written."""
    return read_table(CELLS)
