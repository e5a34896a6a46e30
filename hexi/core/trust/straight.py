"""New rows straight into their table: Django's own way works out each value's SQL anew, which costs more than the writing itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple, cast

from django.db import connection, models

MANY = 1000
"""From here on PostgreSQL takes rows by COPY: it reads ten thousand while it would still parse one INSERT of five thousand."""


class _Insertion(NamedTuple):
    fields: tuple[Any, ...]
    into: str
    statement: str

    def values(self, row: models.Model) -> list[Any]:
        return [field.get_db_prep_save(field.pre_save(row, True), connection) for field in self.fields]


def insert_rows(rows: Sequence[models.Model]) -> None:
    """Insert them inside the caller's transaction. They get no number here and send no signal."""
    if not rows:
        return
    insertion = _insertion(type(rows[0]))
    values = (insertion.values(row) for row in rows)
    with connection.cursor() as cursor:
        if len(rows) == 1:  # one is quicker without a pipeline
            cursor.execute(insertion.statement, next(values))
        elif len(rows) >= MANY and connection.vendor == "postgresql":
            with cast(Any, cursor).copy(f"COPY {insertion.into} FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)
        else:
            cursor.executemany(insertion.statement, list(values))


def insert_row(row: models.Model) -> None:
    """Insert one inside the caller's transaction and give it its number. It sends no signal."""
    insertion = _insertion(type(row))
    with connection.cursor() as cursor:
        cursor.execute(f"{insertion.statement} RETURNING id", insertion.values(row))
        ((row.pk,),) = cursor.fetchall()
    row._state.adding, row._state.db = False, connection.alias


@cache
def _insertion(model: type[models.Model]) -> _Insertion:
    """What is the same for every row."""
    fields = tuple(field for field in model._meta.concrete_fields if not field.primary_key)
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    into = f"{quote(model._meta.db_table)} ({names})"
    statement = f"INSERT INTO {into} VALUES ({', '.join(['%s'] * len(fields))})"  # noqa: S608 - the model's own names
    return _Insertion(fields, into, statement)
