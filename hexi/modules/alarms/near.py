"""How long each helper would walk to a point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hexi.core.space.api import distance_m

PACE_M_S, DETOUR = 1.2, 1.3
"""Ours, for where no street network answers: a brisk walk, and streets that are a third longer than the straight line."""


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody who could go, by a key of the caller's, and where they are."""

    key: int
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Walk:
    """How long and how far one of them walks; `exact` over the streets, else judged by the straight line."""

    key: int
    seconds: float
    metres: float
    exact: bool


def nearest_helpers(where: tuple[float, float], candidates: Sequence[Helper], limit: int) -> list[Walk]:
    """The nearest of them, at most `limit`, the quickest first."""
    walks = [_straight(where, one) for one in candidates]
    return sorted(walks, key=lambda walk: (walk.seconds, walk.key))[:limit]


def _straight(where: tuple[float, float], one: Helper) -> Walk:
    metres = distance_m(where, (one.lon, one.lat)) * DETOUR
    return Walk(one.key, metres / PACE_M_S, metres, exact=False)
