"""The embedded engine with its journal and its database: readings a second with everything durable, and from a reading to its finding.

python -m bench.engine                   SQLite
python -m bench.engine --postgresql --telling
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import replace
from pathlib import Path

from bench.house import database, installation, share, verdict
from bench.stream_rules import BATCH, batch, sample_rules

ALARMS = 200


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batches", type=int, default=5)
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--telling", action="store_true", help="one of the ten rules finds something in about every fifth reading")
    given, met = parser.parse_args(), True
    with database(postgresql=given.postgresql), installation() as var:
        for keys in (1_000, 100_000):
            rate, written, found = _sustained(var / f"journal{keys}", keys, given.batches, telling=given.telling)
            print(f"    the journal took {written:,.0f} readings/s in batches of 1,000, an fsync each")
            met &= verdict(f"ten rules over {keys:,} keys, {found:,} findings, all durable", rate, "readings/s", 20_000, at_most=False)
        took = _alarms(var / "alarms")
        met &= verdict("from a reading to its finding committed: median", share(took, 0.5), "ms", 25, at_most=True)
        met &= verdict("the same: p99", share(took, 0.99), "ms", 60, at_most=True)
    return 0 if met else 1


def _declared(count: int, *, telling: bool = False) -> str:
    """Put rules and kind of the benchmark into the catalogue of this process; the kind's key."""
    from hexi.kernel.catalogue import catalogue
    from hexi.kernel.stream.patterns import Held
    from hexi.kernel.stream.seen import Seen

    rules, kinds = sample_rules(count)
    if telling:
        rules = (*rules[:-1], replace(rules[-1], when=Held(Seen(kinds[0], above=103.0))))  # type: ignore[type-var]
    catalogue.stream_rules = {rule.key: rule for rule in rules}  # type: ignore[attr-defined]
    catalogue.reading_kinds = {kind.key: kind for kind in kinds}  # type: ignore[attr-defined]
    return str(kinds[0].key)  # type: ignore[attr-defined]


def _sustained(folder: Path, keys: int, batches: int, *, telling: bool) -> tuple[float, float, int]:
    """Written in batches of 1,000, then read and judged in turns; the shard's number keeps one measurement from the other."""
    from hexi.core.sensing.api import Engine, Finding, Journal

    kind, journal = _declared(10, telling=telling), Journal(folder)
    parts = [batch(number, keys, kind).slice(at, 1000) for number in range(batches) for at in range(0, BATCH, 1000)]
    begun = time.monotonic()
    for part in parts:
        journal.append(part)
    written = len(parts) * 1000 / (time.monotonic() - begun)
    journal.close()
    engine, before = Engine(keys, folder), Finding.objects.count()
    begun, rows = time.monotonic(), 0
    while got := engine.turn(0):
        rows += got
    assert rows == len(parts) * 1000
    return rows / (time.monotonic() - begun), written, Finding.objects.count() - before


def _alarms(folder: Path) -> list[float]:
    """One reading at a time that breaks a limit: written, read, judged, committed. In milliseconds."""
    from hexi.core.sensing.api import Engine, Finding, Journal, batch_of, now_us
    from hexi.kernel.reading import Reading

    kind = _declared(2)
    journal, engine, took, before = Journal(folder), Engine(7, folder), list[float](), Finding.objects.count()
    for number in range(ALARMS):
        begun, now = time.monotonic(), now_us()
        journal.append(batch_of([Reading(f"alarm:{number}", kind, now, 200.0, now)]))
        engine.turn(now)
        took.append((time.monotonic() - begun) * 1000)
    journal.close()
    assert Finding.objects.count() == before + ALARMS
    return took


if __name__ == "__main__":
    sys.exit(main())
