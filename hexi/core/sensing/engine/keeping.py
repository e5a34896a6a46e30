"""How a shard's state lies in the database, and how a turn is written: everything in one transaction, or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, cast

import numpy as np
from django.db import connection

from hexi.core.sensing.models import KeyState, ShardState
from hexi.core.sensing.stream.arrays import Floats
from hexi.core.sensing.stream.arrivals import Counts
from hexi.core.sensing.stream.shard import Shard
from hexi.kernel.errors import Conflict
from hexi.kernel.label import t
from hexi.kernel.stream.stepping import NEVER

READ_ROWS = 5000
NO_MOMENT = -(2**63)
UPDATE = "ON CONFLICT (key) DO UPDATE SET shard = excluded.shard, due = excluded.due, state = excluded.state"
ONE_BY_ONE = f"INSERT INTO sensing_keystate (key, shard, due, state) VALUES (%s, %s, %s, %s) {UPDATE}"  # noqa: S608 - constants only
TOGETHER = f"""
INSERT INTO sensing_keystate (key, shard, due, state)
SELECT key, %s, due, state FROM unnest(%s::text[], %s::bigint[], %s::bytea[]) AS given (key, due, state) {UPDATE}
"""  # noqa: S608 - constants only
MANY = 1000
"""From here on PostgreSQL takes them by COPY, whose binary form is what an array of numbers has anyway."""
GATHERED = "CREATE TEMPORARY TABLE IF NOT EXISTS states_written (key text, due bigint, state bytea) ON COMMIT DELETE ROWS"
COPY = "COPY states_written (key, due, state) FROM STDIN (FORMAT BINARY)"
COPIED = f"""
INSERT INTO sensing_keystate (key, shard, due, state)
SELECT key, %s, nullif(due, {NO_MOMENT}), state FROM states_written {UPDATE}
"""  # noqa: S608 - constants only
COPY_HEAD, COPY_END, FIELDS = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff", (3).to_bytes(2, "big")


def restored(shard: Shard, number: int) -> ShardState:
    """Put what the database knows into the shard; the row that says how far it has come."""
    row, _ = ShardState.objects.get_or_create(shard=number)
    for keys, states in _stored(number):
        shard.restore(keys, states, row.layout)
    if row.clock is not None:
        shard.clock = float(row.clock)
    shard.counts = counts_in(row.counts)
    return row


def _stored(number: int) -> Iterator[tuple[list[str], Floats]]:
    found: list[tuple[str, bytes]] = []
    for key, state in KeyState.objects.filter(shard=number).values_list("key", "state").iterator(READ_ROWS):
        found.append((key, bytes(state)))
        if len(found) == READ_ROWS:
            yield _together(found)
            found = []
    if found:
        yield _together(found)


def _together(found: list[tuple[str, bytes]]) -> tuple[list[str], Floats]:
    return [key for key, _ in found], np.frombuffer(b"".join(state for _, state in found)).reshape(len(found), -1)


def write_states(number: int, keys: Sequence[str], rows: Floats, due: Floats) -> None:
    """Insert or overwrite these keys' states, inside the caller's transaction."""
    if not keys:
        return
    if connection.vendor == "postgresql" and len(keys) >= MANY and rows.size:
        _copy_states(number, keys, rows, due)
        return
    width = rows.shape[1] * rows.itemsize
    packed = rows.tobytes()
    states = [packed[begin : begin + width] for begin in range(0, len(packed), width)] if width else [b""] * len(keys)
    moments = [None if moment == NEVER else int(moment) for moment in due.tolist()]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(TOGETHER, [number, list(keys), moments, states])
        else:
            cursor.executemany(ONE_BY_ONE, [(key, number, *rest) for key, *rest in zip(keys, moments, states, strict=True)])


def _copy_states(number: int, keys: Sequence[str], rows: Floats, due: Floats) -> None:
    with connection.cursor() as cursor:
        cursor.execute(GATHERED)
        with cast(Any, cursor).copy(COPY) as copy:
            copy.write(_binary(keys, rows, due))
        cursor.execute(COPIED, [number])


def _binary(keys: Sequence[str], rows: Floats, due: Floats) -> bytes:
    """As PostgreSQL's binary COPY has it: before each value its length, whole numbers with the highest byte first."""
    width = rows.shape[1] * rows.itemsize
    tails = np.empty(len(keys), [("eight", ">i4"), ("due", ">i8"), ("width", ">i4"), ("state", f"V{width}")])
    tails["eight"], tails["width"] = 8, width
    tails["due"] = np.where(due == NEVER, NO_MOMENT, np.where(due == NEVER, 0, due).astype(np.int64))
    tails["state"] = np.ascontiguousarray(rows).view(f"V{width}")[:, 0]
    packed, size = tails.tobytes(), tails.itemsize
    names = (key.encode() for key in keys)
    parts = (b"".join((FIELDS, len(name).to_bytes(4, "big"), name, packed[n * size : n * size + size])) for n, name in enumerate(names))
    return b"".join((COPY_HEAD, *parts, COPY_END))


def move_on(row: ShardState, shard: Shard, offset: int) -> None:
    """Say how far the shard has come. Raises Conflict when another engine wrote a turn meanwhile."""
    recall = shard.waiting_from()
    values: dict[str, Any] = {
        "turns": row.turns + 1, "offset": offset, "recall_from": offset if recall is None else recall,
        "clock": int(shard.clock) if np.isfinite(shard.clock) else None, "layout": [list(part) for part in shard.layout()],
        "counts": counts_out(shard.counts),
    }  # fmt: skip
    if not ShardState.objects.filter(shard=row.shard, turns=row.turns).update(**values):
        raise Conflict(
            t("另一个规则引擎已处理该分片", "Another engine works on this shard"), which=str(row.shard),
            do=t("一个分片只运行一个引擎", "Run one engine for each shard"),
        )  # fmt: skip


def counts_out(counts: Counts) -> dict[str, dict[str, int]]:
    """What became of readings, by kind, as JSON."""
    found: dict[str, dict[str, int]] = {}
    for (kind, fate), number in sorted(counts.items()):
        found.setdefault(kind, {})[fate] = number
    return found


def counts_in(stored: dict[str, dict[Any, int]]) -> Counts:
    """The same back."""
    return Counter({(kind, fate): number for kind, fates in stored.items() for fate, number in fates.items()})
