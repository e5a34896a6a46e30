"""OGC API - Features: what the standard asks for, and that GDAL's own client reads it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from hexi.core.space.api import import_osm
from hexi.core.space.ground.tables import Footprint, Gate, Way
from hexi.core.space.ground.tests.town import BOX, small_town

READ = """
import json, sys
import pyogrio
source, layer = sys.argv[1:3]
meta, _, geometry, columns = pyogrio.raw.read(source, layer=layer)
layers = sorted(name for name, _ in pyogrio.list_layers(source).tolist())
fields = {name: [str(value) for value in column] for name, column in zip(meta["fields"].tolist(), columns)}
print(json.dumps({"layers": layers, "kind": meta["geometry_type"], "count": len(geometry), "fields": fields, "crs": meta["crs"]}))
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
