"""One process of writers: `python -m bench.ledger_writers THREADS SECONDS WAY FILE`. Each change is a row, its event and its notice.

WAY `logged`: as the platform does it. `plain`: the same without the leaf, which is not hashed then. FILE gets each event with its time.
"""

from __future__ import annotations

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from hexi.tools import house

CHANGE = "UPDATE bench_row SET amount = amount + 1 WHERE id = %s"
TABLE = "CREATE TABLE IF NOT EXISTS bench_row (id INTEGER PRIMARY KEY, amount INTEGER NOT NULL)"


def main() -> None:
    threads, seconds, way, file = int(sys.argv[1]), float(sys.argv[2]), sys.argv[3], Path(sys.argv[4])
    house.open_house()
    if way == "plain":
        without_leaf()
    sys.stdin.readline()  # all begin together
    end = time.monotonic() + seconds
    with ThreadPoolExecutor(threads) as pool:
        done = pool.map(partial(_written, end=end), range(threads))
    file.write_text("".join(f"{number} {at}\n" for rows in done for number, at in rows))


def without_leaf() -> None:
    """Events that commit to nothing: 32 bytes that are no hash."""
    from hexi.core.trust import events

    def nothing(_row: Any, _salt: bytes) -> bytes:
        return bytes(32)

    events.leaf_hash = nothing


def told(number: int) -> Any:
    """What happened to the row."""
    from hexi.core.trust.api import Happening

    return Happening("revise", "bench.row", number, {"amount": 1}, {"amount": 2}, "120103001", "housing", 2, "bench")


def _written(thread: int, end: float) -> list[tuple[int, float]]:
    from django.db import connection, transaction

    from hexi.core.trust.api import PLATFORM, record

    rows: list[tuple[int, float]] = []
    number = 1 + hash((sys.argv[4], thread)) % 100_000  # each on a row of its own: locks on rows are not measured
    while time.monotonic() < end:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(CHANGE, [number])
            (event,) = record(PLATFORM, told(number))
        rows.append((event, time.time()))
    connection.close()
    return rows


if __name__ == "__main__":
    main()
