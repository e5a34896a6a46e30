"""The history of readings: how fast it is written and thinned, how long charts and forgetting one person take.

python -m bench.history                  1,000 devices, a reading every 10 s, 12 days: 104 million
python -m bench.history --billion                      the same over 116 days: 16 GB, some 20 minutes on a quiet machine
python -m bench.history --days 90 --every 60           as many hours and keys as a quarter of a billion-row history has
"""

from __future__ import annotations

import argparse
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from bench.house import installation, verdict

BEGIN = date(2026, 1, 1)
DAY_US = 86_400_000_000
KIND = "bench_heart"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--devices", type=int, default=1000)
    parser.add_argument("--days", type=int, default=12)
    parser.add_argument("--every", type=int, default=10, help="seconds between two readings of a device")
    parser.add_argument("--billion", action="store_true", help="116 days of it: a billion readings, 16 GB; nobody is forgotten then")
    given = parser.parse_args()
    if given.billion:
        given.devices, given.days, given.every = 1000, 116, 10
    with installation() as var:
        rows, seconds = _filled(given.devices, given.days, given.every)
        size = sum(path.stat().st_size for path in Path(var).rglob("*.parquet"))
        print(f"    {rows:,} readings in {given.days} files, {size / 2**20:,.0f} MiB, {size / rows:.1f} bytes a reading")
        met = verdict("written", rows / seconds, "readings/s", 500_000, at_most=False)
        begun = time.monotonic()
        thinned = _thinned()
        print(f"    thinned to {thinned:,} readings in {time.monotonic() - begun:.1f} s")
        for days in sorted({1, 7, given.days}):
            took = [_curve_ms(f"sensing.device:{number}", days) for number in np.random.default_rng(1).integers(0, given.devices, 9)]
            median = float(np.median([wall for wall, _ in took]))
            met &= verdict(f"a chart of any device over {days} days: median", median, "ms", 200, at_most=True)
            print(f"    slowest of nine: {max(took)[0]:.0f} ms; processor time: median {np.median([cpu for _, cpu in took]):.0f} ms")
            group = [_band_ms(given.devices, days) for _ in range(5)]
            median = float(np.median([wall for wall, _ in group]))
            met &= verdict(f"a chart of {given.devices:,} devices together over {days} days: median", median, "ms", 200, at_most=True)
            print(f"    slowest of five: {max(group)[0]:.0f} ms; processor time: median {np.median([cpu for _, cpu in group]):.0f} ms")
        if not given.billion:
            begun = time.monotonic()
            gone = _forgotten("sensing.device:7")
            print(f"    {gone:,} readings of one person taken out of {given.days} files in {time.monotonic() - begun:.1f} s")
    return 0 if met else 1


def _filled(devices: int, days: int, every: int) -> tuple[int, float]:
    from hexi.core.sensing.history.files import STORED, written
    from hexi.core.sensing.models import ReadingFile

    seconds, rows = 0.0, 0
    per_day = 86_400 // every
    names = np.char.add("sensing.device:", np.arange(devices).astype(str))
    for number in range(days):
        day, rng = BEGIN + timedelta(days=number), np.random.default_rng(number)
        begin = (day - date(1970, 1, 1)).days * DAY_US
        moment = np.repeat(begin + np.arange(per_day) * every * 1_000_000, devices) + np.tile(rng.integers(0, 1_000_000, devices), per_day)
        value = (75 + 10 * np.sin(moment / DAY_US * 6.28) + rng.normal(0, 5, len(moment))).round(0)
        columns = (np.tile(names, per_day), moment, value, moment, np.full(len(moment), np.nan), np.zeros(len(moment), np.uint16))
        table = pa.Table.from_arrays([pa.array(c, f.type) for c, f in zip(columns, STORED, strict=True)], schema=STORED)
        begun = time.monotonic()
        file = written([table], KIND, day)
        assert file is not None
        file.save()
        seconds, rows = seconds + time.monotonic() - begun, rows + table.num_rows
    assert ReadingFile.objects.count() == days
    return rows, seconds


def _thinned() -> int:
    from django.db.models import Sum

    from hexi.core.sensing.history.thinning import thin
    from hexi.core.sensing.models import ThinnedFile

    thin(date(2100, 1, 1))
    return int(ThinnedFile.objects.aggregate(rows=Sum("rows"))["rows"])


def _curve_ms(key: str, days: int) -> tuple[float, float]:
    """By the clock, and by the processors: the latter says something on a busy machine too."""
    from hexi.core.sensing.api import curve

    begin = datetime(BEGIN.year, BEGIN.month, BEGIN.day, tzinfo=UTC)
    begun, used = time.monotonic(), time.process_time()
    found = curve(key, KIND, begin, begin + timedelta(days=days), 1000)
    assert found
    return (time.monotonic() - begun) * 1000, (time.process_time() - used) * 1000


def _band_ms(devices: int, days: int) -> tuple[float, float]:
    from hexi.core.sensing.api import band

    begin = datetime(BEGIN.year, BEGIN.month, BEGIN.day, tzinfo=UTC)
    keys = [f"sensing.device:{number}" for number in range(devices)]
    begun, used = time.monotonic(), time.process_time()
    found = band(keys, KIND, begin, begin + timedelta(days=days), 200)
    assert found
    assert found[0].keys == devices
    return (time.monotonic() - begun) * 1000, (time.process_time() - used) * 1000


def _forgotten(key: str) -> int:
    from hexi.core.sensing.api import forget_keys

    return forget_keys([key], datetime.now(UTC))


if __name__ == "__main__":
    sys.exit(main())
