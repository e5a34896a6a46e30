from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest
import shapely
from django.utils import timezone

from hexi.core.space.api import Datum, convert, distance_m, import_boundaries, import_osm, import_roads, place_by_code
from hexi.core.space.contracts import Level, Origin
from hexi.core.space.ground.boundaries import short_code
from hexi.core.space.ground.features import datum_of, read_features
from hexi.core.space.ground.tables import Way
from hexi.core.space.ground.tests.town import BOX, small_town
from hexi.core.space.models import Place
from hexi.core.trust.api import history
from hexi.kernel.errors import Invalid

pytestmark = pytest.mark.django_db
SQUARE = shapely.box(117.20, 39.05, 117.24, 39.09)


def written(folder: Path, *features: tuple[dict[str, Any], shapely.Geometry], datum: Datum = Datum.WGS84) -> Path:
    def there(shape: shapely.Geometry) -> dict[str, Any]:
        moved = shapely.transform(shape, lambda points: [convert(x, y, Datum.WGS84, datum) for x, y in points.tolist()])
        return orjson.loads(shapely.to_geojson(moved))

    path = folder / "file.geojson"
    rows = [{"type": "Feature", "properties": said, "geometry": there(shape)} for said, shape in features]
    path.write_bytes(orjson.dumps({"type": "FeatureCollection", "features": rows}))
    return path


def street(code: str = "120103007", name: str = "友谊路街道") -> None:
    Place.objects.get_or_create(
        code="120103", defaults={"level": Level.DISTRICT, "name": "河西区", "origin": Origin.FACT, "updated_at": timezone.now()}
    )
    Place.objects.create(
        code=code, level=Level.STREET, parent="120103", name=name, origin=Origin.FACT, is_drawn=True, updated_at=timezone.now()
    )  # fmt: skip


@pytest.mark.parametrize("datum", list(Datum))
def test_a_file_of_any_known_system_lands_at_the_same_spot(datum: Datum, tmp_path: Path) -> None:
    path = written(tmp_path, ({}, shapely.Point(117.22, 39.08)), datum=datum)
    read = read_features(path, datum)
    lon, lat = shapely.get_coordinates(read.features[0].shape)[0]
    assert distance_m((lon, lat), (117.22, 39.08)) < 0.5
    assert (read.moved_m > 500) is (datum in (Datum.GCJ02, Datum.BD09))


@pytest.mark.parametrize("said", ["", "unknown", "beijing54", "wgs"])
def test_an_unknown_system_is_refused(said: str) -> None:
    with pytest.raises(Invalid, match=r"坐标系|system"):
        datum_of(said)


def test_metres_of_a_projection_are_no_degrees(tmp_path: Path) -> None:
    path = tmp_path / "file.geojson"
    path.write_bytes(orjson.dumps({"type": "Point", "coordinates": [518_000, 4_326_000]}))
    with pytest.raises(Invalid, match="degrees"):
        read_features(path, Datum.CGCS2000)


@pytest.mark.parametrize("text", ["", "[]", "{}", "\x00\x01", '{"type": "FeatureCollection", "features": [{"geometry": null}]}'])
def test_what_is_no_geojson_is_refused_or_holds_nothing(text: str, tmp_path: Path) -> None:
    path = tmp_path / "file.geojson"
    path.write_text(text, encoding="utf-8")
    try:
        read = read_features(path, Datum.WGS84)
    except Invalid:
        return
    assert (read.features, read.shapeless) == ((), (1,))


def test_an_outline_replaces_the_drawn_one_and_is_an_event(tmp_path: Path) -> None:
    street()
    report = import_boundaries(written(tmp_path, ({"name": "友谊路街"}, SQUARE), datum=Datum.GCJ02), Datum.GCJ02)
    place = place_by_code("120103007")
    assert (report.redrawn, place.is_drawn, place.origin) == (["120103007"], False, Origin.FACT)
    assert place.area_m2 == pytest.approx(15_360_000, rel=0.01)
    event = history("space.place", Place.objects.get(code="120103007").pk)[0]
    assert (event.action, event.before["is_drawn"], event.after["is_drawn"]) == ("redraw", True, False)
    again = import_boundaries(written(tmp_path, ({"name": "友谊路街"}, SQUARE), datum=Datum.GCJ02), Datum.GCJ02)
    assert (again.redrawn, again.same) == ([], 1)


def test_a_new_place_is_entered_only_where_it_has_a_whole(tmp_path: Path) -> None:
    street()
    good, bad = {"code": "120103007099", "name": "示例社区"}, {"code": "120104001", "name": "别区街道"}
    report = import_boundaries(written(tmp_path, (good, SQUARE), (bad, SQUARE)), Datum.WGS84)
    assert report.entered == ["120103007099"]
    assert [each.ref for each in report.bad] == ["feature 2"]
    assert (place_by_code("120103007099").level, place_by_code("120103007099").origin) == (Level.COMMUNITY, Origin.IMPORT)


def test_a_name_that_fits_two_places_or_none_stays_out_and_is_said(tmp_path: Path) -> None:
    street()
    street("120103008", "友谊路街道")
    rows = [({"name": "友谊路街道"}, SQUARE), ({"name": "无此街道"}, SQUARE), ({"name": "友谊路街道"}, shapely.Point(117.2, 39.1))]
    report = import_boundaries(written(tmp_path, *rows), Datum.WGS84)
    assert [each.ref for each in report.bad] == ["feature 1", "feature 2", "feature 3"]
    assert report.redrawn == []


def test_places_that_fall_out_of_the_new_outline_are_counted(tmp_path: Path) -> None:
    street()
    for number, lon in enumerate((117.21, 117.30)):
        Place.objects.create(
            code=f"12010300700{number}", level=Level.COMMUNITY, parent="120103007", name=f"社区{number}", origin=Origin.FACT, lon=lon,
            lat=39.07, updated_at=timezone.now(),
        )  # fmt: skip
    report = import_boundaries(written(tmp_path, ({"code": "120103007000"}, SQUARE)), Datum.WGS84)
    assert [(each.ref, each.message.en) for each in report.bad] == [("120103007", "1 places of it lie outside of its new outline")]


@pytest.mark.parametrize(
    "said,code", [("120103000000", "120103"), ("120103007000", "120103007"), ("120103007020", "120103007020"), ("120103007", "120103007")]
)
def test_codes_of_the_statistics_bureau_lose_the_zeros_of_lower_levels(said: str, code: str) -> None:
    assert short_code(said) == code


def test_lines_become_ways_and_what_has_no_class_is_listed(tmp_path: Path) -> None:
    line = shapely.LineString([(117.20, 39.05), (117.21, 39.05)])
    rows = [
        ({"fclass": "track_grade2", "Name": "小路", "bridge": "T"}, line),
        ({"fclass": "subway"}, shapely.transform(line, lambda at: at + 0.01)),
        ({"fclass": "river"}, line),
        ({"fclass": "primary"}, SQUARE),
        ({"fclass": "track_grade2"}, line),
    ]
    report = import_roads(written(tmp_path, *rows), Datum.WGS84)
    assert {row.kind: row.walkable for row in Way.objects.all()} == {"track": True, "subway": False}
    assert [each.ref for each in report.bad] == ["feature 3", "feature 4"]


def test_roads_of_a_later_file_follow_and_keep_their_codes(tmp_path: Path) -> None:
    line = shapely.LineString([(117.20, 39.05), (117.21, 39.05), (117.22, 39.06)])
    import_roads(written(tmp_path, ({"fclass": "primary", "name": "友谊路"}, line)), Datum.WGS84)
    code = Way.objects.get().code
    nearly = shapely.LineString([(117.20, 39.05), (117.21, 39.05005), (117.22, 39.06)])
    report = import_roads(written(tmp_path, ({"fclass": "primary", "name": "友谊路"}, nearly)), Datum.WGS84)
    assert (report.counts["way"]["renumbered"], Way.objects.get().code) == (1, code)


def test_a_map_that_replaces_another_ends_its_streets(tmp_path: Path) -> None:
    line = shapely.LineString([(117.20, 39.002), (117.204, 39.002)])
    import_roads(written(tmp_path, ({"fclass": "primary"}, line)), Datum.WGS84, source="old")
    assert import_osm(small_town().written(tmp_path / "town.osm"), box=BOX).ended == 0
    assert import_osm(small_town().written(tmp_path / "town.osm"), box=BOX, replaces=("old",)).ended == 1
    assert set(Way.objects.filter(valid_to__isnull=True).values_list("source", flat=True)) == {"osm"}
