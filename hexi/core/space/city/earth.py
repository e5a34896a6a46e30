"""Between degrees and heights (WGS-84) and metres from the middle of the earth, in which 3D Tiles stand."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hexi.core.space.city.projecting import A, F

B = A * (1 - F)
SQUARE, SECOND = F * (2 - F), (A**2 - B**2) / B**2
"""The eccentricities of the ellipsoid, squared."""
Points = NDArray[np.float64]


def on_earth(points: Points) -> Points:
    """Points (lon, lat, metres above the ellipsoid) as metres from the middle of the earth."""
    lon, lat, height = np.radians(points[:, 0]), np.radians(points[:, 1]), points[:, 2]
    across = A / np.sqrt(1 - SQUARE * np.sin(lat) ** 2)
    flat = (across + height) * np.cos(lat)
    return np.column_stack([flat * np.cos(lon), flat * np.sin(lon), (across * (1 - SQUARE) + height) * np.sin(lat)])


def in_degrees(points: Points) -> Points:
    """The way back, by Bowring's formula: exact to a tenth of a millimetre where people build."""
    x, y, z = points.T
    flat = np.hypot(x, y)
    about = np.arctan2(z * A, flat * B)
    lat = np.arctan2(z + SECOND * B * np.sin(about) ** 3, flat - SQUARE * A * np.cos(about) ** 3)
    across = A / np.sqrt(1 - SQUARE * np.sin(lat) ** 2)
    height = flat * np.cos(lat) + z * np.sin(lat) - across * (1 - SQUARE * np.sin(lat) ** 2)
    return np.column_stack([np.degrees(np.arctan2(y, x)), np.degrees(lat), height])


def upright(lon: float, lat: float, height: float = 0.0) -> Points:
    """The matrix that stands metres east, north and up of a point there on the earth."""
    east, north = np.radians(lon), np.radians(lat)
    frame = np.eye(4)
    frame[:3, 0] = -np.sin(east), np.cos(east), 0
    frame[:3, 1] = -np.sin(north) * np.cos(east), -np.sin(north) * np.sin(east), np.cos(north)
    frame[:3, 2] = np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)
    frame[:3, 3] = on_earth(np.array([[lon, lat, height]]))[0]
    return frame


def back(points: Points, frame: Points) -> Points:
    """Points from the middle of the earth as the upright frame sees them."""
    return (points - frame[:3, 3]) @ frame[:3, :3]


def moved(points: Points, frame: Points) -> Points:
    """The points under a matrix of four by four."""
    return points @ frame[:3, :3].T + frame[:3, 3]
