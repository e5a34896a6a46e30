"""The monthly report over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from hexi.core.data.answers import answer
from hexi.core.trust.api import language_of, viewer_of
from hexi.kernel.errors import NotFound
from hexi.kernel.label import Language
from hexi.modules.projects.begun import FORM
from hexi.modules.projects.contracts import Month
from hexi.modules.projects.editions import Reading, reading
from hexi.modules.projects.report.html import html_page
from hexi.modules.projects.report.seams import printed
from hexi.modules.projects.report.word import docx_file

router = Router(tags=["projects"])
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# The report has a style sheet of its own and no script; nothing may be fetched from elsewhere.
PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"


@router.get("/programmes/{programme}/reports/{month}.json", response=dict[str, Any])
def report_json(request: HttpRequest, programme: int, month: str, edition: str = "") -> HttpResponse:
    """The report as data: its document in both languages, its numbers with the lists behind them, contradictions found."""
    found = _reading(request, programme, month, edition)
    return answer({"programme": programme, "month": month, "name": found.programme.name, **_edition(found), **found.content})


@router.get("/programmes/{programme}/reports/{month}.html")
def report_html(request: HttpRequest, programme: int, month: str, edition: str = "", lang: str = "") -> HttpResponse:
    """The report as a page to read and to print."""
    page = html_page(_reading(request, programme, month, edition).document(_language(request, lang)))
    return HttpResponse(page, content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": PAGE_POLICY})


@router.get("/programmes/{programme}/reports/{month}.pdf")
def report_pdf(request: HttpRequest, programme: int, month: str, edition: str = "", lang: str = "") -> HttpResponse:
    """The report as PDF, printed from the page. 503 while the server has nothing to print with."""
    page = html_page(_reading(request, programme, month, edition).document(_language(request, lang)), _origin(request))
    return _file(printed(page), "application/pdf", f"{programme}-{month}.pdf")


@router.get("/programmes/{programme}/reports/{month}.docx")
def report_docx(request: HttpRequest, programme: int, month: str, edition: str = "", lang: str = "") -> HttpResponse:
    """The report as a Word file in the form of official documents."""
    document = _reading(request, programme, month, edition).document(_language(request, lang))
    return _file(docx_file(document, _origin(request)), WORD, f"{programme}-{month}.docx")


def _reading(request: HttpRequest, programme: int, month: str, edition: str) -> Reading:
    try:
        wanted = Month.of(month)
    except ValueError:
        raise NotFound(FORM, which=month) from None
    number = int(edition) if edition.isdecimal() else None
    return reading(viewer_of(request), programme, wanted, draft=edition == "draft", edition=number)


def _edition(found: Reading) -> dict[str, Any]:
    row = found.row
    return {
        "report": row.pk, "version": row.version, "state": row.state, "edition": row.edition, "published_on": row.published_on,
        "digest": row.digest, "changed": found.changed, "as_of": min(found.month.last_day, found.programme.as_of or found.month.last_day),
    }  # fmt: skip


def _language(request: HttpRequest, asked: str) -> Language:
    return "en" if asked == "en" else "zh" if asked == "zh" else language_of(request)


def _origin(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _file(body: bytes, media_type: str, name: str) -> HttpResponse:
    return HttpResponse(body, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="livelihood-{name}"'})
