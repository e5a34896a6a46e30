"""From degrees (WGS-84) to metres east and north: UTM, by Krüger's series to the fourth order, exact to a millimetre in a zone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

A, F = 6378137.0, 1 / 298.257223563
"""The ellipsoid of WGS-84."""
N = F / (2 - F)
RADIUS = A / (1 + N) * (1 + N**2 / 4 + N**4 / 64)
ALPHAS = (
    N / 2 - 2 * N**2 / 3 + 5 * N**3 / 16 + 41 * N**4 / 180, 13 * N**2 / 48 - 3 * N**3 / 5 + 557 * N**4 / 1440,
    61 * N**3 / 240 - 103 * N**4 / 140, 49561 * N**4 / 161280,
)  # fmt: skip
SCALE, EAST_M, SOUTH_M = 0.9996, 500_000.0, 10_000_000.0
Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Zone:
    """One zone of UTM. `epsg` is its code."""

    number: int
    is_south: bool

    @property
    def epsg(self) -> int:
        return (32700 if self.is_south else 32600) + self.number


def zone_of(lon: float, lat: float) -> Zone:
    """The zone round a point."""
    return Zone(min(60, int((lon + 180) // 6) + 1), lat < 0)


def projected(points: Points, zone: Zone) -> Points:
    """Points (lon, lat) as metres east and north in the zone."""
    lon, lat = np.radians(points[:, 0] - (zone.number * 6 - 183)), np.radians(points[:, 1])
    bend = 2 * np.sqrt(N) / (1 + N)
    t = np.sinh(np.arctanh(np.sin(lat)) - bend * np.arctanh(bend * np.sin(lat)))
    xi, eta = np.arctan2(t, np.cos(lon)), np.arctanh(np.sin(lon) / np.sqrt(1 + t**2))
    east, north = eta.copy(), xi.copy()
    for order, alpha in enumerate(ALPHAS, start=1):
        east += alpha * np.cos(2 * order * xi) * np.sinh(2 * order * eta)
        north += alpha * np.sin(2 * order * xi) * np.cosh(2 * order * eta)
    scaled = SCALE * RADIUS * np.column_stack([east, north])
    return scaled + np.array([EAST_M, SOUTH_M if zone.is_south else 0.0])
