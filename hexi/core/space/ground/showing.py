"""From which zoom of the map a thing is drawn: by its class, or by its size where it would be a speck before."""

from __future__ import annotations

import shapely

from hexi.core.space.datum import metres_per_degree
from hexi.core.space.ground import rules
from hexi.core.space.ground.things import Sort, Thing

STEPS = (0, 9, 11, 12, 13, 14, 15, 16)
"""Few values, so that a tile asks the index a few times only."""
METRES_OF_PIXEL = 78_271.5
"""At zoom 0 at the equator, of a tile drawn 512 pixels wide."""


def shown_from(thing: Thing) -> int:
    """One of STEPS."""
    said = rules.rules()["shown_from"]
    if thing.sort is Sort.WAY:
        return said["ways"].get(rules.road_class(thing.kind), STEPS[-1])
    if thing.sort is Sort.GATE or thing.kind == "stream":
        return said["gates"] if thing.sort is Sort.GATE else said["streams"]
    return max(said["buildings"] if thing.sort is Sort.BUILDING else 0, _by_size(thing.shape, said["pixels"]))


def _by_size(shape: shapely.Geometry, pixels: float) -> int:
    """The first zoom at which the square root of the area is so many pixels long."""
    _, south, _, north = shape.bounds
    east_m, north_m = metres_per_degree((south + north) / 2)
    long_m = (shape.area * east_m * north_m) ** 0.5
    metres = METRES_OF_PIXEL * east_m / metres_per_degree(0.0)[0]
    return next((zoom for zoom in STEPS if long_m >= pixels * metres / 2**zoom), STEPS[-1])
