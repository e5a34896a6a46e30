"""Judge a value against its lines, with hysteresis so that a figure on the line does not flicker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["ok", "watch", "breach", "none"]


@dataclass(frozen=True, slots=True)
class Lines:
    """Where watching and alarm begin, below and above. `back` is how far a value must come back before the mark clears."""

    low_breach: float | None = None
    low_watch: float | None = None
    high_watch: float | None = None
    high_breach: float | None = None
    back: float = 0

    @property
    def drawn(self) -> bool:
        return any(line is not None for line in (self.low_breach, self.low_watch, self.high_watch, self.high_breach))


def status_of(value: float | None, lines: Lines, before: Status = "ok") -> Status:
    """The status; `before` is the last one, which holds until the value is `back` beyond its line."""
    if value is None or not lines.drawn:
        return "none"
    if _outside(value, lines.low_breach, lines.high_breach, lines.back if before == "breach" else 0):
        return "breach"
    if _outside(value, lines.low_watch, lines.high_watch, lines.back if before in {"watch", "breach"} else 0):
        return "watch"
    return "ok"


def _outside(value: float, low: float | None, high: float | None, margin: float) -> bool:
    return (low is not None and value < low + margin) or (high is not None and value > high - margin)
