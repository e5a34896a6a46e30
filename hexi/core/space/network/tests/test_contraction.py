"""Chains, islands, closed edges, and points on the street."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexi.core.space.network import compiled
from hexi.core.space.network.attach import Kerbs
from hexi.core.space.network.contraction import contract, islands
from hexi.core.space.network.tests.drawn import networks
from hexi.core.space.network.tests.grids import grid, streets
from hexi.kernel.errors import Invalid


def test_only_ends_and_crossings_stay() -> None:
    # A line of four pieces with a branch in the middle: three chains that meet.
    network = contract(streets([0, 10, 20, 30, 40, 20], [0, 0, 0, 0, 0, 10], [0, 1, 2, 3, 2], [1, 2, 3, 4, 5]))
    assert len(network.graph.mm) == 3 and len(network.graph.start) - 1 == 4
    assert sorted(network.graph.mm.tolist()) == [10_000, 20_000, 20_000]


@given(networks())
def test_no_metre_of_street_is_lost_or_found(network) -> None:
    assert network.graph.mm.sum() == network.edge_mm.sum()
    assert sorted(network.order.tolist()) == list(range(len(network.pieces)))


@given(networks())
def test_every_junction_is_an_end_a_crossing_or_the_one_node_of_a_ring(network) -> None:
    degree = np.diff(network.graph.start)
    of_ring = {int(one) for one, other in network.graph.ends if one == other}
    assert all(count != 2 or junction in of_ring for junction, count in enumerate(degree))


def test_islands_are_listed_with_a_street_to_find_them_by() -> None:
    network = contract(streets([0, 500, 0, 30, 100, 130], [0, 0, 50, 50, 80, 80], [0, 2, 4], [1, 3, 5], way=[7, 8, 9]))
    found, is_on = islands(network, 100)
    assert [(each.way, round(each.metres), each.edges) for each in found] == [(8, 30, 1), (9, 30, 1)]
    assert is_on.tolist() == [False, True, True]


def test_a_street_longer_than_a_country_is_refused() -> None:
    with pytest.raises(Invalid):
        contract(streets([0, 1e6], [0, 0], [0], [1]))


def test_a_network_without_streets_can_be_asked() -> None:
    network = contract(streets([], [], [], []))
    assert len(network.graph.mm) == 0 and islands(network, 100)[0] == []
    assert Kerbs(network).attach(np.zeros(2), np.zeros(2)).edge.tolist() == [-1, -1]


@given(networks(), st.lists(st.tuples(st.integers(-100, 1000), st.integers(-100, 1000)), min_size=1, max_size=5))
def test_points_meet_the_nearest_spot_of_all_streets(network, spots: list[tuple[int, int]]) -> None:
    ways, (x, y) = network.streets, np.array(spots, float).T
    found = Kerbs(network).attach(x, y, within_m=5000)
    one, other = (np.column_stack([ways.x, ways.y])[ends] for ends in (ways.u, ways.v))
    for number, spot in enumerate(np.column_stack([x, y])):
        along = other - one
        share = np.clip(((spot - one) * along).sum(1) / np.maximum((along**2).sum(1), 1e-9), 0, 1)
        nearest = np.hypot(*(one + share[:, None] * along - spot).T).min()
        assert found.off[number] / 1000 == pytest.approx(nearest, abs=0.001)
        foot = one + (found.from_u[number] / network.edge_mm[found.edge[number]]) * along
        assert np.hypot(*(foot[found.edge[number]] - spot)) == pytest.approx(nearest, abs=0.01)


def test_points_far_from_every_street_or_on_unusable_ones_meet_none() -> None:
    network = contract(grid(2))
    usable = np.arange(4) == 3
    assert Kerbs(network).attach(np.array([1000.0]), np.array([0.0])).edge.tolist() == [-1]
    assert Kerbs(network, usable).attach(np.array([0.0]), np.array([0.0])).edge.tolist() == [3]


def test_compiled_code_goes_to_hexi_var_where_the_source_is_not_writable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    monkeypatch.setenv("HEXI_VAR", str(tmp_path))
    assert compiled.folder_for_code(tmp_path) == ""
    assert compiled.folder_for_code(tmp_path / "missing") == str(tmp_path / "compiled")
