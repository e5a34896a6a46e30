"""Compute an indicator over all areas in one statement, and say how."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Avg, Count, F, Q, Value
from django.db.models.functions import Substr

from hexi.core.data.api import ExactSum, describe, to_q
from hexi.core.space.api import prefix_lengths, roots
from hexi.kernel.context import Context
from hexi.kernel.declare import Indicator

GRAIN = "community"  # the finest area for which values are kept


@dataclass(frozen=True, slots=True)
class Figure:
    """Numerator and denominator of one area. Sums of figures of parts are the figure of the whole."""

    numerator: float
    denominator: float | None

    def __add__(self, other: Figure) -> Figure:
        both = None if self.denominator is None or other.denominator is None else self.denominator + other.denominator
        return Figure(self.numerator + other.numerator, both)

    def value(self, indicator: Indicator) -> float | None:
        """The figure people read; None for an empty denominator, never 0."""
        if self.denominator is None:
            return self.numerator
        if self.denominator == 0:
            return None
        return self.numerator / self.denominator * (100 if indicator.measure == "share" else 1)


def figures(indicator: Indicator, context: Context) -> dict[str, Figure]:
    """The figure of every area that has rows: communities, streets, district. Keys are place codes."""
    if indicator.read is not None:
        return _rolled_up(_given(indicator.read, context))
    parts = {row["area"] or "": _figure(indicator, row) for row in _by_area(indicator, context)}
    for code, figure in (_given(indicator.besides, context) if indicator.besides and parts else {}).items():
        parts[code] = parts[code] + figure if code in parts else figure
    return _rolled_up(parts)


def _given(read: Callable[..., Any], context: Context) -> dict[str, Figure]:
    pairs: Mapping[str, tuple[float, float | None]] = read(context)
    return {code: Figure(*pair) for code, pair in pairs.items()}


def _figure(indicator: Indicator, row: Mapping[str, Any]) -> Figure:
    match indicator.measure:
        case "count":
            return Figure(row["n"], None)
        case "sum":
            return Figure(float(row["total"] or 0), None)
        case "mean":
            return Figure(float(row["total"] or 0), row["known"])
        case "share":
            return Figure(row["hits"], row["n"])


def _by_area(indicator: Indicator, context: Context) -> Any:
    assert indicator.of is not None
    about = describe(indicator.of)
    area: Any = Substr(about.place, 1, prefix_lengths()[GRAIN]) if about.place else Value("")
    rows = about.model._default_manager.filter(to_q(indicator.where, context)).order_by().annotate(area=area).values("area")
    return rows.annotate(**_aggregates(indicator, context))


def _aggregates(indicator: Indicator, context: Context) -> dict[str, Any]:
    found: dict[str, Any] = {"n": Count("pk")}
    if indicator.hit is not None:
        found["hits"] = Count("pk", filter=to_q(indicator.hit, context) or Q(pk__isnull=False))
    if indicator.column is not None:
        name = "__".join(indicator.column.path)
        found |= {"total": ExactSum(F(name)), "known": Count(F(name)), "mean": Avg(F(name))}
    return found


def _rolled_up(parts: Mapping[str, Figure]) -> dict[str, Figure]:
    """Parts summed into every area above them; what has no place counts for the whole district only."""
    lengths = sorted(set(prefix_lengths().values()))
    whole: dict[str, Figure] = {}
    district = next((code[: lengths[0]] for code in parts if code), "") or next((root.code for root in roots()), "")
    for code, figure in parts.items():
        areas = {code[:length] for length in lengths if code and length <= len(code)} or {district}
        for area in areas:
            whole[area] = whole[area] + figure if area in whole else figure
    return whole


def statement(indicator: Indicator, context: Context) -> tuple[str, list[Any]]:
    """The SQL that computes the figure, and its parameters, as the database gets them."""
    sql, params = _by_area(indicator, context).query.sql_with_params()
    return sql, [param if isinstance(param, int) else str(param) for param in params]


def engine() -> str:
    return connection.vendor
