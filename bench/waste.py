"""Manifests of waste driven through random steps, legal and illegal: no gram lost, nothing sealed changed, every state reached.

python -m bench.waste [--manifests 10000] [--seed 1] [--processes 2] [--postgresql]

Each process has a town, a database and a seed of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from typing import Any

from bench.house import database, installation, verdict

EVERY = 500


def main() -> int:
    options = _options()
    if options.alone:
        print(json.dumps(_driven(options)))
        return 0
    started = time.perf_counter()
    share, rest = divmod(options.manifests, options.processes)
    running = [_begun(options, share + (n < rest), options.seed + n) for n in range(options.processes)]
    said = [one.communicate()[0] for one in running]
    if any(one.returncode for one in running):
        return 1  # what was broken stands above, by name
    return _told(options, [json.loads(one.splitlines()[-1]) for one in said], time.perf_counter() - started)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--manifests", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _begun(options: argparse.Namespace, manifests: int, seed: int) -> subprocess.Popen[str]:
    more = ["--postgresql"] if options.postgresql else []
    command = [sys.executable, "-m", "bench.waste", "--alone", "--manifests", str(manifests), "--seed", str(seed), *more]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _driven(options: argparse.Namespace) -> dict[str, Any]:
    """One town's lives; raises where a rule is broken, and names it."""
    with database(postgresql=options.postgresql), installation():
        from django.db import connection

        from hexi.scenarios.waste.tests.lives import Lives, town

        with connection.cursor() as cursor:  # what is tried is the machine of states and masses, not the disk
            cursor.execute("SET synchronous_commit TO off" if options.postgresql else "PRAGMA synchronous=OFF")
        lives = Lives(random.Random(options.seed), *town())
        for number in range(1, options.manifests + 1):
            lives.live()
            if number % EVERY == 0:
                lives.weigh()
        lives.weigh()
        return {"seen": sorted(lives.seen), "steps": lives.steps, "refused": lives.refused}


def _told(options: argparse.Namespace, found: list[dict[str, Any]], spent: float) -> int:
    from hexi.scenarios.waste.tests.states import LEGAL, STATES

    steps, refused = (sum((Counter(one[what]) for one in found), Counter[str]()) for what in ("steps", "refused"))
    taken, denied = sum(steps.values()), sum(refused.values())
    print(f"{options.manifests:,} manifests: {taken:,} steps taken, {denied:,} refused with a reason, {spent:,.0f} s")
    met = [
        verdict("states never reached", len(STATES - {state for one in found for state in one["seen"]}), "states", 0, at_most=True),
        verdict("steps never taken", len(LEGAL.keys() - {key for key, number in steps.items() if number}), "steps", 0, at_most=True),
    ]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
