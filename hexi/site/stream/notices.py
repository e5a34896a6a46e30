"""Notices: how they get their one order, how they are read, how they look on the wire."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
from django.db import connection, transaction
from django.utils import timezone

BATCH = 1000
LOCK = 0x68657869  # "hexi": PostgreSQL's advisory lock of the sequencer

COLUMNS = "sequence, topic, entity, object_id, version, place, organisation, at"
WAITING = "SELECT 1 FROM trust_notice WHERE sequence IS NULL LIMIT 1"
NEXT = """
UPDATE trust_notice SET sequence = numbered.place_in_line + (SELECT coalesce(max(sequence), 0) FROM trust_notice)
FROM (SELECT id, row_number() OVER (ORDER BY id) AS place_in_line FROM trust_notice WHERE sequence IS NULL ORDER BY id LIMIT %s) AS numbered
WHERE trust_notice.id = numbered.id
"""
AFTER = f"SELECT {COLUMNS} FROM trust_notice WHERE sequence > %s ORDER BY sequence LIMIT %s"  # noqa: S608 - constants only
LATEST = f"SELECT {COLUMNS} FROM trust_notice WHERE sequence IS NOT NULL ORDER BY sequence DESC LIMIT %s"  # noqa: S608

FORGET = "DELETE FROM trust_notice WHERE at < %s AND sequence < (SELECT max(sequence) FROM trust_notice)"


@dataclass(frozen=True, slots=True)
class Notice:
    """That something changed, never what it says. `organisation` serves the permission filter and does not leave the server."""

    sequence: int
    topic: str
    entity: str
    object_id: int
    version: int
    place: str
    organisation: str
    at: datetime
    wire: bytes = b""


def give_sequence() -> int:
    """Number the notices that wait, in the order in which they were written; say how many.

    Numbers are given in one transaction under one lock: two relays may run, but they number one after the other and never twice.
    """
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        if cursor.fetchone() is None:  # the usual case, and it takes no lock
            return 0
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # SQLite's write transactions exclude each other anyway
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute(NEXT, [BATCH])
        return cursor.rowcount


def notices_after(sequence: int) -> list[Notice]:
    """The next notices in their order, at most a batch."""
    with connection.cursor() as cursor:
        cursor.execute(AFTER, [sequence, BATCH])
        return [_notice(row) for row in cursor.fetchall()]


def latest_notices(count: int) -> list[Notice]:
    """The newest notices, oldest of them first."""
    with connection.cursor() as cursor:
        cursor.execute(LATEST, [count])
        return [_notice(row) for row in reversed(cursor.fetchall())]


def newest_sequence() -> int:
    """The number of the newest notice, 0 when there is none."""
    found = latest_notices(1)
    return found[0].sequence if found else 0


def forget_notices(older_than: timedelta) -> int:
    """Throw old notices away, but never the newest: the next number follows from it."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [connection.ops.adapt_datetimefield_value(timezone.now() - older_than)])
        return cursor.rowcount


def _notice(row: tuple[Any, ...]) -> Notice:
    *values, at = row
    notice = Notice(*values, at=_moment(at))
    return replace(notice, wire=_wire(notice))


def _moment(value: datetime | str) -> datetime:
    """SQLite hands out text without a zone, which is UTC; PostgreSQL a moment."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _wire(notice: Notice) -> bytes:
    """The event as it is sent, written once for all clients."""
    data = {
        "sequence": notice.sequence, "topic": notice.topic, "entity": notice.entity, "id": notice.object_id,
        "version": notice.version, "place": notice.place, "at": notice.at.isoformat(),
    }  # fmt: skip
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (notice.sequence, notice.topic.encode(), orjson.dumps(data))
