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


def closed_now(network: Network, walker: Profile, barred: Iterable[Barred]) -> Bools:
    """The network's closed edges with what is barred, and without what is opened, as far as this walker may pass there otherwise."""
    streets, closed = network.streets, network.closed.copy()
    spots = sorted(barred, key=lambda each: not each.opens)
    kerbs = Kerbs(network)
    for spot in spots:
        edges = _edges_at(streets, kerbs, spot)
        closed[edges] = streets.has(walker.closed_to & ~FOR_A_TIME)[edges] if spot.opens else True
    return closed


def _edges_at(streets: Streets, kerbs: Kerbs, spot: Barred) -> Ints:
    x, y = (float(each) for each in streets.in_metres(spot.lon, spot.lat))
    if spot.radius_m > 0:
        return np.flatnonzero(_metres_off(streets, x, y) <= spot.radius_m).astype(np.int32)
    found = kerbs.attach(np.array([x]), np.array([y]), within_m=NEAR_M).edge
    at_corner = _edges_of_corner(streets, x, y)
    # A gate stands on a way and not at a crossing: there it is beside the street, and the nearest piece is meant.
    return at_corner if 0 < len(at_corner) <= 2 else found[found >= 0]


def _edges_of_corner(streets: Streets, x: float, y: float) -> Ints:
    corners = np.flatnonzero((np.abs(streets.x - x) < SAME_M) & (np.abs(streets.y - y) < SAME_M))
    return np.flatnonzero(np.isin(streets.u, corners) | np.isin(streets.v, corners)).astype(np.int32)


def _metres_off(streets: Streets, x: float, y: float) -> Floats:
    """From the spot to every piece of street."""
    from_x, from_y = streets.x[streets.u], streets.y[streets.u]
    east, north = streets.x[streets.v] - from_x, streets.y[streets.v] - from_y
    square = np.maximum(east * east + north * north, 1e-9)
    share = np.clip(((x - from_x) * east + (y - from_y) * north) / square, 0, 1)
    return np.hypot(from_x + share * east - x, from_y + share * north - y)
