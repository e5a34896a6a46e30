"""Which cases are duplicates of an earlier one? The finder of `hexi.modules.cases.duplicates` against a city that says so itself.

    python -m bench.duplicates --file chicago_sanitation_2000_2015.csv.gz

Method: rows in the order of their day; a row is called a duplicate when the likest earlier row within the window of place and time scores
at least the threshold. Weights and window are chosen on the first half by time (best F1), and all figures are of the second half.

What the truth says: the city closed the request as "- Dup". It does not say of which request, and most repeats of a matter were not
marked: by day there are many pairs at one address that were handled one by one. So the precision counts as wrong what may be right, and
the ceiling of any finder that sees only these columns is not known.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import itertools
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:  # the room is loaded behind the settings
    from hexi.modules.cases.duplicates import Weights

THRESHOLDS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
BASELINE_DAYS = 30
Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Figures:
    """How right a set of flags is."""

    flagged: int
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall) if self.precision + self.recall else 0.0

    def __str__(self) -> str:
        return f"{self.flagged:8,} {self.precision:9.3f} {self.recall:7.3f} {self.f1:6.3f}"


def figures(called: Flags, truth: Flags) -> Figures:
    right = int((called & truth).sum())
    return Figures(int(called.sum()), right / max(int(called.sum()), 1), right / max(int(truth.sum()), 1))


def by_chance(flagged: int, truth: Flags) -> Figures:
    """So many rows called at random: what comes of it on the average."""
    return Figures(flagged, float(truth.mean()), flagged / len(truth))


def read(file: Path) -> list[dict[str, str]]:
    with gzip.open(file, "rt", encoding="utf-8", newline="") as lines:
        return sorted(csv.DictReader(lines), key=lambda row: row["Creation_Date"])


def pairs(rows: list[dict[str, str]], metres: float, days: float) -> Iterator[tuple[int, list[int]]]:
    """Each row with the earlier rows near it (cells of that size and their neighbours), as the database finds them by its cells."""
    size = metres / 111_320
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    at = [datetime.fromisoformat(row["Creation_Date"]).toordinal() for row in rows]
    for number, row in enumerate(rows):
        if not row["Latitude"]:
            continue
        x, y = int(float(row["Longitude"]) / size * 0.743), int(float(row["Latitude"]) / size)
        near = itertools.chain.from_iterable(cells[x + dx, y + dy] for dx in (-1, 0, 1) for dy in (-1, 0, 1))
        yield number, [other for other in near if at[number] - at[other] <= days]
        cells[x, y].append(number)


class Parts:
    """What each likeness says of every pair, reckoned once: distance in metres, days, address, type; NaN where one side says nothing."""

    def __init__(self, rows: list[dict[str, str]], metres: float, days: float) -> None:
        from hexi.modules.cases.duplicates import Matter, address_likeness, distance_m

        matters = [
            Matter(
                float(row["Longitude"]) if row["Longitude"] else None, float(row["Latitude"]) if row["Latitude"] else None,
                datetime.fromisoformat(row["Creation_Date"]).replace(tzinfo=UTC), row["What_is_the_Nature_of_this_Code_Violation"],
                row["Street_Address"],
            )
            for row in rows
        ]  # fmt: skip
        owner, far, days_apart, address, what = (list[float]() for _ in range(5))
        for number, others in pairs(rows, metres, days):
            mine = matters[number]
            for other in (matters[n] for n in others):
                owner.append(number)
                far.append(distance_m(mine, other) or 0.0)
                days_apart.append((mine.at - other.at).days)
                alike = address_likeness(mine.address, other.address)
                address.append(np.nan if alike is None else alike)
                what.append(float(mine.what == other.what) if mine.what and other.what else np.nan)
        self.count, self.owner = len(rows), np.array(owner, dtype=np.int64)
        self.far, self.days, self.address, self.what = (np.array(one) for one in (far, days_apart, address, what))

    def best(self, weights: Weights) -> Numbers:
        """The score of the likest earlier row for every row: the same formula as `duplicates.score`, for all pairs at once."""
        near = np.where(self.far <= weights.within_m, 1 - self.far / weights.within_m, 0)
        soon = np.clip(1 - self.days / weights.days, 0, 1)
        parts = ((weights.distance, near), (weights.time, soon), (weights.address, self.address), (weights.what, self.what))
        total = sum(weight * ~np.isnan(part) for weight, part in parts)
        scores = sum(weight * np.nan_to_num(part) for weight, part in parts) / total
        scores = np.where((self.far <= weights.within_m) & (self.days <= weights.days), scores, 0)
        found = np.zeros(self.count)
        np.maximum.at(found, self.owner, scores)
        return found


def baseline(rows: list[dict[str, str]]) -> Flags:
    """The same address and the same type within 30 days."""
    last: dict[tuple[str, str], int] = {}
    found = np.zeros(len(rows), dtype=bool)
    for number, row in enumerate(rows):
        key, day = (row["Street_Address"], row["What_is_the_Nature_of_this_Code_Violation"]), datetime.fromisoformat(row["Creation_Date"])
        found[number] = key in last and day.toordinal() - last[key] <= BASELINE_DAYS
        last[key] = day.toordinal()
    return found


def tuned(parts: Parts, truth: Flags, first: Flags, start: Weights) -> Weights:
    """The weights, window and threshold with the best F1 on the first half, among a few hundred."""
    best, kept = -1.0, start
    choices = itertools.product((15, 30, 60), (7, 14, 30, 45), (0.0, 0.2, 0.4), (0.2, 0.5, 0.8), (0.0, 0.2, 0.4), (0.1, 0.3, 0.6))
    for metres, days, distance, soon, address, what in choices:
        one = replace(start, within_m=metres, days=days, distance=distance, time=soon, address=address, what=what)
        scores = parts.best(one)[first]
        for least in THRESHOLDS:
            found = figures(scores >= least, truth[first]).f1
            if found > best:
                best, kept = found, replace(one, least=least)
    print(f"chosen on the first half (F1 {best:.3f}): {kept}")
    return kept


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--file", type=Path, required=True, help="the published sanitation complaints of Chicago, gzip CSV")
    parser.add_argument("--tune", action="store_true", help="choose weights on the first half; without it the declared ones count")
    options = parser.parse_args()
    from hexi.tools import house

    house.open_house_without_database()
    from hexi.kernel.context import Context
    from hexi.modules.cases.duplicates import weights_of

    rows = read(options.file)
    truth = np.array(["Dup" in row["Status"] for row in rows])
    first = np.arange(len(rows)) < len(rows) // 2
    weights, parts = weights_of(Context(datetime.now(UTC))), Parts(rows, 60, 45)
    if options.tune:
        weights = tuned(parts, truth, first, weights)
    later = ~first
    print(f"{later.sum():,} rows of the second half, {truth[later].sum():,} marked as duplicates; {weights}")
    print("                        flagged precision  recall     F1")
    scores = parts.best(weights)
    for least in sorted({*THRESHOLDS, weights.least}):
        print(f"score at least {least:4.2f}   {figures(scores[later] >= least, truth[later])}{'  <' if least == weights.least else ''}")
    chosen = figures(scores[later] >= weights.least, truth[later])
    same = figures(baseline(rows)[later], truth[later])
    print(f"same address and type  {same}")
    print(f"chance, as many        {by_chance(chosen.flagged, truth[later])}")
    return 0 if chosen.f1 >= same.f1 else 1


if __name__ == "__main__":
    sys.exit(main())
