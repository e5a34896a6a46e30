"""Imports over HTTP, from the file to the register and back out."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hexi.core.data.imports.steps import import_file
from hexi.core.data.models import Import, StoredFile
from hexi.core.data.tests.conftest import COMMUNITY, COMPOUND, OTHER_STREET, STREET
from hexi.core.data.tests.samples.models import Errand, Team, Thing
from hexi.core.trust.api import PLATFORM
from hexi.core.trust.models import Event, Notice

HEADS = ["编号", "名称", "负责人", "数量（件）", "金额(元)", "已完成", "阶段", "期限", "地点", "单位", "队伍"]
FIELDS = ["code", "title", "person", "count", "amount", "done", "stage", "due", "home", "owner", "team"]
GOOD = ["N1", "第一件", "李示例", 3, 12.5, "是", "公开", date(2025, 10, 31), COMMUNITY, "区住建委", "先锋队"]


def book(*rows: list[Any], merges: tuple[str, ...] = (), hidden: bool = False) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "yyyy-mm-dd"}) as file:
        if hidden:
            file.add_worksheet("说明").hide()
        sheet = file.add_worksheet("表")
        sheet.activate()
        sheet.set_first_sheet()
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell is not None:
                    sheet.write(number, column, cell)
        for area in merges:
            first = area.split(":")[0]
            row, column = int(first[1:]) - 1, ord(first[0]) - 65
            sheet.merge_range(area, rows[row][column])
    return out.getvalue()


def table(*rows: list[Any], encoding: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    text = "\r\n".join(delimiter.join(f'"{cell}"' if delimiter in str(cell) else str(cell) for cell in row) for row in rows)
    return text.encode(encoding)


def send(who: Any, content: bytes, name: str = "表.xlsx", entity: str = "samples.thing") -> Any:
    return who.client.post("/api/imports", {"entity": entity, "file": SimpleUploadedFile(name, content)})


def mapping_of(upload: dict[str, Any]) -> dict[str, str]:
    return {str(column["index"]): column["field"] for column in upload["columns"] if column["field"]}


def begun(who: Any, content: bytes, name: str = "表.xlsx") -> tuple[str, dict[str, str]]:
    answer = send(who, content, name)
    assert answer.status_code == 201, answer.content.decode()
    return f"/api/imports/{answer.json()['id']}", mapping_of(answer.json())


def committed(who: Any, content: bytes, mode: str = "good_rows", name: str = "表.xlsx") -> dict[str, Any]:
    path, mapping = begun(who, content, name)
    answer = who.post(f"{path}/commit", {"mapping": mapping, "mode": mode})
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def errors_of(who: Any, *rows: list[Any], heads: list[str] = HEADS) -> dict[str, str]:
    path, mapping = begun(who, book(heads, *rows))
    body = who.post(f"{path}/preview", {"mapping": mapping}).json()
    return {error["cell"]: error["message"] for error in body["errors"]}


@pytest.fixture
def team_there(team: Any) -> Team:
    return team(code="T1", name="先锋队")


def test_a_sheet_with_a_title_blank_rows_and_a_margin_is_understood(steward: Any, team_there: Team) -> None:
    content = book(
        [None, "河西区样品登记表"],
        [None, "填表日期：2025年10月"],
        [],
        [None, *HEADS],
        [None, *GOOD],
        [],
        [None, "N2", "第二件", *GOOD[2:]],
        merges=("B1:L1",),
        hidden=True,
    )
    body = send(steward, content).json()
    assert (body["sheet"], body["header_row"], body["rows"], body["file_name"]) == ("表", 4, 2, "表.xlsx")
    assert [(c["letter"], c["header"], c["field"]) for c in body["columns"]] == [
        (chr(66 + i), head, field) for i, (head, field) in enumerate(zip(HEADS, FIELDS, strict=True))
    ]
    assert all(column["confidence"] >= 0.5 for column in body["columns"])
    assert body["columns"][0]["samples"] == ["N1", "N2"]


def test_good_rows_become_records_with_events_and_one_notice(steward: Any, team_there: Team) -> None:
    before = Notice.objects.count()
    body = committed(steward, book(HEADS, GOOD, ["N2", "第二件", "", None, None, "否", "draft", "2025年1月2日", "甲小区", "civil", "T1"]))
    assert body | {"status": "done", "added": 2, "bad": 0} == body
    one, two = Thing.objects.order_by("code")
    assert (one.title, one.person, one.count, str(one.amount), one.done, one.stage, one.due, one.home, one.owner, one.team_id) == (
        "第一件", "李示例", 3, "12.50", True, "shown", date(2025, 10, 31), COMMUNITY, "housing", team_there.pk)  # fmt: skip
    assert (two.home, two.owner, two.team_id, two.count, two.stage, two.due) == (
        COMPOUND,
        "civil",
        team_there.pk,
        None,
        "draft",
        date(2025, 1, 2),
    )
    assert one.import_id == two.import_id == body["id"]
    events = Event.objects.filter(entity="samples.thing", action="import")
    assert {event.object_id for event in events} == {one.pk, two.pk}
    assert events.get(object_id=one.pk).after["title"] == "第一件"
    assert Notice.objects.count() == before + 1
    assert Notice.objects.latest("pk").place == COMMUNITY


@pytest.mark.parametrize(
    ("encoding", "found"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("gb18030", "gb18030"), ("gbk", "gb18030"), ("utf-16", "utf-16")],
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_is_read_in_the_encodings_that_offices_use(steward: Any, team_there: Team, encoding: str, found: str, delimiter: str) -> None:
    rows = [[*GOOD[:1], "名，含全角标点", "欧阳示例", "1,200", "￥1,234.50", "√", "公开", "2025/10/31", COMMUNITY, "区住建委", "先锋队"]]
    path, mapping = begun(steward, table(HEADS, *rows, encoding=encoding, delimiter=delimiter), "登记.csv")
    body = steward.get(path).json()
    assert (body["encoding"], [mapping[str(i)] for i in range(11)]) == (found, FIELDS)
    assert steward.post(f"{path}/commit", {"mapping": mapping, "mode": "all_or_nothing"}).json()["added"] == 1
    thing = Thing.objects.get()
    assert (thing.title, thing.person, thing.count, str(thing.amount), thing.done) == ("名，含全角标点", "欧阳示例", 1200, "1234.50", True)


def test_text_in_another_encoding_is_recognised_or_refused_in_words(steward: Any) -> None:
    traditional = "編號,名稱,地點\r\n甲,臺灣與香港的繁體中文檔案內容需要足夠長才能辨認這是一種編碼,120103\r\n"
    answer = send(steward, traditional.encode("big5"), "big5.csv")
    assert answer.status_code in (201, 422)
    if answer.status_code == 201:
        assert answer.json()["columns"][1]["header"] == "名稱"
    broken = send(steward, "编号,名称\r\n".encode("gb18030") + bytes(range(128, 256)) * 3, "x.csv")
    assert broken.status_code == 422
    assert "编码" in broken.json()["errors"][0]["message"]


@pytest.mark.parametrize(("content", "name"), [
    (b"", "x.csv"), (b"\r\n\r\n", "x.csv"), (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "x.xls"), (b"PK\x03\x04nothing", "x.xlsx"), (b"%PDF-1.7 1,2", "x.csv"), (b"\x00\x01\x02\x03", "x.csv"),
    (book(), "x.xlsx"), (book(["", ""]), "x.xlsx"), (book(HEADS)[:900], "x.xlsx"), (b'a,b\r\n"never closed' + b",1\r\n" * 60000, "x.csv"),
])  # fmt: skip
def test_what_is_no_table_is_refused_in_words(steward: Any, content: bytes, name: str) -> None:
    answer = send(steward, content, name)
    assert answer.status_code == 422, answer.content.decode()
    assert answer.json()["errors"][0]["field"] == "file"
    assert not StoredFile.objects.exists()


def test_errors_name_the_cell_and_say_what_is_wrong(steward: Any, team_there: Team, thing: Any) -> None:
    thing(code="OLD")
    bad = ["", "长" * 61, "李", "many", "12.345", "perhaps", "none", "2025-02-30", "火星", "没有的局", "没有的队"]
    found = errors_of(steward, GOOD, bad, ["N1", *GOOD[1:]], ["OLD", *GOOD[1:]])
    assert set(found) == {"A3", "B3", "D3", "E3", "F3", "G3", "H3", "I3", "J3", "K3", "A4", "A5"}
    assert found["A3"] == "必填"
    assert "最多 60 字" in found["B3"]
    assert "没有这一天" in found["H3"]
    assert "没有名为“火星”的地点" in found["I3"]
    assert found["A4"] == "与第 2 行的编号相同"
    assert found["A5"] == "登记中已有相同的编号"


def test_a_preview_counts_shows_and_writes_nothing(steward: Any, team_there: Team) -> None:
    path, mapping = begun(steward, book(HEADS, GOOD, *([f"M{n}", f"件{n}", *GOOD[2:]] for n in range(30)), ["X", "", *GOOD[2:]]))
    body = steward.post(f"{path}/preview", {"mapping": mapping}).json()
    assert (body["total"], body["good"], body["bad"], body["error_count"], len(body["rows"])) == (32, 31, 1, 1, 20)
    assert (
        body["rows"][0]
        | {"code": "N1", "home": COMMUNITY, "owner": "housing", "owner__label": "区住建委", "team": team_there.pk, "team__label": "先锋队"}
        == body["rows"][0]
    )
    assert body["errors"] == [{"row": 33, "cell": "B33", "column": "名称", "field": "title", "value": "", "message": "必填"}]
    assert not Thing.objects.exists()
    english = steward.client.post(f"{path}/preview", {"mapping": mapping}, "application/json", headers={"Accept-Language": "en"}).json()
    assert (english["errors"][0]["message"], english["errors"][0]["column"]) == ("This is required", "title")


def test_all_or_nothing_means_nothing_when_one_row_is_bad(steward: Any, team_there: Team) -> None:
    body = committed(steward, book(HEADS, GOOD, ["N2", "", *GOOD[2:]]), "all_or_nothing")
    assert body | {"status": "refused", "added": 0, "bad": 1} == body
    assert not Thing.objects.exists()
    assert not Event.objects.filter(entity="samples.thing").exists()
    path, mapping = f"/api/imports/{body['id']}", {str(i): field for i, field in enumerate(FIELDS)}
    assert steward.post(f"{path}/commit", {"mapping": mapping, "mode": "good_rows"}).json()["added"] == 1


def test_an_import_is_carried_out_once(steward: Any, team_there: Team) -> None:
    path, mapping = begun(steward, book(HEADS, GOOD))
    assert steward.post(f"{path}/commit", {"mapping": mapping, "mode": "good_rows"}).status_code == 200
    again = steward.post(f"{path}/commit", {"mapping": mapping, "mode": "good_rows"})
    assert again.status_code in (200, 409)
    assert Thing.objects.count() == 1


@pytest.mark.parametrize(("mapping", "mode", "field"), [
    ({}, "good_rows", "code"), ({"0": "nothing"}, "good_rows", "mapping"), ({"0": "photo"}, "good_rows", "mapping"), ({"0": "code", "1": "code"}, "good_rows", "mapping"),
    ({"0": "code", "1": "title", "8": "home"}, "some", "mode"), ({"x": "code"}, "good_rows", None), ("x", "good_rows", None), ({"0": 5}, "good_rows", None),
])  # fmt: skip
def test_a_wrong_mapping_is_refused(steward: Any, team_there: Team, mapping: Any, mode: str, field: str | None) -> None:
    path, _ = begun(steward, book(HEADS, GOOD))
    answer = steward.post(f"{path}/commit", {"mapping": mapping, "mode": mode})
    assert answer.status_code == 422
    assert field is None or field in {error["field"] for error in answer.json()["errors"]}
    assert not Thing.objects.exists()


def test_rows_outside_ones_area_stay_out(person: Any, team_there: Team) -> None:
    worker = person("community_worker", STREET)
    heads = ["编号", "名称", "地点"]
    found = errors_of(worker, ["A", "甲", COMMUNITY], ["B", "乙", OTHER_STREET], ["C", "丙", "甲小区"], heads=heads)
    assert found == {"C3": "不在您可以导入的范围内"}
    office = person("department_staff", "", "housing")
    assert errors_of(office, ["A", "甲", COMMUNITY, "区住建委"], ["B", "乙", COMMUNITY, "区民政局"], heads=[*heads, "单位"]) == {
        "C3": "不在您可以导入的范围内"
    }


def test_who_may_not_import_cannot_begin(person: Any, steward: Any, team_there: Team) -> None:
    content = book(HEADS, GOOD)
    assert send(person("grid_worker", STREET), content).status_code == 403
    assert send(person(), content).status_code == 401
    assert send(steward, content, entity="samples.nothing").status_code == 404
    assert send(steward, content, entity="samples.errand").status_code == 403  # its declaration says that it is not imported
    assert not Import.objects.exists()


def test_an_import_is_its_senders_alone(person: Any, steward: Any, team_there: Team) -> None:
    path, mapping = begun(steward, book(HEADS, GOOD))
    other = person("data_steward", "120103")
    for answer in (other.get(path), other.post(f"{path}/preview", {"mapping": mapping}), other.post(f"{path}/commit", {"mapping": mapping, "mode": "good_rows"}),
                   other.get(f"{path}/result.xlsx"), other.post(f"{path}/undo", {"why": "试试"}), person().get(path)):  # fmt: skip
        assert answer.status_code == 404
    assert other.get("/api/imports").json()["rows"] == []
    assert person().get("/api/imports").status_code == 401
    assert [row["who"] for row in person("administrator").get("/api/imports").json()["rows"]] == [steward.account.name]


def test_the_sheet_of_results_has_the_reason_beside_each_row(steward: Any, team_there: Team) -> None:
    body = committed(steward, book(["标题"], HEADS, GOOD, ["=1+1", "", *GOOD[2:]], ["N1", "同号", *GOOD[2:]]))
    answer = steward.get(body["result_url"])
    rows = list(openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.iter_rows(values_only=True))
    assert rows[0] == (*HEADS, "导入结果", "原因")
    assert rows[1][-2:] == ("已导入", None)
    assert rows[2][-2:] == ("未导入", "B4 必填")
    assert rows[3][-1] == "A5 与第 3 行的编号相同"
    english = steward.client.get(body["result_url"], headers={"Accept-Language": "en"})
    assert list(openpyxl.load_workbook(io.BytesIO(b"".join(english.streaming_content))).active.iter_rows(values_only=True))[2][-2:] == (
        "not imported",
        "B4 This is required",
    )


def test_a_formula_in_a_sheet_stays_a_text(steward: Any, team_there: Team) -> None:
    committed(steward, table(HEADS, ["=1+1", '=HYPERLINK("x")', *GOOD[2:7], "2025-10-31", *GOOD[8:]]), name="x.csv")
    answer = steward.get("/api/records/samples.thing/export.xlsx", columns="code,title")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}


def test_a_whole_import_is_undone_with_a_reason(steward: Any, team_there: Team) -> None:
    body = committed(steward, book(HEADS, GOOD, ["N2", "二", *GOOD[2:]]))
    path = f"/api/imports/{body['id']}"
    assert steward.post(f"{path}/undo", {"why": " "}).status_code == 422
    assert steward.post(f"{path}/undo", {"why": "导入了错误的文件"}).json()["status"] == "undone"
    assert not Thing.objects.exists()
    events = Event.objects.filter(action="undo_import", entity="samples.thing")
    assert events.count() == 2
    assert {event.why for event in events} == {"导入了错误的文件"}
    assert {event.before["code"] for event in events} == {"N1", "N2"}
    assert steward.post(f"{path}/undo", {"why": "再来一次"}).status_code == 409
    rows = list(
        openpyxl.load_workbook(io.BytesIO(b"".join(steward.get(f"{path}/result.xlsx").streaming_content))).active.iter_rows(
            values_only=True
        )
    )
    assert rows[1][-2] == "已导入，后又撤销"


def test_an_import_on_which_others_built_is_not_undone(steward: Any, person: Any, team_there: Team) -> None:
    body = committed(steward, book(HEADS, GOOD, ["N2", "二", *GOOD[2:]]))
    path, one = f"/api/imports/{body['id']}/undo", Thing.objects.get(code="N1")
    errand = Errand.objects.create(title="引用", state="filed", thing=one)
    answer = steward.post(path, {"why": "导入了错误的文件"})
    assert answer.status_code == 409
    assert f"#{one.pk}" in answer.json()["title"] and "事项" in answer.json()["title"]
    errand.delete()
    steward.patch(f"/api/records/samples.thing/{one.pk}", {"values": {"title": "改过"}, "version": 1})
    answer = steward.post(path, {"why": "导入了错误的文件"})
    assert answer.status_code == 409
    assert "修改过" in answer.json()["title"]
    assert Thing.objects.count() == 2


def test_only_an_administrator_undoes_anothers_import(steward: Any, person: Any, team_there: Team) -> None:
    body = committed(steward, book(HEADS, GOOD))
    path = f"/api/imports/{body['id']}/undo"
    assert person("data_steward", "120103").post(path, {"why": "不是我的"}).status_code == 404
    assert person("administrator").post("/api/imports/999/undo", {"why": "没有这次"}).status_code == 404
    assert person("administrator").post(path, {"why": "导入人已调离"}).status_code == 200


def test_merged_cells_mean_the_same_for_every_row(steward: Any, team_there: Team) -> None:
    rows = [["N1", *GOOD[1:]], ["N2", "二", *GOOD[2:8], None, *GOOD[9:]], ["N3", "三", *GOOD[2:8], None, *GOOD[9:]]]
    assert committed(steward, book(HEADS, *rows, merges=("I2:I4",)))["added"] == 3
    assert set(Thing.objects.values_list("home", flat=True)) == {COMMUNITY}


def test_full_width_digits_and_lost_digits(steward: Any) -> None:
    heads = ["编号", "名称", "地点", "数量", "证件号码"]
    path, mapping = begun(
        steward,
        book(
            heads,
            ["Ａ１２", "甲１２号", "１２０１０３００１００３", "１，２００", "１２０１０３１９９００１０１１２３４"],
            ["B", "乙", COMMUNITY, 1, 120103199001011234],
        ),
    )
    found = steward.post(f"{path}/preview", {"mapping": mapping}).json()
    assert [(error["cell"], "丢失" in error["message"]) for error in found["errors"]] == [("E3", True)]
    steward.post(f"{path}/commit", {"mapping": mapping, "mode": "good_rows"})
    thing = Thing.objects.get()
    assert (thing.code, thing.title, thing.home, thing.count, thing.secret) == ("A12", "甲１２号", COMMUNITY, 1200, "120103199001011234")


def test_a_cell_with_an_error_is_never_taken_for_a_blank(steward: Any) -> None:
    out = io.BytesIO()
    work = openpyxl.Workbook()
    work.active.append(["编号", "名称", "地点", "数量"])
    work.active.append(["A", "甲", COMMUNITY, "#N/A"])
    work.active["D2"].data_type = "e"
    work.save(out)
    path, mapping = begun(steward, out.getvalue())
    assert [(e["cell"], "错误值" in e["message"]) for e in steward.post(f"{path}/preview", {"mapping": mapping}).json()["errors"]] == [
        ("D2", True)
    ]


def test_moments_and_times_of_a_sheet_are_the_districts(steward: Any) -> None:
    out = io.BytesIO()
    work = openpyxl.Workbook()
    work.active.append(["编号", "名称", "地点", "查看时间", "出生日期"])
    work.active.append(["A", "甲", COMMUNITY, datetime(2025, 10, 31, 8, 30), datetime(1950, 1, 2)])  # noqa: DTZ001  a sheet knows no zones
    work.save(out)
    committed(steward, out.getvalue())
    thing = Thing.objects.get()
    assert (thing.seen_at.isoformat(), thing.born_on) == ("2025-10-31T00:30:00+00:00", date(1950, 1, 2))


def test_a_file_of_two_thousand_rows_costs_few_statements(steward: Any, team: Any) -> None:
    for n in range(20):
        team(code=f"T{n}", name=f"队{n}")
    rows = [
        [f"N{n}", f"件{n}", "李", n, 1, "是", "公开", "2025-10-31", ("甲小区", COMMUNITY)[n % 2], "区住建委", f"T{n % 20}"]
        for n in range(2000)
    ]
    path, mapping = begun(steward, table(HEADS, *rows), "x.csv")
    with CaptureQueriesContext(connection) as captured:
        assert steward.post(f"{path}/preview", {"mapping": mapping}).json()["good"] == 2000
    assert len(captured) <= 20, [query["sql"][:80] for query in captured]


def test_a_file_is_imported_from_the_command_line(team_there: Team, places: None, offices: None, tmp_path: Any) -> None:
    path = tmp_path / "登记.xlsx"
    path.write_bytes(book(HEADS, GOOD, ["N2", "", *GOOD[2:]]))
    report = import_file(PLATFORM, "samples.thing", path, "all_or_nothing")
    assert (report.status, report.total, report.added, report.bad) == ("refused", 2, 0, 1)
    assert [(problem.where, problem.message.en) for problem in report.faults] == [("B3", "This is required")]
    assert import_file(PLATFORM, "samples.thing", path, "good_rows").added == 1


def test_an_address_as_people_write_it_is_a_place_where_it_is_certain(steward: Any, team_there: Team) -> None:
    sure, unsure = "河西区甲街道 甲小区院内", "甲街道甲小区99号楼"
    body = committed(steward, book(HEADS, [*GOOD[:8], sure, *GOOD[9:]]))
    assert (body["added"], Thing.objects.get().home) == (1, COMPOUND)
    (message,) = errors_of(steward, ["N2", *GOOD[1:8], unsure, *GOOD[9:]]).values()
    assert COMPOUND in str(message)
    assert Thing.objects.count() == 1
