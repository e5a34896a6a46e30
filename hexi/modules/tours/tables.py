"""A tour's terms from a dated table in a data file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from hexi.kernel.errors import NotFound
from hexi.kernel.label import t
from hexi.kernel.tour import Terms
from hexi.modules.cases.api import read_row, read_table


def read_terms(file: Path) -> Callable[[date], Terms]:
    """The terms in force on a day, as `terms:` of the file has them. Raises DeclarationError for a row that cannot be.

    A row says `valid_from`, `begins` and `ends` ("08:30"), `stay_minutes`, perhaps `capacity`, `walker`, `returns`, and `basis` in both
    languages. The returned function raises NotFound before the first row.
    """
    rows = [read_row(file, "terms", number, row, _dated) for number, row in enumerate(read_table(file)["terms"])]

    def terms(day: date) -> Terms:
        known = [row for row in rows if row[0] <= day]
        if not known:
            raise NotFound(t("这一天还没有巡访安排规则", "No terms of rounds are in force on that day"), which=f"{file.name}, {day}")
        return max(known, key=lambda row: row[0])[1]

    return terms


def _dated(row: dict[str, Any]) -> tuple[date, Terms]:
    capacity = row.get("capacity")
    return row["valid_from"], Terms(
        time.fromisoformat(row["begins"]), time.fromisoformat(row["ends"]), timedelta(minutes=row["stay_minutes"]),
        t(row["basis"]["zh"], row["basis"]["en"]), int(capacity) if capacity is not None else None, row.get("walker", "adult"),
        bool(row.get("returns", True)),
    )  # fmt: skip
