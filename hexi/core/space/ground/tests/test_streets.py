from pathlib import Path

import numpy as np
import pytest

from hexi.core.space.api import import_osm, streets_of_district
from hexi.core.space.ground.tables import Gate, Way
from hexi.core.space.ground.tests.town import BOX, Town, small_town
from hexi.core.space.network.streets import StreetFlag

pytestmark = pytest.mark.django_db


def bring(town: Town, folder: Path) -> None:
    import_osm(town.written(folder / "town.osm"), box=BOX)


def flagged(flag: StreetFlag) -> set[str]:
    """The ways of which an edge has the flag."""
    streets = streets_of_district()
    refs = dict(Way.objects.values_list("pk", "ref"))
    return {refs[int(way)] for way in streets.way[streets.has(flag)]}


def test_ways_that_share_a_vertex_are_joined_there(tmp_path: Path) -> None:
    bring(small_town(), tmp_path)
    streets = streets_of_district()
    degrees = np.bincount(np.concatenate([streets.u, streets.v]))
    lon, lat = streets.in_degrees(streets.x, streets.y)
    crossing = int(np.argmax(degrees))
    assert (degrees[crossing], round(float(lon[crossing]), 6), round(float(lat[crossing]), 6)) == (4, 117.202, 39.002)
    assert (streets.nodes, streets.edges) == (12, 12)
    assert streets.metres.sum() == pytest.approx(float(sum(Way.objects.filter(walkable=True).values_list("length_m", flat=True))), abs=0.05)


def test_nobody_walks_on_a_motorway_and_one_way_binds_nobody_on_foot(tmp_path: Path) -> None:
    bring(small_town(), tmp_path)
    streets = streets_of_district()
    assert Way.objects.get(ref="w5").pk not in set(streets.way.tolist())
    assert len(streets.edges_of(Way.objects.get(ref="w1").pk)) == 4
    assert streets.names[Way.objects.get(ref="w1").pk].en == "Youyi Road"


def test_steps_private_ways_crossings_and_rough_ground_are_flagged(tmp_path: Path) -> None:
    bring(small_town(), tmp_path)
    assert flagged(StreetFlag.STEPS) == {"w4"}
    assert flagged(StreetFlag.PRIVATE) == {"w6"}
    assert flagged(StreetFlag.CROSSING) == {"w1"}
    assert flagged(StreetFlag.ROUGH) == {"w4"}


def test_a_shut_gate_closes_the_path_it_stands_on_and_an_open_one_does_not(tmp_path: Path) -> None:
    town = small_town()
    bring(town, tmp_path)
    assert flagged(StreetFlag.GATE_CLOSED) == {"w3"}
    town.nodes[303] = {"barrier": "gate"}
    bring(town, tmp_path)
    assert Gate.objects.get(ref="n303").is_shut is False
    assert flagged(StreetFlag.GATE_CLOSED) == set()


def test_a_shut_gate_beside_a_junction_leaves_the_streets_open(tmp_path: Path) -> None:
    town = small_town()
    town.nodes[202] = {"barrier": "gate", "locked": "yes"}
    del town.nodes[303]
    bring(town, tmp_path)
    assert flagged(StreetFlag.GATE_CLOSED) == set()


def test_a_bridge_over_a_street_does_not_meet_it(tmp_path: Path) -> None:
    town = Town()
    town.way(1, [100, 102], highway="footway", bridge="yes", layer="1")
    town.way(2, [1, 201], highway="footway")
    bring(town, tmp_path)
    assert (streets_of_district().nodes, streets_of_district().edges) == (4, 2)


def test_streets_are_those_of_the_day_and_of_the_box(tmp_path: Path) -> None:
    town = small_town()
    bring(town, tmp_path)
    beside = streets_of_district(box=(117.2039, 39.0021, 117.2041, 39.003))
    assert {int(way) for way in beside.way} == {Way.objects.get(ref="w6").pk}
    del town.ways[4]
    bring(town, tmp_path)
    assert flagged(StreetFlag.STEPS) == set()


def test_no_streets_are_no_fault() -> None:
    assert (streets_of_district().nodes, streets_of_district().edges) == (0, 0)
