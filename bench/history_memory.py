"""What thinning, merging and forgetting take of memory where a day has 100,000 devices: each in a process of its own.

python -m bench.history_memory                                 a reading every ten minutes: 14.4 million a day
python -m bench.history_memory --devices 20000 --every 60      as wide as long
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa

from bench.house import installation, verdict

KIND = "bench_heart"
FIRST, SECOND, AFTER = date(2026, 1, 1), date(2026, 1, 2), date(2026, 2, 1)
DAY_US = 86_400_000_000
PARTS = 4
"""So many files of the second day are merged."""
MOST_MB = 500


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--devices", type=int, default=100_000)
    parser.add_argument("--every", type=int, default=600, help="seconds between two readings of a device")
    parser.add_argument("--act", choices=list(ACTS), help="do this in the installation at hand, and say what it took")
    given = parser.parse_args()
    if given.act:
        return _told(given)
    met = True
    with installation():
        _apart("fill", given)
        for act, what in (("thin", "the first day thinned"), ("merge", f"the second merged from {PARTS} files"),
                          ("thin", "the second thinned, beside what the first left"), ("forget", "one device forgotten"),
                          ("seal", "both days told to the ledger"), ("check", "and compared with it")):  # fmt: skip
            took = _apart(act, given)
            print(f"    {what}: {took['rows']:,} readings, {took['seconds']:.1f} s")
            met &= verdict(f"peak memory: {what}", took["peak"], "MB", MOST_MB, at_most=True)
    return 0 if met else 1


def _apart(act: str, given: argparse.Namespace) -> dict[str, float]:
    words = [sys.executable, "-m", "bench.history_memory", "--act", act, "--devices", str(given.devices), "--every", str(given.every)]
    done = subprocess.run(words, env=dict(os.environ), check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def _told(given: argparse.Namespace) -> int:
    from hexi.tools import house

    house.open_house()
    begun = time.monotonic()
    rows = ACTS[given.act](given)
    print(json.dumps({"rows": rows, "seconds": time.monotonic() - begun, "peak": _peak_mb()}))
    return 0


def _peak_mb() -> float:
    """Of this program; the peak that getrusage() tells is the starting program's too."""
    line = next(one for one in Path("/proc/self/status").read_text().splitlines() if one.startswith("VmHWM:"))
    return int(line.split()[1]) / 1000


def fill(given: argparse.Namespace) -> int:
    """The first day in one file, the second in several, each with all devices; in the order of keys, a piece of them at a time."""
    rows = _file(given, FIRST, 0, 1)
    return rows + sum(_file(given, SECOND, part, PARTS) for part in range(PARTS))


def _file(given: argparse.Namespace, day: date, part: int, parts: int) -> int:
    from hexi.core.sensing.history.files import written

    names = np.sort(np.char.add("sensing.device:", np.arange(given.devices).astype(str)))
    file = written((_piece(some, day, part, parts, given.every) for some in np.array_split(names, 50)), KIND, day)
    assert file is not None
    file.save()
    return file.rows


def _piece(names: np.ndarray, day: date, part: int, parts: int, every: int) -> pa.Table:
    from hexi.core.sensing.history.files import STORED

    rng, begin = np.random.default_rng(part), (day - date(1970, 1, 1)).days * DAY_US
    at = begin + np.arange(86_400 // every)[part::parts] * every * 1_000_000
    keys, moment = np.repeat(names, len(at)), np.tile(at, len(names)) + np.repeat(rng.integers(0, 1_000_000, len(names)), len(at))
    value = rng.normal(75, 5, len(keys)).round(0)
    columns = (keys, moment, value, moment, np.full(len(keys), np.nan), np.zeros(len(keys), np.uint16))
    return pa.Table.from_arrays([pa.array(c, f.type) for c, f in zip(columns, STORED, strict=True)], schema=STORED)


def thin(_given: argparse.Namespace) -> int:
    """The first day; with the second, once that is there in one file."""
    from hexi.core.sensing.history.thinning import thin as thinned
    from hexi.core.sensing.models import ReadingFile, ThinnedFile

    whole = ReadingFile.objects.filter(day=SECOND).count() == 1
    thinned(AFTER if whole else SECOND)
    return ThinnedFile.objects.get(step="hour").rows


def merge(_given: argparse.Namespace) -> int:
    from hexi.core.sensing.history.keeping import merge as merged
    from hexi.core.sensing.models import ReadingFile

    assert merged(AFTER) == PARTS
    return ReadingFile.objects.get(day=SECOND).rows


def forget(_given: argparse.Namespace) -> int:
    from hexi.core.sensing.api import forget_keys

    return forget_keys(["sensing.device:7"], datetime.now(UTC))


def seal(_given: argparse.Namespace) -> int:
    from django.db.models import Sum

    from hexi.core.sensing.history.sealing import seal_days
    from hexi.core.sensing.models import DayDigest

    assert seal_days(datetime.now(UTC)) == 2
    return int(DayDigest.objects.aggregate(rows=Sum("rows"))["rows"])


def check(_given: argparse.Namespace) -> int:
    from hexi.core.sensing.api import days_against_ledger
    from hexi.core.sensing.models import DayDigest

    assert not list(days_against_ledger())
    return sum(DayDigest.objects.values_list("rows", flat=True))


ACTS = {"fill": fill, "thin": thin, "merge": merge, "forget": forget, "seal": seal, "check": check}

if __name__ == "__main__":
    sys.exit(main())
