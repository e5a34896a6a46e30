"""New rows straight into their table: Django's own way works out each value's SQL anew, which costs more than the writing itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import chain
from typing import Any, NamedTuple, cast

from django.db import connection, connections, models

FEW = 10
"""Up to here rows share one statement, which is quicker than a pipeline of them."""
MANY = 1000
"""From here on PostgreSQL takes rows by COPY: it reads ten thousand while it would still parse one INSERT of five thousand."""


class _Insertion(NamedTuple):
    table: str
    fields: tuple[Any, ...]
    statement: str

    def values(self, row: models.Model, there: Any) -> list[Any]:
        return [field.get_db_prep_save(field.pre_save(row, True), there) for field in self.fields]


def insert_rows(rows: Sequence[models.Model]) -> None:
    """Insert them inside the caller's transaction. They get no number here and send no signal."""
    if not rows:
        return
    insertion = _insertion(type(rows[0]))
    if len(rows) == 1:  # one is quicker without a pipeline
        with connection.cursor() as cursor:
            cursor.execute(insertion.statement, insertion.values(rows[0], _there()))
    else:
        there = _there()
        write(insertion.table, [field.column for field in insertion.fields], [insertion.values(row, there) for row in rows])


def insert_row(row: models.Model) -> None:
    """Insert one inside the caller's transaction and give it its number. It sends no signal."""
    insertion = _insertion(type(row))
    with connection.cursor() as cursor:
        cursor.execute(f"{insertion.statement} RETURNING id", insertion.values(row, _there()))
        ((row.pk,),) = cursor.fetchall()
    row._state.adding, row._state.db = False, connection.alias


def insert_numbered(rows: Sequence[models.Model]) -> None:
    """Insert many inside the caller's transaction and give each its number, in their order. They send no signal."""
    if len(rows) == 1:
        insert_row(rows[0])
    if len(rows) < 2:
        return
    insertion = _insertion(type(rows[0]))
    numbers, there = reserved(insertion.table, len(rows)), _there()
    columns = ["id", *(field.column for field in insertion.fields)]
    write(insertion.table, columns, [[number, *insertion.values(row, there)] for number, row in zip(numbers, rows, strict=True)])
    for number, row in zip(numbers, rows, strict=True):
        row.pk, row._state.adding, row._state.db = number, False, connection.alias


def reserved(table: str, count: int) -> list[int]:
    """So many numbers of the table that nobody else gets: of PostgreSQL's sequence, or of SQLite, where only one writes at a time."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count])
            return [number for (number,) in cursor.fetchall()]
        cursor.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = %s", [table])
        (last,) = cursor.fetchone() or (0,)
        return list(range(last + 1, last + count + 1))


def write(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert these rows, whose values are as the database takes them, inside the caller's transaction."""
    if not rows:
        return
    into = f"{connection.ops.quote_name(table)} ({', '.join(map(connection.ops.quote_name, columns))})"
    one = f"({', '.join(['%s'] * len(columns))})"
    with connection.cursor() as cursor:
        if len(rows) <= FEW:
            cursor.execute(f"INSERT INTO {into} VALUES {', '.join([one] * len(rows))}", list(chain(*rows)))  # noqa: S608 - names of ours
        elif len(rows) >= MANY and connection.vendor == "postgresql":
            with cast(Any, cursor).copy(f"COPY {into} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            cursor.executemany(f"INSERT INTO {into} VALUES {one}", rows)  # noqa: S608 - names of ours


def _there() -> Any:
    """This thread's own connection: behind its stand-in each look costs more than a value's conversion."""
    return connections[connection.alias]


@cache
def _insertion(model: type[models.Model]) -> _Insertion:
    """What is the same for every row."""
    fields = tuple(field for field in model._meta.concrete_fields if not field.primary_key)
    quote, table = connection.ops.quote_name, model._meta.db_table
    names = ", ".join(quote(field.column) for field in fields)
    statement = f"INSERT INTO {quote(table)} ({names}) VALUES ({', '.join(['%s'] * len(fields))})"  # noqa: S608 - the model's own names
    return _Insertion(table, fields, statement)
