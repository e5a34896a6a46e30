"""The drawn district can be walked: from every door, through the gates of its compound, to every other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest
from pytest_django.plugin import DjangoDbBlocker

from hexi.core.space.api import streets_of_district
from hexi.core.space.contracts import WIDTHS, Level
from hexi.core.space.generator.district import Drawn, Table
from hexi.core.space.network.attach import Attached
from hexi.core.space.network.contraction import islands
from hexi.core.space.network.profiles import profile
from hexi.core.space.network.search import index, within
from hexi.core.space.network.streets import StreetFlag, Streets
from hexi.core.space.walks.kept import Footing, footing_of

pytestmark = pytest.mark.django_db
Tables = dict[str, Table]
MOST_OFF_M, USUALLY_OFF_M = 150.0, 40.0


@pytest.fixture(scope="module")
def footing(stored: None, django_db_blocker: DjangoDbBlocker) -> Footing:
    with django_db_blocker.unblock():
        return footing_of(streets_of_district(), profile("adult", date(2026, 1, 1)))


@pytest.fixture(scope="module")
def doors(tables: Tables, footing: Footing) -> Attached:
    return footing.kerbs.attach(*footing.network.streets.in_metres(*tables["doorway"].points.T))


def of_ways(streets: Streets, chosen: np.ndarray) -> int:
    return len(set(streets.way[chosen].tolist()))


def test_the_streets_hang_together_and_the_lanes_of_compounds_are_known_as_such(footing: Footing, drawn: Drawn) -> None:
    streets = footing.network.streets
    apart, is_apart = islands(footing.network, 5000)
    assert streets.metres[is_apart].sum() < 0.01 * streets.metres.sum(), apart[:5]
    inner = of_ways(streets, streets.has(StreetFlag.INNER))
    assert inner > 0.9 * sum(way.kind == "service" for way in drawn.ways)
    assert {"示例沿河路"} <= {name.zh for name in streets.names.values()}


def test_every_door_is_near_a_way_and_every_compound_has_a_gate_to_the_street(footing: Footing, doors: Attached, drawn: Drawn) -> None:
    off = doors.off / 1000
    assert (doors.edge >= 0).all()
    assert np.median(off) < USUALLY_OFF_M and off.max() < MOST_OFF_M
    compounds: Sequence[int] = [gate.compound for gate in drawn.gates]
    assert set(compounds) == {way.compound for way in drawn.ways if way.compound >= 0}


def test_whoever_lives_in_a_compound_leaves_it_by_its_gates_only(footing: Footing, doors: Attached, drawn: Drawn, tables: Tables) -> None:
    streets, network = footing.network.streets, footing.network
    row = len(doors) // 2
    compound = tables["doorway"].codes[row][: WIDTHS[Level.COMPOUND]]
    number = tables["compound"].codes.index(compound)
    gates = np.array([gate.at for gate in drawn.gates if gate.compound == number])
    x, y = streets.in_metres(*gates.T)
    nodes = np.flatnonzero((np.hypot(streets.x[:, None] - x, streets.y[:, None] - y) < 0.1).any(axis=1))
    shut = network.with_closed(network.closed | np.isin(streets.u, nodes) | np.isin(streets.v, nodes))
    assert len(within(index(network, doors), doors[row : row + 1], 3000).points) > 500
    inside = within(index(shut, doors), doors[row : row + 1], 3000).points
    assert {tables["doorway"].codes[each][: WIDTHS[Level.COMPOUND]] for each in inside.tolist()} == {compound}
