"""The streets within a walk are drawn as far as the walk goes, and no farther."""

from __future__ import annotations

import numpy as np

from hexi.core.space.network.attach import Kerbs
from hexi.core.space.network.contraction import Network, contract
from hexi.core.space.network.reached import walked_from
from hexi.core.space.network.tests.grids import grid


def metres_within(network: Network, x: float, y: float, metres: float) -> tuple[float, np.ndarray]:
    lines = walked_from(network, Kerbs(network).attach(np.array([x]), np.array([y])), metres).lines(metres)
    return float(np.hypot(*(lines[:, 1] - lines[:, 0]).T).sum()), lines


def test_a_walk_in_a_grid_reaches_the_diamond_round_its_beginning() -> None:
    network = contract(grid(11))
    # 150 m from a crossing: 100 m along four streets, and 50 m on along three each; with 250 m the next ring of crossings too.
    assert metres_within(network, 500, 500, 100)[0] == 400
    total, lines = metres_within(network, 500, 500, 150)
    assert total == 4 * 100 + 4 * 3 * 50
    assert np.abs(lines - 500).sum(axis=2).max() == 150


def test_a_walk_from_the_middle_of_a_block_goes_both_ways_and_ends_there_when_it_is_short() -> None:
    network = contract(grid(5))
    total, lines = metres_within(network, 150, 100, 30)
    assert total == 60 and lines[..., 0].min() == 120 and lines[..., 0].max() == 180


def test_nobody_is_drawn_behind_a_closed_gate() -> None:
    network = contract(grid(2))
    gate = network.streets.edges_of(0)
    shut = network.with_closed(np.isin(np.arange(network.streets.edges), gate))
    assert metres_within(network, 0, 50, 100)[0] == 200
    total, lines = metres_within(shut, 0, 50, 100)
    assert total == 150 and lines[..., 1].min() == 0
    assert not (lines[..., 0] > 0)[lines[..., 1] == 0].any()


def test_a_point_off_all_streets_reaches_none() -> None:
    assert metres_within(contract(grid(3)), 5000, 5000, 400)[0] == 0
