"""Stream rules on one core: readings a second for one rule over 1,000 keys and ten rules over 100,000, and memory of each key.

python -m bench.stream_rules            in memory, without broker and database
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from datetime import time as day_time

import numpy as np
import pyarrow as pa

from bench.house import verdict

os.environ.setdefault("OMP_NUM_THREADS", "1")
BATCH = 100_000
BEGIN_US = 1_790_000_000_000_000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batches", type=int, default=30)
    batches = parser.parse_args().batches
    from hexi.core.sensing.stream.shard import Shard
    from hexi.kernel.context import Context

    met = True
    for rules, keys, bar in ((1, 1_000, 1_000_000), (10, 100_000, 300_000)):
        given, kinds = sample_rules(rules)
        shard = Shard(given, kinds, Context(datetime.now(UTC)))
        parts = [batch(n, keys, kinds[0].key) for n in range(batches)]
        rates, found = fed(shard, parts)
        what = f"{rules} rules over {keys:,} keys"
        met &= verdict(f"{what}, {found:,} findings: median", float(np.median(rates)), "readings/s", bar, at_most=False)
        met &= verdict(f"{what}: slowest batch but one", sorted(rates)[1], "readings/s", bar / 2, at_most=False)
        met &= verdict(f"{what}: memory", bytes_of(shard) / keys, "bytes a key", 1_000, at_most=True)
    given, kinds = sample_rules(1)
    rates, _ = fed(Shard(given, kinds, Context(datetime.now(UTC))), [batch(n, 1, kinds[0].key) for n in range(5)])
    met &= verdict("one rule, all readings of one key", float(np.median(rates)), "readings/s", 100_000, at_most=False)
    return 0 if met else 1


def fed(shard: object, parts: Sequence[pa.RecordBatch]) -> tuple[list[float], int]:
    rates, found = list[float](), 0
    for number, part in enumerate(parts):
        begun = time.process_time()
        found += len(shard.feed(part, number))  # type: ignore[attr-defined]
        rates.append(part.num_rows / (time.process_time() - begun))
        shard.touched.clear()  # type: ignore[attr-defined]
    return rates, found


def batch(number: int, keys: int, kind: str) -> pa.RecordBatch:
    """100,000 readings in the order of their moments: each key once a second where there are few keys, in turn where there are many."""
    from hexi.core.sensing.columns import READINGS

    rng = np.random.default_rng(number)
    at = BEGIN_US + (number * BATCH + np.arange(BATCH)) * max(1, 1_000_000 // keys)
    names = np.char.add("device:", rng.permutation(np.arange(BATCH) % keys).astype(str))
    order = np.argsort(at, kind="stable")
    values = rng.normal(90, 20, BATCH).round(1)
    columns = (names[order], np.full(BATCH, kind), at, values, at, np.zeros(BATCH), np.zeros(BATCH, np.uint16))
    return pa.RecordBatch.from_arrays([pa.array(c, f.type) for c, f in zip(columns, READINGS, strict=True)], schema=READINGS)


def sample_rules(count: int) -> tuple[tuple[object, ...], tuple[object, ...]]:
    """The first so many of ten rules, of every pattern."""
    from hexi.kernel.declare import StreamRule
    from hexi.kernel.label import t
    from hexi.kernel.reading import ReadingKind
    from hexi.kernel.stream.patterns import Absent, Counted, Held, InOrder, Unusual
    from hexi.kernel.stream.seen import Circle, Seen

    heart = ReadingKind("heart_rate", t("心率", "heart rate"), "per_minute", back=timedelta(days=3650))

    def seconds(number: float) -> timedelta:
        return timedelta(seconds=number)

    patterns = (
        InOrder((Seen(heart, above=110),) * 3, seconds(60), quiet=seconds(60), unless=Seen(heart, above=140), strict=True),
        Held(Seen(heart, above=150.0)), Held(Seen(heart, above=100.0), seconds(5), seconds(30)), Held(Seen(heart, below=60.0), seconds(3)),
        Held(Seen(heart, outside=Circle(t("院", "yard"), 90.0, 0.0, 5e6)), seconds(4)), Absent(Seen(heart, above=120.0), seconds(60)),
        Absent(Seen(heart, above=130.0), timedelta(hours=4), by_day=(day_time(6), day_time(22))),
        Counted(Seen(heart, above=120.0), 5, seconds(30)),
        Unusual(Seen(heart), 4.0), InOrder((Seen(heart, above=130.0), Seen(heart, below=50.0)), seconds(20)),
    )  # fmt: skip
    return tuple(StreamRule(f"rule_{n}", t("样例", "sample"), p, "a benchmark") for n, p in enumerate(patterns[:count])), (heart,)


def bytes_of(shard: object) -> float:
    """Arrays, names and their table."""
    states = sum(one.states.nbytes for one in shard.at_work) + shard.until.nbytes  # type: ignore[attr-defined]
    names, slots = shard.names, shard.slots  # type: ignore[attr-defined]
    return states + sys.getsizeof(slots) + sys.getsizeof(names) + sum(sys.getsizeof(name) for name in names)


if __name__ == "__main__":
    sys.exit(main())
