"""Judge a value against its lines, with hysteresis so that a figure on the line does not flicker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["ok", "watch", "breach", "none"]


@dataclass(frozen=True, slots=True)
class Lines:
    """Where watching and alarm begin; `better` says on which side good lies. `back` is how far a value must come back."""

    better: str
    watch: float | None
    breach: float | None
    back: float = 0


def status_of(value: float | None, lines: Lines, before: Status = "ok") -> Status:
    """The status; `before` is the last one, which holds until the value is `back` beyond its line."""
    if value is None or lines.better not in {"up", "down"} or (lines.watch is None and lines.breach is None):
        return "none"
    if _beyond(value, lines.breach, lines, before == "breach"):
        return "breach"
    if _beyond(value, lines.watch, lines, before in {"watch", "breach"}):
        return "watch"
    return "ok"


def _beyond(value: float, line: float | None, lines: Lines, was: bool) -> bool:
    if line is None:
        return False
    margin = lines.back if was else 0
    return value < line + margin if lines.better == "up" else value > line - margin
