"""A few events with their notices in one statement, which PostgreSQL has worked out before: a change asks the server once for both."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import chain
from typing import Any, cast

from django.db import connection

FEW = 4
TYPES = {
    "at": "timestamptz", "account_id": "bigint", "object_id": "bigint", "version": "int", "before": "jsonb", "after": "jsonb",
    "salt": "bytea", "leaf": "bytea",
}  # fmt: skip
"""Of columns that are no text."""
KEPT = "hexi_prepared"


def fits_together(count: int) -> bool:
    """So many events, each with a notice of its own?"""
    return connection.vendor == "postgresql" and 0 < count <= FEW


def insert_together(columns: tuple[str, ...], rows: Sequence[Sequence[Any]]) -> list[int]:
    """Insert these events, with values as the database takes them, and a notice for each, in the caller's transaction; their numbers."""
    name = f"hexi_record_{len(rows)}"
    raw: Any = connection.connection
    kept: set[str] = cast("dict[str, Any]", vars(raw)).setdefault(KEPT, set())  # what was worked out lives as long as the connection
    if name not in kept:
        raw.execute(f"PREPARE {name} ({', '.join([_types(columns)] * len(rows))}) AS {_statement(columns, len(rows))}")
        kept.add(name)
    marks = ", ".join(["%s"] * len(rows) * len(columns))
    with connection.cursor() as cursor:
        cursor.execute(f"EXECUTE {name} ({marks})", list(chain(*rows)))
        return [number for (number,) in cursor.fetchall()]


def _types(columns: tuple[str, ...]) -> str:
    return ", ".join(TYPES.get(name, "text") for name in columns)


@cache
def _statement(columns: tuple[str, ...], count: int) -> str:
    numbers = iter(range(1, count * len(columns) + 1))
    rows = ", ".join(f"({', '.join(f'${next(numbers)}' for _ in columns)})" for _ in range(count))
    return (  # names of ours alone
        f"WITH e AS (INSERT INTO trust_event ({', '.join(columns)}) VALUES {rows} "  # noqa: S608
        "RETURNING id, at, entity, object_id, version, place, organisation, action) "
        "INSERT INTO trust_notice (at, topic, entity, object_id, version, place, organisation, action, event_id) "
        "SELECT at, entity, entity, object_id, version, place, organisation, action, id FROM e ORDER BY id RETURNING event_id"
    )
