"""The published files of the real district, where they lie beside the repository; nothing of them is kept in it."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely
from django.utils import timezone

from hexi.core.space.api import Datum, box_of, import_boundaries, import_osm, import_roads, place_by_code, streets_of_district
from hexi.core.space.contracts import Level, Origin
from hexi.core.space.ground.tables import Footprint, Way
from hexi.core.space.models import Place
from hexi.kernel.errors import Invalid

FILES = next((found for one in Path(__file__).parents if (found := one / "shared/data/space").is_dir()), None)
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(FILES is None, reason="the published map files (shared/data/space) are not beside the repository"),
]


def file(name: str) -> Path:
    assert FILES is not None
    return FILES / name


def district() -> None:
    Place.objects.create(code="120103", level=Level.DISTRICT, name="河西区", origin=Origin.FACT, updated_at=timezone.now())


def drawn() -> shapely.Geometry:
    return shapely.from_wkb(bytes(Place.objects.get(code="120103").geometry))


def test_the_outline_in_gcj02_lands_on_the_one_in_wgs84() -> None:
    district()
    report = import_boundaries(file("hexi/boundary_120103_gcj02.json"), Datum.GCJ02, code="120103")
    assert report.redrawn == ["120103"] and 551 <= report.moved_m <= 561
    converted = drawn()
    assert place_by_code("120103").area_m2 == pytest.approx(38_700_000, rel=0.01)
    import_boundaries(file("hexi/boundary_120103_wgs84.geojson"), Datum.WGS84)
    both = shapely.intersection(converted, drawn()).area / shapely.union_all([converted, drawn()]).area
    assert both > 0.999


def test_the_wrong_system_would_be_half_a_kilometre_off() -> None:
    district()
    import_boundaries(file("hexi/boundary_120103_wgs84.geojson"), Datum.WGS84)
    right = drawn()
    import_boundaries(file("hexi/boundary_120103_gcj02.json"), Datum.WGS84, code="120103")
    assert shapely.intersection(right, drawn()).area / shapely.union_all([right, drawn()]).area < 0.85


def test_the_real_roads_are_one_network_of_the_published_size() -> None:
    report = import_roads(file("hexi/osm_roads_wgs84.geojson"), Datum.WGS84)
    assert 1817 <= report.counts["way"]["new"] <= 1850  # some of the 1,817 have several parts
    streets = streets_of_district()
    assert streets.metres.sum() / 1000 == pytest.approx(488, rel=0.01)
    assert {label.zh for label in streets.names.values()} >= {"友谊路", "气象台路"}
    again = import_roads(file("hexi/osm_roads_wgs84.geojson"), Datum.WGS84)
    assert set(again.counts["way"]) == {"same"}


def test_nobody_walks_on_the_underground() -> None:
    import_roads(file("hexi/osm_subway_wgs84.geojson"), Datum.WGS84)
    assert Way.objects.count() == 47
    assert not Way.objects.filter(walkable=True).exists()


def test_the_districts_outline_cuts_a_country(settings: object) -> None:
    """A map of another town holds nothing of this district."""
    district()
    import_boundaries(file("hexi/boundary_120103_wgs84.geojson"), Datum.WGS84)
    report = import_osm(file("osm/sf-downtown.osm.pbf"))
    assert all(set(counts.values()) <= {0} for counts in report.counts.values())
    assert box_of("120103") is not None


@pytest.mark.slow
def test_a_downtown_has_its_streets_houses_gates_and_heights() -> None:
    report = import_osm(file("osm/sf-downtown.osm.pbf"), box=(-122.41, 37.78, -122.39, 37.80))
    assert report.counts["building"]["new"] > 1000
    with_height = Footprint.objects.exclude(height_source="").count() / Footprint.objects.count()
    assert with_height > 0.5
    assert streets_of_district().edges > 10_000
    assert sum(each.ref.startswith("w") for each in report.bad) < 20  # relations that the extract cuts are listed too


def test_a_file_of_no_system_is_refused() -> None:
    from hexi.core.space.api import datum_of

    with pytest.raises(Invalid):
        datum_of("")
    with pytest.raises(Invalid):
        datum_of("xian80")
    assert datum_of("GCJ-02") is Datum.GCJ02
