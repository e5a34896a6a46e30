"""The outbox: every change's notice in the one order that the relay gave it, kept until all who wait for it have it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from django.db import connection, transaction
from django.utils import timezone

from hexi.core.trust.contracts import Told

BATCH = 1000
LOCK = 0x68657869  # "hexi": PostgreSQL's advisory lock of the sequencer

COLUMNS = "sequence, topic, entity, object_id, version, place, organisation, action, event_id, at"
WAITING = "SELECT 1 FROM trust_notice WHERE sequence IS NULL LIMIT 1"
NEXT = f"""
UPDATE trust_notice SET sequence = numbered.place_in_line + (SELECT coalesce(max(sequence), 0) FROM trust_notice)
FROM (SELECT id, row_number() OVER (ORDER BY id) AS place_in_line FROM trust_notice WHERE sequence IS NULL ORDER BY id LIMIT {BATCH})
    AS numbered
WHERE trust_notice.id = numbered.id
"""  # noqa: S608 - constants only
LOCKED_NEXT = f"SELECT pg_advisory_xact_lock({LOCK}); {NEXT}"
"""Sent as one question, which PostgreSQL answers in one transaction; the second statement sees what was written while the first waited."""
AFTER = f"SELECT {COLUMNS} FROM trust_notice WHERE sequence > %s"  # noqa: S608 - constants only
LATEST = f"SELECT {COLUMNS} FROM trust_notice WHERE sequence IS NOT NULL ORDER BY sequence DESC LIMIT %s"  # noqa: S608
OLDEST = "SELECT min(sequence) FROM trust_notice WHERE sequence IS NOT NULL"

FORGET = "DELETE FROM trust_notice WHERE at < %s AND sequence < (SELECT max(sequence) FROM trust_notice)"


def give_sequence() -> int:
    """Number the notices that wait, in the order in which they were written; say how many.

    Numbers are given in one transaction under one lock: two relays may run, but they number one after the other and never twice.
    """
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        if cursor.fetchone() is None:  # the usual case, and it takes no lock
            return 0
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(LOCKED_NEXT)
            cast(Any, cursor).nextset()
            return cursor.rowcount
    with transaction.atomic(), connection.cursor() as cursor:  # SQLite's write transactions exclude each other
        cursor.execute(NEXT)
        return cursor.rowcount


def told_after(sequence: int, topics: Collection[str] = (), limit: int = BATCH) -> list[Told]:
    """The next changes in their order, at most `limit`; with `topics` only those of these entities."""
    only = f" AND topic IN ({', '.join(['%s'] * len(topics))})" if topics else ""
    with connection.cursor() as cursor:
        cursor.execute(f"{AFTER}{only} ORDER BY sequence LIMIT %s", [sequence, *topics, limit])
        return [_told(row) for row in cursor.fetchall()]


def latest_told(count: int) -> list[Told]:
    """The newest changes, oldest of them first."""
    with connection.cursor() as cursor:
        cursor.execute(LATEST, [count])
        return [_told(row) for row in reversed(cursor.fetchall())]


def newest_sequence() -> int:
    """The number of the newest change, 0 when there is none."""
    found = latest_told(1)
    return found[0].sequence if found else 0


def oldest_sequence() -> int:
    """The number of the oldest change that is still kept, 0 when there is none."""
    with connection.cursor() as cursor:
        cursor.execute(OLDEST)
        (found,) = cursor.fetchone() or (None,)
    return found or 0


def forget_told(older_than: timedelta, wanted_from: int | None = None) -> int:
    """Throw old notices away, but never the newest (the next number follows from it) and none that a receiver still waits for.

    `wanted_from` is the lowest sequence that somebody has not got yet.
    """
    sql, limit = FORGET, connection.ops.adapt_datetimefield_value(timezone.now() - older_than)
    values: list[Any] = [limit]
    if wanted_from is not None:
        sql, values = f"{FORGET} AND sequence < %s", [limit, wanted_from]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


def _told(row: Sequence[Any]) -> Told:
    *values, at = row
    return Told(*values, at=_moment(at))


def _moment(value: datetime | str) -> datetime:
    """SQLite hands out text without a zone, which is UTC; PostgreSQL a moment."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
