"""A network on which some streets were closed or opened is the network that is made of those streets anew."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexi.core.space.network.arrays import FAR
from hexi.core.space.network.attach import Attached, Kerbs
from hexi.core.space.network.contraction import Network, contract, islands
from hexi.core.space.network.reach import Outlets, Question, reach
from hexi.core.space.network.reached import walked_from
from hexi.core.space.network.route import route
from hexi.core.space.network.tests.drawn import QUESTION, closings, networks, points
from hexi.core.space.network.tests.grids import grid, streets


def between(network: Network, at: Attached) -> np.ndarray:
    """Millimetres from each point to each other, -1 for no way."""
    count = len(at)
    found = reach(network, at, Outlets(at, np.arange(count, dtype=np.int32), count), Question((20_000.0,), nearest=1))
    return np.where(found.nearest_mm[:, :, 0] == FAR, -1, found.nearest_mm[:, :, 0])


def corners_and_middles(network: Network) -> Attached:
    """Both ends of every edge, its middle, and just beside it."""
    edges, mm = np.arange(network.streets.edges, dtype=np.int32), network.edge_mm
    spots = (np.zeros_like(mm), mm // 2, np.minimum(mm // 2 + 1, mm), mm)
    return Attached(np.tile(edges, len(spots)), np.concatenate(spots), np.zeros(len(spots) * len(edges), np.int32))


def assert_same(mine: Network, anew: Network) -> None:
    at = corners_and_middles(mine)
    assert np.array_equal(between(mine, at), between(anew, at))
    assert islands(mine, 500)[1].tolist() == islands(anew, 500)[1].tolist()
    assert sorted(each.metres for each in islands(mine, 500)[0]) == sorted(each.metres for each in islands(anew, 500)[0])
    assert mine.graph.mm.sum() == anew.graph.mm.sum()


@given(st.data())
def test_closing_and_opening_again_and_again_is_contracting_anew(data: st.DataObject) -> None:
    network = data.draw(networks())
    for closed in data.draw(st.lists(closings(network.streets.edges), min_size=1, max_size=4)):
        network = network.with_closed(closed)
        assert_same(network, contract(network.streets, closed))


@given(st.data())
def test_ways_and_what_is_within_a_walk_are_those_of_the_streets_contracted_anew(data: st.DataObject) -> None:
    drawn = data.draw(networks())
    closed = data.draw(closings(drawn.streets.edges))
    mine, anew = drawn.with_closed(closed), contract(drawn.streets, closed)
    start, end = data.draw(points(drawn))[:1], data.draw(points(drawn))[:1]
    one, other = route(mine, start, end), route(anew, start, end)
    assert (one and one.metres) == (other and other.metres)
    lines, theirs = (walked_from(each, start, 300).lines(300) for each in (mine, anew))
    assert np.allclose(np.sort(np.linalg.norm(lines[:, 1] - lines[:, 0], axis=1)), np.sort(np.linalg.norm(theirs[:, 1] - theirs[:, 0], axis=1)))


def closed_on(network: Network, *edges: int) -> Network:
    return network.with_closed(np.isin(np.arange(network.streets.edges), edges))


def test_a_chain_is_cut_at_each_of_its_closed_edges_and_between_them_is_an_island() -> None:
    line = contract(streets(np.arange(8) * 100.0, np.zeros(8), np.arange(7), np.arange(1, 8)))
    cut = closed_on(line, 1, 3, 5)
    assert len(line.graph.mm) == 1 and (cut.graph.mm > 0).sum() == 4
    assert_same(cut, contract(line.streets, cut.closed))
    door, shops = Kerbs(line).attach(np.array([260.0]), np.zeros(1)), Kerbs(line).attach(np.array([340.0, 10.0, 690.0]), np.zeros(3))
    found = reach(cut, door, Outlets(shops, np.zeros(3, np.int32), 1), QUESTION)
    assert found.nearest[0, 0].tolist() == [0, -1] and found.metres()[0, 0, 0] == 80


def test_a_ring_without_a_crossing_is_cut_and_joined_again() -> None:
    ring = contract(streets([0, 100, 100, 0], [0, 0, 100, 100], [0, 1, 2, 3], [1, 2, 3, 0]))
    for edges in ((0,), (0, 2), (0, 1, 2, 3)):
        cut = closed_on(ring, *edges)
        assert_same(cut, contract(ring.streets, cut.closed))
        assert_same(closed_on(cut), ring)
    anew = contract(ring.streets, np.arange(4) == 1)
    assert_same(closed_on(anew), ring)


def test_junctions_keep_their_numbers_and_cut_ends_come_last() -> None:
    network = contract(grid(4))
    cut = closed_on(network, 5)
    junctions = len(network.graph.start) - 1
    assert len(cut.graph.start) - 1 == junctions + 2
    assert np.array_equal(np.diff(cut.graph.start)[:junctions], np.diff(network.graph.start))
    assert network.graph.mm.min() > 0, "the network that was cut stays as it is"


def test_more_changes_than_are_worth_cutting_are_contracted_anew() -> None:
    network = contract(grid(40))
    closed = np.arange(network.streets.edges) % 2 == 0
    cut = network.with_closed(closed)
    assert len(cut.graph.mm) == len(contract(network.streets, closed).graph.mm)
    assert network.with_closed(network.closed) is network


@pytest.mark.skipif(sys.platform != "linux", reason="no other system tells which pages are whose")
def test_each_kept_set_of_closures_has_memory_for_its_own_chains_only() -> None:
    network = contract(grid(200))
    whole = sum(each.nbytes for each in (*network.graph, network.pieces, network.order))
    kept = [closed_on(network, edge) for edge in range(0, 40_000, 4000)]
    of_their_own = anonymous_bytes("hexi-streets") / len(kept)
    assert 0 < of_their_own < whole / 20
    assert [len(each.graph.mm) - len(network.graph.mm) for each in kept] == [2] * len(kept)


def anonymous_bytes(name: str) -> int:
    """What this process has written to in mappings of that name, in bytes."""
    blocks = re.split(r"\n(?=[0-9a-f]+-[0-9a-f]+ )", Path("/proc/self/smaps").read_text())
    kilobytes = (re.search(r"^Anonymous: +(\d+) kB", block, re.MULTILINE) for block in blocks if name in block)
    return sum(int(found[1]) * 1024 for found in kilobytes if found)


def test_where_the_system_has_no_files_in_memory_a_temporary_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "memfd_create", raising=False)
    network = contract(grid(5))
    assert_same(closed_on(network, 5, 7), contract(network.streets, np.isin(np.arange(network.streets.edges), (5, 7))))


def test_a_network_that_was_cut_leads_back_to_the_usual_one() -> None:
    network = contract(grid(5))
    cut = closed_on(network, 5)
    assert closed_on(cut, 7).usual is network and closed_on(cut) is network
