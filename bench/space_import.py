"""An OpenStreetMap file of a city through `hexi import osm`: seconds and peak memory, once into empty tables and once again.

    python -m bench.space_import --file porto_portugal.osm.pbf [--postgresql]

Nothing is cut off: the box is the earth. The second import compares everything with what stands and must find nothing changed.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from pathlib import Path

from bench.house import database, installation, verdict

EARTH = (-180.0, -90.0, 180.0, 90.0)


def brought(file: Path) -> float:
    """Seconds of one import; prints its counts."""
    from hexi.core.space.api import import_osm

    start = time.perf_counter()
    report = import_osm(file, box=EARTH)
    seconds = time.perf_counter() - start
    print(f"  {seconds:.1f} s: " + "; ".join(f"{sort} {dict(counts)}" for sort, counts in report.counts.items()))
    return seconds


def joined() -> float:
    """Seconds to make the walking network of all rows."""
    from hexi.core.space.api import streets_of_district

    start = time.perf_counter()
    streets = streets_of_district()
    seconds = time.perf_counter() - start
    print(f"  walking network: {streets.nodes:,} nodes, {streets.edges:,} edges, {streets.metres.sum() / 1000:,.0f} km in {seconds:.2f} s")
    return seconds


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--file", type=Path, required=True)
    parser.add_argument("--postgresql", action="store_true")
    options = parser.parse_args()
    with database(postgresql=options.postgresql), installation():
        first, again = brought(options.file), brought(options.file)
        joined()
        bars = [
            verdict("first import", first, "s", 60, at_most=True),
            verdict("the same again", again, "s", 60, at_most=True),
            verdict("peak memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MiB", 1024, at_most=True),
        ]
    return 0 if all(bars) else 1


if __name__ == "__main__":
    sys.exit(main())
