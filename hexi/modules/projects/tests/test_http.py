"""The report over HTTP: a page, a Word file, a document; and a sentence where there is no printer."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

import docx
import pytest
from django.test import Client

from hexi.core.trust.api import Viewer
from hexi.modules.projects import http
from hexi.modules.projects.models import Programme
from hexi.modules.projects.report import seams

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture
def address(programme: Programme, sports: Viewer, monkeypatch: pytest.MonkeyPatch) -> str:
    """The report's address, read by somebody of the department."""
    monkeypatch.setattr(http, "viewer_of", lambda request: sports)
    return f"/api/programmes/{programme.pk}/reports/2025-10"


def test_the_json_holds_both_languages_the_numbers_and_the_contradictions(client: Client, address: str) -> None:
    found = client.get(f"{address}.json").json()
    assert found["state"] == "draft" and found["as_of"] == "2025-10-31"
    assert found["zh"]["language"] == "zh" and found["en"]["language"] == "en"
    assert {"label", "value", "href", "entity", "where"} <= set(found["numbers"][0])
    assert found["contradictions"] == []


def test_the_page_is_accessible_and_every_number_of_the_body_is_a_link(client: Client, address: str) -> None:
    page = client.get(f"{address}.html").content.decode()
    tree = ElementTree.fromstring(page.partition("\n")[2])
    body = [p for p in tree.iter("p") if p.get("class") == "body"]
    outside = "".join(text for p in body[:-1] for text in (p.text or "", *(link.tail or "" for link in p)))
    assert tree.get("lang") == "zh-CN" and len(list(tree.iter("h1"))) == 1
    assert all(cell.get("scope") for cell in tree.iter("th")) and tree.find(".//caption") is not None
    assert not [digit for digit in outside.replace("2025年10月31日", "") if digit.isdigit()]
    assert "<script" not in page and "http" not in page.partition("<style>")[2].partition("</style>")[0]


def test_the_page_is_english_for_those_who_ask(client: Client, address: str) -> None:
    page = client.get(f"{address}.html?lang=en").content.decode()
    assert '<html lang="en">' in page and "Issued by" in page


def test_markup_in_a_title_stays_text(client: Client, address: str, programme: Programme) -> None:
    Programme.objects.filter(pk=programme.pk).update(name="<script>alert(1)</script>")
    assert "<script>alert" not in client.get(f"{address}.html").content.decode()


def test_the_word_file_has_the_form_of_an_official_document(client: Client, address: str) -> None:
    body = client.get(f"{address}.docx").content
    file = docx.Document(io.BytesIO(body))
    first = file.sections[0]
    assert [round(side.mm) for side in (first.page_width, first.page_height, first.top_margin, first.left_margin)] == [210, 297, 37, 28]
    title, opening = file.paragraphs[0].runs[0], file.paragraphs[1].runs[0]
    assert (title.font.size.pt, opening.font.size.pt) == (22, 16)
    assert title._r.rPr.rFonts.get(f"{WORD}eastAsia") == "方正小标宋简体" and opening._r.rPr.rFonts.get(f"{WORD}eastAsia") == "仿宋_GB2312"
    assert next(p.text for p in file.paragraphs if p.style.name == "Heading 1") == "一、工程类项目"
    assert any(p.text.startswith("承办单位：") for p in file.paragraphs)
    assert len(file.tables[0].rows) == 1 + 4


def test_the_word_file_names_fallback_faces_and_links_its_numbers(client: Client, address: str) -> None:
    with zipfile.ZipFile(io.BytesIO(client.get(f"{address}.docx").content)) as archive:
        fonts, text = archive.read("word/fontTable.xml").decode(), archive.read("word/document.xml").decode()
        links = archive.read("word/_rels/document.xml.rels").decode()
    assert "Noto Serif CJK SC" in fonts
    assert "w:hyperlink" in text and "/work/records/projects.standing?" in links


def test_without_a_printer_the_pdf_says_what_to_do(client: Client, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seams, "_printers", [])
    answer = client.get(f"{address}.pdf")
    assert answer.status_code == 503 and "Word" in answer.json()["do"]


def test_a_printer_gets_the_whole_page_with_links_that_leave_the_site(
    client: Client, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages: list[str] = []
    monkeypatch.setattr(seams, "_printers", [])
    seams.use_printer(lambda page: pages.append(page) or b"%PDF-1.7")
    answer = client.get(f"{address}.pdf")
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
    assert 'href="http://testserver/work/records/' in pages[0]


@pytest.mark.parametrize("month", ["2025-13", "2025-1", "now", "2025-03", "9999-12"])
def test_a_month_that_is_none_or_has_no_report_is_not_found(client: Client, address: str, month: str) -> None:
    assert client.get(address.replace("2025-10", f"{month}.html")).status_code == 404


def test_a_report_of_an_unknown_programme_is_not_found(client: Client, address: str) -> None:
    assert client.get("/api/programmes/999999/reports/2025-10.html").status_code == 404


def test_a_programme_beyond_every_number_is_not_found(client: Client, address: str) -> None:
    assert client.get(f"/api/programmes/{2**72}/reports/2025-10.html").status_code == 404
