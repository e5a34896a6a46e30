"""The walking network of the tables, as arrays: every vertex a node, ways that share a vertex joined there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import shapely
from django.db.models import Max
from numpy.typing import NDArray

from hexi.core.space.contracts import Box, Level
from hexi.core.space.ground.tables import Gate, Mapped, Way
from hexi.core.space.ground.valid import standing_in
from hexi.core.space.network.streets import StreetFlag, Streets, streets_of
from hexi.core.space.shapes import decoded, places_at
from hexi.kernel.label import Label

PRECISION = 10_000_000
"""Map files give seven decimals of a degree, a centimetre: vertices that agree so far are one."""
SKETCH = "sketch"
Longs = NDArray[np.int64]
ON_A_WAY = {"gate": StreetFlag.GATE_CLOSED, "barrier": StreetFlag.ROUGH, "crossing": StreetFlag.CROSSING}


def streets_of_district(*, box: Box | None = None, at: date | None = None) -> Streets:
    """All that people may walk on in the box (everything when None), as of a day. Closed and private ways are in it, flagged."""
    rows = list(
        standing_in(Way, box, at).filter(walkable=True).order_by("pk").values_list("pk", "name", "name_en", "flags", "geometry")
    )  # fmt: skip
    shapes = decoded([row[4] for row in rows]) if rows else np.empty(0, dtype=object)
    points, owners = shapely.get_coordinates(shapes, return_index=True)
    keys, nodes = np.unique(_keys(points), return_inverse=True)
    joined = np.flatnonzero((np.diff(owners) == 0) & (np.diff(nodes) != 0)) if len(points) else np.empty(0, np.int64)
    u, v, of_edge = nodes[joined], nodes[joined + 1], owners[joined]
    flags = (np.array([row[3] for row in rows], np.int64) | _inner(shapes))[of_edge] if rows else np.empty(0, np.int64)
    flags = flags | _gates(keys, u, v, box, at)
    ids = np.array([row[0] for row in rows], np.int64)
    names = {pk: Label(name, name_en or name) for pk, name, name_en, *_ in rows if name}
    lon, lat = _degrees(keys)
    return streets_of(lon, lat, u, v, flags=flags, way=ids[of_edge] if rows else ids, names=names)


def streets_are_drawn() -> bool:
    """Is there no way of any map, so that people walk on the drawn district's? Say so wherever a walk is shown."""
    return not Way.objects.exclude(source=SKETCH).exists()


def streets_version() -> str:
    """Changes whenever a way or a gate does: for what is kept of a network."""
    return max(_newest(table) for table in (Way, Gate))


def _newest(table: type[Mapped]) -> str:
    newest = table.objects.aggregate(newest=Max("updated_at"))["newest"]
    return newest.isoformat() if newest else ""


def _keys(points: NDArray[np.float64]) -> Longs:
    """One number for each vertex, equal for equal ones."""
    whole = np.rint(points * PRECISION).astype(np.int64)
    return ((whole[:, 1] + 90 * PRECISION) << 32) + whole[:, 0] + 180 * PRECISION


def _degrees(keys: Longs) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return ((keys & 0xFFFFFFFF) / PRECISION) - 180, ((keys >> 32) / PRECISION) - 90


def _inner(shapes: NDArray[np.object_]) -> Longs:
    """The flag of paths inside of a compound, where the place tree knows compounds by their shape."""
    middles = shapely.get_coordinates(shapely.get_point(shapes, shapely.get_num_points(shapes) // 2))
    inside = places_at([(float(x), float(y)) for x, y in middles], Level.COMPOUND)
    return np.array([int(StreetFlag.INNER) if code else 0 for code in inside], np.int64)


def _gates(keys: Longs, u: Longs, v: Longs, box: Box | None, at: date | None) -> Longs:
    """What gates, barriers and crossings on the way do to the edges that end at them.

    An open gate stops nobody; a shut one closes its edges, but only where it is no junction: there it stands beside the street.
    """
    rows = list(standing_in(Gate, box, at).filter(kind__in=list(ON_A_WAY)).values_list("kind", "is_shut", "lon", "lat"))
    found = np.zeros(len(u), np.int64)
    if not rows or not len(u):
        return found
    at_node = _flags_of(rows)
    gate_keys = _keys(np.array([row[2:] for row in rows], float))
    places = np.searchsorted(keys, gate_keys).clip(max=len(keys) - 1)
    on_way = keys[places] == gate_keys
    by_node = np.zeros(len(keys), np.int64)
    np.bitwise_or.at(by_node, places[on_way], at_node[on_way])
    by_node[np.bincount(np.concatenate([u, v]), minlength=len(keys)) > 2] &= ~int(StreetFlag.GATE_CLOSED | StreetFlag.ROUGH)
    return by_node[u] | by_node[v]


def _flags_of(rows: Sequence[tuple[Any, ...]]) -> Longs:
    return np.array([0 if kind == "gate" and not shut else int(ON_A_WAY[kind]) for kind, shut, *_ in rows], np.int64)
