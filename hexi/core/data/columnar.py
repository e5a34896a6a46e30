"""The columnar face of a condition: DuckDB's SQL over columns in Parquet or Arrow, for millions of rows at once.

A column of the row itself bears its field's name; one behind a reference the whole way, with points: "team.rank". Every comparison is
made two-valued where it stands, so that NOT keeps its meaning.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from hexi.core.data.sql import TEXTUAL
from hexi.kernel import condition as c
from hexi.kernel.context import Context
from hexi.kernel.shared import Shared

SIGNS: dict[c.Order, str] = {"lt": "<", "le": "<=", "gt": ">", "ge": ">=", "eq": "=", "ne": "<>"}


@dataclass(frozen=True, slots=True)
class Where:
    """A condition as SQL with a `?` for each text, and those texts in their order."""

    sql: str
    texts: tuple[str, ...] = ()


def to_where(cond: c.Cond, context: Context) -> Where:
    """The condition for a WHERE. Raises TypeError for what this face cannot say."""
    texts: list[str] = []
    return Where(_said(cond, context, texts), tuple(texts))


def _said(cond: c.Cond, context: Context, texts: list[str]) -> str:
    match cond:
        case c.Everything():
            return "true"
        case c.Nothing():
            return "false"
        case c.Both(left, right):
            return f"({_said(left, context, texts)} AND {_said(right, context, texts)})"
        case c.Either(left, right):
            return f"({_said(left, context, texts)} OR {_said(right, context, texts)})"
        case c.Not(inner):
            return f"(NOT {_said(inner, context, texts)})"
        case c.Missing(column):
            return f"({_known(column)} IS NULL)"
        case _:
            missing = "true" if isinstance(cond, c.OlderThan) and cond.missing else "false"
            return f"coalesce({_test(cond, context, texts)}, {missing})"


def _test(cond: c.Cond, context: Context, texts: list[str]) -> str:
    """What is asked of a known value; unknown of an unknown one."""
    for kind, spoken in TESTS.items():
        if isinstance(cond, kind):
            return spoken(cond, context, texts)
    raise TypeError(f"No columnar SQL for {type(cond).__name__}: add it to hexi/core/data/columnar.py.")


def _compare(cond: c.Compare, context: Context, texts: list[str]) -> str:
    want = _known(cond.other) if cond.other is not None else _literal(context.value(cond.value), texts)
    return f"{_known(cond.column)} {SIGNS[cond.order]} {want}"


def _one_of(cond: c.OneOf, _context: Context, texts: list[str]) -> str:
    return f"{_known(cond.column)} IN ({', '.join(_literal(value, texts) for value in cond.values)})"


def _older(cond: c.OlderThan, context: Context, texts: list[str]) -> str:
    return f"{_known(cond.column)} < {_literal(context.before(context.value(cond.span), whole_days=cond.column.whole_days), texts)}"


def _aged(cond: c.Aged, context: Context, texts: list[str]) -> str:
    return f"{_known(cond.column)} <= {_literal(context.birthday_limit(context.value(cond.years)), texts)}"


def _shared(cond: Shared, _context: Context, texts: list[str]) -> str:
    return " OR ".join(f"contains({_known(cond.column)}, {_literal(f';{value};', texts)})" for value in cond.values)


TESTS: dict[type, Callable[[Any, Context, list[str]], str]] = {
    c.FlagColumn: lambda cond, _context, _texts: _known(cond),
    c.Compare: _compare,
    c.OneOf: _one_of,
    c.Has: lambda cond, _context, texts: f"contains({_known(cond.column)}, {_literal(cond.piece, texts)})",
    c.OlderThan: _older,
    c.Aged: _aged,
    c.Within: lambda cond, _context, texts: f"starts_with({_known(cond.column)}, {_literal(cond.code, texts)})",
    Shared: _shared,
}


def _known(column: c.Column[Any]) -> str:
    """The column; an empty text is a missing one."""
    name = '"' + ".".join(column.path).replace('"', '""') + '"'
    return f"nullif({name}, '')" if column.kind in TEXTUAL else name


def _literal(value: Any, texts: list[str]) -> str:
    """A number as it was written, exactly; a moment in UTC."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | Decimal():
            return f"{value:f}" if isinstance(value, Decimal) else str(value)
        case float():
            return f"{Decimal(repr(value)):f}"
        case datetime():
            return f"TIMESTAMPTZ '{value.astimezone(UTC).isoformat()}'"
        case date():
            return f"DATE '{value.isoformat()}'"
        case str():
            texts.append(value)
            return "?"
        case _:
            raise TypeError(f"No columnar SQL for the value {value!r}: add it to hexi/core/data/columnar.py.")
