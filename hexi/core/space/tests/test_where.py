import random

import numpy as np
import pytest
import shapely
from django.utils import timezone

from hexi.core.space.api import Level, box_of, distance_m, nearest, place_at, places_at, places_in_box, points_of, shapes_of
from hexi.core.space.generator.district import Table
from hexi.core.space.models import Place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stored")]
Tables = dict[str, Table]


def some_points(count: int, seed: int) -> list[tuple[float, float]]:
    rng = random.Random(seed)
    return [(rng.uniform(117.17, 117.29), rng.uniform(39.03, 39.13)) for _ in range(count)]


def brute_force_at(table: Table, lon: float, lat: float) -> str | None:
    assert table.shapes is not None
    holding = shapely.covers(table.shapes, shapely.Point(lon, lat))
    return min((table.codes[n] for n in np.flatnonzero(holding)), default=None)


@pytest.mark.parametrize("level", [Level.STREET, Level.COMMUNITY, Level.GRID, Level.BUILDING])
def test_the_place_at_a_point_is_the_one_that_holds_it(tables: Tables, level: Level) -> None:
    points = some_points(60, seed=len(level)) + [tuple(point) for point in tables["building"].points[::400].tolist()]
    for lon, lat in points:
        found = place_at(lon, lat, level)
        assert (found.code if found else None) == brute_force_at(tables[level], lon, lat)


def test_many_points_get_the_same_answer_as_one_by_one() -> None:
    points = some_points(80, seed=5)
    single = [place_at(*point) for point in points]
    assert places_at(points) == [each.code if each else None for each in single]
    assert places_at([]) == []


def test_a_boundary_that_was_redrawn_counts_for_the_very_next_question_and_no_process_has_to_start_anew() -> None:
    (point,) = some_points(1, seed=9)
    (code,) = places_at([point])
    assert code is not None
    there = Place.objects.get(code=code)
    away = shapely.to_wkb(shapely.box(118.0, 40.0, 118.1, 40.1))
    Place.objects.filter(pk=there.pk).update(geometry=away, west=118.0, east=118.1, south=40.0, north=40.1, updated_at=timezone.now())
    assert places_at([point]) != [code], "the shapes held in memory are read anew"
    found = place_at(*point)
    assert found is None or found.code != code


def test_a_corner_of_two_grids_belongs_to_the_lower_code(tables: Tables) -> None:
    shapes = tables["grid"].shapes
    assert shapes is not None
    lon, lat = shapely.get_coordinates(shapes[0])[0]
    found = place_at(lon, lat)
    assert found is not None
    assert found.code == brute_force_at(tables["grid"], lon, lat)
    assert places_at([(lon, lat)]) == [found.code]


@pytest.mark.parametrize("level", [Level.DOORWAY, Level.BUILDING, Level.COMPOUND])
def test_the_nearest_places_are_those_that_brute_force_finds(tables: Tables, level: Level) -> None:
    table = tables[level]
    for lon, lat in some_points(12, seed=9):
        away = sorted((distance_m((lon, lat), (x, y)), code) for code, (x, y) in zip(table.codes, table.points.tolist(), strict=True))
        expected = [code for metres, code in away[:7] if metres <= 1500]
        found = nearest(lon, lat, level, limit=7, within_m=1500)
        assert [each.place.code for each in found] == expected
        assert all(each.distance_m <= 1500 for each in found)


def test_the_nearest_of_a_kind_is_of_that_kind(tables: Tables) -> None:
    found = nearest(117.23, 39.08, Level.COMPOUND, kind="hospital", limit=3, within_m=8000)
    assert len(found) == 3
    assert {each.place.kind for each in found} == {"hospital"}
    assert nearest(117.23, 39.08, Level.COMPOUND, limit=0) == []


def test_a_box_finds_what_touches_it(tables: Tables) -> None:
    table = tables["building"]
    assert table.shapes is not None
    west, south, east, north = box = (117.221, 39.081, 117.226, 39.085)
    bounds = shapely.bounds(table.shapes)
    touching = (bounds[:, 0] <= east) & (bounds[:, 2] >= west) & (bounds[:, 1] <= north) & (bounds[:, 3] >= south)
    assert [each.code for each in places_in_box(box, Level.BUILDING)] == sorted(table.codes[n] for n in np.flatnonzero(touching))


def test_shapes_and_points_leave_as_plain_records(tables: Tables) -> None:
    building, door = tables["building"].codes[0], tables["doorway"].codes[0]
    shapes = shapes_of([building, door, "999999"])
    assert shapes[building]["type"] == "Polygon"
    assert shapes[door]["type"] == "Point"
    assert "999999" not in shapes
    assert points_of([door, "999999"]) == {door: tuple(tables["doorway"].points[0].tolist())}
    box = box_of("120103")
    assert box is not None
    assert 117.17 < box[0] < box[2] < 117.29
