"""Which events are not in the log yet. The event table is the outbox: a change costs no statement more for being logged."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import connection

from hexi.core.trust.ledger.records import Draft, entry_of

UNNUMBERED = """
SELECT e.id, e.leaf, s.said FROM trust_event e LEFT JOIN trust_statement s ON s.event_id = e.id
WHERE e.id > %s AND NOT EXISTS (SELECT 1 FROM trust_entry n WHERE n.event_id = e.id AND n.event_id > %s) ORDER BY e.id LIMIT %s
"""
LAST_GIVEN = "SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM trust_event_id_seq"
RUNNING = "SELECT coalesce(virtualxid, transactionid::text) FROM pg_locks WHERE locktype IN ('virtualxid', 'transactionid') AND granted"

Row = tuple[int, bytes, str | None]
"""An event, its leaf, and what its entry says beside it."""


@dataclass(frozen=True, slots=True)
class Found:
    """Events to be numbered. Once they are, every event up to `settled` is in the log or will never be."""

    drafts: tuple[Draft, ...]
    settled: int


@dataclass
class Window:
    """Finds events that were committed and have no entry yet.

    PostgreSQL gives numbers out before the commit, so a lower number may appear after a higher one, or never. All that is above the
    watermark is looked through each time; the watermark moves to the last number given out when every transaction that ran at that moment
    has ended. Transactions are told by their virtual number, which they hold from their first statement to their end: `pg_snapshot_xmin`
    knows them only from their first write, and an event's number may be taken before that.
    """

    mark: int = 0
    open_then: frozenset[str] = field(default_factory=frozenset[str])

    def look(self, settled: int, limit: int) -> Found:
        """The next events in the order of their numbers, at most `limit`."""
        if connection.vendor != "postgresql":
            return _in_order(_rows(settled, limit), settled)
        mark = self._ended()  # before the rows are read: what ended until now is seen by the reading
        rows = _rows(settled, limit)
        complete = len(rows) < limit or rows[-1][0] > mark
        return Found(_drafts(rows), max(settled, mark) if complete else settled)

    def _ended(self) -> int:
        """The last mark of which all transactions have ended; then a new mark is set. 0 while some still run."""
        last, running = _given_and_running()
        if self.open_then & running:
            return 0
        found, self.mark, self.open_then = self.mark, last, running
        return found


def _in_order(rows: list[Row], settled: int) -> Found:
    """SQLite has one writer at a time: events are committed in the order of their numbers."""
    return Found(_drafts(rows), rows[-1][0] if rows else settled)


def _rows(settled: int, limit: int) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(UNNUMBERED, [settled, settled, limit])
        return [(number, bytes(leaf), said) for number, leaf, said in cursor.fetchall()]


def _drafts(rows: list[Row]) -> tuple[Draft, ...]:
    return tuple(entry_of(*row) for row in rows)


def _given_and_running() -> tuple[int, frozenset[str]]:
    """The last number first: whoever begins after that takes a higher one."""
    with connection.cursor() as cursor:
        cursor.execute(LAST_GIVEN)
        ((last,),) = cursor.fetchall()
        cursor.execute(RUNNING)
        return int(last), frozenset(name for (name,) in cursor.fetchall())
