"""The drawing sheet: metres on paper, a gentle bend so that nothing is ruled straight, and WGS-84 degrees."""

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, Polygon

Points = NDArray[np.float64]
Shapes = NDArray[np.object_]
Numbers = NDArray[np.int64]

ORIGIN = (117.228, 39.079)
# Metres in one degree on the WGS-84 ellipsoid at the origin's latitude; over 10 km the error stays under 8 m, nothing here is surveyed.
METRES = np.array([86_532.0, 111_018.0])
DECIMALS = 7

# Each wave: amplitude in metres (east, north), wave vector in turns per metre, phase.
_WAVES = (
    ((38.0, -52.0), (1 / 3900, 1 / 5200), 0.8),
    ((-44.0, 30.0), (-1 / 5100, 1 / 3300), 2.1),
    ((14.0, 19.0), (1 / 1400, -1 / 2300), 4.0),
    ((-12.0, 15.0), (1 / 2100, 1 / 1300), 5.3),
)


def polygons(shapes: Shapes) -> list[Polygon]:
    """The same shapes as a typed list."""
    return list(shapes)


def lines(shapes: Shapes) -> list[LineString]:
    """The same shapes as a typed list."""
    return list(shapes)


def bend(points: Points) -> Points:
    """Drawn points moved by a smooth field of at most some 100 m: neighbours stay neighbours, straight roads become slight curves."""
    moved = points.copy()
    for amplitude, wave, phase in _WAVES:
        moved += np.sin(2 * np.pi * (points @ np.array(wave)) + phase)[:, None] * np.array(amplitude)
    return moved


def to_degrees(points: Points) -> Points:
    return np.round(points / METRES + np.array(ORIGIN), DECIMALS)


def to_metres(points: Points) -> Points:
    return (points - np.array(ORIGIN)) * METRES


def bent(shapes: Shapes, step_m: float = 60) -> Shapes:
    """Drawn shapes with enough points added to follow the bend."""
    return shapely.transform(shapely.segmentize(shapes, step_m), bend)


def in_degrees(shapes: Shapes) -> Shapes:
    return shapely.transform(shapes, to_degrees)


def in_metres(shapes: Shapes) -> Shapes:
    return shapely.transform(shapes, to_metres)


def smooth(line: Points, rounds: int = 2) -> Points:
    """Chaikin's corner cutting; the ends stay where they are."""
    for _ in range(rounds):
        cut = np.empty((2 * (len(line) - 1), 2))
        cut[0::2] = 0.75 * line[:-1] + 0.25 * line[1:]
        cut[1::2] = 0.25 * line[:-1] + 0.75 * line[1:]
        line = np.vstack([line[:1], cut[1:-1], line[-1:]])
    return line
