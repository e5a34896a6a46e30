"""After a change only those in reach are answered anew, and nobody's answer differs from a complete computation."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hexi.core.space.network.attach import Kerbs
from hexi.core.space.network.changes import after_opening, after_shutting, after_streets, without
from hexi.core.space.network.contraction import contract
from hexi.core.space.network.reach import Outlets, Question, Reach, reach
from hexi.core.space.network.search import index, within
from hexi.core.space.network.tests.drawn import KINDS, QUESTION, closings, networks, outlets, points
from hexi.core.space.network.tests.grids import grid


def same(one: Reach, other: Reach) -> bool:
    pairs = ((one.counts, other.counts), (one.nearest, other.nearest), (one.nearest_mm, other.nearest_mm))
    return all(np.array_equal(mine, theirs) for mine, theirs in pairs)


@given(st.data())
def test_closing_and_opening_streets_gives_the_complete_answer(data: st.DataObject) -> None:
    before = data.draw(networks())
    origins, shops = data.draw(points(before)), data.draw(outlets(before))
    after = before.with_closed(data.draw(closings(before.streets.edges)))
    known = reach(before, origins, shops, QUESTION)
    moved = after_streets(before, after, origins, shops, known)
    assert same(moved.into(known), reach(after, origins, shops, QUESTION))


@given(st.data())
def test_a_new_outlet_gives_the_complete_answer(data: st.DataObject) -> None:
    network = data.draw(networks())
    origins, shops = data.draw(points(network)), data.draw(outlets(network))
    spot, kind = data.draw(points(network))[0:1], data.draw(st.integers(0, KINDS - 1))
    known = reach(network, origins, shops, QUESTION)
    served = within(index(network, origins), spot, QUESTION.horizon / 1000)
    moved = after_opening(known, served, len(shops.kind), kind)
    more = Outlets(shops.at.joined(spot), np.append(shops.kind, np.int32(kind)), KINDS, np.append(shops.open, [True]))
    assert same(moved.into(known), reach(network, origins, more, QUESTION))


@given(st.data())
def test_an_outlet_that_goes_gives_the_complete_answer(data: st.DataObject) -> None:
    network = data.draw(networks())
    origins, drawn = data.draw(points(network)), data.draw(outlets(network))
    shops = Outlets(drawn.at, drawn.kind, KINDS)
    number = data.draw(st.integers(0, len(shops.kind) - 1))
    known = reach(network, origins, shops, QUESTION)
    served = within(index(network, origins), shops.at[number : number + 1], QUESTION.horizon / 1000)
    moved = after_shutting(network, origins, shops, known, (number, served))
    assert same(moved.into(known), reach(network, origins, without(shops, number), QUESTION))


def test_a_closed_gate_leaves_those_out_of_reach_alone() -> None:
    network = contract(grid(30))
    kerbs = Kerbs(network)
    x, y = np.meshgrid(np.arange(50.0, 2900, 100), np.arange(0.0, 2900, 100))
    origins = kerbs.attach(x.ravel(), y.ravel())
    shops = Outlets(kerbs.attach(np.array([250.0]), np.array([200.0])), np.zeros(1, np.int32), 1)
    question = Question((300.0, 500.0))
    known = reach(network, origins, shops, question)
    gate = network.streets.edges_of(2)[2]
    after = network.with_closed(np.arange(network.streets.edges) == gate)
    moved = after_streets(network, after, origins, shops, known)
    assert 0 < len(moved.origins) < len(origins) / 20
    assert same(moved.into(known), reach(after, origins, shops, question))
    assert not same(moved.into(known), known)


def test_a_change_of_very_many_streets_gives_the_complete_answer_too() -> None:
    network = contract(grid(20))
    kerbs = Kerbs(network)
    origins = kerbs.attach(np.arange(50.0, 1900, 100), np.arange(0.0, 1850, 100))
    shops = Outlets(kerbs.attach(np.array([250.0, 900.0]), np.array([200.0, 950.0])), np.zeros(2, np.int32), 1)
    known = reach(network, origins, shops, QUESTION)
    after = network.with_closed(np.arange(network.streets.edges) % 2 == 0)
    moved = after_streets(network, after, origins, shops, known)
    assert same(moved.into(known), reach(after, origins, shops, QUESTION))
    assert not same(moved.into(known), known)


def test_whoever_lives_behind_a_closed_gate_walks_round() -> None:
    network = contract(grid(3))
    shops = Kerbs(network).attach(np.array([0.0, 60.0]), np.array([100.0, 0.0]))
    door = Kerbs(network).attach(np.array([40.0]), np.array([0.0]))
    gate = np.arange(network.streets.edges) == door.edge[0]
    found = reach(network.with_closed(gate), door, Outlets(shops, np.zeros(2, np.int32), 1), Question((1000.0,), nearest=2))
    # To the corner on one's own side and up; the other shop is 20 m away as long as the gate is open, and now round the block.
    assert found.nearest[0, 0].tolist() == [0, 1]
    assert found.metres()[0, 0].tolist() == [140, 40 + 3 * 100 + 40]
