"""Files that look sound and would lose rows or values on the way in, and mappings that name what is not there."""

from __future__ import annotations

import io
import zipfile
from concurrent.futures import ThreadPoolExecutor
from threading import Thread
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from django.db import connection, transaction

from hexi.core.data.actions import revise
from hexi.core.data.models import Import
from hexi.core.data.tests.conftest import COMMUNITY
from hexi.core.data.tests.samples.models import Thing
from hexi.core.data.tests.test_imports import begun, book, committed, mapping_of, send, table

HEADS = ["编号", "名称", "地点", "数量", "备注"]


def reworked(content: bytes, old: bytes, new: bytes) -> bytes:
    """The workbook with some bytes of its parts exchanged, as other programs might have written them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(old, new))
    return out.getvalue()


def uncomputed() -> bytes:
    """As programs write it that store formulas without their results."""
    workbook, out = openpyxl.Workbook(), io.BytesIO()
    workbook.active.append(HEADS)
    workbook.active.append(["F1", "公式", COMMUNITY, "=1+1", "b"])
    workbook.save(out)
    return out.getvalue()


@pytest.mark.parametrize("content", [uncomputed(), reworked(book(HEADS, ["F1", "公式", COMMUNITY, 123.5, "b"]), b"123.5", b"1e999")],
                         ids=["a formula without a result", "a number beyond all numbers"])  # fmt: skip
def test_a_cell_without_a_value_that_counts_is_a_fault_and_no_blank(steward: Any, content: bytes) -> None:
    path, _ = begun(steward, content)
    mapping = {"0": "code", "1": "title", "2": "home", "3": "count"}
    errors = steward.post(f"{path}/preview", {"mapping": mapping}).json()["errors"]
    assert [(error["cell"], "公式没有计算结果" in error["message"]) for error in errors] == [("D2", True)]
    assert steward.post(f"{path}/commit", {"mapping": mapping, "mode": "good_rows"}).json()["added"] == 0
    result = b"".join(steward.get(f"{path}/result.xlsx").streaming_content)
    assert list(openpyxl.load_workbook(io.BytesIO(result)).active.iter_rows(values_only=True))[1][-2] == "未导入"


def test_a_formula_with_its_result_is_read_as_the_result(steward: Any) -> None:
    content = reworked(uncomputed(), b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")
    assert committed(steward, content)["added"] == 1
    assert Thing.objects.get().count == 2


def test_a_quotation_mark_that_is_never_closed_swallows_no_rows(steward: Any) -> None:
    text = f'编号,名称,地点\r\nQ1,甲,{COMMUNITY}\r\nQ2,"乙,{COMMUNITY}\r\nQ3,丙,{COMMUNITY}\r\n'
    answer = send(steward, text.encode(), "登记.csv")
    assert answer.status_code == 422
    assert "第 2 行之后无法读取" in answer.json()["errors"][0]["message"]
    assert "引号" in answer.json()["do"]


def test_quotation_marks_and_line_breaks_inside_a_cell_are_kept(steward: Any) -> None:
    text = f'编号,名称,地点,备注\r\nQ1,"五寸""管""",{COMMUNITY},"第一行\r\n第二行"\r\nQ2,6" 管,{COMMUNITY},\r\n'
    assert committed(steward, text.encode("utf-8-sig"), name="登记.csv")["added"] == 2
    assert list(Thing.objects.order_by("code").values_list("title", "note")) == [('五寸"管"', "第一行\r\n第二行"), ('6" 管', "")]


def test_text_of_four_bytes_a_letter_is_read(steward: Any) -> None:
    text = f"编号,名称,地点\r\nU1,甲,{COMMUNITY}\r\n"
    assert committed(steward, text.encode("utf-32"), name="登记.csv")["added"] == 1


def test_a_workbook_with_a_password_is_called_so(steward: Any) -> None:
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2000 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 2000
    answer = send(steward, locked)
    assert answer.status_code == 422
    assert "密码" in answer.json()["errors"][0]["message"] and "密码" in answer.json()["do"]


def test_heads_without_rows_are_no_import(steward: Any) -> None:
    answer = send(steward, book(HEADS))
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["message"] == "表头下面没有数据行"
    assert not Import.objects.exists()


@pytest.mark.parametrize("index", ["-1", "5", "99", "100000000"])
@pytest.mark.parametrize("step", ["preview", "commit"])
def test_a_column_that_the_file_has_not_is_refused(steward: Any, index: str, step: str) -> None:
    path, mapping = begun(steward, book(HEADS, ["A1", "甲", COMMUNITY, 1, "备注"]))
    answer = steward.post(f"{path}/{step}", {"mapping": {**mapping, index: "person"}, "mode": "good_rows"})
    assert answer.status_code == 422
    assert [(error["message"], error["value"]) for error in answer.json()["errors"]] == [("文件里没有这一列，请重新选择", index)]
    assert not Thing.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_undo_waits_for_whoever_is_changing_a_record_and_then_leaves_it(steward: Any) -> None:
    body = committed(steward, book(HEADS, ["A1", "甲", COMMUNITY, 1, "备注"]))
    thing, answers = Thing.objects.get(), list[Any]()
    undo = Thread(target=_undone, args=(steward, body["id"], answers))
    with transaction.atomic():
        revise(steward.viewer, "samples.thing", thing.pk, {"note": "改过"}, 1)
        undo.start()
        undo.join(1)
        assert not answers, "it did not wait"
    undo.join(20)
    assert answers == [409]
    thing.refresh_from_db()
    assert thing.note == "改过"


def _undone(who: Any, number: int, answers: list[Any]) -> None:
    try:
        answers.append(who.post(f"/api/imports/{number}/undo", {"why": "导入了错误的文件"}).status_code)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_carry_out_one_import_at_once_one_is_told_that_it_is_done(steward: Any) -> None:
    path, mapping = begun(steward, book(HEADS, *([f"A{n}", f"名{n}", COMMUNITY, n, ""] for n in range(50))))

    def carry(_: int) -> int:
        try:
            return steward.post(f"{path}/commit", {"mapping": mapping, "mode": "good_rows"}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(carry, range(2))) == [200, 409]
    assert Thing.objects.count() == 50


def test_ten_thousand_bad_rows_are_told_and_bring_nothing_down(steward: Any) -> None:
    rows = "".join(f"B{n % 100},{'长' * 61},火星,many\r\n" for n in range(10_000))
    path, mapping = begun(steward, f"编号,名称,地点,数量\r\n{rows}".encode("gb18030"), "登记.csv")
    mapping = {"0": "code", "1": "title", "2": "home", "3": "count"}
    shown = steward.post(f"{path}/preview", {"mapping": mapping}).json()
    assert (shown["bad"], shown["error_count"], len(shown["errors"]), len(shown["rows"])) == (10_000, 30_000, 200, 20)
    assert steward.post(f"{path}/commit", {"mapping": mapping, "mode": "good_rows"}).json()["bad"] == 10_000
    assert len(b"".join(steward.get(f"{path}/result.xlsx").streaming_content)) > 20_000


def test_what_our_own_export_made_harmless_comes_back_as_it_was(steward: Any, thing: Any) -> None:
    values = ["+86 138 0000 1234", "-无", "=1+1", "@某人", "'引号", "-12.5"]
    for number, value in enumerate(values):
        thing(code=f"E{number}", note=value)
    sheet = b"".join(steward.get("/api/records/samples.thing/export.csv", columns="code,title,home,note").streaming_content)
    assert "'=1+1" in sheet.decode("utf-8-sig")
    Thing.objects.all().delete()
    assert committed(steward, sheet, name="登记.csv")["added"] == len(values)
    assert list(Thing.objects.order_by("code").values_list("note", flat=True)) == values


def two_sheets() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as file:
        for name, codes in (("一季度", ("A1",)), ("说明", ()), ("二季度", ("B1", "B2"))):
            sheet = file.add_worksheet(name)
            for number, row in enumerate([["编号", "名称", "地点", "出生日期"], *([code, code, COMMUNITY, "1950-01-02"] for code in codes)] if codes else []):
                sheet.write_row(number, 0, row)
    return out.getvalue()


def test_another_sheet_of_the_workbook_is_chosen_and_nothing_of_the_first_stays(steward: Any) -> None:
    first = send(steward, two_sheets()).json()
    assert (first["sheet"], first["sheets"], first["rows"]) == ("一季度", ["一季度", "二季度"], 1)
    path = f"/api/imports/{first['id']}"
    steward.post(f"{path}/preview", {"mapping": {"0": "title"}})
    second = steward.post(f"{path}/sheet", {"sheet": "二季度"}).json()
    assert (second["id"], second["sheet"], second["rows"]) == (first["id"], "二季度", 2)
    assert steward.get(path).json()["mapping"] == {}
    assert steward.post(f"{path}/commit", {"mapping": mapping_of(second), "mode": "all_or_nothing"}).json()["added"] == 2
    assert set(Thing.objects.values_list("code", flat=True)) == {"B1", "B2"}
    assert steward.post(f"{path}/sheet", {"sheet": "一季度"}).status_code == 409


def test_a_sheet_that_is_not_there_is_refused_and_a_text_has_none(steward: Any) -> None:
    sent = send(steward, two_sheets()).json()
    for name in ("说明", "三季度"):
        answer = steward.post(f"/api/imports/{sent['id']}/sheet", {"sheet": name})
        assert (answer.status_code, answer.json()["errors"][0]["message"]) == (422, "工作簿里没有这个工作表")
    assert send(steward, table(HEADS, ["A", "甲", COMMUNITY, 1, ""]), "x.csv").json()["sheets"] == []
