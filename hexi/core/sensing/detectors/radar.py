"""A fall in what a radar sees of a person's height: it drops within about a second, stays low, and does not rise again."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hexi.core.sensing.detectors.limits import judged, limits_of
from hexi.kernel.detector import Judgement, Window
from hexi.kernel.label import t

Floats = NDArray[np.float64]
BEFORE_S, AFTER_S = (1.2, 0.2), (0.2, 0.8)
"""The height before and behind a moment is the median of these seconds from it."""
TOP_PCT = 90
"""The top of a person is this percentile of the heights of a frame's points: the very highest is often a reflection."""
NOTHING = t("窗口太短，看不出高度变化", "the window is too short to tell a change of height")


class Drop(NamedTuple):
    """One moment: its row, by how many metres the height fell across it, how low it is behind it, how far it rises again until the end."""

    row: int
    drop: float
    low: float
    risen: float


def judge(window: Window) -> Judgement:
    """The likeliest of the window's drops."""
    limits = limits_of("radar")
    found = [judged(limits, one.row, one._asdict()) for one in drops(window)]
    return max(found, key=lambda one: one.score, default=Judgement(0.0, 0, NOTHING))


def drops(window: Window) -> list[Drop]:
    """The change of height across every sample with enough of the signal around it."""
    tall, rate = window.samples[:, 0], window.hertz
    first, last, begin, end = (round(side * rate) for side in (*BEFORE_S, *AFTER_S))
    found: list[Drop] = []
    for row in range(first, len(tall) - end + 1):
        before, after = float(np.median(tall[row - first : row - last])), float(np.median(tall[row + begin : row + end]))
        found.append(Drop(row, before - after, max(after, 0.0), max(0.0, float(np.median(tall[-max(1, end - begin) :])) - after)))
    return found


def tops(frames: list[Floats]) -> Floats:
    """The height of the person's top in each frame of points (x, y, z in metres, z upwards), as samples of a window."""
    return np.array([[np.percentile(points[:, 2], TOP_PCT)] for points in frames])
