"""Imports over HTTP: the file in, the columns matched, every row checked, then all, the good ones, or none."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.http import HttpRequest, HttpResponse
from django.http.response import FileResponse
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile as Upload
from pydantic import Field

from hexi.core.data.answers import answer
from hexi.core.data.http_files import plain_name
from hexi.core.data.imports import steps
from hexi.core.data.imports.checking import Told
from hexi.core.data.sheets import sheet_response
from hexi.core.trust.api import viewer_of
from hexi.kernel.errors import TooLarge
from hexi.kernel.label import t

router = Router(tags=["imports"])
MEGABYTE = 1024 * 1024


class ColumnFound(Schema):
    """One column of the file; `field` is what we take it for, `confidence` how surely (0 to 1)."""

    index: int
    header: str
    letter: str
    samples: list[str]
    field: str | None
    confidence: float


class SheetField(Schema):
    """A field that a sheet may carry."""

    key: str
    label: dict[str, str]
    required: bool


class Begun(Schema):
    id: int
    entity: str
    file_name: str
    encoding: str
    sheet: str
    sheets: list[str]
    header_row: int
    rows: int
    columns: list[ColumnFound]
    fields: list[SheetField]


class Sheet(Schema):
    sheet: str = Field(max_length=200)


class Mapping(Schema):
    """Which column (index from 0) becomes which field, and the answers to the preview's questions."""

    mapping: dict[int, str] = Field(max_length=300)
    answers: dict[str, str] = Field(default_factory=dict[str, str], max_length=500)

    def told(self) -> Told:
        return Told(self.mapping, self.answers)


class Carry(Mapping):
    mode: str = Field(description="all_or_nothing or good_rows")


class CellError(Schema):
    """`cell` as the sheet names it: C12. A fault of the whole row has the row's number alone."""

    row: int
    cell: str
    column: str
    field: str
    value: str
    message: str


class Choice(Schema):
    value: str
    label: str


class ImportQuestion(Schema):
    """What the file does not say for certain: `proposed` is what its content speaks for, `answer` what was chosen."""

    key: str
    label: str
    options: list[Choice]
    proposed: str
    answer: str


class Preview(Schema):
    total: int
    good: int
    bad: int
    rows: list[dict[str, Any]]
    errors: list[CellError]
    error_count: int
    remarks: list[CellError]
    remark_count: int
    questions: list[ImportQuestion]


class Result(Schema):
    id: int
    status: str
    added: int
    bad: int
    result_url: str | None


class Entry(Schema):
    id: int
    entity: str
    file_name: str
    status: str
    rows: int
    added: int
    bad: int
    at: str
    who: str
    mode: str
    result_url: str | None


class Entries(Schema):
    rows: list[Entry]


class Why(Schema):
    why: str = Field(max_length=500)


@router.post("/imports", response={201: Begun})
def begin_import(request: HttpRequest, entity: Form[str], file: File[Upload]) -> HttpResponse:
    """Send a sheet: .xlsx, or CSV in UTF-8, GB 18030 or UTF-16. 413 beyond the limits, 422 for what is no table."""
    if (file.size or 0) > settings.UPLOAD_LIMIT:
        said = t("文件超过 {limit} MB", "The file is larger than {limit} MB").filled(limit=settings.UPLOAD_LIMIT // MEGABYTE)
        raise TooLarge(said, do=t("请拆分成几个文件", "Split it into several files"))
    with tempfile.TemporaryDirectory(prefix="hexi-import-") as scratch:
        return answer(steps.begin(viewer_of(request), entity, plain_name(file.name or ""), _on_disk(file, Path(scratch))), status=201)


def _on_disk(file: UploadedFile, folder: Path) -> Path:
    """Where the bytes lie: Django has put large ones into a file already."""
    if isinstance(file, TemporaryUploadedFile):
        return Path(file.temporary_file_path())
    path = folder / "sent"
    with path.open("wb") as out:
        out.writelines(file.chunks())
    return path


@router.get("/imports", response=Entries)
def imports(request: HttpRequest) -> HttpResponse:
    return answer({"rows": steps.imports_of(viewer_of(request))})


@router.get("/imports/{number}", response=dict[str, Any])
def one_import(request: HttpRequest, number: int) -> HttpResponse:
    """One import; while it waits to be carried out, with its columns as when it was sent."""
    return answer(steps.one_import(viewer_of(request), number))


@router.post("/imports/{number}/sheet", response=Begun)
def choose_sheet(request: HttpRequest, number: int, asked: Sheet) -> HttpResponse:
    """Read another sheet of the workbook, as if it had been sent with that one first."""
    return answer(steps.choose_sheet(viewer_of(request), number, asked.sheet))


@router.post("/imports/{number}/preview", response=Preview)
def preview_import(request: HttpRequest, number: int, asked: Mapping) -> HttpResponse:
    """Check every row without writing anything; none while a question waits for its answer."""
    return answer(steps.preview(viewer_of(request), number, asked.told()))


@router.post("/imports/{number}/commit", response=Result)
def commit_import(request: HttpRequest, number: int, asked: Carry) -> HttpResponse:
    return answer(steps.carry_out(viewer_of(request), number, asked.told(), asked.mode))


@router.get("/imports/{number}/result.xlsx")
def import_result(request: HttpRequest, number: int) -> FileResponse:
    """The sheet as it was sent, with what came of each row and why."""
    about, heads, rows = steps.results(viewer_of(request), number)
    return sheet_response(heads, rows, about, "result.")


@router.post("/imports/{number}/undo", response=Entry)
def undo_import(request: HttpRequest, number: int, asked: Why) -> HttpResponse:
    """Take the whole import back. 409 when some of its records were changed or are referred to since."""
    return answer(steps.undo(viewer_of(request), number, asked.why))
