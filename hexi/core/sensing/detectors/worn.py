"""A fall in the acceleration of a worn device: an impact, another posture behind it, and then stillness."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hexi.core.sensing.detectors.limits import Limits, judged, limits_of
from hexi.kernel.detector import Judgement, Window
from hexi.kernel.label import t

Floats = NDArray[np.float64]
LEAST_G = 1.5
"""Weaker than this is nobody's impact: a candidate for looking closer, no limit of the decision."""
APART_S = 0.5
BEFORE_S, AFTER_S = (3.0, 0.5), (1.0, 3.0)
"""The posture before and behind an impact is the mean direction of gravity in these seconds from it; stillness is taken from the latter."""
NOTHING = t("窗口中没有冲击，或冲击前后的记录不够长", "no impact in the window, or too little of it before or behind the impact")


class Impact(NamedTuple):
    """One impact: its row, its height in g, by how much the posture differs, how far acceleration spreads afterwards."""

    row: int
    impact: float
    turned: float
    moving: float


def judge(window: Window) -> Judgement:
    """The likeliest of the window's impacts."""
    limits = limits_of("worn")
    found = [judged(limits, one.row, one._asdict()) for one in impacts(window)]
    return max(found, key=lambda one: one.score, default=Judgement(0.0, 0, NOTHING))


def impacts(window: Window) -> list[Impact]:
    """Every impact with enough of the signal around it."""
    size = np.sqrt((window.samples**2).sum(axis=1))
    return [found for row in _peaks(size, round(APART_S * window.hertz)) if (found := _seen(window, size, row))]


def _peaks(size: Floats, apart: int) -> list[int]:
    """Rows that are the largest within so many on both sides."""
    around = np.lib.stride_tricks.sliding_window_view(np.pad(size, apart), 2 * apart + 1).max(axis=1)
    return np.flatnonzero((size >= LEAST_G) & (size == around)).tolist()


def _seen(window: Window, size: Floats, row: int) -> Impact | None:
    begin, end = (row + round(side * window.hertz) for side in AFTER_S)
    first, last = (max(0, row - round(side * window.hertz)) for side in BEFORE_S)
    if end > len(size) or last - first < window.hertz / 2:
        return None
    turned = _angle(window.samples[first:last].mean(axis=0), window.samples[begin:end].mean(axis=0))
    return Impact(row, float(size[row]), turned, float(size[begin:end].std()))


def _angle(one: Floats, other: Floats) -> float:
    """Degrees between two directions."""
    lengths = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float(np.degrees(np.arccos(np.clip(one @ other / lengths, -1, 1)))) if lengths else 0.0


__all__ = ["Impact", "Limits", "impacts", "judge"]
