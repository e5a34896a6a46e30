"""Grounds in the data file: what is not handled as an order, and on what an order leaves the denominators."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from hexi.kit import Label, read_table, t

DATA = Path(__file__).parent / "data"
TABLE: dict[str, list[dict[str, Any]]] = read_table(DATA / "grounds.yaml")
NOT_ORDERS: tuple[tuple[str, Label], ...] = tuple((row["key"], t(row["zh"], row["en"])) for row in TABLE["not_orders"])
EXCLUSIONS: tuple[tuple[str, Label], ...] = tuple((row["key"], t(row["zh"], row["en"])) for row in TABLE["exclusions"])


def in_force(ground: str, day: date) -> bool:
    """May orders be excluded on this ground on that day?"""
    rows = [row for row in TABLE["exclusions"] if row["key"] == ground]
    return any((row.get("valid_from") or day) <= day <= (row.get("valid_to") or day) for row in rows)
