"""Doors of the place tree from a map: entrances where they are drawn, a stand-in that says so where none is."""

from pathlib import Path

import pytest
from django.utils import timezone

from hexi.core.space.api import import_osm, place_by_code
from hexi.core.space.contracts import PointBy
from hexi.core.space.datum import distance_m
from hexi.core.space.ground.tables import Footprint
from hexi.core.space.ground.tests.town import BOX, Town, drawn_place, small_town
from hexi.core.space.models import Place
from hexi.core.trust.api import history

pytestmark = pytest.mark.django_db
GRID = "12010300100101"
HOUSES = {"w20": "3号楼", "w21": "示例超市"}


@pytest.fixture(autouse=True)
def grid() -> None:
    for code, level in (("120103", "district"), ("120103001", "street"), ("120103001001", "community"), (GRID, "grid")):
        drawn_place(code, level, f"示例{code[-2:]}", BOX)


def mapped_town() -> Town:
    """The small town with two stairs and a side door on its house, and a fire exit that nobody comes home by."""
    town = small_town()
    for number, tags in {650: {"entrance": "staircase", "addr:unit": "1"}, 651: {"entrance": "staircase", "ref": "2单元"}}.items():
        town.nodes[number] = tags
    town.moved = {650: (117.206, 39.0003), 651: (117.206, 39.0007), 652: (117.2065, 39.001), 653: (117.2068, 39.0)}
    town.nodes |= {652: {"entrance": "yes"}, 653: {"entrance": "emergency"}}
    town.way(20, [600, 650, 651, 601, 652, 701, 700, 653, 600], building="apartments", name="3号楼")
    return town


def brought(town: Town, folder: Path) -> dict[str, int]:
    return dict(import_osm(town.written(folder / "town.osm"), box=BOX).counts["doorway"])


def doors(ref: str = "w20") -> dict[str, tuple[str, str]]:
    """Names and kinds of points of a house's standing doors, by the last digits of their codes."""
    house = Footprint.objects.get(ref=ref).place
    return {row.code[-2:]: (row.name, row.point_by) for row in Place.objects.filter(parent=house, valid_to=None)}


def test_entrances_of_the_map_are_doors_under_their_stairs_numbers(tmp_path: Path) -> None:
    assert brought(mapped_town(), tmp_path) == {"new": 5, "assumed": 2}
    assert doors() == {"01": ("1门", "entrance"), "02": ("2单元", "entrance"), "51": ("北门", "entrance")}
    door = Place.objects.get(name="2单元")
    assert (door.lon, door.lat, door.level, door.origin) == (117.206, 39.0007, "doorway", "import")
    house = Place.objects.get(code=door.parent)
    assert (house.name, house.storeys, house.parent) == ("3号楼", None, f"{GRID}000")
    assert [event.action for event in history("space.place", door.pk)] == ["create"]


def test_where_no_entrance_is_drawn_the_point_nearest_to_a_walkway_stands_in_and_says_so(tmp_path: Path) -> None:
    brought(mapped_town(), tmp_path)
    ((code, told),) = doors("w21").items()
    assert (code, told) == ("00", ("楼门", "assumed"))
    door = Place.objects.get(parent=Footprint.objects.get(ref="w21").place)
    # The house spans 117.206 to 117.207 and 39.003 to 39.004; the nearest street runs along 117.204 in the west.
    assert distance_m((door.lon, door.lat), (117.206, 39.0035)) < 60 and door.lon == pytest.approx(117.206, abs=1e-6)
    assert place_by_code(door.code).point_by is PointBy.ASSUMED


def test_the_same_map_again_changes_no_door(tmp_path: Path) -> None:
    brought(mapped_town(), tmp_path)
    before = list(Place.objects.order_by("code").values_list("code", "version"))
    assert brought(mapped_town(), tmp_path) == {"same": 3}
    assert list(Place.objects.order_by("code").values_list("code", "version")) == before


def test_a_moved_entrance_moves_its_door_and_one_that_is_gone_leaves_its_code_to_the_nearest(tmp_path: Path) -> None:
    brought(mapped_town(), tmp_path)
    side = Place.objects.get(name="北门")
    town = mapped_town()
    town.moved[650] = (117.206, 39.0004)
    del town.nodes[652]
    assert brought(town, tmp_path) == {"same": 1, "moved": 1, "gone": 1}
    assert Place.objects.get(name="1门").lat == 39.0004
    side.refresh_from_db()
    assert (side.valid_to, side.successor[-2:]) == (timezone.localdate(), "02")
    assert place_by_code(side.code).name == "2单元"


def test_a_stair_whose_entrance_is_gone_from_the_map_stays_at_an_assumed_point(tmp_path: Path) -> None:
    brought(mapped_town(), tmp_path)
    town = mapped_town()
    del town.nodes[651]
    brought(town, tmp_path)
    assert doors()["02"] == ("2单元", "assumed")


def test_a_house_that_a_list_knows_by_its_doors_gets_the_outline_and_keeps_its_code(tmp_path: Path) -> None:
    now = timezone.now()
    compound, house = f"{GRID}001", f"{GRID}001003"
    for code, level, name in ((compound, "compound", "景兴里"), (house, "building", "三号大楼"), (f"{house}01", "doorway", "1门")):
        Place.objects.create(code=code, level=level, name=name, parent=code[: -2 if level == "doorway" else -3], origin="import", updated_at=now)
    Place.objects.filter(code=f"{house}01").update(lon=117.2061, lat=39.0005, point_by="list")
    brought(mapped_town(), tmp_path)
    assert Footprint.objects.get(ref="w20").place == house
    row = Place.objects.get(code=house)
    assert row.geometry is not None and row.area_m2 == pytest.approx(9_600, rel=0.02)
    # A point that somebody gave in a list is better than one that was drawn.
    assert Place.objects.get(code=f"{house}01").point_by == "list"
    assert set(doors()) == {"01", "02", "51"}


def test_a_house_is_known_by_its_number_in_the_compound_round_it(tmp_path: Path) -> None:
    compound, house = f"{GRID}001", f"{GRID}001003"
    drawn_place(compound, "compound", "景兴里", (117.2055, 39.0, 117.2075, 39.0015))
    Place.objects.create(code=house, level="building", name="3栋", parent=compound, origin="import", updated_at=timezone.now())
    brought(mapped_town(), tmp_path)
    assert Footprint.objects.get(ref="w20").place == house


def test_without_a_grid_round_it_a_house_stays_out_of_the_tree(tmp_path: Path) -> None:
    Place.objects.filter(code=GRID).delete()
    assert brought(mapped_town(), tmp_path) == {}
    assert Footprint.objects.get(ref="w20").place == "120103001001"
