"""The streets that people walk, as arrays: what an import fills and the walking-time engine reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntFlag

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hexi.core.space.datum import LonLat, metres_per_degree
from hexi.kernel.errors import Invalid, Problem
from hexi.kernel.label import Label, t

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Bools = NDArray[np.bool_]


class StreetFlag(IntFlag):
    """What a piece of street is, as bits. Whether a walker may use it is the profile's matter."""

    STEPS = 1
    GATE_CLOSED = 2
    PRIVATE = 4
    CROSSING = 8
    TRUNK = 16
    """A main road without a pavement of its own: no way for a child alone."""
    WORKS = 32
    """Fenced off by works."""
    ROUGH = 64
    """A surface, kerb or width that stops a wheelchair."""
    INNER = 128
    """A path inside a compound."""


@dataclass(frozen=True, slots=True, eq=False)
class Streets:
    """Every vertex of every way is a node, so an edge is a straight piece of street, walked both ways.

    `x`, `y`: metres east and north of `origin` (WGS-84 degrees), plate carrée true at the origin's latitude: for drawing and
    attaching. `metres` is the true length on the ellipsoid, from which every answer is summed. `way` is the id of the row that an
    edge came from: it names the street, and a gate or a fence closes edges by it. `names` has the named ways only.
    Raises Invalid when the arrays do not fit together.
    """

    origin: LonLat
    x: Floats
    y: Floats
    u: Ints
    v: Ints
    metres: Floats
    flags: NDArray[np.uint16]
    way: NDArray[np.int64]
    names: Mapping[int, Label] = field(default_factory=dict[int, Label])

    def __post_init__(self) -> None:
        for name, kind in _KINDS.items():
            array: NDArray[np.generic] = np.ascontiguousarray(getattr(self, name), dtype=kind)
            object.__setattr__(self, name, array)
        problems = list(_faults(self))
        if problems:
            what = t("步行路网数据不成立", "These streets cannot be")
            raise Invalid(problems, what, do=t("请检查道路导入，改正后重建路网", "Mend the import of the streets and build them again"))

    @property
    def edges(self) -> int:
        return len(self.u)

    @property
    def nodes(self) -> int:
        return len(self.x)

    def edges_of(self, *ways: int) -> Ints:
        """The edges that came from these rows."""
        return np.flatnonzero(np.isin(self.way, ways)).astype(np.int32)

    def has(self, flags: StreetFlag) -> Bools:
        """For each edge, whether it has any of the flags."""
        return (self.flags & np.uint16(flags)) != 0

    def in_metres(self, lon: ArrayLike, lat: ArrayLike) -> tuple[Floats, Floats]:
        """WGS-84 degrees as this network's x and y."""
        east_m, north_m = metres_per_degree(self.origin[1])
        return (np.asarray(lon, float) - self.origin[0]) * east_m, (np.asarray(lat, float) - self.origin[1]) * north_m

    def in_degrees(self, x: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
        """This network's x and y as WGS-84 degrees."""
        east_m, north_m = metres_per_degree(self.origin[1])
        return np.asarray(x, float) / east_m + self.origin[0], np.asarray(y, float) / north_m + self.origin[1]


def streets_of(
    lon: ArrayLike, lat: ArrayLike, u: ArrayLike, v: ArrayLike, *, flags: ArrayLike, way: ArrayLike, names: Mapping[int, Label]
) -> Streets:
    """Streets from vertices in WGS-84 degrees: measures each edge on the ellipsoid and projects about the middle."""
    east, north = np.asarray(lon, float), np.asarray(lat, float)
    origin = (float(east.min() + east.max()) / 2, float(north.min() + north.max()) / 2) if len(east) else (0.0, 0.0)
    east_m, north_m = metres_per_degree(origin[1])
    ends = np.asarray(u, np.int32), np.asarray(v, np.int32)
    metres = _lengths(east, north, *ends)
    x, y = (east - origin[0]) * east_m, (north - origin[1]) * north_m
    return Streets(origin, x, y, *ends, metres, np.asarray(flags, np.uint16), np.asarray(way, np.int64), names)


def _lengths(lon: Floats, lat: Floats, u: Ints, v: Ints) -> Floats:
    if not len(u):
        return np.empty(0)
    # The length of a degree changes so slowly that a table of it is exact to a hair.
    latitudes = np.linspace(float(lat.min()), float(lat.max()), 65)
    table = np.array([metres_per_degree(each) for each in latitudes.tolist()])
    middle = (lat[u] + lat[v]) / 2
    east_m, north_m = np.interp(middle, latitudes, table[:, 0]), np.interp(middle, latitudes, table[:, 1])
    return np.hypot((lon[u] - lon[v]) * east_m, (lat[u] - lat[v]) * north_m)


_KINDS = {"x": np.float64, "y": np.float64, "u": np.int32, "v": np.int32, "metres": np.float64, "flags": np.uint16, "way": np.int64}


def _faults(streets: Streets) -> list[Problem]:
    return [Problem(name, message, value=value) for name, message, value in (*_of_shape(streets), *_of_values(streets))]


def _of_shape(streets: Streets) -> list[tuple[str, Label, str]]:
    found: list[tuple[str, Label, str]] = []
    if len(streets.x) != len(streets.y):
        found.append(("y", t("结点的横纵坐标个数不同", "As many y as x are needed"), f"{len(streets.x)}, {len(streets.y)}"))
    wrong = [name for name in ("v", "metres", "flags", "way") if len(getattr(streets, name)) != len(streets.u)]
    found += [(name, t("路段各列的长度不同", "Every column of the edges needs one length"), str(len(streets.u))) for name in wrong]
    return found


def _of_values(streets: Streets) -> list[tuple[str, Label, str]]:
    found: list[tuple[str, Label, str]] = []
    for name in ("u", "v"):
        ends: Ints = getattr(streets, name)
        if len(ends) and not (ends.min() >= 0 and ends.max() < streets.nodes):
            found.append((name, t("路段的端点不在结点之内", "An edge ends at no node"), f"{ends.min()} … {ends.max()}"))
    if not (np.isfinite(streets.x).all() and np.isfinite(streets.y).all()):
        found.append(("x", t("结点坐标须为有限数", "Coordinates must be finite"), ""))
    bad = np.flatnonzero(~(np.isfinite(streets.metres) & (streets.metres >= 0)))
    if len(bad):
        found.append(("metres", t("路段长度须为不小于零的有限数", "Lengths must be finite and not below zero"), f"edge {bad[0]}"))
    return found
