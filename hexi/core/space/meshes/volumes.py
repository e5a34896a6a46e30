"""Where a tile lies: the corners of its bounding volume on the earth."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from hexi.core.space.city.earth import Points, moved, on_earth

SIGNS = np.array(list(itertools.product((-1.0, 1.0), repeat=3)))


def corners_of(volume: dict[str, Any], frame: Points) -> Points | None:
    """Metres from the middle of the earth; None where the volume is none that we know. A region stands whatever the frame is."""
    if (region := _numbers(volume, "region", 6)) is not None:
        west, south, east, north, low, high = region
        degrees = [[np.degrees(x), np.degrees(y), z] for x in (west, east) for y in (south, north) for z in (low, high)]
        return on_earth(np.array(degrees))
    if (box := _numbers(volume, "box", 12)) is not None:
        return moved(box[:3] + SIGNS @ box[3:].reshape(3, 3), frame)
    if (sphere := _numbers(volume, "sphere", 4)) is not None:
        return moved(sphere[:3] + SIGNS * sphere[3] / np.sqrt(3), frame)
    return None


def frame_of(tile: dict[str, Any], above: Points) -> Points | None:
    """The tile's frame within the one above it; None where what it says is no matrix."""
    if "transform" not in tile:
        return above
    matrix = _numbers(tile, "transform", 16)
    return None if matrix is None else above @ matrix.reshape(4, 4).T


def _numbers(said: dict[str, Any], key: str, count: int) -> Points | None:
    try:
        found = np.array(said.get(key), dtype=np.float64)
    except (TypeError, ValueError):
        return None
    return found if found.shape == (count,) and np.isfinite(found).all() else None
