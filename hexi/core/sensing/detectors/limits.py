"""What a detector asks of its measures, from `limits.yaml`, and what a judgement by them says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml

from hexi.kernel.detector import Judgement
from hexi.kernel.errors import DeclarationError
from hexi.kernel.label import Label, joined, t

PATH = Path(__file__).with_name("limits.yaml")
ENOUGH = 0.5
"""A score of a measure at its limit."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One measure and its limit: at least so much where `rises`, else at most."""

    measure: str
    label: Label
    limit: float
    rises: bool
    unit: str

    def score(self, value: float) -> float:
        """0.5 at the limit, 1 where it is met twice over or nothing is left, 0 where it is not met at all."""
        share = ENOUGH * value / self.limit
        return min(1.0, max(0.0, share if self.rises else 1.0 - share))

    def words(self, value: float) -> Label:
        said = t("{label} {value:.2f} {unit}（界限：{sign} {limit:g}）", "{label} {value:.2f} {unit} (limit: {sign} {limit:g})")
        return said.filled(label=self.label, value=value, unit=self.unit, sign="≥" if self.rises else "≤", limit=self.limit)


@dataclass(frozen=True, slots=True)
class Limits:
    """All conditions of one detector, and the recordings that they rest on."""

    conditions: tuple[Condition, ...]
    because: str


@cache
def limits_of(detector: str, path: Path = PATH) -> Limits:
    """The limits of that detector. Raises DeclarationError where the file does not say them."""
    said = cast("dict[str, Any]", yaml.safe_load(path.read_text(encoding="utf-8")))
    if detector not in said:
        raise DeclarationError(f"{path.name} says nothing of the detector {detector!r}; it knows {', '.join(sorted(said))}.")
    one = said[detector]
    return Limits(tuple(_condition(detector, row) for row in one["conditions"]), str(one["origin"]))


def _condition(detector: str, row: dict[str, Any]) -> Condition:
    sides = [side for side in ("at_least", "at_most") if side in row]
    if len(sides) != 1 or float(row[sides[0]]) <= 0:
        raise DeclarationError(f"limits.yaml, {detector}, {row.get('measure')}: say one of at_least, at_most, a number above 0.")
    label = Label(row["label"]["zh"], row["label"]["en"])
    return Condition(row["measure"], label, float(row[sides[0]]), sides[0] == "at_least", row["unit"])


def judged(limits: Limits, row: int, measured: Mapping[str, float]) -> Judgement:
    """As good as the weakest of its conditions; the grounds name each with its limit."""
    values = [(one, float(measured[one.measure])) for one in limits.conditions]
    grounds = joined([one.words(value) for one, value in values], zh="；", en="; ")
    return Judgement(min(one.score(value) for one, value in values), row, grounds)
