"""The contract of stream rules on Ray: `python -m tests.support.ray_equality FOLDER` says what differed, or nothing.

In a process of its own: Ray starts servers and threads that a test run should not have in it.
"""

from __future__ import annotations

import os
import random
import sys
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hexi.core.data.tests.settings")
os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # it tells nobody that it was here
os.environ["RAY_ENABLE_UV_RUN_RUNTIME_ENV"] = "0"
SHARDS = 2


def main() -> int:
    import ray

    ray.init(
        num_cpus=2, include_dashboard=False, _node_ip_address="127.0.0.1", _temp_dir=sys.argv[1], object_store_memory=100 * 2**20,
        log_to_driver=False, configure_logging=False,
    )  # fmt: skip
    try:
        faults = [fault for disorder in ("in_order", "late", "doubled", "ahead") for fault in differing(disorder, ray)]
    finally:
        ray.shutdown()
    print(*faults, sep="\n")
    return 1 if faults else 0


def differing(disorder: str, ray: Any) -> list[str]:
    """Feed, kill a shard in the middle, and compare with the plain face."""
    from hexi.core.sensing.stream.cluster import Cluster
    from hexi.core.sensing.tests import test_stream
    from hexi.core.sensing.tests.samples import CONTEXT, KINDS, RULES, WAIT, batches, drawn, expected
    from hexi.kernel.reading import microseconds

    rng, readings = random.Random(3), drawn(3, 700)
    parts = batches(getattr(test_stream, disorder)(readings, rng), rng, 120)
    end, cut = test_stream.end_of(readings), len(parts) // 2
    cluster = Cluster(RULES, KINDS, CONTEXT, SHARDS)
    found = [find for number, part in enumerate(parts[:cut]) for find in cluster.feed(part, number)]
    kept = cluster.rows()
    cluster.feed(parts[cut], cut)  # found, and lost with the actor: it is found again from the journal
    for shard, rows in enumerate(kept):
        ray.kill(cluster.actors[shard])
        again = cut if rows[3] is None else rows[3]
        cluster.replace(shard, rows, [(number, parts[number]) for number in range(again, cut)])
    found += [find for number in range(cut, len(parts)) for find in cluster.feed(parts[number], number)]
    found += cluster.tick(float(end + microseconds(WAIT)))
    wanted = expected(RULES, readings, end)
    return [] if sorted(found) == wanted else [f"{disorder}: {len(found)} findings, {len(wanted)} wanted, {set(found) ^ set(wanted)}"]


if __name__ == "__main__":
    sys.exit(main())
