"""The base map: drawn from the tables now and from an archive, the same features in both."""

from __future__ import annotations

import gzip
import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import mapbox_vector_tile
import pytest
import shapely
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone
from pmtiles.reader import MmapSource, Reader

from hexi.core.space.api import build_archive, cell_of, import_osm
from hexi.core.space.cells import cell_of_box, in_box
from hexi.core.space.contracts import Level, Origin
from hexi.core.space.ground.tables import Ground, Survey, Way
from hexi.core.space.ground.tests.town import BOX, Town, small_town
from hexi.core.space.ground.valid import standing_in
from hexi.core.space.models import Place
from hexi.core.space.tiles.archive import served
from hexi.core.space.tiles.encoding import mercator
from hexi.core.space.tiles.keeping import keep_drawn
from hexi.core.space.tiles.live import box_of_tile, live_tile
from hexi.kernel.errors import NotFound

pytestmark = pytest.mark.django_db
MIDDLE = (117.2045, 39.0035)


@pytest.fixture(autouse=True)
def own_maps(settings: LazySettings, tmp_path: Path) -> None:
    settings.MAPS = tmp_path / "maps"


def brought(folder: Path, town: Town | None = None) -> None:
    import_osm((town or small_town()).written(folder / "town.osm"), box=BOX)


def opened(data: bytes) -> dict[str, list[dict[str, Any]]]:
    layers = mapbox_vector_tile.decode(data) if data else {}
    return {name: [each["properties"] for each in layer["features"]] for name, layer in layers.items()}


def everywhere(zoom: int) -> dict[str, list[dict[str, Any]]]:
    """What all tiles of the town's box hold."""
    (left, top), (right, bottom) = cell_of(BOX[0], BOX[3], zoom), cell_of(BOX[2], BOX[1], zoom)
    found: dict[str, list[dict[str, Any]]] = {}
    for x in range(left, right + 1):
        for y in range(top, bottom + 1):
            for name, features in opened(live_tile(zoom, x, y)).items():
                found.setdefault(name, []).extend(features)
    return found


def around(zoom: int) -> tuple[int, int, int]:
    return zoom, *cell_of(*MIDDLE, zoom)


def test_a_tile_of_the_tables_has_every_layer_with_its_words(tmp_path: Path) -> None:
    brought(tmp_path)
    found = everywhere(15)
    assert set(found) == {"roads", "buildings", "water", "green"}
    assert {"kind": "residential", "class": "residential", "rank": 0, "name": "友谊路", "name_en": "Youyi Road"} in found["roads"]
    assert {each.get("height", 0) for each in found["buildings"]} == {0, 12, 19}
    assert {each["kind"] for each in everywhere(16)["gates"]} == {"gate", "crossing"}


def test_small_things_come_with_the_zoom(tmp_path: Path) -> None:
    brought(tmp_path)
    kinds = {zoom: {each["kind"] for each in opened(live_tile(*around(zoom))).get("roads", [])} for zoom in (8, 12, 13, 15)}
    assert kinds[8] == {"motorway"}
    assert "tertiary" in kinds[12] and "residential" not in kinds[12]
    assert "footway" not in kinds[13] and "footway" in kinds[15]


def test_from_afar_alike_things_are_one_feature_without_names(tmp_path: Path) -> None:
    brought(tmp_path)
    near, far = opened(live_tile(*around(14))), opened(live_tile(*around(13)))
    alike = {each["kind"]: each for each in far["roads"]}
    assert len(alike) == len(far["roads"]) < len(near["roads"])
    assert any("name" in each for each in near["roads"]) and not any("name" in each for each in far["roads"])
    ranks = [each["rank"] for each in far["roads"]]
    assert ranks == sorted(ranks)


def test_lines_of_one_kind_keep_their_places_when_they_are_one_feature(tmp_path: Path) -> None:
    brought(tmp_path)
    zoom, column, row = around(13)
    roads = mapbox_vector_tile.decode(live_tile(zoom, column, row), default_options={"y_coord_down": True})["roads"]["features"]
    drawn = shapely.from_geojson([json.dumps(each["geometry"]) for each in roads])
    shapes = mercator(shapely.from_wkb([bytes(each.geometry) for each in Way.objects.filter(shown_from__lte=13)]))
    told = shapely.transform(shapes, lambda points: (points * (1 << zoom) - (column, row)) * 4096)
    inside = [float(shapely.length(shapely.clip_by_rect(lines, 0, 0, 4096, 4096)).sum()) for lines in (drawn, told)]
    assert inside[0] == pytest.approx(inside[1], rel=0.02) and inside[0] > 0


def test_what_is_gone_is_not_drawn(tmp_path: Path) -> None:
    town = small_town()
    brought(tmp_path, town)
    del town.ways[31]
    brought(tmp_path, town)
    assert "water" not in opened(live_tile(*around(15)))


def test_the_archive_is_a_pmtiles_file_with_the_same_features(tmp_path: Path) -> None:
    brought(tmp_path)
    path = build_archive()
    archive = served()
    assert path is not None and archive is not None
    with path.open("rb") as file:
        reader = Reader(MmapSource(file))
        for zoom in range(8, 16):
            tile = around(zoom)
            data = archive.tile(*tile)
            assert data == reader.get(*tile)
            live = opened(live_tile(*tile))
            packed = opened(gzip.decompress(data)) if data else {}
            assert {name: packed[name] for name in live} == live
        assert reader.header()["max_zoom"] == 15
        assert {each["id"] for each in reader.metadata()["vector_layers"]} >= {"roads", "buildings", "water", "green", "gates", "spots"}


def test_the_archive_has_outlets_and_names_of_places(tmp_path: Path) -> None:
    Place.objects.create(
        code="120103001", level=Level.STREET, parent="120103", name="大营门街道", name_en="Dayingmen", origin=Origin.FACT, lon=MIDDLE[0],
        lat=MIDDLE[1], updated_at=timezone.now(),
    )  # fmt: skip
    brought(tmp_path)
    build_archive()
    archive = served()
    assert archive is not None
    found = opened(gzip.decompress(archive.tile(*around(15)) or b""))
    assert found["places"] == [{"level": "street", "name": "大营门街道", "name_en": "Dayingmen"}]
    assert {each["name"] for each in found["spots"]} >= {"示例超市"}


def test_a_new_import_serves_a_new_archive_and_old_ones_are_tidied(tmp_path: Path) -> None:
    town = small_town()
    marks: list[str] = []
    for name in ("甲路", "乙路", "丙路"):
        town.ways[1][1]["name"] = name
        brought(tmp_path, town)
        build_archive()
        archive = served()
        assert archive is not None
        marks.append(archive.mark)
    assert len(set(marks)) == 3
    assert {path.stem for path in (tmp_path / "maps").glob("*.pmtiles")} == set(marks[1:])


def test_without_a_map_there_is_no_archive(client: Client) -> None:
    assert build_archive() is None
    assert client.get("/api/map").json() == {"base": None}
    answer = client.get("/api/tiles/base/15/1/1.mvt")
    assert (answer.status_code, answer.content) == (200, b"")


def test_tiles_are_served_packed_and_may_be_kept_for_good(client: Client, tmp_path: Path) -> None:
    brought(tmp_path)
    build_archive()
    base = client.get("/api/map").json()["base"]
    assert (base["minzoom"], base["maxzoom"]) == (8, 15)
    assert "OpenStreetMap" in base["origin"]["zh"]
    zoom, column, row = around(14)
    answer = client.get(base["tiles"].format(z=zoom, x=column, y=row))
    assert (answer["Content-Encoding"], "immutable" in answer["Cache-Control"]) == ("gzip", True)
    assert "roads" in opened(gzip.decompress(answer.content))
    assert "immutable" not in client.get(f"/api/tiles/base/{zoom}/{column}/{row}.mvt?v=old")["Cache-Control"]
    assert "roads" in opened(client.get(f"/api/tiles/ground/{zoom}/{column}/{row}.mvt").content)


@pytest.mark.parametrize("tile", [(20, 0, 0), (3, 8, 0), (3, 0, 8)])
def test_there_are_no_tiles_beyond_the_world(client: Client, tile: tuple[int, int, int]) -> None:
    with pytest.raises(NotFound):
        live_tile(*tile)
    assert client.get("/api/tiles/base/{}/{}/{}.mvt".format(*tile)).status_code == 404


def test_a_tile_costs_one_question_per_table(tmp_path: Path, django_assert_num_queries: Any) -> None:
    brought(tmp_path)
    with django_assert_num_queries(4):
        live_tile(*around(15))


def test_the_index_of_cells_finds_what_the_boxes_say(tmp_path: Path) -> None:
    brought(tmp_path)
    for west, south, wide in ((117.2011, 39.0011, 0.0005), (117.2, 39.0, 0.01), (117.19, 38.99, 0.2), (117.20399, 39.002, 0.00002)):
        box = (west, south, west + wide, south + wide)
        touching = {
            row.pk for row in Way.objects.all()
            if row.west <= box[2] and row.east >= box[0] and row.south <= box[3] and row.north >= box[1]
        }  # fmt: skip
        assert set(standing_in(Way, box).values_list("pk", flat=True)) == touching
        assert touching <= set(Way.objects.filter(in_box(box)).values_list("pk", flat=True))


def test_a_cell_is_the_smallest_tile_round_a_box() -> None:
    west, south, east, north = box_of_tile(15, *cell_of(*MIDDLE, 15))
    inner = (west + (east - west) / 4, south + (north - south) / 4, east - (east - west) / 4, north - (north - south) / 4)
    assert cell_of_box(*inner) & 31 == 15
    assert cell_of_box(*MIDDLE, *MIDDLE) & 31 == 20
    assert cell_of_box(-1, -1, 1, 1) & 31 == 0


def test_a_sketch_alone_can_be_an_archive_too(tmp_path: Path) -> None:
    brought(tmp_path)
    Way.objects.all().delete()
    Survey.objects.all().delete()
    assert build_archive() is not None
    assert Survey.objects.get().source == "sketch"
    assert Ground.objects.exists()


def test_the_worker_draws_the_first_archive_and_then_only_what_changed(tmp_path: Path) -> None:
    keep_drawn()
    assert served() is None
    brought(tmp_path)
    keep_drawn()
    first = served()
    assert first is not None
    file = tmp_path / "maps" / f"{first.mark}.pmtiles"
    drawn = file.stat().st_mtime_ns
    keep_drawn()
    assert file.stat().st_mtime_ns == drawn
    Way.objects.filter(name="友谊路").update(name="友好路", updated_at=timezone.now())
    keep_drawn()
    changed = served()
    assert changed is not None and changed.mark != first.mark
    assert [each.name for each in (tmp_path / "maps").iterdir()] == [f"{changed.mark}.pmtiles"]


def test_an_archive_of_yesterday_is_drawn_again(tmp_path: Path) -> None:
    brought(tmp_path)
    path = build_archive()
    assert path is not None
    os.utime(path, (yesterday := timezone.now().timestamp() - 90_000, yesterday))
    Way.objects.all().update(updated_at=timezone.now() - timedelta(days=9))
    keep_drawn()
    assert path.stat().st_mtime > yesterday
