"""Manifests of waste driven through random steps, legal and illegal: no gram lost, nothing sealed changed, every state reached.

python -m bench.waste [--manifests 10000] [--seed 1] [--postgresql]
"""

from __future__ import annotations

import argparse
import random
import sys
import time

from bench.house import database, installation, verdict

EVERY = 500


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--manifests", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgresql", action="store_true")
    options = parser.parse_args()
    with database(postgresql=options.postgresql), installation():
        from hexi.scenarios.waste.life import LIFE
        from hexi.scenarios.waste.tests.lives import LEGAL, Lives, town

        lives, started = Lives(random.Random(options.seed), *town()), time.perf_counter()
        for number in range(1, options.manifests + 1):
            lives.live()  # raises where a rule is broken, and names it
            if number % EVERY == 0:
                lives.weigh()
        lives.weigh()
        spent, taken, refused = time.perf_counter() - started, sum(lives.steps.values()), sum(lives.refused.values())
        print(f"{options.manifests:,} manifests: {taken:,} steps taken, {refused:,} refused with a reason, {spent:,.0f} s")
        met = [
            verdict("states never reached", len({state.key for state in LIFE.states} - lives.seen), "states", 0, at_most=True),
            verdict("steps never taken", len({key for key in LEGAL if not lives.steps[key]}), "steps", 0, at_most=True),
        ]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
