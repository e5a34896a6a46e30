"""Which pieces of street a closure closes, whatever its place among the streets, found without looking at all of them."""

from __future__ import annotations

from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hexi.core.space.network.attach import Kerbs
from hexi.core.space.network.contraction import Network
from hexi.core.space.network.profiles import profile
from hexi.core.space.network.tests.drawn import closings, networks
from hexi.core.space.walks.barring import closed_now
from hexi.kernel.ground import Barred

ADULT = profile("adult", date(2026, 1, 1))
places = st.tuples(st.integers(-100, 1000), st.integers(-100, 1000))


def metres_to(network: Network, x: float, y: float) -> np.ndarray:
    """From the spot to each piece of street, the obvious way."""
    ways, spot = network.streets, np.array([x, y])
    one, other = (np.column_stack([ways.x, ways.y])[ends] for ends in (ways.u, ways.v))
    along = other - one
    share = np.clip(((spot - one) * along).sum(1) / np.maximum((along**2).sum(1), 1e-9), 0, 1)
    return np.hypot(*(one + share[:, None] * along - spot).T)


@settings(max_examples=50)
@given(networks(), places, st.integers(1, 300))
def test_a_fence_closes_the_pieces_within_it_and_no_others(network: Network, at: tuple[int, int], radius: int) -> None:
    lon, lat = (float(each) for each in network.streets.in_degrees(*map(float, at)))
    closed = closed_now(network, ADULT, [Barred(lon, lat, radius)], Kerbs(network))
    away = metres_to(network, *map(float, at))
    clear = np.abs(away - radius) > 1e-3  # degrees and back: a hair
    assert np.array_equal(closed[clear], (network.closed | (away <= radius))[clear])


@settings(max_examples=50)
@given(st.data())
def test_other_usable_pieces_of_the_same_streets_are_as_if_sorted_anew(data: st.DataObject) -> None:
    network = data.draw(networks())
    usable = data.draw(closings(network.streets.edges))
    x, y = np.array(data.draw(st.lists(places, min_size=1, max_size=4)), float).T
    mine, anew = (kerbs.attach(x, y, within_m=400) for kerbs in (Kerbs(network).only(usable), Kerbs(network, usable)))
    assert np.array_equal(mine.edge, anew.edge) and np.array_equal(mine.off, anew.off)
    assert usable[mine.edge[mine.edge >= 0]].all()
    every = Kerbs(network, usable).everywhere().attach(x, y, within_m=5000)
    assert np.allclose(every.off / 1000, [metres_to(network, *spot).min() for spot in zip(x, y, strict=True)], atol=0.001)
