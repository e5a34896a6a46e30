"""Lines and areas written by us are read back by the format's own library as they were."""

from __future__ import annotations

import random

import mapbox_vector_tile
import numpy as np
import pytest
import shapely

from hexi.core.space.tiles.encoding import Drawn, encoded_layer, mercator
from hexi.core.space.vector_tile import EXTENT

TILE = (14, 13518, 6229)


def in_world(shape: shapely.Geometry) -> shapely.Geometry:
    """A shape drawn in units of the tile, as Web Mercator."""
    return shapely.transform(shape, lambda points: (points + np.array(TILE[1:]) * EXTENT) / (1 << TILE[0]) / EXTENT)


def read_back(*shapes: shapely.Geometry, simplified: bool = False) -> list[shapely.Geometry]:
    drawn = Drawn(
        np.array([in_world(shape) for shape in shapes], dtype=object), range(1, len(shapes) + 1), [{"n": n} for n in range(len(shapes))]
    )
    data = encoded_layer("it", drawn, TILE, simplified=simplified)
    if not data:
        return []
    layer = mapbox_vector_tile.decode(data, default_options={"y_coord_down": True})["it"]
    assert [each["id"] for each in layer["features"]] == [each["properties"]["n"] + 1 for each in layer["features"]]
    return [shapely.geometry.shape(each["geometry"]) for each in layer["features"]]


@pytest.mark.parametrize(
    "shape",
    [
        shapely.Point(5, 4090),
        shapely.LineString([(0, 0), (10, 20), (4000, 4095)]),
        shapely.MultiLineString([[(0, 0), (9, 9)], [(100, 100), (200, 100), (200, 300)]]),
        shapely.Polygon([(0, 0), (100, 0), (100, 100), (0, 100)]),
        shapely.Polygon([(0, 0), (0, 100), (100, 100), (100, 0)]),
        shapely.Polygon([(0, 0), (900, 0), (900, 900), (0, 900)], [[(100, 100), (200, 100), (200, 200), (100, 200)], [(300, 300), (300, 400), (400, 400)]]),
        shapely.MultiPolygon([shapely.box(0, 0, 50, 50), shapely.Polygon(shapely.box(100, 100, 900, 900).exterior, [shapely.box(200, 200, 300, 300).exterior])]),
    ],
)  # fmt: skip
def test_a_shape_is_read_back_as_it_was(shape: shapely.Geometry) -> None:
    (found,) = read_back(shape)
    assert found.is_valid and shapely.equals(found, shape)


def test_many_shapes_of_every_kind_are_read_back_each_under_its_number() -> None:
    dice = random.Random(3)
    shapes: list[shapely.Geometry] = []
    for _ in range(200):
        x, y, wide = dice.randrange(3000), dice.randrange(3000), dice.randrange(5, 900)
        shapes.append(
            dice.choice(
                [shapely.Point(x, y), shapely.LineString([(x, y), (x + wide, y), (x, y + 7)]), shapely.box(x, y, x + wide, y + wide)]
            )
        )
    found = read_back(*shapes)
    assert all(shapely.equals(one, other) for one, other in zip(found, shapes, strict=True))


def test_what_reaches_beyond_the_tile_is_cut_a_little_behind_its_edge() -> None:
    area, line = read_back(shapely.box(-9000, -9000, 9000, 9000), shapely.LineString([(-50_000, 100), (50_000, 100)]))
    assert area.bounds == (-96, -96, EXTENT + 96, EXTENT + 96) == (line.bounds[0], -96, line.bounds[2], EXTENT + 96)
    assert read_back(shapely.box(9000, 9000, 9100, 9100)) == []
    assert read_back(shapely.Point(-5, 10)) == []


def test_what_shrinks_to_nothing_is_left_out_with_its_holes() -> None:
    assert read_back(shapely.LineString([(5.1, 5.1), (5.2, 5.2)]), shapely.box(7.1, 7.1, 7.3, 7.3)) == []
    tiny_hole = shapely.Polygon(shapely.box(0, 0, 100, 100).exterior, [shapely.box(50.1, 50.1, 50.2, 50.2).exterior])
    assert shapely.equals(read_back(tiny_hole)[0], shapely.box(0, 0, 100, 100))


def test_areas_that_simplifying_takes_away_are_no_fault() -> None:
    specks = [shapely.box(n * 9.0, 5.0, n * 9.0 + 1.0, 6.0) for n in range(20)]
    assert read_back(*specks, simplified=True) == []
    assert len(read_back(*specks, shapely.box(0, 0, 900, 900), simplified=True)) == 1


def test_lines_are_simplified_by_half_a_pixel() -> None:
    wiggly = shapely.LineString([(n * 10, n % 2) for n in range(400)])
    (found,) = read_back(wiggly, simplified=True)
    assert len(found.coords) == 2


def test_degrees_become_web_mercator() -> None:
    (point,) = mercator(np.array([shapely.Point(0, 0)], dtype=object))
    assert (point.x, point.y) == (0.5, 0.5)
    (corner,) = mercator(np.array([shapely.Point(-180, 85.05112878)], dtype=object))
    assert (corner.x, abs(corner.y) < 1e-9) == (0.0, True)
