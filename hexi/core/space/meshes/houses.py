"""Over which houses of the map a set of meshes stands: those are not drawn as blocks beside it."""

from __future__ import annotations

import hashlib

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
    """The houses of the map in a box, and those that were found under a mesh. `ground` is another where another house stands in the box."""

    def __init__(self, corners: Points, footing: Footing) -> None:
        there = in_box(house_rows(), box_round(corners, footing)).order_by("code")
        rows: list[tuple[str, bytes]] = list(there.values_list("code", "geometry"))
        self.codes = [code for code, _ in rows]
        self.ground = _mark_of(rows)
        self.tree = shapely.STRtree(shapely.buffer(decoded([geometry for _, geometry in rows]), -INSIDE_DEGREES))
        self.footing = footing
        self.under = set[str]()

    def look(self, reading: Reading) -> tuple[str, ...]:
        """The codes of those under the meshes, in order. Reads every tile; what cannot be read is among the faults."""
        for tile, content in reading.documents():
            if tile.is_finest and self.codes:
                self._look_in(tile, content, reading.faults)
        return tuple(sorted(self.under))

    def _look_in(self, tile: Tile, content: Content, faults: Faults) -> None:
        try:
            points = middles_of(content)
        except (KeyError, IndexError, TypeError, ValueError):  # an accessor that says what is not there
            faults.add(BROKEN, tile.name)
            return
        self._note(moved(points, tile.frame))

    def _note(self, points: Points) -> None:
        """Points of a mesh, from the middle of the earth."""
        stood = self.footing.put(in_degrees(points))
        high = stood[stood[:, 2] > ABOVE_M]
        hit: list[int] = np.unique(self.tree.query(shapely.points(high[:, :2]), predicate="within")[1]).tolist()
        self.under |= {self.codes[number] for number in hit}


def _mark_of(rows: list[tuple[str, bytes]]) -> str:
    digest = hashlib.sha256()
    for code, geometry in rows:
        digest.update(code.encode() + b"\0" + bytes(geometry))
    return digest.hexdigest()[:16]
