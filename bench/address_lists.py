"""An address list of the whole reference district into the place tree: read, checked and written, then the next list with changes.

    python -m bench.address_lists [--doors 20000]

The lists are GENERATED from the generator's doors: street, community, compound, building, stair, one home and a point in GCJ-02 each, the
list's own number. The second list lacks one door in a hundred, and has one in a hundred under another number.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.house import installation, verdict

HEADS = ("街道", "社区", "小区", "楼号", "单元", "户", "经度", "纬度", "地址编码")
ANSWERS = {"datum": "gcj02", "missing": "refuse", "scope": "houses"}
EVERY = 100
Row = tuple[object, ...]


def rows(number: int) -> list[Row]:
    from hexi.core.space.api import Datum, convert
    from hexi.core.space.models import Place

    places = dict(Place.objects.values_list("code", "name"))
    doors = Place.objects.filter(level="doorway", lon__isnull=False, homes__gt=0).order_by("code")[:number]
    found: list[Row] = []
    for code, name, lon, lat in doors.values_list("code", "name", "lon", "lat"):
        point = convert(lon, lat, Datum.WGS84, Datum.GCJ02)
        above = (places[code[:width]] for width in (9, 12, 17, 20))
        found.append((*above, name, "101", *(f"{each:.7f}" for each in point), code))
    return found


def later(first: list[Row]) -> Iterator[Row]:
    for number, row in enumerate(first):
        if number % EVERY == 1:
            continue
        yield (*row[:4], "30门", *row[5:]) if number % EVERY == 2 else row


def written(folder: Path, name: str, lines: list[Row]) -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADS, *lines])
    return path


def brought(path: Path, count: int) -> float:
    """Milliseconds of processor time a line: the wall depends on who else is at work."""
    from hexi.core.data.api import door_changes, import_file
    from hexi.core.trust.api import PLATFORM

    start, begun = time.process_time(), time.perf_counter()
    report = import_file(PLATFORM, "data.addressline", path, "good_rows", ANSWERS)
    each_ms, wall_s = (time.process_time() - start) * 1000 / count, time.perf_counter() - begun
    told = ", ".join(f"{number:,} {label.en}" for label, number in door_changes(report.number))
    print(f"  {path.name}, {wall_s:.0f} s by the wall: {report.total:,} lines, {report.added:,} in, {report.bad:,} bad: {told}")
    return each_ms


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--doors", type=int, default=20_000)
    options = parser.parse_args()
    with installation() as var:
        from hexi.core.space.api import load_district

        load_district()
        first = rows(options.doors)
        second = list(later(first))
        print(f"generated lists: {len(first):,} and {len(second):,} lines")
        times = [brought(written(var, name, lines), len(lines)) for name, lines in (("first.csv", first), ("second.csv", second))]
    bars = [verdict(f"{name} list, one line", each, "ms", 5, at_most=True) for name, each in zip(("first", "second"), times, strict=True)]
    return 0 if all(bars) else 1


if __name__ == "__main__":
    sys.exit(main())
