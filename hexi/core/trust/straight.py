"""New rows straight into their table: Django's own way works out each value's SQL anew, which costs more than the writing itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from django.db import connection, models


class _Insertion(NamedTuple):
    fields: tuple[Any, ...]
    head: str
    marks: str

    def values(self, row: models.Model) -> list[Any]:
        return [field.get_db_prep_save(field.pre_save(row, True), connection) for field in self.fields]


def insert_rows(rows: Sequence[models.Model]) -> None:
    """Insert them inside the caller's transaction. They get no number here and send no signal."""
    if not rows:
        return
    into = _insertion(type(rows[0]))
    sql, values = f"{into.head} VALUES {into.marks}", [into.values(row) for row in rows]
    with connection.cursor() as cursor:
        if len(values) == 1:  # one is quicker without a pipeline
            cursor.execute(sql, values[0])
        else:
            cursor.executemany(sql, values)


def insert_row(row: models.Model) -> None:
    """Insert one inside the caller's transaction and give it its number. It sends no signal."""
    (row.pk,) = numbered([row])
    row._state.adding, row._state.db = False, connection.alias


def numbered(rows: Sequence[models.Model]) -> list[int]:
    """Insert a few of one table in one statement; their numbers, in their order."""
    if not rows:
        return []
    into = _insertion(type(rows[0]))
    sql = f"{into.head} VALUES {', '.join([into.marks] * len(rows))} RETURNING id"
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for row in rows for value in into.values(row)])
        return [number for (number,) in cursor.fetchall()]


@cache
def _insertion(model: type[models.Model]) -> _Insertion:
    """The part of the statement that is the same for every row: the model's own names, so nothing in it comes from outside."""
    fields = tuple(field for field in model._meta.concrete_fields if not field.primary_key)
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    return _Insertion(fields, f"INSERT INTO {quote(model._meta.db_table)} ({names})", f"({', '.join(['%s'] * len(fields))})")
