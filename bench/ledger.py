"""The log: transactions a second with and without it, how soon an event is under a checkpoint, a hundred kills of the sequencer.

python -m bench.ledger                all parts
python -m bench.ledger PART           one of: hashes sqlite postgresql cosigned kills
HEXI_BENCH_KILLS=10 python -m bench.ledger kills
"""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from bench.house import SCRATCH, database, installation, share, verdict
from bench.ledger_cosigned import in_hand
from hexi.kernel.tlog.checkpoint import checkpoint_in
from hexi.kernel.tlog.merkle import SHA256, SM3, Frontier
from hexi.kernel.tlog.note import note_in

KILLS = int(os.environ.get("HEXI_BENCH_KILLS", "100"))
SECONDS = 15.0
SEQUENCER = [sys.executable, "-m", "hexi.site.sequencer"]
DURABLE = ("fsync = on", "synchronous_commit = on", "full_page_writes = on")


@dataclass(frozen=True)
class Load:
    """How many processes and threads write, and what they must reach."""

    name: str
    processes: int
    threads: int
    bar: int


SQLITE, POSTGRESQL = Load("SQLite", 2, 4, 500), Load("PostgreSQL", 4, 12, 2000)


@dataclass
class Watch:
    """When each size was first published."""

    file: Path
    seen: list[tuple[float, int]] = field(default_factory=list[tuple[float, int]])
    stopped: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        while not self.stopped.is_set():
            if self.file.exists():
                size = checkpoint_in(note_in(self.file.read_bytes()).text).size
                if not self.seen or self.seen[-1][1] != size:
                    self.seen.append((time.time(), size))
            time.sleep(0.005)


def main() -> int:
    if len(sys.argv) > 1:
        return 0 if PARTS[sys.argv[1]]() else 1
    # each part in a process of its own: Django opens one database in a process
    return max([subprocess.call([sys.executable, "-m", "bench.ledger", part]) for part in PARTS])


def against(load: Load) -> bool:
    """One database, durable, with its writers and its sequencer."""
    with database(postgresql=load is POSTGRESQL), installation(HEXI_DEMO="1") as var:
        return measured(load, var)


def hashes() -> bool:
    """Leaves and trees, one core, by processor time."""
    entries = [b'{"alg":"sha256-salted-row-v1","commitment":"%064x","kind":"event","v":1}' % n for n in range(100_000)]
    met = True
    for hashing, bar in ((SHA256, 1_000_000), (SM3, 300_000)):
        started = time.process_time()
        Frontier(hashing).extend(hashing.leaves(entries))
        rate = len(entries) / (time.process_time() - started)
        met &= verdict(f"entries hashed into the tree, {hashing.name}", rate, "entries/s", bar, at_most=False)
    return met


def measured(load: Load, var: Path) -> bool:
    """First without leaf and sequencer, then as the platform does it: one run, one disk, one neighbourhood."""
    prepared(load)
    plain = len(written(load, "plain", var)) / SECONDS
    _emptied()
    watch = Watch(var / "ledger" / "public" / "checkpoint")
    watching = threading.Thread(target=watch.run)
    watching.start()
    sequencer = subprocess.Popen(SEQUENCER)
    try:
        while not watch.seen:
            time.sleep(0.05)
        commits = written(load, "logged", var)
        delays = _delays(commits, watch)
    finally:
        sequencer.send_signal(signal.SIGTERM)
        sequencer.wait(20)
        watch.stopped.set()
        watching.join()
    logged = len(commits) / SECONDS
    print(f"    {load.name}: {plain:,.0f}/s without leaf and log, {logged:,.0f}/s with them")
    print(f"    {load.name}: under a checkpoint after {share(delays, 0.5):.2f} s (median), {share(delays, 0.99):.2f} s (p99)")
    return all([
        verdict(f"{load.name}: logged business transactions, durable", logged, "tx/s", load.bar, at_most=False),
        verdict(f"{load.name}: with log against without leaf", logged / plain, "times", 0.7, at_most=False),
        verdict(f"{load.name}: commit to signed, published checkpoint, p99", share(delays, 0.99), "s", 1, at_most=True),
    ])  # fmt: skip


def prepared(load: Load) -> None:
    """A durable database with the table that the writers change."""
    from django.db import connection

    from bench.ledger_writers import TABLE

    with connection.cursor() as cursor:
        for setting in DURABLE if load is POSTGRESQL else ():
            cursor.execute(f"ALTER SYSTEM SET {setting}")
        if load is POSTGRESQL:
            cursor.execute("SELECT pg_reload_conf()")
        cursor.execute(TABLE)
        cursor.executemany("INSERT INTO bench_row VALUES (%s, 0)", [[number] for number in range(1, 100_001)])


def _emptied() -> None:
    """What the first part wrote commits to nothing: it must not come into the log."""
    from django.db import connection

    from hexi.core.trust.guard import guard_lifted

    with guard_lifted(connection), connection.cursor() as cursor:
        cursor.execute("DELETE FROM trust_event")


def written(load: Load, way: str, var: Path) -> list[tuple[int, float]]:
    """Event and time of every commit."""
    files = [var / f"{way}-{n}" for n in range(load.processes)]
    words = [sys.executable, "-m", "bench.ledger_writers", str(load.threads), str(SECONDS), way]
    writers = [subprocess.Popen([*words, str(file)], stdin=subprocess.PIPE) for file in files]
    time.sleep(4)  # until all of them wait for the word
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write(b"\n")
        writer.stdin.close()
    for writer in writers:
        writer.wait(SECONDS + 60)
    lines = [line.split() for file in files for line in file.read_text().splitlines()]
    return [(int(number), float(at)) for number, at in lines]


def _delays(commits: list[tuple[int, float]], watch: Watch) -> list[float]:
    """From each commit to the first published checkpoint that holds it; waits until all are under one."""
    from hexi.core.trust.ledger.models import Entry

    wanted, end = {number for number, _ in commits}, time.monotonic() + 60
    places: dict[int, int] = {}
    while time.monotonic() < end:
        places = dict(Entry.objects.exclude(event_id=None).values_list("event_id", "index"))
        if wanted <= places.keys() and watch.seen[-1][1] > max(places.values()):
            break
        time.sleep(0.5)
    return [_first(watch.seen, places[number]) - at for number, at in commits]


def _first(seen: list[tuple[float, int]], index: int) -> float:
    low, high = 0, len(seen)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if seen[middle][1] > index else (middle + 1, high)
    return seen[low][0]


def kills() -> bool:
    """kill -9 of the sequencer under load, on both databases."""
    import psycopg

    from tests.support.postgres import Postgres

    met = _stormed("SQLite", {}, lambda folder: sqlite3.connect(folder / "hexi.sqlite3"))
    with Postgres.for_a_while(SCRATCH) as server:
        met &= _stormed("PostgreSQL", {"HEXI_DATABASE_URL": server.url("hexi")}, lambda _: psycopg.connect(server.url("hexi")))
    return met


def _stormed(name: str, more: Mapping[str, str], opened: Callable[[Path], Any]) -> bool:
    from tests.support.log_storm import log_faults, prepared, stormed

    with prepared(more) as folder:
        storm = stormed(folder, more, KILLS)
        with closing(opened(folder)) as connection:
            faults = log_faults(storm, connection)
    for fault in faults[:10]:
        print("   ", fault)
    print(f"    {name}: {KILLS} kills, {len(storm.acknowledged):,} events acknowledged, {len(storm.published)} checkpoints seen")
    return verdict(f"{name}: events lost or doubled, checkpoints contradicted", len(faults), "faults", 0, at_most=True)


PARTS: Mapping[str, Callable[[], bool]] = {
    "hashes": hashes, "sqlite": partial(against, SQLITE), "postgresql": partial(against, POSTGRESQL), "cosigned": in_hand,
    "kills": kills,
}  # fmt: skip

if __name__ == "__main__":
    sys.exit(main())
