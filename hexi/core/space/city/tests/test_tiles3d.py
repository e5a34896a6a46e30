"""Buildings as 3D Tiles: blocks that stand where they do on the map, in files that the format's own validator passes."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from pathlib import Path

import numpy as np
import pytest
import shapely

from hexi.core.space.city.buildings import Building
from hexi.core.space.city.earth import back, in_degrees, on_earth, upright
from hexi.core.space.city.glb import blocks
from hexi.core.space.city.projecting import projected, zone_of
from hexi.core.space.city.tests.test_city import COURT, TWO, building, square
from hexi.core.space.city.tiles3d import tiles_file

WEB = Path(__file__).resolve().parents[5] / "web"
VALIDATE = """
const { validateBytes } = require('gltf-validator')
validateBytes(new Uint8Array(require('fs').readFileSync(0))).then(({ issues, info }) =>
  console.log(JSON.stringify({ errors: issues.numErrors, warnings: issues.numWarnings, triangles: info.totalTriangleCount })))
"""


def unpacked(buildings: list[Building]) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(tiles_file(buildings, "示例"))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_degrees_and_metres_from_the_middle_of_the_earth_are_the_same_spot() -> None:
    """The pole and the equator are the ellipsoid's own axes; a degree along the equator is an arc of its radius."""
    known = on_earth(np.array([[0.0, 0.0, 0.0], [0.0, 90.0, 0.0], [90.0, 0.0, 100.0]]))
    assert known == pytest.approx(np.array([[6378137.0, 0, 0], [0, 0, 6356752.3142], [0, 6378237.0, 0]]), abs=1e-3)
    spots = np.array([[117.2, 39.0, 33.0], [-70.5, -45.2, 5000.0], [0.0, 0.0, -10.0], [179.9, 70.0, 0.0]])
    assert in_degrees(on_earth(spots)) == pytest.approx(spots, abs=1e-9)


def test_a_frame_looks_east_north_and_up() -> None:
    beside = back(on_earth(np.array([[117.201, 39.0, 0.0], [117.2, 39.001, 0.0], [117.2, 39.0, 5.0]])), upright(117.2, 39.0))
    assert beside == pytest.approx(np.array([[86.6, 0, 0], [0, 111.0, 0], [0, 0, 5.0]]), abs=0.05)


@pytest.mark.parametrize("shape", [square(117.2, 39.0), COURT, TWO, shapely.Point(117.2, 39.0).buffer(0.0002)])
def test_roofs_and_walls_look_outward_and_hold_the_volume(shape: shapely.Geometry) -> None:
    """By the divergence theorem: floors are left out, which lie at nought and add nothing."""
    flat = shapely.transform(
        shape, lambda points: projected(points, zone_of(117.2, 39.0)) - projected(np.array([[117.2, 39.0]]), zone_of(117.2, 39.0))
    )
    mesh = blocks(np.array([flat], dtype=object), np.array([12.5]))
    triangles = mesh.corners[mesh.indices].reshape(-1, 3, 3)
    assert np.linalg.det(triangles).sum() / 6 == pytest.approx(shapely.area(flat) * 12.5, rel=1e-3)
    across = np.cross(triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0])
    assert ((across * mesh.normals[mesh.indices[::3]]).sum(axis=1) > 0).all()


def test_the_tileset_is_whole_and_names_every_tile() -> None:
    files = unpacked([building(COURT), building(square(117.25, 39.02), code="B0000002"), building(TWO, None, "B0000003")])
    tileset = json.loads(files.pop("tileset.json"))
    tiles = tileset["root"]["children"]
    assert (tileset["asset"]["version"], {tile["content"]["uri"] for tile in tiles}) == ("1.1", set(files))
    west, south, east, north, low, high = tileset["root"]["boundingVolume"]["region"]
    assert np.degrees([west, south, east, north]) == pytest.approx([117.2, 39.0, 117.2503, 39.0203])
    assert low <= 0 and high == 12.5
    middle = in_degrees(np.array([tile["transform"][12:15] for tile in tiles]))
    assert middle == pytest.approx(np.array([[117.20015, 39.00015, 0], [117.25015, 39.02015, 0]]), abs=1e-6)
    assert b"B0000003" not in b"".join(files.values())  # no height is known, so there is no block


def test_the_same_buildings_are_the_same_file_and_none_are_a_file_too() -> None:
    assert tiles_file([building(COURT)], "示例") == tiles_file([building(COURT)], "示例")
    assert json.loads(unpacked([])["tileset.json"])["root"]["children"] == []


@pytest.mark.skipif(not (WEB / "node_modules/gltf-validator").is_dir(), reason="the web's packages are not installed")
def test_the_validator_of_the_format_finds_nothing_wrong() -> None:
    tile = next(data for name, data in unpacked([building(COURT), building(TWO, 40.0, "B0000002")]).items() if name.endswith(".glb"))
    told = subprocess.run(["node", "-e", VALIDATE], input=tile, capture_output=True, cwd=WEB, check=True, timeout=60)
    assert json.loads(told.stdout) == {"errors": 0, "warnings": 0, "triangles": 24 + 20}
