"""Address lists into the place tree: what a line means, what is made for it, what the next list changes, and back again."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from hexi.core.data.addresses.models import AddressLine
from hexi.core.data.api import Query, Report, act, counted, import_file
from hexi.core.data.imports.steps import undo
from hexi.core.data.tests.samples.models import Thing
from hexi.core.space.api import Datum, certain, convert, distance_m, match_address, place_by_code, standing_codes
from hexi.core.space.models import Place, PlaceAlias
from hexi.core.trust.api import PLATFORM, history, rows_against_leaves
from hexi.kernel.errors import Conflict, Invalid

pytestmark = pytest.mark.django_db
KEY = "data.addressline"
DISTRICT, STREET, COMMUNITY = "120103", "120103007", "120103007020"
GRID, OTHER_GRID = f"{COMMUNITY}01", "12010300702102"
COMPOUND, OTHER = f"{GRID}001", f"{OTHER_GRID}001"
HOUSE = f"{COMPOUND}003"
TREE = {
    DISTRICT: "河西区", STREET: "友谊路街道", COMMUNITY: "谊景村社区", "120103007021": "景福社区", GRID: "第01网格", OTHER_GRID: "第02网格",
    COMPOUND: "景兴里", OTHER: "景福花园", HOUSE: "3号楼", f"{HOUSE}01": "1门", f"{HOUSE}02": "2门",
}  # fmt: skip
LEVELS = {6: "district", 9: "street", 12: "community", 14: "grid", 17: "compound", 20: "building", 22: "doorway"}
WIDTHS = sorted(LEVELS)
HERE = (117.2100, 39.0900)
HEADS = ("街道", "社区", "小区", "楼号", "单元", "户")


@pytest.fixture(autouse=True)
def tree() -> None:
    now = timezone.now()
    Place.objects.bulk_create(
        Place(code=code, level=LEVELS[len(code)], parent=code[: max((w for w in WIDTHS if w < len(code)), default=0)], name=name, origin="fact",
              lon=HERE[0] if len(code) >= 17 else None, lat=HERE[1] if len(code) >= 17 else None, updated_at=now)
        for code, name in TREE.items()
    )  # fmt: skip


def listed(folder: Path, *rows: tuple[Any, ...], heads: tuple[str, ...] = HEADS, **answers: str) -> Report:
    path = folder / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heads, *rows])
    return import_file(PLATFORM, KEY, path, "good_rows", {"missing": "make", "scope": "part", "datum": "wgs84", **answers})


def changes(number: int) -> dict[str, list[str]]:
    """The list of changes of an import: codes by change."""
    found: dict[str, list[str]] = {}
    for change, place in AddressLine.objects.filter(edition=number).order_by("pk").values_list("change", "place"):
        found.setdefault(change, []).append(place)
    return found


def faults(report: Report) -> list[str]:
    return [fault.message.zh for fault in report.faults]


def test_a_line_in_columns_is_the_door_that_stands_or_becomes_one(tmp_path: Path) -> None:
    report = listed(
        tmp_path, ("友谊路街道", "谊景村社区", "景兴里", "3", "2", "501"), ("友谊路街", "谊景村", "景兴里", "3号楼", "3单元", "101"),
        ("友谊路街", "谊景村", "景兴里", "3栋", "三单元", "102"),
    )  # fmt: skip
    assert (report.added, report.faults) == (3, ())
    assert changes(report.number) == {"same": [f"{HOUSE}02"], "new": [f"{HOUSE}03"] * 2}
    door = Place.objects.get(code=f"{HOUSE}03")
    assert (door.name, door.name_en, door.parent, door.homes, door.valid_from) == ("3单元", "Door 3", HOUSE, 2, timezone.localdate())
    assert [event.action for event in history("space.place", door.pk)] == ["count_homes", "create"]
    assert certain(match_address("景兴里3号楼3单元501室")).code == door.code  # type: ignore[union-attr]


@pytest.mark.parametrize("text", ["天津市河西区友谊路街道谊景村社区景兴里3号楼3单元501室", "友谊路街景兴里３栋三门", "谊景村景兴里3-3-501", "景兴里小区3#楼3门洞"])
def test_a_line_in_one_column_means_the_same(text: str, tmp_path: Path) -> None:
    report = listed(tmp_path, (text,), heads=("地址",))
    assert changes(report.number) == {"new": [f"{HOUSE}03"]}


def test_buildings_and_compounds_that_are_missing_are_made_with_codes_that_can_be_read(tmp_path: Path) -> None:
    rows = ("友谊路街道", "谊景村社区", "景兴里", "12", "1", ""), ("友谊路街道", "谊景村社区", "新苑里", "甲1号楼", "东门", ""), ("友谊路街道", "谊景村社区", "新苑里", "甲1号楼", "", "")
    report = listed(tmp_path, *rows[:2])
    assert changes(report.number) == {"new": [f"{COMPOUND}01201", f"{GRID}00290151"]}
    assert place_by_code(f"{COMPOUND}012").name == "12号楼"
    assert [place_by_code(code).name for code in (f"{GRID}002", f"{GRID}002901", f"{GRID}00290151")] == ["新苑里", "甲1号楼", "东门"]
    # The only door of a building is meant where a line names no stair.
    assert changes(listed(tmp_path, rows[2]).number) == {"same": [f"{GRID}00290151"]}


def test_without_leave_what_is_missing_is_a_fault_that_says_how_to_mend_it(tmp_path: Path) -> None:
    report = listed(
        tmp_path, ("友谊路街道", "谊景村社区", "景兴里", "12", "1", ""), ("友谊路街道", "谊景村社区", "新苑里", "1", "1", ""), missing="refuse"
    )  # fmt: skip
    assert (report.added, report.bad) == (0, 2)
    assert [fault.where for fault in report.faults] == ["D2", "C3"]
    assert all("建立" in said for said in faults(report)) and all("make what is missing" in fault.message.en for fault in report.faults)


FAULTY = [
    (("", "", "某某里", "3", "1", ""), "没有认出"),
    (("友谊路街道", "景福社区", "景兴里", "3", "1", ""), "矛盾"),
    (("友谊路街道", "谊景村社区", "景星里", "3", "1", ""), "误写"),
    (("友谊路街道", "谊景村社区", "景兴里", "", "1", ""), ""),
    (("友谊路街道", "谊景村社区", "景兴里", "3", "", ""), "2 个楼门"),
    (("友谊路街道", "", "新苑里", "1", "1", ""), "网格"),
]


@pytest.mark.parametrize("row,said", FAULTY)
def test_a_line_that_cannot_be_placed_says_why(row: tuple[str, ...], said: str, tmp_path: Path) -> None:
    report = listed(tmp_path, row)
    if said:
        assert (report.added, [said in fault for fault in faults(report)]) == (0, [True])
    else:  # the compound has one building only: no other can be meant
        assert changes(report.number) == {"same": [f"{HOUSE}01"]}


def test_the_same_home_twice_is_told_with_the_row_of_the_first(tmp_path: Path) -> None:
    row = ("友谊路街道", "谊景村社区", "景兴里", "3", "1", "101")
    report = listed(tmp_path, row, ("友谊路街", "谊景村", "景兴里", "3号楼", "1门", "１０１"), (*row[:5], "102"))
    assert (report.added, faults(report)) == (2, ["与第 2 行说的是同一处；请删去其中一行"])
    assert Place.objects.get(code=f"{HOUSE}01").homes == 2


def test_columns_that_contradict_the_address_keep_the_line_out(tmp_path: Path) -> None:
    report = listed(tmp_path, ("景兴里", "3", "景兴里5号楼1门"), heads=("小区", "楼号", "地址"))
    assert faults(report) == ["与地址一列不一致：3、5；请改正其中一处"]


POINTED = (*HEADS, "经度", "纬度")
HOME = ("友谊路街道", "谊景村社区", "景兴里", "3", "2", "")


@pytest.mark.parametrize("datum", list(Datum))
def test_points_come_from_the_system_that_is_said_and_a_door_knows_where_its_point_is_from(datum: Datum, tmp_path: Path) -> None:
    lon, lat = convert(117.2103, 39.0902, Datum.WGS84, datum)
    report = listed(tmp_path, (*HOME, lon, lat), heads=POINTED, datum=datum.value)
    assert changes(report.number) == {"moved": [f"{HOUSE}02"]}
    door = Place.objects.get(code=f"{HOUSE}02")
    assert distance_m((door.lon, door.lat), (117.2103, 39.0902)) < 0.5 and door.point_by == "list"


def test_a_list_is_not_read_before_its_sender_has_said_what_it_is(tmp_path: Path) -> None:
    with pytest.raises(Invalid) as refused:
        listed(tmp_path, (*HOME, 117.21, 39.09), heads=POINTED, datum="", missing="", scope="")
    assert {problem.field for problem in refused.value.problems} == {"datum", "missing", "scope"}


def test_a_point_that_lies_elsewhere_contradicts_the_address(tmp_path: Path) -> None:
    lon, lat = convert(*HERE, Datum.WGS84, Datum.GCJ02)
    report = listed(tmp_path, (*HOME, lon, lat), heads=POINTED)  # in truth GCJ-02
    assert report.added == 0 and "坐标系" in faults(report)[0]


def two_lists(folder: Path, **more: str) -> tuple[Report, Report]:
    """The second list lacks door 1, has door 2 elsewhere, and calls the third another name at its place."""
    heads = (*POINTED, "地址编码")
    rows = [(*HOME[:4], str(n), "", HERE[0] + n / 1e4, HERE[1], f"A{n}") for n in (1, 2, 3)]
    first = listed(folder, *rows, heads=heads, scope="houses")
    new = [(*HOME[:4], "2", "", HERE[0] + 5 / 1e4, HERE[1], "A2"), (*HOME[:4], "7", "", HERE[0] + 3 / 1e4, HERE[1], "A3")]
    return first, listed(folder, *new, heads=heads, **{"scope": "houses", **more})


def test_the_next_list_tells_what_is_new_moved_renamed_and_gone(tmp_path: Path) -> None:
    first, second = two_lists(tmp_path)
    assert changes(first.number) == {"moved": [f"{HOUSE}01", f"{HOUSE}02"], "new": [f"{HOUSE}03"]}
    assert changes(second.number) == {"moved": [f"{HOUSE}02"], "new": [f"{HOUSE}07"], "gone": [f"{HOUSE}01"], "renamed": [f"{HOUSE}03"]}
    gone, renamed = (Place.objects.get(code=f"{HOUSE}{n}") for n in ("01", "03"))
    assert (gone.valid_to, gone.successor) == (timezone.localdate(), "")
    assert (renamed.valid_to, renamed.successor) == (timezone.localdate(), f"{HOUSE}07")
    assert place_by_code(renamed.code).code == f"{HOUSE}07"
    assert list(rows_against_leaves()) == []


def test_a_list_that_is_only_an_addition_ends_nothing(tmp_path: Path) -> None:
    two_lists(tmp_path, scope="part")
    assert Place.objects.get(code=f"{HOUSE}01").valid_to is None


def test_what_hangs_on_an_old_code_is_counted_and_found_at_its_successor(tmp_path: Path) -> None:
    Thing.objects.create(code="c1", title="挂在旧门", home=f"{HOUSE}03")
    Thing.objects.create(code="c2", title="挂在无门", home=f"{HOUSE}01")
    _, second = two_lists(tmp_path)
    assert dict(AddressLine.objects.filter(edition=second.number, hangs__gt=0).values_list("place", "hangs")) == {f"{HOUSE}01": 1, f"{HOUSE}03": 1}
    assert counted(PLATFORM, "samples.thing", Query(where=(f"home:at:{HOUSE}07",))) == (1, False)
    assert standing_codes([f"{HOUSE}01", f"{HOUSE}02", f"{HOUSE}03", f"{HOUSE}07"]) == {f"{HOUSE}03": f"{HOUSE}07"}
    Place.objects.filter(code=f"{HOUSE}07").update(valid_to=timezone.localdate(), successor=f"{HOUSE}03")
    assert standing_codes([f"{HOUSE}03"]) == {}


def test_an_official_says_which_door_took_over_from_one_that_is_gone(tmp_path: Path) -> None:
    _, second = two_lists(tmp_path)
    line = AddressLine.objects.get(edition=second.number, change="gone")
    with pytest.raises(Invalid):
        act(PLATFORM, KEY, line.pk, "succeed", {"place": f"{HOUSE}03"}, version=1, why="两门合并")
    act(PLATFORM, KEY, line.pk, "succeed", {"place": f"{HOUSE}02"}, version=1, why="两门合并")
    line.refresh_from_db()
    assert (line.change, line.successor) == ("renamed", f"{HOUSE}02")
    assert place_by_code(f"{HOUSE}01").code == f"{HOUSE}02"


def test_a_door_that_comes_back_in_a_later_list_stands_again_under_its_code(tmp_path: Path) -> None:
    two_lists(tmp_path)
    third = listed(tmp_path, (*HOME[:4], "1", ""))
    assert changes(third.number) == {"returned": [f"{HOUSE}01"]}
    assert Place.objects.get(code=f"{HOUSE}01").valid_to is None


def test_a_list_is_taken_back_with_all_that_it_changed(tmp_path: Path) -> None:
    before = list(Place.objects.order_by("code").values_list("code", "name", "lon", "lat", "point_by", "homes", "valid_to", "successor"))
    first, second = two_lists(tmp_path)
    third = listed(tmp_path, ("友谊路街道", "谊景村社区", "新苑里", "1", "1", "", "新苑小区、老苑"), heads=(*HEADS, "小区别名"))
    assert PlaceAlias.objects.count() == 2
    with pytest.raises(Conflict):
        undo(PLATFORM, first.number, "发错了名册")
    for report in (third, second, first):
        undo(PLATFORM, report.number, "发错了名册")
    after = list(Place.objects.order_by("code").values_list("code", "name", "lon", "lat", "point_by", "homes", "valid_to", "successor"))
    assert after == before
    assert not AddressLine.objects.exists() and not PlaceAlias.objects.exists()


def test_a_list_on_whose_new_doors_something_hangs_is_not_taken_back(tmp_path: Path) -> None:
    report = listed(tmp_path, (*HOME[:4], "9", ""))
    Thing.objects.create(code="c1", title="挂在新门", home=f"{HOUSE}09")
    with pytest.raises(Conflict):
        undo(PLATFORM, report.number, "发错了名册")
    assert place_by_code(f"{HOUSE}09").name == "9门"


def test_a_new_compound_may_be_called_almost_like_one_of_another_community(tmp_path: Path) -> None:
    report = listed(tmp_path, ("友谊路街道", "景福社区", "景星里", "1", "1", ""))
    assert changes(report.number) == {"new": [f"{OTHER_GRID}00200101"]}
