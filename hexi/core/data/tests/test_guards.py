"""Workbooks made to do harm, and columns that are hard to match."""

from __future__ import annotations

import io
import resource
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hexi.core.data.entities import describe
from hexi.core.data.imports import guards
from hexi.core.data.imports.areas import shared_beginning
from hexi.core.data.imports.guards import letters_of, number_of, walked
from hexi.core.data.imports.matching import importable_fields, matched
from hexi.core.data.imports.readers import reading_of
from hexi.core.data.imports.texts import encoding_of
from hexi.core.data.tests.samples.models import Thing
from hexi.core.data.tests.test_imports import book, send
from hexi.kernel.errors import Invalid, TooLarge

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = f'<worksheet xmlns="{MAIN}"><sheetData>{{}}</sheetData></worksheet>'
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS = {
    "[Content_Types].xml": "<Types/>",
    "_rels/.rels": "<Relationships/>",
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships><Relationship Id="rId1" Type="{RELATED}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def packed(sheet: str | bytes, **more: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**PARTS, "xl/worksheets/sheet1.xml": sheet, **more}.items():
            archive.writestr(name, text)
    return out.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Callable[[bytes], Path]:
    def write(content: bytes) -> Path:
        path = tmp_path / "x.xlsx"
        path.write_bytes(content)
        return path

    return write


def cell(where: str, text: str = "1", kind: str = "") -> str:
    return f'<c r="{where}"{kind and f" t={kind!r}"}><v>{text}</v></c>'


def test_an_ordinary_workbook_passes(file: Any) -> None:
    found = walked(file(book(["a", "b"], [1, "x"])))
    assert found.sheets[0][0] == "表"


def zipped(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def lying() -> bytes:
    """The directory says ten bytes where there are many."""
    content = bytearray(packed(SHEET.format(cell("A1") * 1000)))
    at = content.rfind(b"PK\x01\x02", 0, content.rfind(b"xl/worksheets/sheet1.xml"))
    content[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(content)


def encrypted() -> bytes:
    content = bytearray(packed(SHEET.format(cell("A1"))))
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


def bomb() -> bytes:
    return packed(SHEET.format("<row/>" + " " * 30_000_000))


BOMBS = {
    "a zip bomb": bomb,
    "one cell in the last corner": lambda: packed(SHEET.format(f"<row>{cell('A1')}</row><row>{cell('XFD1048576')}</row>")),
    "a cell far down": lambda: packed(SHEET.format('<row r="300000"><c><v>1</v></c></row>')),
    "a cell far right": lambda: packed(SHEET.format(f"<row>{cell('KZ1')}</row>")),
    "a corner within both limits": lambda: packed(SHEET.format(f"<row>{cell('A1')}</row><row>{cell('KN200000')}</row>")),
    "the corner said with blanks and other quotes": lambda: packed(SHEET.format("<row><c\n  s='1'\tr = 'XFD1048576' ><v>1</v></c></row>")),
    "one text a million times": lambda: packed(
        SHEET.format("<row>" + cell("A1", "0", "s") * 20_000 + "</row>"), **{"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>{"长" * 32_000}</t></si></sst>'}
    ),
}
DAMAGED = {
    "entities that unfold": lambda: packed('<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' + SHEET.format("&b;")),
    "xml that does not end": lambda: packed(SHEET.format("<row>")[:-20]),
    "a reference that is none": lambda: packed(SHEET.format('<row><c r="1A"><v>1</v></c></row>')),
    "a sheet that hides as a picture": lambda: packed(
        "<x/>", **{"xl/_rels/workbook.xml.rels": PARTS["xl/_rels/workbook.xml.rels"].replace("sheet1.xml", "sheet1.png"), "xl/worksheets/sheet1.png": SHEET}
    ),
    "a size that lies": lambda: lying(),  # noqa: PLW0108  defined below
    "no workbook at all": lambda: zipped({"a.txt": "x"}),
    "a password": lambda: encrypted(),  # noqa: PLW0108  defined below
}


@pytest.mark.parametrize("name", BOMBS)
def test_what_would_not_fit_into_memory_is_refused_first(file: Any, name: str) -> None:
    path = file(BOMBS[name]())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(TooLarge):
        walked(path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000  # kilobytes


@pytest.mark.parametrize("name", DAMAGED)
def test_what_is_no_sound_workbook_is_refused(file: Any, name: str) -> None:
    with pytest.raises(Invalid):
        walked(file(DAMAGED[name]()))


def test_a_zip_bomb_over_http_is_a_413(steward: Any) -> None:
    answer = send(steward, bomb())
    assert answer.status_code == 413
    assert answer["Content-Type"] == "application/problem+json"


def test_formatted_but_empty_cells_far_away_do_no_harm(file: Any) -> None:
    assert walked(file(packed(SHEET.format(f'<row>{cell("A1")}</row><row><c r="A1048576" s="1"/></row>'))))


def test_cells_with_errors_are_listed_by_sheet(file: Any) -> None:
    found = walked(file(packed(SHEET.format(f"<row>{cell('A1')}{cell('B1', '#N/A', 'e')}</row>"))))
    assert found.errors_of("表") == ["B1"]
    assert found.errors_of("别的") == []


def test_too_many_rows_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hexi.core.data.imports.readers.LIMIT", 50)
    path = tmp_path / "x.csv"
    path.write_text("a,b\n" + "1,2\n" * 500)
    with pytest.raises(TooLarge):
        list(reading_of(path, "x.csv").rows())
    path.write_text(",".join("a" * 400) + "\n")
    with pytest.raises(TooLarge):
        list(reading_of(path, "x.csv").rows())


@pytest.mark.parametrize(("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (703, "AAA"), (16384, "XFD")])
def test_columns_are_named_as_sheets_name_them(number: int, letters: str) -> None:
    assert (letters_of(number), number_of(letters)) == (letters, number)


@pytest.mark.parametrize(("text", "encoding", "found"), [
    ("姓名,住址\r\n张三,友谊路", "gb18030", "gb18030"), ("姓名,住址\r\n张三,友谊路", "utf-8", "utf-8"), ("name,age\r\nA,1", "ascii", "utf-8"), ("䶮,𠮷\r\n" + "王小明住在友谊路" * 9, "gb18030", "gb18030"),
    ("姓名,住址", "utf-16-le", None), ("\ufeff姓名,住址", "utf-16-le", "utf-16"),
])  # fmt: skip
def test_the_encoding_is_found_by_reading_it_all(tmp_path: Path, text: str, encoding: str, found: str | None) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(text.encode(encoding))
    if found is None:
        with pytest.raises(Invalid):
            encoding_of(path)
    else:
        assert encoding_of(path) == found


HEADS = [
    ("样品编号", (), "code"), ("代码", (), "code"), ("样品名称*", (), "title"), ("负责人", (), "person"), ("联系人姓名", (), "person"), ("身份证号", (), "secret"), ("数量（个）", (1, 2), "count"),
    ("个数", ("3",), "count"), ("Amount (yuan)", (1.5,), "amount"), ("经费", (2,), "amount"), ("所在地点", (), "home"), ("责任单位", (), "owner"), ("完成期限", ("2025-01-01",), "due"), ("  阶 段 ", ("公开",), "stage"),
    ("", ("公开", "草稿"), "stage"), ("完全无关的一列", ("x",), None), ("序号", (1, 2), None),
]  # fmt: skip


@pytest.mark.parametrize(("head", "values", "field"), HEADS)
def test_a_column_is_known_by_its_head_or_by_what_stands_in_it(head: str, values: tuple[Any, ...], field: str | None, offices: None) -> None:
    found = matched([(0, head, values)], importable_fields(describe(Thing).editable()))
    assert found.get(0, (None,))[0] == field


def test_the_surest_column_gets_the_field(offices: None) -> None:
    found = matched([(0, "名称说明", ()), (1, "名称", ())], importable_fields(describe(Thing).editable()))
    assert found[1] == ("title", 1.0)
    assert found.get(0, ("",))[0] != "title"


def test_content_that_contradicts_the_head_lowers_the_confidence(offices: None) -> None:
    fields = importable_fields(describe(Thing).editable())
    assert matched([(0, "数量", (1, 2, 3))], fields)[0][1] > matched([(0, "数量", ("多", "少", 3))], fields).get(0, ("", 0))[1]


@pytest.mark.parametrize(("codes", "area"), [(["120103001", "120103002"], "12010300"), (["120103001"], "120103001"), (["12", "120103"], "12"), ([], ""), (["", "12"], ""), (["12", "34"], "")])
def test_the_area_that_holds_all_codes(codes: list[str], area: str) -> None:
    assert shared_beginning(codes) == area


def test_the_limits_hold_what_a_hundred_thousand_rows_need() -> None:
    assert guards.ROWS >= 200_000 and guards.CELLS >= 30 * 100_000
