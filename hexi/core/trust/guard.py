"""The database itself refuses to change or remove an event, or an entry of the log, whichever program asks.

One change it lets through: the content and the salt of an event go, once a row of `trust_erasure` says by whose order.

A migration that alters such a table on SQLite makes it anew, which drops its triggers: such a migration ends with `raise_guard`.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import transaction

KEYS = {"trust_event": "id", "trust_entry": '"index"', "trust_erasure": "id"}
WORDS = {
    "trust_event": "trust_event is append-only: events are never changed or removed",
    "trust_entry": "trust_entry is append-only: entries of the log are never changed or removed",
    "trust_erasure": "trust_erasure is append-only: what was erased stays told",
}
STAYING = ("id", "at", "role", "action", "entity", "object_id", "version", "place", "organisation", "leaf")
"""Columns of an event that outlive its content."""
SAME = f"({', '.join(f'NEW.{one}' for one in STAYING)}) {{same}} ({', '.join(f'OLD.{one}' for one in STAYING)})"
ERASING = "length(NEW.salt) = 0 AND EXISTS (SELECT 1 FROM trust_erasure x WHERE x.event_id = OLD.id) AND "


def raise_guard(connection: Any, table: str = "trust_event") -> None:
    """Begin to refuse."""
    _run(connection, _sqlite(table) if connection.vendor == "sqlite" else _postgresql(table))


def let_erasures(connection: Any) -> None:
    """Refuse changes of events but for erasures: in place of the guard that knows none."""
    if connection.vendor == "sqlite":
        when = f"WHEN NOT ({ERASING}{SAME.format(same='IS')})"
        refuse = f"BEGIN SELECT RAISE(ABORT, '{WORDS['trust_event']}'); END"
        _run(connection, ["DROP TRIGGER trust_event_kept", f"CREATE TRIGGER trust_event_kept BEFORE UPDATE ON trust_event {when} {refuse}"])
        return
    allowed = f"{ERASING}{SAME.format(same='IS NOT DISTINCT FROM')}"
    body = f"BEGIN IF TG_OP = 'UPDATE' AND {allowed} THEN RETURN NEW; END IF; RAISE EXCEPTION '{WORDS['trust_event']}'; END"
    _run(connection, [
        f"CREATE OR REPLACE FUNCTION trust_event_erase() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$",
        "DROP TRIGGER trust_event_kept ON trust_event",
        "CREATE TRIGGER trust_event_kept BEFORE UPDATE OR DELETE ON trust_event FOR EACH ROW EXECUTE FUNCTION trust_event_erase()",
    ])  # fmt: skip


def drop_guard(connection: Any, table: str = "trust_event") -> None:
    """Cease to refuse: for taking the migration back."""
    if connection.vendor == "sqlite":
        _run(connection, [f"DROP TRIGGER {table}_{name}" for name in ("kept", "stays", "new")])
        return
    dropped = [f"DROP TRIGGER {table}_{name} ON {table}" for name in ("kept", "stays")]
    _run(connection, [*dropped, f"DROP FUNCTION {table}_refuse()"])


@contextmanager
def guard_lifted(connection: Any) -> Generator[None]:
    """Let an operator empty the whole database (`flush`); comes back even when that fails."""
    there = [table for table in KEYS if table in connection.introspection.table_names()]
    if not there:
        yield
        return
    with transaction.atomic(using=connection.alias):
        for table in there:
            drop_guard(connection, table)
        yield
        for table in there:
            raise_guard(connection, table)
        if "trust_erasure" in there:
            let_erasures(connection)


def _sqlite(table: str) -> Sequence[str]:
    key, no = KEYS[table], f"SELECT RAISE(ABORT, '{WORDS[table]}'); END"
    taken = f"EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})"  # noqa: S608  names written above
    return (
        f"CREATE TRIGGER {table}_kept BEFORE UPDATE ON {table} BEGIN {no}",
        f"CREATE TRIGGER {table}_stays BEFORE DELETE ON {table} BEGIN {no}",
        # INSERT OR REPLACE removes the old row without asking the DELETE trigger
        f"CREATE TRIGGER {table}_new BEFORE INSERT ON {table} WHEN {taken} BEGIN {no}",
    )


def _postgresql(table: str) -> Sequence[str]:
    refuse = f"EXECUTE FUNCTION {table}_refuse()"
    raised = f"BEGIN RAISE EXCEPTION '{WORDS[table]}'; END"
    return (
        f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ {raised} $$",
        f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {refuse}",
        f"CREATE TRIGGER {table}_stays BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}",
    )


def _run(connection: Any, statements: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
