"""Counts and nearest outlets: by hand on a grid, and against plain Dijkstra on random streets."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexi.core.space.network.attach import Attached, Kerbs
from hexi.core.space.network.contraction import Network, contract
from hexi.core.space.network.reach import Outlets, Question, Reach, reach
from hexi.core.space.network.search import index_of, nearest, within
from hexi.core.space.network.tests.drawn import KINDS, QUESTION, networks, outlets, points
from hexi.core.space.network.tests.grids import grid, streets
from hexi.core.space.network.tests.plain import PlainGraph
from hexi.kernel.errors import Invalid

TOLERANCE_M = 0.1
BY_HAND = Question((400.0, 800.0, 1200.0), nearest=3)


def asked_on_grid(doors: list[tuple[float, float]], shops: list[tuple[float, float]], kinds: list[int]) -> Reach:
    network = contract(grid())
    kerbs = Kerbs(network)
    x, y = np.array(doors, float).T
    east, north = np.array(shops, float).T
    return reach(network, kerbs.attach(x, y), Outlets(kerbs.attach(east, north), np.array(kinds, np.int32), 2), BY_HAND)


def test_distances_on_a_grid_are_those_counted_by_hand() -> None:
    # From a door 10 m above street 0, half way along its second block: 10 m to the street, then blocks of 100 m, then 5 m to the shop.
    found = asked_on_grid([(150, 10)], [(150, -5), (350, 500), (250, 400), (900, 895)], [0, 1, 1, 1])
    assert found.nearest[0, 0].tolist() == [0, -1, -1]
    assert found.metres()[0, 0, 0] == 10 + 5
    # (250, 400): 50 m to the corner, 100 m on, 400 m up and 50 m back is worse than 50 + 400 + 50 by the other corner.
    assert found.nearest[0, 1].tolist() == [2, 1, -1]
    assert found.metres()[0, 1, :2].tolist() == [10 + 50 + 400 + 50, 10 + 50 + 100 + 500 + 50]


def test_counts_take_in_the_limit_itself_and_not_a_millimetre_more() -> None:
    found = asked_on_grid([(0, 0)], [(400, 0), (400.001, 0), (800, 0)], [0, 0, 0])
    assert found.counts[0, 0].tolist() == [1, 3, 3]


def test_the_nearest_of_equals_is_the_one_with_the_lower_number() -> None:
    found = asked_on_grid([(400, 400)], [(400, 600), (500, 400), (300, 400), (400, 300)], [1, 1, 1, 1])
    assert found.nearest[0, 1].tolist() == [1, 2, 3]
    assert found.metres()[0, 1].tolist() == [100, 100, 100]


def test_a_door_without_a_street_reaches_nothing() -> None:
    found = asked_on_grid([(5000, 5000)], [(0, 0)], [0])
    assert not found.counts.any() and (found.nearest == -1).all() and np.isinf(found.metres()).all()


def test_a_ring_without_a_junction_is_walked_the_shorter_way_round() -> None:
    network = contract(streets([0, 100, 100, 0], [0, 0, 100, 100], [0, 1, 2, 3], [1, 2, 3, 0]))
    at = Attached(np.array([0, 3], np.int32), np.array([10_000, 90_000], np.int32), np.zeros(2, np.int32))
    found = reach(network, at[0:1], Outlets(at[1:2], np.zeros(1, np.int32), 1), BY_HAND)
    assert found.metres()[0, 0, 0] == 20


def test_outlets_without_a_fitting_kind_are_refused() -> None:
    network = contract(grid(3))
    at = Kerbs(network).attach(np.zeros(2), np.zeros(2))
    for kinds in ([0], [0, 2], [-1, 0]):
        with pytest.raises(Invalid):
            Outlets(at, np.array(kinds, np.int32), 2)


@pytest.mark.parametrize("limits", [(), (0.0, 400.0), (1e9,)])
def test_limits_that_nobody_walks_are_refused(limits: tuple[float, ...]) -> None:
    with pytest.raises(Invalid):
        Question(limits)


def plain_distances(network: Network, origins: Attached, shops: Attached) -> np.ndarray:
    graph = PlainGraph(network.streets, network.closed, origins.joined(shops))
    metres = graph.between_doors(list(range(len(origins))))[:, len(origins) :]
    metres[origins.edge < 0] = np.inf
    metres[:, shops.edge < 0] = np.inf
    return metres


@given(st.data())
def test_the_answer_is_that_of_plain_dijkstra(data: st.DataObject) -> None:
    network = data.draw(networks())
    origins, shops = data.draw(points(network)), data.draw(outlets(network))
    found = reach(network, origins, shops, QUESTION)
    metres = plain_distances(network, origins, shops.at)
    metres[:, ~shops.open] = np.inf
    for kind in range(KINDS):
        of_kind = np.sort(np.where(shops.kind == kind, metres, np.inf), axis=1)
        for number, limit in enumerate(QUESTION.limits_m):
            surely, perhaps = ((of_kind <= limit + slack).sum(axis=1) for slack in (-TOLERANCE_M, TOLERANCE_M))
            assert (surely <= found.counts[:, kind, number]).all() and (found.counts[:, kind, number] <= perhaps).all()
        ours = found.metres()[:, kind]
        theirs = np.full(ours.shape, np.inf)
        width = min(ours.shape[1], of_kind.shape[1])
        theirs[:, :width] = of_kind[:, :width]
        theirs[theirs > QUESTION.limits_m[-1] + TOLERANCE_M] = np.inf
        sure = theirs <= QUESTION.limits_m[-1] - TOLERANCE_M
        assert np.allclose(ours[sure], theirs[sure], atol=TOLERANCE_M)
        assert np.isinf(ours[np.isinf(theirs)]).all()


@given(st.data())
def test_the_nearest_of_one_point_are_those_of_plain_dijkstra(data: st.DataObject) -> None:
    network = data.draw(networks())
    origin, shops = data.draw(points(network))[0:1], data.draw(outlets(network))
    count = data.draw(st.integers(1, 4))
    found = nearest(index_of(network, shops), origin, count)
    metres = plain_distances(network, origin, shops.at)[0]
    metres[~shops.open] = np.inf
    assert np.allclose(found.metres, np.sort(metres[np.isfinite(metres)])[:count], atol=TOLERANCE_M)
    assert np.allclose(found.metres, metres[found.points], atol=TOLERANCE_M)


@given(st.data())
def test_the_walk_there_is_as_long_as_the_walk_back(data: st.DataObject) -> None:
    network = data.draw(networks())
    origins, shops = data.draw(points(network)), data.draw(outlets(network))
    found = reach(network, origins, shops, QUESTION)
    known = index_of(network, Outlets(origins, np.zeros(len(origins), np.int32), 1))
    again = np.zeros_like(found.counts)
    for shop in np.flatnonzero(shops.open):
        served = within(known, shops.at[shop : shop + 1], QUESTION.limits_m[-1])
        again[served.points, shops.kind[shop]] += served.mm[:, None] <= QUESTION.limits
    assert (found.counts == again).all()
