"""The 50-row list of residents through the real API with authorization on: requests/s, at 20,000 and 1,000,000 rows, at any depth.

    python -m bench.list [--rows 1000000]

A community worker's list (their community only) and a street officer's (masked names). "Flat" is a ratio: slow against quick.
"""

from __future__ import annotations

import argparse
import json
import sys
from urllib.parse import quote

from bench.house import installation, running, share, verdict
from bench.load import Result, body, get, load, once

PATH = "/api/records/population.resident?limit=50"
DEEP = 200
"""So many pages down the deep list begins."""


def measured(port: int, session: str, path: str, seconds: float = 8.0) -> Result:
    load(port, lambda _: get(path, port, session), seconds=2.0)  # warm
    result = load(port, lambda _: get(path, port, session), seconds=seconds)
    if result.wrong:
        raise SystemExit(f"{result.wrong} wrong answers: {result.sample[:500]!r}")
    rows = len(json.loads(body(result.sample))["rows"])
    print(
        f"  {result.per_second:,.0f} requests/s, median {share(result.delays, 0.5):.1f} ms, p99 {share(result.delays, 0.99):.1f} ms, "
        f"{rows} rows: {path}"
    )
    return result


def deep(port: int, session: str) -> str:
    """The address of a page far down, by following the cursors as a reader would."""
    path = PATH
    for _ in range(DEEP):
        cursor = json.loads(once(port, get(path, port, session)))["next"]
        if cursor is None:
            break
        path = f"{PATH}&after={quote(str(cursor))}"
    return path


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    options = parser.parse_args()
    with installation():
        from bench.registers import RESIDENT, grow, load_district, session

        load_district()
        street, district = session("street_staff", "120103008"), session("data_steward")
        with running("web") as plan:
            print("20,000 residents")
            small = measured(plan.port, district, PATH)
            small_street = measured(plan.port, street, PATH)
        rows = grow(RESIDENT, options.rows)
        with running("web") as plan:
            print(f"{rows:,} residents")
            large = measured(plan.port, district, PATH)
            large_street = measured(plan.port, street, PATH)
            far = measured(plan.port, district, deep(plan.port, district))
            found = measured(plan.port, district, f"{PATH}&q={quote('示例000123')}", 4.0)
    return (
        0
        if all(
            [
                verdict(f"50-row list at {rows:,} rows", large.per_second, "requests/s", 500, at_most=False),
                verdict(f"time at {rows:,} rows against 20,000", small.per_second / large.per_second, "times", 1.5, at_most=True),
                verdict("the same for one street", small_street.per_second / large_street.per_second, "times", 1.5, at_most=True),
                verdict(f"time {DEEP} pages down against the first", large.per_second / far.per_second, "times", 1.5, at_most=True),
                verdict("median of a search", share(found.delays, 0.5), "ms", 1000, at_most=True),
            ]
        )
        else 1
    )


if __name__ == "__main__":
    sys.exit(main())
