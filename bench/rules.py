"""A rule and an indicator over 200,000 people: the SQL face against the same condition row by row in Python.

python -m bench.rules [--rows 200000]
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable

from bench.house import installation, verdict

TIMES = 7


def best(work: Callable[[], object]) -> tuple[float, object]:
    """The quickest of some runs in milliseconds, and what came out."""
    found: list[float] = []
    out: object = None
    for _ in range(TIMES):
        started = time.perf_counter()
        out = work()
        found.append((time.perf_counter() - started) * 1000)
    return min(found), out


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=200_000)
    options = parser.parse_args()
    with installation():
        from bench.registers import RESIDENT, grow, load_district
        from hexi.core.data.api import to_q
        from hexi.kernel.catalogue import catalogue
        from hexi.kernel.context import now_context

        load_district()
        rows = grow(RESIDENT, options.rows)
        people = catalogue.entities[RESIDENT]
        met = []
        for key in ("aged_80_alone", "aged_60_share", "register_fresh_share"):
            indicator, context = catalogue.indicators[key], now_context()
            condition = indicator.where & indicator.hit if indicator.hit is not None else indicator.where
            sql_ms, in_sql = best(lambda: people.objects.filter(to_q(condition, context)).count())  # noqa: B023 - run at once
            started = time.perf_counter()
            in_python = sum(condition.holds(person, context) for person in people.objects.all().iterator(chunk_size=5000))
            python_ms = (time.perf_counter() - started) * 1000
            print(f"{key}: {in_sql:,} of {rows:,} people; SQL {sql_ms:.1f} ms, row by row {python_ms:,.0f} ms")
            met += [
                verdict(f"{key}: the two faces differ by", abs(int(str(in_sql)) - in_python), "people", 0, at_most=True),
                verdict(f"{key}: SQL face", sql_ms, "ms", 20, at_most=True),
                verdict(f"{key}: SQL against row by row", python_ms / sql_ms, "times", 50, at_most=False),
            ]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
