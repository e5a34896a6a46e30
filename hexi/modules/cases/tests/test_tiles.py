"""Tiles of cases: the sums of a zoom are the list's count, whoever asks; nothing personal is in them; unchanged ones are not sent twice."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import mapbox_vector_tile
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hexi.core.data.api import Query, counted, describe
from hexi.core.data.tests.conftest import COMMUNITY, DISTRICT, STREET, Person
from hexi.core.space.api import TilePoint, cell_of, point_tile, spot_of, spots_of_tile
from hexi.core.trust.api import PLATFORM, PUBLIC, Viewer
from hexi.kernel.errors import NotFound
from hexi.modules.cases import tiles
from hexi.modules.cases.models import Case
from hexi.modules.cases.tests.conftest import do
from hexi.modules.cases.tiles import SHOWN, Tile, tile_of

WEST, SOUTH, WIDE = 117.20, 39.05, 0.05
OFFICES = ("housing", "civil", "")
ROLES = ("case_dispatcher", "department_staff", "street_staff", "grid_worker")
FILTERS = ((), ("phase:eq:new",), ("kind:eq:lamp", "breached:eq:true"), (f"place:within:{STREET}",), ("title:has:灯",))


def decoded(body: bytes) -> dict[str, list[dict[str, Any]]]:
    """Read with a library that is not ours."""
    layers = mapbox_vector_tile.decode(body, default_options={"y_coord_down": True}) if body else {}
    return {name: layer["features"] for name, layer in layers.items()}


def total(layers: dict[str, list[dict[str, Any]]]) -> int:
    return len(layers.get("cases", [])) + sum(one["properties"]["count"] for one in layers.get("clusters", []))


def all_tiles(viewer: Viewer, zoom: int, query: Query = Query()) -> list[dict[str, list[dict[str, Any]]]]:
    """Every tile of the zoom that a case could lie in."""
    left, top = cell_of(WEST, SOUTH + WIDE, zoom)
    right, bottom = cell_of(WEST + WIDE, SOUTH, zoom)
    wanted = [Tile(zoom, x, y) for x in range(left, right + 1) for y in range(top, bottom + 1)]
    return [decoded(tile_of(viewer, tile, query).body()) for tile in wanted]


@pytest.fixture
def scattered(places: Any, offices: Any) -> None:
    """Cases here and there, some in the same spot, a few without a point."""
    from django.utils import timezone

    from hexi.core.data.api import offices_written
    from hexi.core.data.sharing import index_rows

    dice = random.Random(3)
    made: list[Case] = []
    for number in range(160):
        lon, lat = (round(WEST + dice.random() * WIDE, 6), round(SOUTH + dice.random() * WIDE, 6)) if number % 9 else (None, None)
        if number % 5 == 1:
            lon, lat = 117.22, 39.07
        drawn = {
            "kind": dice.choice(("lamp", "alarm")),
            "phase": dice.choice(("new", "working", "closed")),
            "breached": dice.random() < 0.3,
        }
        named = {
            "number": f"T{number}",
            "title": dice.choice(("路灯不亮", "井盖松动")),
            "place": dice.choice((COMMUNITY, STREET, DISTRICT)),
        }
        concerned = offices_written([dice.choice(OFFICES), dice.choice(OFFICES)])
        where = {"lon": lon, "lat": lat, "spot": spot_of(lon, lat), "is_public": dice.random() < 0.5, "organisations": concerned}
        made.append(Case(state="received", opened_at=timezone.now(), **drawn, **named, **where))
    rows = Case.objects.bulk_create(made)
    index_rows("cases.case", rows, ("organisations",))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    role=st.sampled_from(ROLES), place=st.sampled_from((DISTRICT, STREET, COMMUNITY)), office=st.sampled_from(OFFICES),
    where=st.sampled_from(FILTERS), zoom=st.sampled_from((11, 13, 14)), q=st.sampled_from(("", "井盖")),
)  # fmt: skip
def test_the_sums_of_a_zoom_are_the_count_of_the_list(
    scattered: None, person: Callable[..., Person], role: str, place: str, office: str, where: tuple[str, ...], zoom: int, q: str
) -> None:
    viewer = person((role, place, office)).viewer
    query = Query(q, (*where, "lon:missing:false"))
    assert sum(map(total, all_tiles(viewer, zoom, query))) == counted(viewer, "cases.case", query)[0]


def test_the_public_sees_only_what_is_public(scattered: None) -> None:
    seen = sum(map(total, all_tiles(PUBLIC, 13)))
    assert seen == Case.objects.filter(is_public=True, spot__isnull=False).count()
    assert 0 < seen < sum(map(total, all_tiles(PLATFORM, 13)))


def test_near_by_every_case_is_a_point_of_its_own(scattered: None) -> None:
    tile = Tile(tiles.POINTS_FROM, *cell_of(117.22, 39.07, tiles.POINTS_FROM))
    layers = decoded(tile_of(PLATFORM, tile, Query()).body())
    first, end = spots_of_tile(tile.zoom, tile.column, tile.row)
    assert "clusters" not in layers
    assert len(layers["cases"]) == Case.objects.filter(spot__gte=first, spot__lt=end).count() > 1
    assert set(layers["cases"][0]["properties"]) == set(SHOWN)


def test_nothing_personal_or_internal_is_in_a_tile() -> None:
    assert {describe(Case).fields[name].privacy for name in SHOWN} == {"open"}


def test_a_cluster_says_how_many_of_its_cases_are_over_time(scattered: None) -> None:
    layers = all_tiles(PLATFORM, 11)
    clusters = [one["properties"] for layer in layers for one in layer.get("clusters", [])]
    single = [one["properties"] for layer in layers for one in layer.get("cases", [])]
    over = sum(one["breached"] for one in clusters) + sum(one["breached"] for one in single)
    assert over == Case.objects.filter(breached=True, spot__isnull=False).count()


def test_clusters_do_not_depend_on_the_order_in_which_cases_came_in(scattered: None) -> None:
    def drawn() -> list[Any]:
        return [sorted((one["geometry"]["coordinates"], one["properties"]["count"]) for one in layers.get("clusters", [])) for layers in all_tiles(PLATFORM, 11)]

    before = drawn()
    rows = list(Case.objects.order_by("-pk"))
    Case.objects.all().delete()
    for row in rows:
        row.pk = None
    Case.objects.bulk_create(rows)
    assert drawn() == before and any(before)


def test_an_unchanged_tile_is_not_sent_twice_and_a_changed_one_is(report: Callable[..., Case], desk: Person) -> None:
    case = report(point=(117.22, 39.07))
    column, row = cell_of(117.22, 39.07, 18)
    path = f"/api/tiles/cases/18/{column}/{row}.mvt"
    first = desk.get(path)
    assert decoded(first.content)["cases"][0]["properties"]["state"] == "received"
    assert first["Cache-Control"] == "private, max-age=5"
    same = desk.client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    do(desk, case, "accept")
    changed = desk.client.get(path, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert decoded(changed.content)["cases"][0]["properties"]["state"] == "accepted"


def test_two_people_with_other_rights_have_other_seals(scattered: None, person: Callable[..., Person]) -> None:
    first, second = (person(("case_dispatcher", place)).viewer for place in (DISTRICT, STREET))
    tile = Tile(11, *cell_of(WEST, SOUTH, 11))
    assert tile_of(first, tile, Query()).seal != tile_of(second, tile, Query()).seal


def test_a_tile_that_there_is_not_is_said_to_be_missing() -> None:
    with pytest.raises(NotFound):
        Tile(3, 8, 0)


def test_a_point_that_is_corrected_is_found_where_it_lies(report: Callable[..., Case]) -> None:
    case = report(point=(117.22, 39.07))
    case.lon, case.lat = 117.23, 39.08
    case.save()
    assert case.spot == spot_of(117.23, 39.08)


Tags = st.dictionaries(
    st.text(min_size=1, max_size=8), st.one_of(st.text(max_size=20), st.integers(-(2**40), 2**40), st.booleans()), max_size=5
)
Points = st.lists(st.builds(TilePoint, st.integers(0, 4096), st.integers(0, 4096), st.integers(1, 2**50), Tags), min_size=1, max_size=20)


@given(points=Points)
def test_another_library_reads_what_we_write(points: list[TilePoint]) -> None:
    found = decoded(point_tile({"cases": points}))["cases"]
    assert [(one["id"], one["geometry"]["coordinates"], one["properties"]) for one in found] == [
        (one.number, [one.x, one.y], dict(one.tags)) for one in points
    ]
