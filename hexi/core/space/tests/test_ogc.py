"""OGC API - Features: what the standard asks for, and that GDAL's own client reads it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import mapbox_vector_tile
import pytest
import shapely
from django.test import Client
from django.utils import timezone

from hexi.core.space.api import build_archive, cell_of, import_osm
from hexi.core.space.contracts import Level, Origin
from hexi.core.space.ground.tables import Footprint, Gate, Way
from hexi.core.space.ground.tests.town import BOX, small_town
from hexi.core.space.models import Place
from hexi.core.space.tiles.encoding import mercator

WORLD_M = 40_075_016.6855784
READ = """
import json, sys
import pyogrio
source, layer = sys.argv[1:3]
meta, _, geometry, columns = pyogrio.raw.read(source, layer=layer)
layers = sorted(name for name, _ in pyogrio.list_layers(source).tolist())
fields = {name: [str(value) for value in column] for name, column in zip(meta["fields"].tolist(), columns)}
print(json.dumps({"layers": layers, "kind": meta["geometry_type"], "count": len(geometry), "fields": fields, "crs": meta["crs"]}))
"""


READ_TILES = """
import json, sys
import pyogrio
meta, _, geometry, columns = pyogrio.raw.read(sys.argv[1], layer="Zoom level 15", **json.loads(sys.argv[2]))
fields = {name: [str(value) for value in column] for name, column in zip(meta["fields"].tolist(), columns)}
print(json.dumps({"crs": meta["crs"], "count": len(geometry), "fields": fields}))
"""


@pytest.fixture
def town(db: None, tmp_path: Path) -> None:
    import_osm(small_town().written(tmp_path / "town.osm"), box=BOX)


def test_the_way_from_the_landing_page_to_a_feature_is_linked(client: Client, town: None) -> None:
    links = {link["rel"]: link["href"] for link in client.get("/ogc/").json()["links"]}
    assert any("ogcapi-features-1/1.0/conf/core" in one for one in client.get(links["conformance"]).json()["conformsTo"])
    found = client.get(links["data"]).json()["collections"]
    assert [each["id"] for each in found] == ["ways", "gates", "buildings", "ground"]
    items = next(link["href"] for link in found[0]["links"] if link["rel"] == "items")
    first = client.get(items).json()["features"][0]
    assert (first["id"], first["properties"]["name"]) == (Way.objects.get(ref="w1").code, "友谊路")
    one = client.get(f"/ogc/collections/ways/items/{first['id']}")
    assert (one["Content-Type"], one.json()["geometry"]["type"]) == ("application/geo+json", "LineString")


def test_pages_lead_on_to_the_end_and_give_each_feature_once(client: Client, town: None) -> None:
    address, seen = "/ogc/collections/ways/items?limit=2", list[str]()
    while address:
        page = client.get(address).json()
        assert page["numberReturned"] == len(page["features"]) <= 2
        seen += [each["id"] for each in page["features"]]
        address = next((link["href"] for link in page["links"] if link["rel"] == "next"), "")
    assert sorted(seen) == sorted(Way.objects.values_list("code", flat=True))


@pytest.mark.django_db
def test_before_a_map_the_houses_of_the_place_tree_are_the_buildings(client: Client) -> None:
    shape = shapely.box(117.2, 39.0, 117.2003, 39.0003)
    west, south, east, north = shapely.bounds(shape).tolist()
    Place.objects.create(
        code="12010300100101001001", level=Level.BUILDING, parent="12010300100101001", name="示例楼", west=west, south=south, east=east,
        north=north, lon=117.2, lat=39.0, geometry=shapely.to_wkb(shape), height_m=12.5, origin=Origin.GENERATED, updated_at=timezone.now(),
    )  # fmt: skip
    assert client.get("/ogc/collections/buildings").json()["extent"]["spatial"]["bbox"] == [[west, south, east, north]]
    found = client.get("/ogc/collections/buildings/items", {"bbox": "117.1,38.9,117.3,39.1"}).json()
    (house,) = found["features"]
    assert (found["numberMatched"], house["geometry"]["type"], house["properties"]["source"]) == (1, "Polygon", "generated")
    assert client.get(f"/ogc/collections/buildings/items/{house['id']}").json()["properties"]["height_m"] == 12.5
    assert client.get("/ogc/collections/buildings/items", {"bbox": "117.3,38.9,117.4,39.1"}).json()["numberMatched"] == 0


def test_a_box_narrows_a_collection(client: Client, town: None) -> None:
    found = client.get("/ogc/collections/buildings/items", {"bbox": "117.2055,39.0,117.2075,39.0015"}).json()["features"]
    assert [each["properties"]["ref"] for each in found] == ["w20"]
    assert found[0]["properties"]["height_m"] == 19.2


@pytest.mark.parametrize(
    "path,status",
    [
        ("collections/none", 404), ("collections/none/items", 404), ("collections/ways/items/W9999999", 404),
        ("collections/ways/items?limit=0", 422), ("collections/ways/items?limit=x", 422), ("collections/ways/items?bbox=1,2,3", 422),
        ("collections/ways/items?after=%00", 422), ("nothing", 404),
    ],
)  # fmt: skip
def test_questions_that_mean_nothing_are_told_so(client: Client, town: None, path: str, status: int) -> None:
    assert client.get(f"/ogc/{path}").status_code in {status, 400}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_gdal_reads_the_collections(live_server: Any, tmp_path: Path) -> None:
    import_osm(small_town().written(tmp_path / "town.osm"), box=BOX)
    for layer, table, kind in (("ways", Way, "LineString"), ("buildings", Footprint, "Polygon"), ("gates", Gate, "Point")):
        asked = [sys.executable, "-c", READ, f"OAPIF:{live_server.url}/ogc", layer]
        done = subprocess.run(asked, check=False, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        found = json.loads(done.stdout)
        assert found["layers"] == ["buildings", "gates", "ground", "ways"]
        assert (found["count"], found["kind"]) == (table.objects.count(), kind)
        assert sorted(found["fields"]["code"]) == sorted(table.objects.values_list("code", flat=True))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_gdal_reads_the_tiles(live_server: Any, settings: Any, tmp_path: Path) -> None:
    settings.MAPS = tmp_path / "maps"
    import_osm(small_town().written(tmp_path / "town.osm"), box=BOX)
    build_archive()
    corners = shapely.points([BOX[:2], BOX[2:]])
    west, south, east, north = shapely.total_bounds(shapely.transform(mercator(corners), lambda at: (at - 0.5) * (WORLD_M, -WORLD_M)))
    bounds = json.dumps({"MINX": west, "MINY": south, "MAXX": east, "MAXY": north})
    for name, table, field in (("buildings", Footprint, "code"), ("ways", Way, "kind")):
        asked = [sys.executable, "-c", READ_TILES, f"OGCAPI:{live_server.url}/ogc/collections/{name}", bounds]
        done = subprocess.run(asked, check=False, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        found = json.loads(done.stdout)
        assert "3857" in found["crs"]
        assert set(found["fields"][field]) == set(table.objects.filter(shown_from__lte=15).values_list(field, flat=True))


@pytest.fixture
def drawn(town: None, settings: Any, tmp_path: Path) -> None:
    settings.MAPS = tmp_path / "maps"
    build_archive()


def test_the_way_from_the_landing_page_to_a_tile_is_linked(client: Client, drawn: None) -> None:
    links = {link["rel"].rpartition("/")[2]: link["href"] for link in client.get("/ogc/").json()["links"]}
    sets = client.get(links["tilesets-vector"]).json()["tilesets"]
    assert [each["dataType"] for each in sets] == ["vector"]
    itself = client.get(sets[0]["links"][0]["href"]).json()
    by_rel = {link["rel"].rpartition("/")[2]: link["href"] for link in itself["links"]}
    limits = {each["tileMatrix"]: each for each in itself["tileMatrixSetLimits"]}
    at = {"tileMatrix": "15", "tileRow": limits["15"]["minTileRow"], "tileCol": limits["15"]["minTileCol"]}
    answer = client.get(by_rel["item"].format(**at))
    assert (answer["Content-Type"], list(limits)) == ("application/vnd.mapbox-vector-tile", [str(zoom) for zoom in range(8, 16)])
    assert "roads" in mapbox_vector_tile.decode(answer.content)
    scheme = client.get(by_rel["tiling-scheme"]).json()
    assert (scheme["id"], scheme["tileMatrices"][15]["matrixWidth"]) == ("WebMercatorQuad", 2**15)
    assert any("ogcapi-tiles-1/1.0/conf/core" in one for one in client.get("/ogc/conformance").json()["conformsTo"])


def test_the_tiles_of_a_collection_have_its_things_alone(client: Client, drawn: None) -> None:
    zoom, column, row = 15, *cell_of(BOX[0] + 0.004, BOX[1] + 0.004, 15)
    whole = mapbox_vector_tile.decode(client.get(f"/ogc/tiles/WebMercatorQuad/{zoom}/{row}/{column}").content)
    for name, layers in (("ways", {"roads"}), ("buildings", {"buildings"}), ("ground", {"water", "green"})):
        part = mapbox_vector_tile.decode(client.get(f"/ogc/collections/{name}/tiles/WebMercatorQuad/{zoom}/{row}/{column}").content)
        assert set(part) == layers & set(whole) and part == {key: whole[key] for key in part}
    assert whole["roads"]["features"] and whole["buildings"]["features"]


@pytest.mark.parametrize(
    "path", ["tiles/Other", "tiles/WebMercatorQuad/20/0/0", "tiles/WebMercatorQuad/3/8/0", "collections/none/tiles", "tileMatrixSets/Other"]
)
def test_there_are_no_other_tiles(client: Client, drawn: None, path: str) -> None:
    answer = client.get(f"/ogc/{path}")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_before_the_first_map_no_tiles_are_promised(client: Client, settings: Any, tmp_path: Path, db: None) -> None:
    settings.MAPS = tmp_path / "maps"
    assert not any("tilesets" in link["rel"] for link in client.get("/ogc/").json()["links"])
    assert client.get("/ogc/tiles").status_code == 404
