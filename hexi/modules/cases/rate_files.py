"""Rate tables from data files: every formula with its numerator, denominator, exclusions and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hexi.kernel.case_type import CaseType
from hexi.kernel.errors import DeclarationError
from hexi.kernel.label import Label, t
from hexi.modules.cases.rates import Exclusion, Fact, Part, Rate, RateTable, Weight, check
from hexi.modules.cases.tables import Row, read_row, read_table


def read_rates(file: Path, kind: CaseType, facts: Mapping[str, Fact] | None = None) -> RateTable:
    """The rates of a table for this kind of case. Raises DeclarationError that names the file and the row."""
    found = read_table(file)
    rates = tuple(read_row(file, "rates", number, row, _rate) for number, row in enumerate(found.get("rates", ()), 1))
    score: Row = found.get("score", {})
    weights = tuple(read_row(file, "score", number, row, _weight) for number, row in enumerate(score.get("parts", ()), 1))
    table = RateTable(kind.key, rates, weights, score.get("basis", ""), _source(score), facts or {})
    return check(table, tuple(clock.key for clock in kind.clocks), str(file))


def _rate(row: Row) -> Rate:
    if row["basis"] != "ours" and not row.get("source"):
        raise DeclarationError("say its source, or that it is ours (basis: ours)")
    exclusions = tuple(Exclusion(_label(one["says"]), one["where"]) for one in row.get("exclusions", ()))
    return Rate(
        row["key"], _label(row["label"]), _label(row["formula"]), _part(row["numerator"]), _part(row["denominator"]), row["dated_by"],
        row["better"], row["basis"], _source(row), exclusions,
    )  # fmt: skip


def _part(row: Row) -> Part:
    return Part(_label(row["label"]), row["where"])


def _weight(row: Row) -> Weight:
    return Weight(row["rate"], float(row["points"]), bool(row.get("inverse", False)))


def _source(row: Row) -> Label | None:
    return _label(row["source"]) if row.get("source") else None


def _label(row: Any) -> Label:
    return t(row["zh"], row["en"])
