"""Random small networks and points on them."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from hexi.core.space.network.attach import Attached
from hexi.core.space.network.contraction import Network, contract
from hexi.core.space.network.reach import Outlets, Question
from hexi.core.space.network.tests.grids import streets

KINDS = 3
QUESTION = Question((300.0, 600.0, 1200.0), nearest=2)
spots = st.tuples(st.integers(0, 900), st.integers(0, 900))


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Up to a dozen corners and twenty pieces of street: parallel ones, rings and islands among them; some are closed."""
    corners = draw(st.lists(spots, min_size=2, max_size=12, unique=True))
    ends = st.integers(0, len(corners) - 1)
    pairs = draw(st.lists(st.tuples(ends, ends).filter(lambda pair: pair[0] != pair[1]), min_size=1, max_size=20))
    x, y = np.array(corners, float).T
    u, v = np.array(pairs).T
    return contract(streets(x, y, u, v), draw(closings(len(pairs))))


@st.composite
def closings(draw: st.DrawFn, edges: int) -> np.ndarray:
    """Which edges are closed: mostly few."""
    shut = draw(st.sets(st.integers(0, edges - 1), max_size=4))
    return np.isin(np.arange(edges), list(shut))


@st.composite
def points(draw: st.DrawFn, network: Network, *, least: int = 1) -> Attached:
    """Points somewhere on the edges, up to 80 m off; some meet no street."""
    one = st.tuples(st.integers(-1, network.streets.edges - 1), st.floats(0, 1), st.integers(0, 80_000))
    drawn = draw(st.lists(one, min_size=least, max_size=8))
    edge = np.array([each[0] for each in drawn], np.int32)
    share = np.array([each[1] for each in drawn])
    from_u = np.rint(share * network.edge_mm[edge]).astype(np.int32)
    return Attached(edge, from_u, np.array([each[2] for each in drawn], np.int32))


@st.composite
def outlets(draw: st.DrawFn, network: Network) -> Outlets:
    """Outlets of three kinds, some of them shut."""
    at = draw(points(network))
    kinds = draw(st.lists(st.integers(0, KINDS - 1), min_size=len(at), max_size=len(at)))
    is_open = draw(st.lists(st.booleans(), min_size=len(at), max_size=len(at)))
    return Outlets(at, np.array(kinds, np.int32), KINDS, np.array(is_open))


