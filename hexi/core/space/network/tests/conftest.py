"""Compile, or load what was compiled, before the first test: no single test shall be blamed for it."""

from __future__ import annotations

import numpy as np
import pytest

from hexi.core.space.network.attach import Kerbs
from hexi.core.space.network.changes import after_streets
from hexi.core.space.network.contraction import contract, islands
from hexi.core.space.network.reach import Outlets, Question, reach
from hexi.core.space.network.route import route
from hexi.core.space.network.tests.grids import grid


@pytest.fixture(scope="session", autouse=True)
def _compiled_kernels() -> None:
    network = contract(grid(3))
    islands(network, 1)
    doors = Kerbs(network).attach(np.array([50.0, 150.0]), np.array([0.0, 100.0]))
    outlets, question = Outlets(doors, np.zeros(2, np.int32), 1), Question((300.0,))
    closed = network.with_closed(np.arange(network.streets.edges) == 0)
    after_streets(network, closed, doors, outlets, reach(network, doors, outlets, question))
    route(network, doors[:1], doors[1:])
