from pathlib import Path

import pytest
import shapely

from hexi.core.space.api import import_osm
from hexi.core.space.contracts import Level, Origin
from hexi.core.space.ground.comparing import Change
from hexi.core.space.ground.importing import changes_of
from hexi.core.space.ground.tables import Footprint, Gate, Ground, Survey, Way
from hexi.core.space.ground.tests.town import BOX, Town, small_town
from hexi.core.space.models import Place
from hexi.core.trust.api import history
from hexi.kernel.errors import Invalid, NotFound

pytestmark = pytest.mark.django_db


def brought(town: Town, folder: Path, box: tuple[float, float, float, float] | None = BOX) -> dict[str, dict[str, int]]:
    report = import_osm(town.written(folder / "town.osm"), box=box)
    return {sort: dict(counts) for sort, counts in report.counts.items()}


def district_between(west: float, south: float, east: float, north: float) -> None:
    Place.objects.create(
        code="120103", level=Level.DISTRICT, name="河西区", origin=Origin.FACT, lon=(west + east) / 2, lat=(south + north) / 2, west=west,
        south=south, east=east, north=north, geometry=shapely.to_wkb(shapely.box(west, south, east, north)), updated_at="2026-01-01T00:00:00Z",
    )  # fmt: skip


def test_a_town_becomes_ways_gates_buildings_and_ground(tmp_path: Path) -> None:
    counts = brought(small_town(), tmp_path)
    assert {sort: found["new"] for sort, found in counts.items() if sort in {"way", "gate", "building", "ground"}} == {
        "way": 6, "gate": 2, "building": 3, "ground": 2,
    }  # fmt: skip
    street = Way.objects.get(ref="w1")
    assert (street.name, street.name_en, street.kind, street.walkable) == ("友谊路", "Youyi Road", "residential", True)
    assert street.length_m == pytest.approx(4 * 86.5, rel=0.002)
    assert not Way.objects.get(ref="w5").walkable
    assert {row.ref: row.rank for row in Ground.objects.all()} == {"w30": "park", "w31": "water"}


def test_a_height_is_measured_or_counted_in_storeys_and_never_guessed(tmp_path: Path) -> None:
    brought(small_town(), tmp_path)
    found = {row.ref: (row.height_m, row.storeys, row.height_source) for row in Footprint.objects.all()}
    assert found == {"w20": (19.2, 6, "storeys"), "w21": (12.5, None, "measured"), "w22": (None, None, "")}
    assert Footprint.objects.get(ref="w20").address == "友谊路12号"
    assert any(ref == "w22" for ref, *_ in Survey.objects.get().faults)


def test_what_lies_outside_of_the_box_stays_out(tmp_path: Path) -> None:
    brought(small_town(), tmp_path, (117.2055, 39.0, 117.2065, 39.01))
    assert {row.ref for row in Footprint.objects.all()} == {"w20", "w21", "w22"}
    assert not Way.objects.exists()


def test_the_district_is_the_frame_where_no_box_is_said(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="outline"):
        brought(small_town(), tmp_path, None)
    district_between(117.2055, 39.0, 117.21, 39.01)
    brought(small_town(), tmp_path, None)
    assert {row.place for row in Footprint.objects.all()} == {"120103"}
    assert {row.ref for row in Ground.objects.all()} == {"w30"}


def test_a_box_far_from_the_district_is_refused_with_the_order_in_which_it_is_written(tmp_path: Path) -> None:
    district_between(117.2, 39.0, 117.216, 39.01)
    with pytest.raises(Invalid, match="lies wholly outside") as refused:
        brought(small_town(), tmp_path, box=(39.0, 17.2, 39.01, 17.21))
    assert refused.value.do is not None and "west,south,east,north" in refused.value.do.en
    assert not Survey.objects.exists()


def test_a_second_import_of_the_same_file_changes_nothing(tmp_path: Path) -> None:
    brought(small_town(), tmp_path)
    codes = {row.ref: (row.code, row.updated_at) for row in Way.objects.all()}
    counts = brought(small_town(), tmp_path)
    assert counts["way"] == {"same": 6}
    assert {row.ref: (row.code, row.updated_at) for row in Way.objects.all()} == codes
    assert list(changes_of(Survey.objects.latest("pk").pk)) == []


def test_what_was_moved_renamed_and_torn_down_is_listed_under_its_old_code(tmp_path: Path) -> None:
    town = small_town()
    brought(town, tmp_path)
    codes = {row.ref: row.code for row in [*Way.objects.all(), *Footprint.objects.all(), *Gate.objects.all()]}
    town.moved[402] = (117.2041, 39.0021)
    town.ways[2][1]["name"] = "围堤东道"
    del town.ways[22]
    del town.nodes[102]
    counts = brought(town, tmp_path)
    assert counts["way"] == {"same": 3, "moved": 2, "changed": 1}
    assert (counts["building"], counts["gate"]) == ({"same": 2, "gone": 1}, {"same": 1, "gone": 1})
    told = {(change, code) for change, _, code, _, _ in changes_of(Survey.objects.latest("pk").pk)}
    assert told == {
        (Change.MOVED, codes["w1"]), (Change.MOVED, codes["w6"]), (Change.CHANGED, codes["w2"]), (Change.GONE, codes["w22"]),
        (Change.GONE, codes["n102"]),
    }  # fmt: skip
    assert Footprint.objects.get(code=codes["w22"]).valid_to is not None


def test_what_comes_back_comes_back_under_its_code(tmp_path: Path) -> None:
    town = small_town()
    brought(town, tmp_path)
    code = Way.objects.get(ref="w4").code
    gone = town.ways.pop(4)
    assert brought(town, tmp_path)["way"]["gone"] == 1
    town.ways[4] = gone
    assert brought(town, tmp_path)["way"]["returned"] == 1
    assert (Way.objects.get(ref="w4").code, Way.objects.get(ref="w4").valid_to) == (code, None)


def test_a_house_that_was_drawn_anew_keeps_its_code_and_its_old_number_is_remembered(tmp_path: Path) -> None:
    from hexi.core.space.ground.tables import FormerRef

    town = small_town()
    brought(town, tmp_path)
    code = Footprint.objects.get(ref="w20").code
    town.ways[99] = town.ways.pop(20)
    town.moved[701] = (117.20705, 39.00105)
    counts = brought(town, tmp_path)["building"]
    assert (counts["renumbered"], counts["moved"], counts.get("gone")) == (1, 1, None)
    assert Footprint.objects.get(code=code).ref == "w99"
    assert list(FormerRef.objects.values_list("code", "ref")) == [(code, "w20")]


def test_rows_outside_of_a_smaller_import_are_left_alone(tmp_path: Path) -> None:
    town = small_town()
    brought(town, tmp_path)
    del town.ways[20], town.ways[3]
    counts = brought(town, tmp_path, (117.2055, 39.0, 117.2099, 39.01))
    assert counts["building"]["gone"] == 1
    assert "gone" not in counts["way"]
    assert Way.objects.filter(valid_to__isnull=True).count() == 6


def test_a_ring_that_crosses_itself_is_mended_and_said(tmp_path: Path) -> None:
    town = small_town()
    town.way(40, [503, 604, 603, 504, 503], building="yes")
    report = import_osm(town.written(tmp_path / "town.osm"), box=BOX)
    assert [(each.ref, each.is_mended) for each in report.bad if each.ref == "w40"] == [("w40", True)]
    assert shapely.from_wkb(bytes(Footprint.objects.get(ref="w40").geometry)).is_valid


def test_an_area_of_members_that_do_not_close_is_listed(tmp_path: Path) -> None:
    town = small_town()
    town.way(50, [805, 806, 906])
    town.way(51, [808, 809, 909, 908, 808])
    town.relations[7] = ([("outer", 50)], {"type": "multipolygon", "natural": "water"})
    town.relations[8] = ([("outer", 51)], {"type": "multipolygon", "natural": "water"})
    report = import_osm(town.written(tmp_path / "town.osm"), box=BOX)
    assert [each.ref for each in report.bad if not each.is_mended] == ["r7"]
    assert Ground.objects.filter(ref="r8").exists()


def test_a_closed_canal_is_water_once_and_an_open_one_is_a_line(tmp_path: Path) -> None:
    town = small_town()
    town.way(60, [508, 509, 609, 608, 508], waterway="canal", name="示例渠")
    town.way(61, [708, 709, 809], waterway="canal")
    brought(town, tmp_path)
    assert {row.ref: row.kind for row in Ground.objects.filter(ref__in=["w60", "w61"])} == {"w60": "water", "w61": "stream"}


def test_a_street_with_points_that_the_file_lacks_is_drawn_from_the_others(tmp_path: Path) -> None:
    town = small_town()
    town.left_out = {402, 200, 100, 0}
    report = import_osm(town.written(tmp_path / "town.osm"), box=BOX)
    assert {each.ref for each in report.bad} >= {"w1", "w2"}
    assert len(shapely.from_wkb(bytes(Way.objects.get(ref="w1").geometry)).coords) == 4
    assert not Way.objects.filter(ref__in=["w5", "w6"]).exists()


def test_a_file_that_is_no_map_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    bad = tmp_path / "town.osm.pbf"
    bad.write_bytes(b"no map at all")
    with pytest.raises(Invalid, match="OpenStreetMap"):
        import_osm(bad, box=BOX)
    with pytest.raises(NotFound):
        import_osm(tmp_path / "none.osm.pbf", box=BOX)
    assert not Survey.objects.exists()


def test_an_import_is_an_event_with_its_counts(tmp_path: Path) -> None:
    report = import_osm(small_town().written(tmp_path / "town.osm"), box=BOX)
    event = history("space.ground", report.survey)[0]
    assert (event.after["file"], event.after["counts"]["building"]) == ("town.osm", {"same": 0, "new": 3})


def test_a_real_map_ends_the_sketch_under_it(tmp_path: Path) -> None:
    line = shapely.LineString([(117.201, 39.001), (117.203, 39.001)])
    west, south, east, north = line.bounds
    for number, x in enumerate((0.0, 1.0)):
        Ground.objects.create(
            code=f"S{number:07}", source="sketch", ref=str(number), kind="road", rank="path", west=west + x, south=south, east=east + x,
            north=north, geometry=shapely.to_wkb(shapely.LineString([(lon + x, lat) for lon, lat in line.coords])), cell=0, updated_at="2026-01-01T00:00:00Z",
        )  # fmt: skip
    assert import_osm(small_town().written(tmp_path / "town.osm"), box=BOX).ended == 1
    assert [row.valid_to is None for row in Ground.objects.filter(source="sketch").order_by("ref")] == [False, True]
