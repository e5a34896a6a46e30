"""Ways on the map and in words."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexi.core.space.network.attach import Kerbs
from hexi.core.space.network.contraction import contract
from hexi.core.space.network.directions import Turn, directions
from hexi.core.space.network.route import route
from hexi.core.space.network.streets import StreetFlag
from hexi.core.space.network.tests.drawn import networks, points
from hexi.core.space.network.tests.grids import grid, streets
from hexi.core.space.network.tests.plain import PlainGraph
from hexi.kernel.label import Label, t

TOLERANCE_M = 0.1


@given(st.data())
def test_a_route_is_as_long_as_plain_dijkstra_says(data: st.DataObject) -> None:
    network = data.draw(networks())
    ends = data.draw(points(network, least=2))[0:2]
    found = route(network, ends[0:1], ends[1:2])
    metres = PlainGraph(network.streets, network.closed, ends).between_doors()[0, 1]
    if (ends.edge < 0).any() or np.isinf(metres):
        assert found is None
        return
    assert found is not None and found.metres == pytest.approx(metres, abs=TOLERANCE_M)
    on_street = sum(abs(each.end - each.start) for each in found.stretches) / 1000
    assert found.off_start_m + on_street + found.off_end_m == pytest.approx(found.metres)


@given(st.data())
def test_a_route_never_jumps_and_uses_no_closed_street_from_end_to_end(data: st.DataObject) -> None:
    network = data.draw(networks())
    ends = data.draw(points(network, least=2))[0:2]
    found = route(network, ends[0:1], ends[1:2])
    if found is None:
        return
    drawn = np.hypot(*np.diff(found.points, axis=0).T).sum()
    assert drawn == pytest.approx(found.metres - found.off_start_m - found.off_end_m, abs=TOLERANCE_M)
    for edge in {each.edge for each in found.stretches if network.closed[each.edge]}:
        spots = [spot for each in found.stretches if each.edge == edge for spot in (each.start, each.end)]
        middle = network.edge_mm[edge] // 2
        assert not min(spots) < middle < max(spots) or len(spots) > 2
    for one, other in pairwise(found.stretches):
        assert spot_of(network.streets, one.edge, one.end, network) == pytest.approx(spot_of(network.streets, other.edge, other.start, network))


def spot_of(ways, edge: int, from_u: int, network) -> tuple[float, float]:
    share = from_u / network.edge_mm[edge]
    u, v = ways.u[edge], ways.v[edge]
    return ways.x[u] + share * (ways.x[v] - ways.x[u]), ways.y[u] + share * (ways.y[v] - ways.y[u])


def test_the_way_in_words_names_streets_and_turns() -> None:
    network = contract(grid())
    doors = Kerbs(network).attach(np.array([50.0, 250.0]), np.array([-8.0, 320.0]))
    found = route(network, doors[0:1], doors[1:2])
    assert found is not None
    steps = directions(network.streets, found)
    assert [step.turn for step in steps] == [Turn.START, Turn.LEFT, Turn.RIGHT, Turn.ARRIVE]
    assert [step.text.zh for step in steps] == [
        "沿第0街步行150米", "左转进入无名道路，步行300米", "右转进入第3街，步行50米", "离开道路，再走20米到达目的地",
    ]  # fmt: skip
    assert [step.text.en for step in steps] == [
        "Walk 150 m along Street 0", "Turn left into an unnamed street, 300 m", "Turn right into Street 3, 50 m",
        "Leave the street; it is 20 m to the door",
    ]  # fmt: skip
    assert sum(step.metres for step in steps) + found.off_start_m == pytest.approx(found.metres)


def test_a_street_that_changes_its_name_goes_straight_on_and_steps_are_called_steps() -> None:
    ways = streets(
        [0, 100, 200, 300], [0, 0, 5, 0], [0, 1, 2], [1, 2, 3], flags=[0, 0, StreetFlag.STEPS], way=[7, 8, 9],
        names={7: t("友谊路", "Youyi Road"), 8: t("友谊南路", "Youyi South Road")},
    )  # fmt: skip
    network = contract(ways)
    doors = Kerbs(network).attach(np.array([0.0, 300.0]), np.array([0.0, 0.0]))
    found = route(network, doors[0:1], doors[1:2])
    assert found is not None
    steps = directions(ways, found)
    assert [step.text.en for step in steps] == [
        "Walk 100 m along Youyi Road", "Go straight on to Youyi South Road, 100 m", "Go straight on to the steps, 100 m", "You have arrived",
    ]  # fmt: skip
    assert [step.way for step in steps] == [7, 8, 9, 0]


def test_a_corner_of_one_street_is_told_as_a_turn() -> None:
    ways = streets([0, 100, 100], [0, 0, 80], [0, 1], [1, 2], way=[4, 4])
    network = contract(ways)
    doors = Kerbs(network).attach(np.array([0.0, 100.0]), np.array([0.0, 80.0]))
    found = route(network, doors[0:1], doors[1:2])
    assert found is not None
    assert [step.turn for step in directions(ways, found)] == [Turn.START, Turn.LEFT, Turn.ARRIVE]


def told(x: list[int], y: list[int], way: list[int], names: dict[int, Label]) -> list[str]:
    ways = streets(x, y, range(len(way)), range(1, len(way) + 1), way=way, names=names)
    network = contract(ways)
    doors = Kerbs(network).attach(np.array([x[0], x[-1]], float), np.array([y[0], y[-1]], float))
    found = route(network, doors[:1], doors[1:])
    assert found is not None
    steps = directions(ways, found)
    assert sum(step.metres for step in steps) == pytest.approx(found.metres)
    return [step.text.en for step in steps[:-1]]


YOUYI, HEINIUCHENG = t("友谊路", "Youyi Road"), t("黑牛城道", "Heiniucheng Road")


def test_a_short_piece_without_a_name_is_not_told() -> None:
    over_the_road = told([0, 100, 112, 200], [0, 0, 0, 0], [1, 2, 3], {1: YOUYI, 3: YOUYI})
    assert over_the_road == ["Walk 200 m along Youyi Road"]
    round_the_corner = told([0, 100, 108, 108], [0, 0, 8, 90], [1, 2, 3], {1: YOUYI, 3: HEINIUCHENG})
    assert round_the_corner == ["Walk 100 m along Youyi Road", "Turn left into Heiniucheng Road, 93 m"]


def test_a_short_piece_at_either_end_counts_with_its_neighbour() -> None:
    assert told([0, 10, 100, 110], [0, 0, 0, 0], [1, 2, 3], {2: YOUYI}) == ["Walk 110 m along Youyi Road"]
    assert told([0, 10], [0, 0], [1], {}) == ["Walk 10 m along an unnamed street"]


def test_next_door_is_no_walk_at_all() -> None:
    network = contract(grid(3))
    door = Kerbs(network).attach(np.array([50.0]), np.array([0.0]))
    found = route(network, door, door)
    assert found is not None and found.metres == 0 and len(found.points) == 1
    assert [step.turn for step in directions(network.streets, found)] == [Turn.ARRIVE]
