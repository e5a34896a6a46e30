"""What one logged transaction costs: processor time of the writer and of its PostgreSQL process, against the same change without an event.

    python -m bench.ledger_cost [--changes 2000]

Processor time, in turns of both: so other work on the machine weighs on neither.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench.house import database, installation, verdict

TURNS, MOST_US = 10, 1000
Way = Callable[[int], None]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--changes", type=int, default=2000)
    options = parser.parse_args()
    with database(postgresql=True), installation(HEXI_DEMO="1"):
        return 0 if measured(options.changes // TURNS) else 1


def measured(changes: int) -> bool:
    from django.db import connection, transaction

    from bench.ledger import POSTGRESQL, prepared
    from bench.ledger_writers import CHANGE, told
    from hexi.core.trust.api import PLATFORM, record

    prepared(POSTGRESQL)

    def bare(number: int) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(CHANGE, [number])

    def logged(number: int) -> None:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(CHANGE, [number])
            record(PLATFORM, told(number))

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        ((server,),) = cursor.fetchall()
    spent = dict.fromkeys((bare, logged), 0.0)
    for turn in range(TURNS + 1):  # the first is not counted
        for way in spent:
            used = _spent(way, changes, server)
            spent[way] += used if turn else 0
    alone, whole = (spent[way] / TURNS / changes * 1e6 for way in (bare, logged))
    print(f"    {alone:.0f} µs of processor time for the change alone, {whole:.0f} µs with event, leaf and notice")
    return verdict("processor time of a logged transaction, writer and server", whole, "µs", MOST_US, at_most=True)


def _spent(way: Way, changes: int, server: int) -> float:
    started = time.process_time() + _server_time(server)
    for number in range(1, changes + 1):
        way(number)
    return time.process_time() + _server_time(server) - started


def _server_time(process: int) -> float:
    return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e9


if __name__ == "__main__":
    sys.exit(main())
