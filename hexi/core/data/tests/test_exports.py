"""Exports: nothing runs, nothing is cut off, everything is noted."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from pyarrow.parquet import read_table

from hexi.core.data import sheets
from hexi.core.data.sheets import safe_cell, write_sheet
from hexi.core.data.tests.conftest import COMMUNITY, DISTRICT, STREET
from hexi.core.trust.models import Event

URL = "/api/records/samples.thing"
ATTACKS = (
    "=cmd|'/C calc'!A0",
    "+1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "\t=1",
    "\r=1",
    " =1+1",
    "＝1+1",
    "＠SUM(1)",
    '=HYPERLINK("http://example.org")',
    "{=1+1}",
)


def table(answer: Any) -> list[list[str]]:
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def book(answer: Any) -> Any:
    return openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))


@pytest.mark.parametrize("text", ATTACKS[:-1])
def test_no_text_starts_a_formula(text: str) -> None:
    assert safe_cell(text).startswith("'")


@pytest.mark.parametrize("text", ["-5", "+5.5", "-1e3", "王", "", "a=b", "1+1", "5-3"])
def test_numbers_and_harmless_texts_stay_as_they_are(text: str) -> None:
    assert safe_cell(text) == text


def test_formulas_stay_text_in_both_formats(steward: Any, thing: Any) -> None:
    for attack in ATTACKS:
        thing(title=attack, level=-5)
    cells = [line[0] for line in table(steward.get(f"{URL}/export.csv", columns="title,level", sort="id"))[1:]]
    assert [cell.lstrip("'") for cell in cells] == list(ATTACKS)
    assert all(cell.startswith("'") for cell in cells[:-1])
    sheet = book(steward.get(f"{URL}/export.xlsx", columns="title,level", sort="id")).active
    assert [row[0].value.replace("_x000D_", "\r") for row in sheet.iter_rows(min_row=2)] == list(ATTACKS)
    assert {row[0].data_type for row in sheet.iter_rows(min_row=2)} == {"s"}
    assert {row[1].value for row in sheet.iter_rows(min_row=2)} == {-5}


def test_people_read_labels_and_local_time(steward: Any, thing: Any, team: Any) -> None:
    thing(
        title="名",
        stage="shown",
        done=True,
        agreed=None,
        seen_at=datetime(2025, 10, 31, 16, 30, tzinfo=UTC),
        home=COMMUNITY,
        owner="housing",
        team=team(name="先锋"),
        marks=["a"],
    )
    columns = "title,stage,done,agreed,seen_at,home,owner,team,marks,secret"
    head, row = table(steward.get(f"{URL}/export.csv", columns=columns))
    assert head[:3] == ["名称", "阶段", "已完成"]
    assert row == ["名", "公开", "是", "", "2025-11-01 00:30:00", "甲社区", "区住建委", "先锋", "['a']", ""]
    english = steward.client.get(f"{URL}/export.csv", {"columns": columns}, headers={"Accept-Language": "en"})
    assert table(english)[1][1:3] == ["shown", "yes"]


def test_programs_read_codes_and_exact_types(steward: Any, thing: Any, team: Any) -> None:
    seen, born = datetime(2025, 10, 31, 16, 30, tzinfo=UTC), date(1950, 1, 2)
    there = team(name="先锋")
    values = {"stage": "shown", "done": True, "agreed": None, "count": 7, "share": Decimal("12.5"), "amount": Decimal("-3.10"), "seen_at": seen}
    made = thing(title="=1+1", home=COMMUNITY, owner="housing", team=there, born_on=born, marks=["a"], **values)
    names = ("title", *values, "home", "owner", "team", "born_on", "marks", "person")
    answer = steward.get(f"{URL}/export.parquet", columns=",".join(names))
    assert answer["Content-Type"] == "application/vnd.apache.parquet"
    found = read_table(io.BytesIO(b"".join(answer.streaming_content)))
    (row,) = found.to_pylist()
    whole = {**values, "share": 12.5, "title": "=1+1", "home": COMMUNITY, "owner": "housing", "team": there.pk, "born_on": born, "marks": '["a"]'}
    assert {name: row[name] for name in whole} == whole
    assert row["id"] == made.pk
    assert found.schema.field("count").metadata[b"unit"] == b"items"


def test_what_is_not_the_readers_is_masked_in_a_dataset(person: Any, thing: Any) -> None:
    thing(person="欧阳示例", born_on=date(1950, 1, 2))
    reader = person("grid_worker", DISTRICT)
    (row,) = read_table(io.BytesIO(b"".join(reader.get(f"{URL}/export.parquet", columns="person,born_on").streaming_content))).to_pylist()
    (listed,) = reader.get(URL).json()["rows"]
    assert set(listed["__masked"]) >= {"person", "born_on"}
    assert (row["person"], row["born_on"]) == (listed["person"], None)


def test_what_has_no_points_is_no_geojson(steward: Any, thing: Any) -> None:
    answer = steward.get(f"{URL}/export.geojson")
    assert answer.status_code == 422
    assert "GeoJSON" in answer.json()["title"]


def test_a_csv_begins_with_the_mark_that_excel_needs_and_has_a_chinese_name(steward: Any, thing: Any) -> None:
    thing()
    answer = steward.get(f"{URL}/export.csv")
    assert answer.streaming
    assert b"".join(answer.streaming_content).startswith(b"\xef\xbb\xbf")
    assert "filename*=UTF-8''%E6%A0%B7%E5%93%81.csv" in answer["Content-Disposition"]


def test_what_does_not_fit_one_sheet_goes_on_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "SHEET_ROWS", 3)
    for rows, shape in ((0, [1]), (3, [4]), (4, [4, 2]), (7, [4, 4, 2])):
        file = io.BytesIO()
        write_sheet(file, ["n"], ([n] for n in range(rows)))
        assert [sheet.max_row for sheet in openpyxl.load_workbook(file)] == shape


def test_an_empty_register_exports_its_head(steward: Any) -> None:
    assert len(table(steward.get(f"{URL}/export.csv"))) == 1
    assert book(steward.get(f"{URL}/export.xlsx")).active.max_row == 1


@pytest.mark.parametrize("query", [{"columns": "title,nothing"}, {"where": "x"}, {"sort": "secret"}, {"sort": "nothing"}])
def test_a_faulty_export_is_refused_before_it_begins(steward: Any, query: dict[str, str]) -> None:
    for suffix in ("csv", "xlsx", "parquet"):
        assert steward.get(f"{URL}/export.{suffix}", **query).status_code == 422


def test_who_may_read_may_not_always_export(person: Any, thing: Any) -> None:
    thing(home=STREET)
    assert person("auditor").get(URL).json()["rows"]
    assert person("auditor").get("/api/records/samples.team/export.csv").status_code == 403
    assert person().get("/api/records/samples.team/export.xlsx").status_code == 403


def test_every_export_is_noted_without_what_was_searched_for(steward: Any, thing: Any) -> None:
    table(steward.get(f"{URL}/export.csv", columns="code", where="code:eq:120103199001011234", q="王某"))
    event = Event.objects.get(action="export")
    assert event.after == {"columns": ["code"], "filters": ["code"], "searched": True, "set": ""}
    assert event.account_id == steward.account.pk
