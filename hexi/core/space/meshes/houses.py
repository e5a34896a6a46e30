"""Over which houses of the map a set of meshes stands: those are not drawn as blocks beside it."""

from __future__ import annotations

import numpy as np
import shapely

from hexi.core.space.city.buildings import house_rows
from hexi.core.space.city.earth import Points, in_degrees, moved
from hexi.core.space.meshes.contents import Content
from hexi.core.space.meshes.faults import BROKEN, Faults
from hexi.core.space.meshes.placing import Footing, box_round
from hexi.core.space.meshes.reading import Reading, Tile
from hexi.core.space.meshes.vertices import middles_of
from hexi.core.space.shapes import decoded, in_box

ABOVE_M = 2.0
"""Lower than that is ground, cars and hedges."""
INSIDE_DEGREES = 3e-6
"""A third of a metre: the walls of a neighbour stand on the outline."""


class Houses:
    """The houses of the map in a box, and those that were found under a mesh."""

    def __init__(self, corners: Points, footing: Footing) -> None:
        rows = list(in_box(house_rows(), box_round(corners, footing)).values_list("code", "geometry"))
        self.codes: list[str] = [code for code, _ in rows]
        self.tree = shapely.STRtree(shapely.buffer(decoded([geometry for _, geometry in rows]), -INSIDE_DEGREES))
        self.footing = footing
        self.under = set[str]()

    def note(self, points: Points) -> None:
        """Points of a mesh, from the middle of the earth."""
        stood = self.footing.put(in_degrees(points))
        high = stood[stood[:, 2] > ABOVE_M]
        hit: list[int] = np.unique(self.tree.query(shapely.points(high[:, :2]), predicate="within")[1]).tolist()
        self.under |= {self.codes[number] for number in hit}


def houses_under(reading: Reading, footing: Footing) -> list[str]:
    """The codes, in order. Reads every tile; what cannot be read is among the faults."""
    houses = Houses(reading.corners[0], footing)
    for tile, content in reading.documents():
        if tile.is_finest and houses.codes:
            _note(houses, tile, content, reading.faults)
    return sorted(houses.under)


def _note(houses: Houses, tile: Tile, content: Content, faults: Faults) -> None:
    try:
        points = middles_of(content)
    except (KeyError, IndexError, TypeError, ValueError):  # an accessor that says what is not there
        faults.add(BROKEN, tile.name)
        return
    houses.note(moved(points, tile.frame))
