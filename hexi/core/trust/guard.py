"""The database itself refuses to change or remove an event, whichever program asks.

A migration that alters the table on SQLite makes it anew, which drops its triggers: such a migration ends with `raise_guard`.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

TABLE = "trust_event"
WORDS = "trust_event is append-only: events are never changed or removed"
TAKEN = f"SELECT 1 FROM {TABLE} WHERE id = NEW.id"  # noqa: S608  the name is written above

SQLITE = {
    "trust_event_kept": f"BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END",
    "trust_event_stays": f"BEFORE DELETE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END",
    # INSERT OR REPLACE removes the old row without asking the DELETE trigger
    "trust_event_new": f"BEFORE INSERT ON {TABLE} WHEN EXISTS ({TAKEN}) BEGIN SELECT RAISE(ABORT, '{WORDS}'); END",
}
POSTGRESQL = (
    f"CREATE OR REPLACE FUNCTION trust_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{WORDS}'; END $$",
    f"CREATE TRIGGER trust_event_kept BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION trust_event_refuse()",
    f"CREATE TRIGGER trust_event_stays BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION trust_event_refuse()",
)


def raise_guard(connection: Any) -> None:
    """Begin to refuse."""
    _run(connection, *_by_vendor(connection, [f"CREATE TRIGGER {name} {body}" for name, body in SQLITE.items()], POSTGRESQL))


def drop_guard(connection: Any) -> None:
    """Cease to refuse: for taking the migration back."""
    dropped = [f"DROP TRIGGER trust_event_{name} ON {TABLE}" for name in ("kept", "stays")]
    _run(connection, *_by_vendor(connection, [f"DROP TRIGGER {name}" for name in SQLITE], (*dropped, "DROP FUNCTION trust_event_refuse()")))


@contextmanager
def guard_lifted(connection: Any) -> Generator[None]:
    """Let an operator empty the whole database (`flush`); comes back even when that fails."""
    if TABLE not in connection.introspection.table_names():
        yield
        return
    with transaction.atomic(using=connection.alias):
        drop_guard(connection)
        yield
        raise_guard(connection)


def _by_vendor(connection: Any, sqlite: Any, postgresql: Any) -> Any:
    return {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]


def _run(connection: Any, *statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
