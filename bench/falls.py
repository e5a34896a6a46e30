"""How well the detectors of falls do, on recordings that their limits were not fitted on. Without recordings it says what it needs.

python -m bench.falls --worn FOLDER      SisFall's text files, plain or .gz: every second subject fits the limits, the others are judged
python -m bench.falls --radar FOLDER     radar clips as CSV (SafeSenior): each is judged by limits fitted on all the others
HEXI_RECORDINGS=FOLDER                   a folder with fall_accel and fall_radar, where neither is given

A false alarm a day is one a day of activities that were acted to look like falls; nobody's day is made of those.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import binomtest, chi2

from bench.house import verdict

HERTZ, COUNTS_PER_G, KEEP_EVERY = 50.0, 8192 / 32, 4
"""SisFall: 200 Hz, the ADXL345's 13 bits over 32 g; four samples are averaged into one."""
RADAR_HERTZ = 10.0
DAY_S = 86_400
WORN_GRID = {"impact": (1.6, 1.8, 2.0, 2.25, 2.5, 3.0, 3.5), "turned": (25, 30, 35, 40, 45, 50, 55, 60), "moving": (0.1, 0.15, 0.2, 0.3)}
RADAR_GRID = {"drop": (0.15, 0.2, 0.25, 0.3, 0.35), "low": (0.2, 0.25, 0.3, 0.35, 0.4), "risen": (0.1, 0.2, 0.3)}
Grid = dict[str, tuple[float, ...]]
Choice = dict[str, float]


@dataclass(frozen=True)
class Clip:
    """One recording: who, whether it is a fall, how long, and what was measured at each candidate in it."""

    name: str
    subject: str
    fall: bool
    seconds: float
    measures: dict[str, np.ndarray[Any, np.dtype[np.float64]]]

    def found(self, choice: Choice, falling: frozenset[str]) -> bool:
        met = [self.measures[name] <= limit if name in falling else self.measures[name] >= limit for name, limit in choice.items()]
        return bool(np.logical_and.reduce(met).any())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    home = Path(os.environ.get("HEXI_RECORDINGS", "recordings"))
    parser.add_argument("--worn", type=Path, default=home / "fall_accel")
    parser.add_argument("--radar", type=Path, default=home / "fall_radar")
    given = parser.parse_args()
    met = True
    for folder, look in ((given.worn, _worn), (given.radar, _radar)):
        if folder.is_dir():
            met &= look(folder)
        else:
            print(f"    no recordings in {folder}: see python -m bench.falls --help")
    return 0 if met else 1


def _worn(folder: Path) -> bool:
    clips = [worn_clip(path) for path in sorted(folder.rglob("[DF][0-9][0-9]_S[AE][0-9][0-9]_R[0-9][0-9].txt*"))]
    subjects = sorted({clip.subject for clip in clips})
    fitting = set(subjects[1::2])  # so that the one elder who fell is not among them
    choice = fitted([clip for clip in clips if clip.subject in fitting], WORN_GRID, frozenset({"moving"}))
    others = [clip for clip in clips if clip.subject not in fitting]
    print(f"    worn: fitted on {len(fitting)} of {len(subjects)} subjects: {choice}")
    found = [clip.found(choice, frozenset({"moving"})) for clip in others]
    old = [hit for clip, hit in zip(others, found, strict=True) if clip.fall and clip.subject.startswith("SE")]
    print(f"    of elders among the others: {sum(old)} of {len(old)} falls found")
    return _told("worn", others, found, choice)


def _radar(folder: Path) -> bool:
    falling = frozenset({"low", "risen"})
    clips = [radar_clip(path) for path in sorted(folder.glob("*.csv*"))]
    choice = fitted(clips, RADAR_GRID, falling)
    print(f"    radar: fitted on all {len(clips)} clips: {choice}; judged one by one by limits of the others")
    found = [clip.found(fitted([other for other in clips if other is not clip], RADAR_GRID, falling), falling) for clip in clips]
    return _told("radar", clips, found, choice)


def fitted(clips: Sequence[Clip], grid: Grid, falling: frozenset[str]) -> Choice:
    """The limits that divide best (Youden's J: share of falls found less share of others taken for falls); of equals the middle one."""
    choices = [dict(zip(grid, values, strict=True)) for values in product(*grid.values())]
    quality = [_divides(clips, choice, falling) for choice in choices]
    best = [choice for choice, how in zip(choices, quality, strict=True) if how >= max(quality) - 1e-9]
    return best[len(best) // 2]


def _divides(clips: Sequence[Clip], choice: Choice, falling: frozenset[str]) -> float:
    found = np.array([clip.found(choice, falling) for clip in clips])
    falls = np.array([clip.fall for clip in clips])
    return float(found[falls].mean() - found[~falls].mean())


def _told(name: str, clips: Sequence[Clip], found: Sequence[bool], choice: Choice) -> bool:
    from hexi.core.sensing.detectors.limits import limits_of

    falls = [hit for clip, hit in zip(clips, found, strict=True) if clip.fall]
    wrong = sum(hit for clip, hit in zip(clips, found, strict=True) if not clip.fall)
    days = sum(clip.seconds for clip in clips if not clip.fall) / DAY_S
    low, high = binomtest(sum(falls), len(falls)).proportion_ci(method="wilson")
    least, most = _poisson(wrong)
    print(f"    {sum(falls)} of {len(falls)} falls found: 95 % interval {low:.1%} to {high:.1%}")
    print(f"    {wrong} of {len(clips) - len(falls)} other clips taken for falls, in {days * 24:.2f} h of acted activities: "
          f"{wrong / days:,.0f} a day of them, 95 % interval {least / days:,.0f} to {most / days:,.0f}")  # fmt: skip
    filed = {one.measure: one.limit for one in limits_of(name).conditions}
    if filed != choice:
        print(f"    other limits than in limits.yaml: {filed}")
    return verdict(f"{name}: falls found", 100 * sum(falls) / len(falls), "%", 90, at_most=False)


def _poisson(count: int) -> tuple[float, float]:
    """The exact 95 % interval of a rate from so many events (Garwood 1936)."""
    return (float(chi2.ppf(0.025, 2 * count)) / 2 if count else 0.0), float(chi2.ppf(0.975, 2 * count + 2)) / 2


def worn_clip(path: Path) -> Clip:
    """One SisFall recording: nine whole numbers a line, the first three the acceleration that is used."""
    from hexi.core.sensing.detectors.worn import impacts

    act, subject, _ = path.name.split(".")[0].split("_")
    whole = np.array(_text(path).replace(";", " ").replace(",", " ").split(), dtype=np.float64)
    rows = whole[: len(whole) // 9 * 9].reshape(-1, 9)[:, :3] / COUNTS_PER_G
    samples = rows[: len(rows) // KEEP_EVERY * KEEP_EVERY].reshape(-1, KEEP_EVERY, 3).mean(axis=1)
    return _clip(path, subject, samples, HERTZ, impacts, fall=act.startswith("F"))


def radar_clip(path: Path) -> Clip:
    """One radar clip: a point a line, frame by frame."""
    from hexi.core.sensing.detectors.radar import drops, tops

    frames: dict[str, list[list[float]]] = {}
    for row in csv.DictReader(_text(path).splitlines()):
        frames.setdefault(row["frameNum"], []).append([float(row[name]) for name in ("xPos", "yPos", "zPos")])
    samples = tops([np.array(points) for points in frames.values()])
    return _clip(path, "", samples, RADAR_HERTZ, drops, fall=path.name.startswith("fall"))


def _clip(path: Path, subject: str, samples: Any, hertz: float, measured: Callable[[Any], Any], *, fall: bool) -> Clip:
    from hexi.kernel.detector import Window

    found = measured(Window("acceleration" if samples.shape[1] == 3 else "height", 0, hertz, samples))
    names = found[0]._fields if found else ()
    measures = {name: np.array([getattr(one, name) for one in found]) for name in names}
    return Clip(path.name, subject, fall, len(samples) / hertz, measures or dict.fromkeys((*WORN_GRID, *RADAR_GRID), np.empty(0)))


def _text(path: Path) -> str:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="latin-1") as file:
        return str(file.read())


if __name__ == "__main__":
    sys.exit(main())
