"""What should be done by a day: the planned curve where there is one, else a straight line over the task's span, which is ours."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from hexi.modules.projects.contracts import Span

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Due:
    """The share that is due; `ours` when no plan gives it and the straight line stands in."""

    share: float
    ours: bool


def due_share(curve: Sequence[float], span: Span, day: date) -> Due:
    """The share due at the end of `day`. A curve holds twelve cumulative shares, one per month's end of the year of the due day."""
    if len(curve) == MONTHS:
        return Due(_on_curve(curve, span.due.year, day), ours=False)
    return Due(_on_line(span, day), ours=True)


def _on_curve(curve: Sequence[float], year: int, day: date) -> float:
    if day.year != year:
        return 0.0 if day.year < year else _clipped(curve[-1])
    before = curve[day.month - 2] if day.month > 1 else 0.0
    passed = day.day / calendar.monthrange(year, day.month)[1]
    return _clipped(before + (curve[day.month - 1] - before) * passed)


def _on_line(span: Span, day: date) -> float:
    length = (span.due - span.start).days + 1
    return _clipped(((day - span.start).days + 1) / length) if length > 0 else float(day >= span.due)


def _clipped(share: float) -> float:
    return min(1.0, max(0.0, share))


def curve_faults(curve: Sequence[float]) -> str:
    """Why the numbers are no planned curve, in English for the log; empty when they are one."""
    if len(curve) not in (0, MONTHS):
        return f"has {len(curve)} points, not 12"
    if any(not 0 <= share <= 1 for share in curve):
        return "has a share outside 0 to 1"
    if any(later < earlier for earlier, later in pairwise(curve)):
        return "falls"
    return ""
