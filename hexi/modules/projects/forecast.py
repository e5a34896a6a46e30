"""When a target will be reached if it goes on as so far: a day with an interval, or the reason why there is none.

A straight line is fitted to the target's own cumulative figures; the interval is the classical one of inverse
regression (Fieller): all days on which the line's prediction band covers the target. It speaks only of this target's
own past. It knows no holidays, tenders or winters, so the report prints it beside the official wording, never in its place.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from hexi.kernel.label import Label, t
from hexi.modules.projects.days import spoken_day

MIN_POINTS = 4
MIN_DAYS = 60
WIDEST = timedelta(days=366)
LEVEL_PCT = 80
# Two-sided 80 % points of Student's t for 2, 3, ... degrees of freedom; any table of the distribution gives them.
STUDENT_80 = (1.886, 1.638, 1.533, 1.476, 1.440, 1.415, 1.397, 1.383, 1.372, 1.363)
STUDENT_80_LIMIT = 1.282


@dataclass(frozen=True, slots=True)
class Forecast:
    """The day on which the target will be reached and the 80 % interval, or None for all three with the reason."""

    words: Label
    day: date | None = None
    earliest: date | None = None
    latest: date | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    """A fitted line: values against days since the first point."""

    count: int
    mean_x: float
    mean_y: float
    slope: float
    spread: float
    noise: float


def forecast(history: Sequence[tuple[date, Decimal]], quantity: Decimal | None, *, until: date) -> Forecast:
    """The forecast from cumulative figures known by `until`. Figures of the same day count once, the last given wins."""
    points = sorted({day: float(value) for day, value in history if day <= until}.items())
    if quantity is None:
        return Forecast(t("该任务不计数量，不作预测", "Not counted in numbers, so there is no forecast"))
    refused = _refusal(points, float(quantity))
    return Forecast(refused) if refused else _inverted(_fit(points), float(quantity), points)


def _refusal(points: Sequence[tuple[date, float]], quantity: float) -> Label | None:
    if points and points[-1][1] >= quantity:
        return t("目标已达到，无需预测", "The target is reached, no forecast needed")
    if not points:
        return t("尚无数字，不作预测", "no figure yet, so no forecast")
    if len(points) < MIN_POINTS:
        sentence = t("历史数据仅{n}期，少于{least}期，不作预测", "figures so far: {n}, fewer than {least}, so no forecast")
        return sentence.filled(n=len(points), least=MIN_POINTS)
    days = (points[-1][0] - points[0][0]).days
    if days < MIN_DAYS:
        sentence = t("历史数据仅跨{n}天，少于{least}天，不作预测", "The figures span {n} days, fewer than {least}: no forecast")
        return sentence.filled(n=days, least=MIN_DAYS)
    return None


def _fit(points: Sequence[tuple[date, float]]) -> _Line:
    xs = [float((day - points[0][0]).days) for day, _ in points]
    ys = [value for _, value in points]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    spread = sum((x - mean_x) ** 2 for x in xs)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / spread
    rest = sum((y - mean_y - slope * (x - mean_x)) ** 2 for x, y in zip(xs, ys, strict=True))
    return _Line(len(xs), mean_x, mean_y, slope, spread, math.sqrt(rest / (len(xs) - 2)))


def _inverted(line: _Line, quantity: float, points: Sequence[tuple[date, float]]) -> Forecast:
    band = _student(line.count - 2) * line.noise
    steep = line.slope**2 - band**2 / line.spread
    if line.slope <= 0 or steep <= 0:
        return Forecast(t("历史数据看不出稳定增长，不作预测", "The figures show no steady growth, so there is no forecast"))
    reach = quantity - line.mean_y
    centre = line.slope * reach / steep
    half = band / steep * math.sqrt(reach**2 / line.spread + steep * (1 + 1 / line.count))
    soonest = float((points[-1][0] - points[0][0]).days + 1)
    offsets = (max(soonest, line.mean_x + offset) for offset in (reach / line.slope, centre - half, centre + half))
    return _said(*(_day(points[0][0], offset) for offset in offsets))


def _said(day: date | None, earliest: date | None, latest: date | None) -> Forecast:
    if not (day and earliest and latest) or latest - earliest > WIDEST:
        return Forecast(t("预测区间超过一年，无参考价值", "The interval is wider than a year, so it says nothing"))
    sentence = t(
        "按自身历史进度推算，预计{day}达到目标（{level}%区间：{earliest}至{latest}）",
        "At its own pace so far it would reach the target on {day} ({level} % interval: {earliest} to {latest})",
    )
    return Forecast(
        sentence.filled(day=spoken_day(day), earliest=spoken_day(earliest), latest=spoken_day(latest), level=LEVEL_PCT),
        day,
        earliest,
        latest,
    )


def _day(first: date, offset: float) -> date | None:
    ordinal = first.toordinal() + math.ceil(offset)
    return date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None


def _student(freedom: int) -> float:
    return STUDENT_80[freedom - 2] if freedom - 2 < len(STUDENT_80) else STUDENT_80_LIMIT
