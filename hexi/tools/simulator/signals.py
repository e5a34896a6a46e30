"""Raw signals drawn by rule, not measured: a fall and a walk as a worn device and as a radar would see them."""

from __future__ import annotations

import math
import random

Rows = list[list[float]]
WORN_HZ, RADAR_HZ, SECONDS = 25, 10, 10
FALL_AT_S = 5


def acceleration_of_fall(rng: random.Random) -> Rows:
    """Ten seconds: walking upright, half a second of nearly free fall, an impact, lying still."""
    peak, lying = rng.uniform(2.6, 5.0), rng.uniform(75, 100)
    rows: Rows = []
    for number in range(SECONDS * WORN_HZ):
        since = number / WORN_HZ - FALL_AT_S
        if since < -0.4:
            rows.append(_gravity(rng.gauss(0, 3), 1 + 0.15 * math.sin(12 * since) + rng.gauss(0, 0.05)))
        elif since < 0:
            rows.append(_gravity(lying * (since + 0.4) / 0.4, 0.3))
        else:
            rows.append(_gravity(lying, peak if since < 1 / WORN_HZ else 1 + rng.gauss(0, 0.02)))
    return rows


def acceleration_of_walk(rng: random.Random) -> Rows:
    """Ten seconds of walking, with a heel that comes down hard now and then."""
    return [
        _gravity(rng.gauss(0, 4), 1 + 0.3 * math.sin(12 * number / WORN_HZ) + (1.2 if rng.random() < 0.02 else 0) + rng.gauss(0, 0.05))
        for number in range(SECONDS * WORN_HZ)
    ]


def height_of_fall(rng: random.Random) -> Rows:
    """Ten seconds: standing, down within a second, lying."""
    tall = rng.uniform(0.9, 1.6)
    rows: Rows = []
    for number in range(SECONDS * RADAR_HZ):
        since = number / RADAR_HZ - FALL_AT_S
        rows.append([round(max(0.12, tall * (1 - min(1.0, max(0.0, since)))) + rng.gauss(0, 0.02), 3)])
    return rows


def height_of_walk(rng: random.Random) -> Rows:
    """Ten seconds of somebody who walks about."""
    tall = rng.uniform(0.9, 1.6)
    return [[round(tall + rng.gauss(0, 0.08), 3)] for _ in range(SECONDS * RADAR_HZ)]


def _gravity(degrees: float, size: float) -> list[float]:
    """An acceleration of that size, turned so far from upright."""
    turned = math.radians(degrees)
    return [round(size * math.sin(turned), 4), 0.0, round(size * math.cos(turned), 4)]
