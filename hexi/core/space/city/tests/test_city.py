"""Buildings taken out: solids that are closed and look outward, in metres that are right, read by a program that is not ours."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from django.conf import LazySettings
from django.test import Client

from hexi.core.space.api import city_file, distance_m, import_osm
from hexi.core.space.city.buildings import Building
from hexi.core.space.city.cityjson import city_document
from hexi.core.space.city.projecting import A, F, Zone, projected, zone_of
from hexi.core.space.ground.tables import Footprint
from hexi.core.space.ground.tests.town import BOX, small_town
from hexi.core.trust.models import Account
from hexi.kernel.errors import Invalid, NotFound
from hexi.tools.command import main

Surface = list[list[int]]


def building(shape: shapely.Geometry, height_m: float | None = 12.5, code: str = "B0000001") -> Building:
    return Building(code, "示例楼", "", "apartments", height_m, 4, "measured" if height_m else "", shape)


def corners(document: dict[str, Any]) -> np.ndarray[Any, Any]:
    return np.array(document["vertices"]) * document["transform"]["scale"] + document["transform"]["translate"]


def volume(shell: list[Surface], at: np.ndarray[Any, Any]) -> float:
    """By the divergence theorem; positive only where every face looks outward."""
    rings = (at[ring] for surface in shell for ring in surface)
    return sum(float(np.linalg.det(np.array([ring[0], one, other]))) for ring in rings for one, other in itertools.pairwise(ring[1:])) / 6


def square(west: float, south: float, wide: float = 0.0003) -> shapely.Geometry:
    return shapely.box(west, south, west + wide, south + wide)


COURT = shapely.difference(square(117.2, 39.0), square(117.2001, 39.0001, 0.0001))
TWO = shapely.union(square(117.2, 39.0), square(117.201, 39.0))


@pytest.mark.parametrize("shape", [square(117.2, 39.0), COURT, TWO, shapely.Point(117.2, 39.0).buffer(0.0002)])
def test_every_block_is_closed_looks_outward_and_has_its_volume(shape: shapely.Geometry) -> None:
    document = city_document([building(shape)], "")
    geometry = document["CityObjects"]["B0000001"]["geometry"][0]
    solids = geometry["boundaries"] if geometry["type"] == "MultiSolid" else [geometry["boundaries"]]
    at = corners(document)
    at -= at.min(axis=0)
    for shell in (shell for solid in solids for shell in solid):
        edges = Counter(edge for surface in shell for ring in surface for edge in zip(ring, [*ring[1:], ring[0]], strict=True))
        assert set(edges.values()) == {1} and all((there, here) in edges for here, there in edges)
    area = shapely.area(shapely.transform(shape, lambda points: projected(points, zone_of(117.2, 39.0))))
    assert sum(volume(shell, at) for solid in solids for shell in solid) == pytest.approx(area * 12.5, rel=1e-3)


def test_a_building_without_a_known_height_is_an_outline() -> None:
    geometry = city_document([building(COURT, None)], "")["CityObjects"]["B0000001"]["geometry"][0]
    assert (geometry["type"], geometry["lod"], len(geometry["boundaries"][0])) == ("MultiSurface", "0", 2)


def test_no_buildings_are_a_file_too() -> None:
    assert city_document([], "")["CityObjects"] == {}


def test_metres_are_right_along_the_middle_of_a_zone_and_beside_it() -> None:
    """Along the middle the way north is the meridian's length, here by adding up its curve; beside it a short way is what a globe says."""
    lat = np.radians(np.linspace(0, 39.0, 20_001))
    square_of_e = F * (2 - F)
    curve = A * (1 - square_of_e) / (1 - square_of_e * np.sin(lat) ** 2) ** 1.5
    ((east, north),) = projected(np.array([[117.0, 39.0]]), Zone(50, False)).tolist()
    assert east == pytest.approx(500_000, abs=1e-4)
    assert north == pytest.approx(0.9996 * np.trapezoid(curve, lat), abs=1e-3)
    here, there = (117.2, 39.0), (117.21, 39.01)
    step = np.diff(projected(np.array([here, there]), zone_of(*here)), axis=0)
    assert float(np.hypot(*step[0])) == pytest.approx(distance_m(here, there), rel=2e-3)


@pytest.mark.parametrize("lon,lat,epsg", [(117.2, 39.0, 32650), (-8.6, 41.1, 32629), (151.2, -33.9, 32756), (180.0, 0.0, 32660)])
def test_the_zone_is_the_one_round_the_point(lon: float, lat: float, epsg: int) -> None:
    assert zone_of(lon, lat).epsg == epsg


READ = """
import sys
import orjson
from cjio import cityjson
found = cityjson.reader(open(sys.argv[1], encoding="utf-8"))
spare = [found.remove_duplicate_vertices(), found.remove_orphan_vertices()]
sys.stdout.buffer.write(orjson.dumps({"epsg": found.get_epsg(), "objects": found.j["CityObjects"], "top": found.get_bbox()[5], "spare": spare}))
"""
"""In a process of its own: cjio changes how the json module of its process writes numbers."""


@pytest.fixture
def town(db: None, tmp_path: Path, settings: LazySettings) -> None:
    import_osm(small_town().written(tmp_path / "town.osm"), box=BOX)


def test_cjio_reads_the_file_with_all_buildings_where_they_stand(town: None, tmp_path: Path) -> None:
    file = tmp_path / "all.city.json"
    file.write_bytes(city_file("city.json"))
    told = subprocess.run([sys.executable, "-c", READ, str(file)], capture_output=True, text=True, check=True, timeout=60)
    found = json.loads(told.stdout)
    assert found["epsg"] == 32650
    assert set(found["objects"]) == set(Footprint.objects.values_list("code", flat=True))
    row = Footprint.objects.get(ref="w20")
    said = found["objects"][row.code]
    assert (said["attributes"]["measuredHeight"], said["geometry"][0]["type"]) == (row.height_m, "Solid")
    assert found["top"] == pytest.approx(19.2)
    assert found["spare"] == [0, 0]


def test_geojson_has_the_same_buildings_and_a_place_narrows_both(town: None) -> None:
    assert {each["id"] for each in json.loads(city_file("geojson"))["features"]} == set(Footprint.objects.values_list("code", flat=True))
    with pytest.raises(NotFound):
        city_file("geojson", "120104")


def test_more_than_a_file_holds_is_asked_for_in_parts(town: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hexi.core.space.city.buildings.MOST", 2)
    with pytest.raises(Invalid):
        city_file("city.json")


def test_buildings_are_taken_by_whoever_is_signed_in(client: Client, town: None) -> None:
    assert client.get("/api/space/buildings.city.json").status_code == 401
    client.force_login(Account.objects.create_user("p1", "tian-ta-jie-dao", name="示例"))
    answer = client.get("/api/space/buildings.city.json")
    assert (answer["Content-Type"], answer.json()["type"]) == ("application/city+json", "CityJSON")
    assert "buildings.city.json" in answer["Content-Disposition"]
    assert client.get("/api/space/buildings.geojson").json()["type"] == "FeatureCollection"
    assert client.get("/api/space/buildings.obj").status_code == 404


def test_the_command_writes_the_same_file(town: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "all.city.json"
    assert main(["export", "city", str(file)]) == 0
    assert file.read_bytes() == city_file("city.json")
    assert main(["export", "city", str(tmp_path / "all.obj")]) == 1
    assert "city.json" in capsys.readouterr().err
