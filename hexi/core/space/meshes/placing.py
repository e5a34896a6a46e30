"""Where a set of meshes stands: in WGS-84, above the ground of our maps, within the district."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hexi.core.space.city.earth import Points, in_degrees
from hexi.core.space.contracts import Box, Datum
from hexi.core.space.datum import convert, metres_per_degree
from hexi.core.space.meshes.faults import ELSEWHERE, NOWHERE
from hexi.core.space.meshes.files import TILESET
from hexi.core.space.places import roots
from hexi.core.space.shapes import box_of
from hexi.kernel.errors import Invalid, Problem

ON_EARTH_M = (6_340_000.0, 6_400_000.0)
"""From its middle: whatever people build lies between."""


@dataclass(frozen=True, slots=True)
class Footing:
    """How the file's degrees and heights become ours: moved by so much, and the ground of the file at this height."""

    lon: float = 0.0
    lat: float = 0.0
    ground_m: float = 0.0

    def put(self, degrees: Points) -> Points:
        """Points (lon, lat, height) as they are on our maps."""
        return degrees + np.array([self.lon, self.lat, -self.ground_m])

    def metres(self, lat: float) -> tuple[float, float]:
        """East and north by which the meshes are moved, at this latitude."""
        east_m, north_m = metres_per_degree(lat)
        return round(self.lon * east_m, 2), round(self.lat * north_m, 2)


@dataclass(frozen=True, slots=True)
class Spread:
    """Where the meshes lie: their box in WGS-84, and from how deep to how high above the ground."""

    box: Box
    low_m: float
    high_m: float


def footing_of(corners: Points, datum: Datum, ground_m: float) -> Footing:
    """The footing for a file in this system: the field of GCJ-02 is the same within a district to some decimetres.

    Raises Invalid for what stands nowhere on earth.
    """
    off = np.linalg.norm(corners.mean(axis=0))
    if not ON_EARTH_M[0] < off < ON_EARTH_M[1]:
        raise Invalid([Problem("transform", NOWHERE, where=TILESET)])
    lon, lat, _ = in_degrees(corners.mean(axis=0, keepdims=True))[0].tolist()
    there = convert(lon, lat, datum, Datum.WGS84)
    return Footing(there[0] - lon, there[1] - lat, ground_m)


def box_round(corners: Points, footing: Footing) -> Box:
    """The box in WGS-84."""
    stood = footing.put(in_degrees(corners))
    west, south, east, north = (*stood[:, :2].min(axis=0).tolist(), *stood[:, :2].max(axis=0).tolist())
    return west, south, east, north


def spread_of(corners: Sequence[Points], footing: Footing) -> Spread:
    """Where all of the tiles lie. Raises Invalid where none of them touches the district."""
    every = np.vstack(corners)
    box = box_round(every, footing)
    districts = [district for root in roots() if (district := box_of(root.code))]
    if districts and not any(_touch(box, district) for district in districts):
        said = ELSEWHERE.filled(place=_told(box), district=_told(districts[0]))
        raise Invalid([Problem("transform", said, where=TILESET)])
    heights = footing.put(in_degrees(every))[:, 2]
    return Spread(box, round(float(heights.min()), 1), round(float(heights.max()), 1))


def _touch(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and one[2] >= other[0] and one[1] <= other[3] and one[3] >= other[1]


def _told(box: Box) -> str:
    return f"{box[0]:.4f}–{box[2]:.4f}, {box[1]:.4f}–{box[3]:.4f}"
