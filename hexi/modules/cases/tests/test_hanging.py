"""A case hangs on a building by its place or by its point."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hexi.core.space.api import import_osm
from hexi.core.space.ground.tables import Footprint
from hexi.core.space.ground.tests.town import BOX, small_town
from hexi.modules.cases.tests.conftest import COMMUNITY

BUILDING = f"{COMMUNITY}02005003"


@pytest.fixture
def house(places: Any, tmp_path: Path) -> Footprint:
    """A house of the map that is a building of the tree."""
    import_osm(small_town().written(tmp_path / "town.osm"), box=BOX)
    Footprint.objects.filter(ref="w20").update(place=BUILDING)
    return Footprint.objects.get(ref="w20")


def test_a_house_has_the_cases_at_its_door_and_those_of_its_code(desk: Any, report: Any, house: Footprint) -> None:
    metre = 1 / 111_000
    inside = ((house.west + house.east) / 2, house.south + metre)
    at_the_door, across_the_street = (house.west, house.south - 8 * metre), (house.west, house.south - 30 * metre)
    for point in (inside, at_the_door, across_the_street):
        report(point=point)
    of_the_house = report()
    type(of_the_house).objects.filter(pk=of_the_house.pk).update(place=BUILDING)
    found = desk.get(f"/api/space/{house.code}/hangs").json()
    cases = next(each for each in found["hangs"] if each["entity"] == "cases.case")
    assert (cases["count"], found["site"]["storeys"], found["site"]["generated"]) == (3, 6, False)
    rows = desk.get("/api/records/cases.case", where=cases["where"]).json()["rows"]
    assert len(rows) == 3 and all(row["lat"] is None or row["lat"] > house.south - 10 * metre for row in rows)


def test_a_house_that_the_tree_has_not_goes_by_points_alone(desk: Any, report: Any, house: Footprint) -> None:
    Footprint.objects.update(place=COMMUNITY)
    report()
    report(point=(house.west, house.south))
    hung = {each["entity"]: each["count"] for each in desk.get(f"/api/space/{house.code}/hangs").json()["hangs"]}
    assert hung["cases.case"] == 1
