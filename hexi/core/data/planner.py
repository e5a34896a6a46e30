"""What PostgreSQL's planner knows of a table that one transaction fills."""

from __future__ import annotations

from django.db import connection, models

MANY = 1000


def counted_anew(model: type[models.Model], added: int) -> None:
    """Let the planner count a table after many rows went in, before the references to them are checked.

    References are checked at the commit, one row at a time, with a plan made once: of a table that was last counted empty that plan
    reads all of it for each row, and a large import never ends. SQLite always goes by the index.
    """
    if added < MANY or connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
