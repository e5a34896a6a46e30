"""A changed rule tried on the Parquet history: by Spark on all cores, and embedded; the same findings, and how long each takes.

Spark is not among our packages. Give an environment of its own `pyspark`, `pyarrow`, `pandas`, `numpy`, `pydantic` and `pyyaml`, and the
machine Java 17 (Debian: openjdk-17-jre-headless), and name that Python: HEXI_SPARK_PYTHON=/path/bin/python python -m bench.backtest_spark
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.house import installation, verdict

ROOT = Path(__file__).resolve().parents[1]
DEVICES, DAYS, EVERY = 1000, 2, 10


def main() -> int:
    """Fill a history, ask both."""
    python = os.environ.get("HEXI_SPARK_PYTHON", "")
    if not python:
        print("    left out: HEXI_SPARK_PYTHON names no Python with pyspark")
        return 0
    with installation() as var:
        from bench.history import BEGIN, _filled
        from hexi.core.sensing.history.backtest import found_in_history

        rows, _ = _filled(DEVICES, DAYS, EVERY)
        begin = datetime(BEGIN.year, BEGIN.month, BEGIN.day, tzinfo=UTC)
        begun = time.monotonic()
        wanted = found_in_history(changed_rule(), begin, begin + timedelta(days=DAYS), context())
        own = time.monotonic() - begun
        words = [python, "-m", "bench.backtest_spark", str(var / "readings"), str(DAYS)]
        begun = time.monotonic()
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": python}
        done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        spark = time.monotonic() - begun
    if done.returncode:
        print(done.stderr[-3000:])
        return 1
    told = json.loads(done.stdout.strip().splitlines()[-1])
    print(f"    {rows:,} readings, {len(wanted):,} findings; embedded {own:.1f} s")
    print(f"    Spark {spark:.1f} s with its start, {told['seconds']:.1f} s without")
    same = sorted(map(tuple, told["found"])) == [tuple(one) for one in wanted]
    return 0 if verdict("findings of Spark that differ from the embedded engine's", 0 if same else 1, "", 0, at_most=True) else 1


def changed_rule():  # type: ignore[no-untyped-def]
    from hexi.kernel.declare import StreamRule
    from hexi.kernel.label import t
    from hexi.kernel.reading import ReadingKind
    from hexi.kernel.stream.patterns import Held
    from hexi.kernel.stream.seen import Seen

    kind = ReadingKind("bench_heart", t("心率", "heart rate"), "per_minute")
    pattern = Held(Seen(kind, above=84), timedelta(seconds=60), silence=timedelta(seconds=30))
    return StreamRule("tried", t("试行", "tried"), pattern, "a benchmark")


def context():  # type: ignore[no-untyped-def]
    from hexi.kernel.context import Context

    return Context(datetime(2026, 1, 1, tzinfo=UTC))


def on_spark(folder: str, days: int) -> None:
    """In the other Python: each part of the keys goes in the order of its moments through the same code."""
    from pyspark.sql import SparkSession, functions as f  # type: ignore[import-not-found]  # noqa: I001

    from bench.history import BEGIN

    spark = (
        SparkSession.builder.master("local[2]").config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.ui.enabled", "false").config("spark.sql.session.timeZone", "UTC").config("spark.driver.memory", "2g")
        .config("spark.sql.shuffle.partitions", "4").getOrCreate()
    )  # fmt: skip
    end = int((datetime(BEGIN.year, BEGIN.month, BEGIN.day, tzinfo=UTC) + timedelta(days=days)).timestamp() * 1_000_000)
    begun = time.monotonic()
    received, flags = f.col("moment").alias("received"), f.col("flags").cast("int")
    read = spark.read.parquet(folder).select("key", "kind", "moment", "value", received, "second", flags)
    parted = read.repartition(4, "key").sortWithinPartitions("moment")
    schema = "rule string, key string, moment long, since long, value double"

    def part(batches):  # type: ignore[no-untyped-def]
        import pyarrow as pa

        from hexi.core.sensing.stream.replay import found_in

        rule = changed_rule()
        found = list(found_in((rule,), (rule.when.seen.kind,), batches, context(), end))
        columns = list(zip(*found, strict=True)) if found else [()] * 5
        types = (pa.string(), pa.string(), pa.int64(), pa.int64(), pa.float64())
        names = ("rule", "key", "moment", "since", "value")
        yield pa.RecordBatch.from_arrays([pa.array(c, t) for c, t in zip(columns, types, strict=True)], names=list(names))

    rows = [list(row) for row in parted.mapInArrow(part, schema).collect()]
    print(json.dumps({"found": rows, "seconds": time.monotonic() - begun}))
    spark.stop()


if __name__ == "__main__":
    if len(sys.argv) > 2:
        on_spark(sys.argv[1], int(sys.argv[2]))
    else:
        sys.exit(main())
