"""Which pieces of street are closed when gates are locked, fences stand and shut gates are opened for a time."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from hexi.core.space.network.attach import Kerbs
from hexi.core.space.network.contraction import Network
from hexi.core.space.network.profiles import Profile
from hexi.core.space.network.streets import Bools, Floats, Ints, StreetFlag, Streets
from hexi.kernel.ground import Barred

SAME_M, NEAR_M = 1.0, 20.0
"""So near to a corner it is that corner; so far from every street it closes none."""
FOR_A_TIME = StreetFlag.GATE_CLOSED | StreetFlag.WORKS


def closed_now(network: Network, walker: Profile, barred: Iterable[Barred], kerbs: Kerbs) -> Bools:
    """The network's closed edges with what is barred, and without what is opened, as far as this walker may pass there otherwise.

    `kerbs`: of the same streets, whatever is usable on them.
    """
    streets, closed = network.streets, network.closed.copy()
    for spot in sorted(barred, key=lambda each: not each.opens):
        edges = _edges_at(streets, kerbs, spot)
        closed[edges] = streets.has(walker.closed_to & ~FOR_A_TIME)[edges] if spot.opens else True
    return closed


def _edges_at(streets: Streets, kerbs: Kerbs, spot: Barred) -> Ints:
    x, y = (float(each) for each in streets.in_metres(spot.lon, spot.lat))
    if spot.radius_m > 0:
        near = kerbs.near(x, y, spot.radius_m)
        return near[_metres_off(streets, near, x, y) <= spot.radius_m]
    found = kerbs.everywhere().attach(np.array([x]), np.array([y]), within_m=NEAR_M).edge
    at_corner = _edges_of_corner(streets, kerbs.near(x, y, SAME_M), x, y)
    # A gate stands on a way and not at a crossing: there it is beside the street, and the nearest piece is meant.
    return at_corner if 0 < len(at_corner) <= 2 else found[found >= 0]


def _edges_of_corner(streets: Streets, near: Ints, x: float, y: float) -> Ints:
    ends = streets.u[near], streets.v[near]
    is_corner = [(np.abs(streets.x[end] - x) < SAME_M) & (np.abs(streets.y[end] - y) < SAME_M) for end in ends]
    return near[is_corner[0] | is_corner[1]]


def _metres_off(streets: Streets, edges: Ints, x: float, y: float) -> Floats:
    """From the spot to each of these pieces of street."""
    start, end = streets.u[edges], streets.v[edges]
    from_x, from_y = streets.x[start], streets.y[start]
    east, north = streets.x[end] - from_x, streets.y[end] - from_y
    square = np.maximum(east * east + north * north, 1e-9)
    share = np.clip(((x - from_x) * east + (y - from_y) * north) / square, 0, 1)
    return np.hypot(from_x + share * east - x, from_y + share * north - y)
