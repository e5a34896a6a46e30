"""Give entries their numbers: entries, hashes, the trees' edges and the watermark in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.db import connection, transaction

from hexi.core.trust.ledger.models import Entry, State
from hexi.core.trust.ledger.records import Draft
from hexi.core.trust.ledger.trees import GM, MAIN, TREES, frontier_of, new_nodes
from hexi.core.trust.straight import insert_rows

COLUMNS = '"index", event_id, kind, content, sha256, sm3'
TABLE = Entry._meta.db_table
INSERT = f"INSERT INTO {TABLE} ({COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s)"  # noqa: S608 - constants only
COPY = f"COPY {TABLE} ({COLUMNS}) FROM STDIN"


class Overtaken(RuntimeError):
    """Somebody else appended to the log meanwhile; there may be only one sequencer."""

    def __init__(self, size: int) -> None:
        super().__init__(f"The log is no longer {size} entries long: another sequencer is at work. Nothing was numbered.")


def state() -> State:
    """How far the log is; a log without entries before the first."""
    return State.objects.filter(pk=1).first() or State(pk=1)


def append(drafts: Sequence[Draft], settled: int | None = None) -> State:
    """Number these entries behind the last and commit. Raises Overtaken when another sequencer was faster.

    The hashing is done before the transaction begins: SQLite's other writers wait no longer than the insert takes.
    """
    before = state()
    contents = [draft.content for draft in drafts]
    leaves = {tree.name: tree.hashing.leaves(contents) for tree in TREES}
    nodes = [node for tree in TREES for node in new_nodes(tree, before.size, leaves[tree.name])]
    after = _grown(before, leaves, len(drafts), before.settled if settled is None else settled)
    numbers = range(before.size, after.size)
    rows = zip(
        numbers, (one.event for one in drafts), (one.kind for one in drafts), contents, leaves[MAIN.name], leaves[GM.name], strict=True
    )
    with transaction.atomic():
        _move(before, after)
        _insert(rows)
        insert_rows(nodes)
    return after


def _grown(before: State, leaves: dict[Any, list[bytes]], more: int, settled: int) -> State:
    after = State(pk=1, size=before.size + more, settled=settled, trouble=before.trouble, told=before.told, since=before.since)
    for tree in TREES:
        frontier = frontier_of(tree, before.size, bytes(getattr(before, tree.peaks)))
        frontier.extend(leaves[tree.name])
        setattr(after, tree.peaks, b"".join(frontier.peaks))
    return after


def _move(before: State, after: State) -> None:
    """The edge from the one size to the other, if it still is where we saw it."""
    if not before.size and not before.settled:
        State.objects.get_or_create(pk=1)
    moved = State.objects.filter(pk=1, size=before.size, settled=before.settled)
    if not moved.update(size=after.size, settled=after.settled, peaks=after.peaks, gm_peaks=after.gm_peaks):
        raise Overtaken(before.size)


def _insert(rows: Any) -> None:
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.executemany(INSERT, list(rows))
            return
        with cast(Any, cursor).copy(COPY) as copy:
            for row in rows:
                copy.write_row(row)
