"""Meshes taken in: what is right stands where it belongs and hides what it shows; what is wrong says which file and how to mend it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shapely
from django.conf import LazySettings
from django.utils import timezone

from hexi.core.space.api import Datum, city_file, convert, drop_meshes, match_meshes, mesh_file, take_meshes
from hexi.core.space.contracts import Level, Origin
from hexi.core.space.ground.tables import Footprint
from hexi.core.space.meshes.files import referred
from hexi.core.space.meshes.keeping import meshed_houses
from hexi.core.space.meshes.tests.making import HERE, Files, child_of, edited, in_b3dm, in_cmpt, made, mapped, needing, written, zipped
from hexi.core.space.models import Place
from hexi.core.space.tiles.archive import build_archive
from hexi.core.space.tiles.content import everything
from hexi.kernel.errors import Conflict, HexiError, Invalid, NotFound


def house(code: str, lon: float, lat: float, height_m: float | None = 12.5) -> Place:
    shape = shapely.box(lon, lat, lon + 0.0003, lat + 0.0003)
    west, south, east, north = shapely.bounds(shape).tolist()
    return Place(
        code=code, level=Level.BUILDING, parent=code[:17], name="示例楼", lon=lon, lat=lat, west=west, south=south, east=east, north=north,
        geometry=shapely.to_wkb(shape), height_m=height_m, origin=Origin.GENERATED, updated_at=timezone.now(),
    )  # fmt: skip


ONE, BESIDE, FLAT = "12010300100101001001", "12010300100101001002", "12010300100101001003"


@pytest.fixture(autouse=True)
def houses(db: None, tmp_path: Path, settings: LazySettings) -> None:
    """Two houses wall to wall, and one of which no height is known; the district round them."""
    settings.MESHES, settings.MAPS = tmp_path / "kept", tmp_path / "maps"
    district = Place(
        code="120103",
        level=Level.DISTRICT,
        name="示例区",
        west=117.1,
        south=38.9,
        east=117.3,
        north=39.1,
        origin=Origin.FACT,
        updated_at=timezone.now(),
    )
    lon, lat = HERE
    Place.objects.bulk_create([district, house(ONE, lon, lat), house(BESIDE, lon + 0.0003, lat), house(FLAT, lon, lat + 0.001, None)])


def refused(files: Files, folder: Path) -> list[tuple[str, str]]:
    """The file and the beginning of each fault."""
    with pytest.raises(Invalid) as told:
        take_meshes(written(files, folder / "given"), Datum.WGS84)
    return [(problem.where, problem.message.en) for problem in told.value.problems]


def test_what_was_taken_out_comes_in_again_over_the_same_houses(tmp_path: Path) -> None:
    (tmp_path / "out.3dtiles.zip").write_bytes(city_file("3dtiles.zip"))
    taken = take_meshes(tmp_path / "out.3dtiles.zip", Datum.WGS84)
    assert taken.houses == (ONE, BESIDE)
    assert taken.box == pytest.approx((117.2, 39.0, 117.2006, 39.0003), abs=1e-7)
    assert (taken.high_m, taken.east_m, taken.north_m, taken.files) == (12.5, 0, 0, 2)


def test_a_neighbour_that_shares_a_wall_stays_a_block(tmp_path: Path) -> None:
    assert take_meshes(written(made(), tmp_path / "given"), Datum.WGS84).houses == (ONE,)


def test_houses_say_in_every_tile_which_meshes_show_them(tmp_path: Path) -> None:
    taken = take_meshes(written(made(), tmp_path / "given"), Datum.WGS84)
    (loaded,) = [each for each in everything() if each.layer == "buildings"]
    assert [said.get("mesh") for said in loaded.drawn.tags] == [taken.mark, None, None]
    assert loaded.afar is not None and {said.get("mesh") for said in loaded.afar.tags} == {taken.mark, None}
    assert build_archive() is not None


@pytest.mark.parametrize("datum", [Datum.WGS84, Datum.GCJ02])
def test_after_another_map_the_houses_of_a_kept_set_are_found_under_their_new_codes(datum: Datum, tmp_path: Path) -> None:
    taken = take_meshes(written(made(*convert(*HERE, Datum.WGS84, datum)), tmp_path / "given"), datum, -7.5)
    assert list(match_meshes()) == []
    Footprint.objects.bulk_create([mapped("b-1"), mapped("b-2", HERE[0] + 0.0003, HERE[1])])
    (matched,) = match_meshes()
    assert (matched.mark, matched.houses, matched.new, matched.gone) == (taken.mark, ("b-1",), ("b-1",), (ONE,))
    assert (meshed_houses(), list(match_meshes())) == ({"b-1": taken.mark}, [])


def test_a_house_that_goes_from_the_map_goes_from_the_meshes(tmp_path: Path) -> None:
    take_meshes(written(made(), tmp_path / "given"), Datum.WGS84)
    Place.objects.filter(code=ONE).delete()
    assert [(each.houses, each.new, each.gone) for each in match_meshes()] == [((), (), (ONE,))]


@pytest.mark.parametrize("packed", [lambda glb: glb, in_b3dm, lambda glb: in_cmpt(in_b3dm(glb), in_b3dm(glb))])
def test_every_way_to_pack_a_mesh_is_read(packed: Callable[[bytes], bytes], tmp_path: Path) -> None:
    files = made()
    assert take_meshes(written({**files, "a.glb": packed(files["a.glb"])}, tmp_path / "given"), Datum.WGS84).houses == (ONE,)


def test_a_tileset_within_a_tileset_is_followed_with_its_frame(tmp_path: Path) -> None:
    files = made()
    inner = json.loads(files["tileset.json"])
    outer = {
        "asset": {"version": "1.0"},
        "root": {**inner["root"], "children": [{**child_of(inner), "content": {"url": "deep/inner.json"}}]},
    }
    child_of(inner).pop("transform")
    inner["root"] = child_of(inner)
    inner["root"]["content"]["uri"] = "../a.glb"
    given = {"tileset.json": json.dumps(outer).encode(), "deep/inner.json": json.dumps(inner).encode(), "a.glb": files["a.glb"]}
    taken = take_meshes(zipped(given, tmp_path / "a.zip", "export/"), Datum.WGS84)
    assert (taken.houses, taken.files) == ((ONE,), 3)


def test_a_file_in_gcj02_is_moved_and_its_ground_put_down(tmp_path: Path) -> None:
    there = convert(*HERE, Datum.WGS84, Datum.GCJ02)
    taken = take_meshes(written(made(*there), tmp_path / "given"), Datum.GCJ02, -7.5)
    assert taken.houses == (ONE,)
    assert taken.box[:2] == pytest.approx(HERE, abs=1e-6)
    assert (taken.ground_m, taken.high_m) == (-7.5, 20.0)
    assert abs(taken.east_m) > 300 and abs(taken.north_m) > 50


def bad(change: Callable[[Any], Any]) -> Callable[[Files], Files]:
    return lambda files: edited(files, change)


def put(**said: Any) -> Callable[[Any], None]:
    return lambda tileset: child_of(tileset).update(said)


@pytest.mark.parametrize(("spoilt", "where", "says"), [
    (bad(lambda said: said["asset"].update(version="2.0")), "tileset.json", "version of 3D Tiles"),
    (bad(put(content={"uri": "b.glb"})), "tileset.json", "is not there"),
    (bad(put(content={"uri": "../secret.glb"})), "tileset.json", "outside of the folder"),
    (bad(put(content={"uri": "https://example.com/a.glb"})), "tileset.json", "outside of the folder"),
    (bad(put(boundingVolume={})), "tileset.json", "no boundingVolume"),
    (bad(put(transform=[1, 2])), "tileset.json", "no boundingVolume"),
    (bad(put(implicitTiling={})), "tileset.json", "implicit tiling"),
    (bad(lambda said: child_of(said).pop("content")), "tileset.json", "No tile has any content"),
    (lambda files: {**files, "tileset.json": b"{"}, "tileset.json", "no readable JSON"),
    (lambda files: {**files, "a.glb": b"pnts" + bytes(40)}, "a.glb", "no tile of meshes"),
    (lambda files: {**files, "a.glb": files["a.glb"][:400]}, "a.glb", "cut short"),
    (lambda files: {**files, "a.glb": needing(files["a.glb"], "KHR_draco_mesh_compression")}, "a.glb", "compressed (Draco)"),
    (lambda files: {**files, "a.glb": in_b3dm(needing(files["a.glb"], "EXT_meshopt_compression"))}, "a.glb", "compressed (meshopt)"),
    (lambda files: {**files, "a.glb": needing(files["a.glb"], "VENDOR_secret")}, "a.glb", "VENDOR_secret"),
    (lambda files: {**files, "a.glb": in_b3dm(b"glTF" + bytes([1, 0, 0, 0]) + bytes(12))}, "a.glb", "glTF 1.0"),
    (lambda files: {**files, "a.glb": b'{"asset":{"version":"2.0"},"images":[{"uri":"roof.jpg"}]}'}, "a.glb", "is not there"),
])  # fmt: skip
def test_what_is_wrong_is_told_with_its_file_and_nothing_is_kept(
    spoilt: Callable[[Files], Files], where: str, says: str, tmp_path: Path, settings: LazySettings
) -> None:
    (told,) = refused(spoilt(made()), tmp_path)
    assert told[0] == where and says in told[1]
    assert list(settings.MESHES.glob("*")) == []


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    files = edited(made(), put(contents=[{"uri": "b.glb"}, {"uri": "c.glb"}]))
    files["a.glb"] = b"nothing"
    assert len(refused(files, tmp_path)) == 2  # two missing files of one tileset are one fault of it; the tile is another


@pytest.mark.parametrize(("change", "says"), [
    (lambda said: (said["root"].update(boundingVolume={"box": [0] * 3 + [10, 0, 0, 0, 10, 0, 0, 0, 10]})), "nowhere on earth"),
    (lambda said: said["root"].update(boundingVolume={"region": [2.0, 0.5, 2.001, 0.501, 0, 9]}, children=[{"boundingVolume": {"region": [2.0, 0.5, 2.001, 0.501, 0, 9]}, "content": {"uri": "a.glb"}}]), "outside of the district"),
])  # fmt: skip
def test_meshes_that_stand_elsewhere_are_refused_with_where_they_stand(change: Callable[[Any], Any], says: str, tmp_path: Path) -> None:
    (told,) = refused(edited(made(), change), tmp_path)
    assert told[0] == "tileset.json" and says in told[1]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.glb").write_bytes(made()["a.glb"])
    given = written(edited(made(), put(content={"uri": "b.glb"})), tmp_path / "given")
    (given / "b.glb").symlink_to(tmp_path / "secret.glb")
    with pytest.raises(Invalid):
        take_meshes(given, Datum.WGS84)


@pytest.mark.parametrize(("uri", "name"), [
    ("a.glb", "x/a.glb"), ("../a%20b.glb?v=1", "a b.glb"), ("../../a.glb", None), ("/etc/passwd", None), ("//host/a.glb", None),
    ("..\\a.glb", None), ("", None), ("data:,", None),
])  # fmt: skip
def test_a_reference_is_a_file_below_the_tileset_or_nothing(uri: str, name: str | None) -> None:
    assert referred(uri, "x/tileset.json") == name


def test_files_are_given_out_by_name_and_nothing_else_is(tmp_path: Path) -> None:
    given = written({**made(), "notes.txt": b"not referred to"}, tmp_path / "given")
    taken = take_meshes(given, Datum.WGS84)
    found = mesh_file(taken.mark, "a.glb")
    assert (gzip.decompress(found.path.read_bytes()), found.media_type) == (made()["a.glb"], "model/gltf-binary")
    for mark, name in ((taken.mark, "notes.txt"), (taken.mark, "../about.json"), ("../../x", "a.glb"), ("0" * 16, "a.glb")):
        with pytest.raises(NotFound):
            mesh_file(mark, name)
    with pytest.raises(Conflict):
        take_meshes(given, Datum.WGS84)
    drop_meshes(taken.mark)
    assert meshed_houses() == {}


@pytest.mark.parametrize("name", ["none", "text.zip", "empty"])
def test_what_is_no_tileset_at_all_is_said_so(name: str, tmp_path: Path) -> None:
    (tmp_path / "text.zip").write_text("no archive")
    (tmp_path / "empty").mkdir()
    with pytest.raises(HexiError):
        take_meshes(tmp_path / name, Datum.WGS84)
