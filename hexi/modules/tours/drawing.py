"""One person's round as a drawing on paper: the way as a line, the stops by their numbers, a scale. North is up."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, log10
from typing import Any

from hexi.core.space.api import metres_per_degree
from hexi.modules.tours.models import PlannedStop

WIDE, HIGH, EDGE = 640.0, 250.0, 22.0
LEAST_M = 120.0
"""Across the drawing at least: one stop beside the start is no round the world."""
Spot = tuple[float, float]


def drawing(rows: Sequence[PlannedStop], label: str) -> str:
    """SVG; empty where no stop has a point. The way back is not drawn: it is not kept."""
    stops = [(row.number, (float(row.lon), float(row.lat))) for row in rows if row.lon is not None and row.lat is not None]
    if not stops:
        return ""
    lines = [[(lon, lat) for lon, lat in line] for row in rows if (line := _line(row))]
    frame = _Frame([spot for _, spot in stops] + [spot for line in lines for spot in line])
    ways = "".join(f'<polyline points="{" ".join(frame.put(spot) for spot in line)}"/>' for line in lines)
    marks = "".join(_mark(frame, str(number), spot) for number, spot in stops)
    start = _start(frame, lines[0][0]) if lines else ""
    return (
        f'<svg class="way" viewBox="0 0 {WIDE:.0f} {HIGH:.0f}" role="img" aria-label="{label}">'
        f'<g fill="none" stroke="#1f5fa8" stroke-width="3" stroke-linejoin="round" stroke-linecap="round">{ways}</g>'
        f"{start}{marks}{_scale(frame)}</svg>"
    )


def _line(row: PlannedStop) -> list[list[float]]:
    way: dict[str, Any] = row.way or {}
    return way.get("line") or []


class _Frame:
    """From degrees to the drawing, in true proportions and in its middle."""

    def __init__(self, spots: Sequence[Spot]) -> None:
        lons, lats = [spot[0] for spot in spots], [spot[1] for spot in spots]
        self.lon, self.lat = (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
        self.east_m, self.north_m = metres_per_degree(self.lat)
        wide_m, high_m = (max(lons) - min(lons)) * self.east_m, (max(lats) - min(lats)) * self.north_m
        self.scale = min((WIDE - 2 * EDGE) / max(wide_m, LEAST_M), (HIGH - 2 * EDGE) / max(high_m, LEAST_M))

    def at(self, spot: Spot) -> Spot:
        east, north = (spot[0] - self.lon) * self.east_m * self.scale, (spot[1] - self.lat) * self.north_m * self.scale
        return round(WIDE / 2 + east, 1), round(HIGH / 2 - north, 1)

    def put(self, spot: Spot) -> str:
        x, y = self.at(spot)
        return f"{x},{y}"


def _mark(frame: _Frame, number: str, spot: Spot) -> str:
    x, y = frame.at(spot)
    return (
        f'<circle cx="{x}" cy="{y}" r="10" fill="#1f5fa8" stroke="#fff" stroke-width="2"/>'
        f'<text x="{x}" y="{y + 4:.1f}" text-anchor="middle" font-size="11.5" font-weight="600" fill="#fff">{number}</text>'
    )


def _start(frame: _Frame, spot: Spot) -> str:
    x, y = frame.at(spot)
    return f'<circle cx="{x}" cy="{y}" r="7" fill="#fff" stroke="#1f5fa8" stroke-width="3"/>'


def _scale(frame: _Frame) -> str:
    """A bar of 1, 2 or 5 times a power of ten metres, at most a fifth of the width."""
    most = WIDE / 5 / frame.scale
    power = 10 ** floor(log10(most))
    metres = next(each for each in (5 * power, 2 * power, power) if each <= most)
    long, y = metres * frame.scale, HIGH - 8
    said = f"{metres / 1000:g} km" if metres >= 1000 else f"{metres:g} m"
    return (
        f'<path d="M8 {y - 4}v4h{long:.1f}v-4" fill="none" stroke="#455565" stroke-width="1.2"/>'
        f'<text x="{14 + long:.1f}" y="{y}" font-size="11" fill="#455565">{said}</text>'
    )
