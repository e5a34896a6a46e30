"""Files over HTTP: evidence and photographs in, and back to those who may see them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse
from ninja import File, Router, Schema
from ninja.files import UploadedFile as Upload

from hexi.core.data.answers import answer
from hexi.core.data.files import path_of, pieces, readable_file, store
from hexi.core.data.media import IMAGES, SUFFIXES, media_type_of
from hexi.core.data.models import StoredFile
from hexi.core.data.stripping import Damaged, stripped
from hexi.core.data.throttle import count
from hexi.core.trust.api import Viewer, origin, viewer_of
from hexi.kernel.errors import Invalid, NotFound, Problem, TooLarge
from hexi.kernel.label import Label, t

router = Router(tags=["files"])
MEGABYTE = 1024 * 1024
LIMIT, PUBLIC_LIMIT = 20 * MEGABYTE, 5 * MEGABYTE
PUBLIC_FILES, WINDOW = 20, timedelta(minutes=10)  # per address: a statement has a few photographs, a flood has thousands
KINDS = t("照片（JPEG、PNG、WebP、HEIC）、PDF、DOCX、XLSX、TXT 或 CSV", "a photograph (JPEG, PNG, WebP, HEIC), PDF, DOCX, XLSX, TXT or CSV")
SHOWN = IMAGES  # what a browser may show in its own window; the rest is saved


class Stored(Schema):
    """A file as it was kept; photographs without what they tell of place and device."""

    id: int
    name: str
    size: int
    sha256: str
    media_type: str


@router.post("/files", response={201: Stored})
def send_file(request: HttpRequest, file: File[Upload]) -> HttpResponse:
    """Keep a file. 413 beyond 20 MB (5 MB without an account), 422 for what is no photograph or document."""
    viewer = viewer_of(request)
    _check_size(viewer, file)
    if viewer.anonymous:
        count("files", origin(request), PUBLIC_FILES, WINDOW)
    name = plain_name(file.name or "")
    kind = media_type_of(file.file, name)  # type: ignore[arg-type]
    if kind is None:
        raise _refused(t("这种文件不能上传，可以上传{kinds}", "This kind of file is not kept; send {kinds}").filled(kinds=KINDS), name)
    row = store(viewer, _named(name, kind), kind, _content(file, kind, name))
    return answer(_document(row), status=201)


def _check_size(viewer: Viewer, file: UploadedFile) -> None:
    limit = PUBLIC_LIMIT if viewer.anonymous else LIMIT
    if (file.size or 0) > limit:
        said = t("文件超过 {limit} MB", "The file is larger than {limit} MB").filled(limit=limit // MEGABYTE)
        raise TooLarge(said, do=t("请压缩后再上传", "Make it smaller and send it again"))
    if not file.size:
        raise _refused(t("文件是空的", "The file is empty"), file.name or "")


def _content(file: UploadedFile, kind: str, name: str) -> Iterable[bytes]:
    if kind not in IMAGES:
        return pieces(file)
    try:
        return [stripped(file.read(), kind)]
    except Damaged:
        raise _refused(t("图片已损坏，请重新拍摄或另存后上传", "The picture is damaged: take it again, or save it anew"), name) from None


def _refused(what: Label, name: str) -> Invalid:
    return Invalid([Problem("file", what, value=name[:80])])


UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]')


def plain_name(name: str) -> str:
    """The name without folders, control characters and turned writing directions, which hide a true ending."""
    name = unicodedata.normalize("NFC", name.encode("utf-8", "ignore").decode())
    return UNSAFE.sub("_", re.split(r"[/\\]", name)[-1]).strip(" .")[-120:]


def _named(name: str, kind: str) -> str:
    """The name with the ending that the bytes deserve."""
    suffix = SUFFIXES[kind]
    own = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    same = {
        suffix,
        *({"jpeg", "jpe"} if suffix == "jpg" else ()),
        *({"heif"} if suffix == "heic" else ()),
        *({"tsv"} if suffix == "csv" else ()),
    }
    return name if own in same else f"{name or 'file'}.{suffix}"


@router.get("/files/{number}")
def file(request: HttpRequest, number: int) -> FileResponse:
    """The bytes. 404 for whoever may not read a record that shows it. Nothing in it can run in our pages."""
    row = readable_file(viewer_of(request), number)
    path = path_of(row.sha256)
    if not path.is_file():
        raise NotFound(
            t("文件内容已不在存储中，请联系管理员", "The file's bytes are no longer in the store; tell an administrator"), which=str(number)
        )
    response = FileResponse(path.open("rb"), content_type=row.media_type)
    for name, value in _safe_headers(row).items():
        response[name] = value
    return response


def _safe_headers(row: StoredFile) -> dict[str, str]:
    way = "inline" if row.media_type in SHOWN else "attachment"
    suffix = SUFFIXES.get(row.media_type, "bin")
    return {
        "Content-Disposition": f"{way}; filename=\"{row.pk}.{suffix}\"; filename*=UTF-8''{quote(row.name, safe='')}",
        "Content-Security-Policy": "default-src 'none'; sandbox; style-src 'unsafe-inline'; img-src 'self' data:",
        "X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin", "Cache-Control": "private, max-age=300",
    }  # fmt: skip


def _document(row: StoredFile) -> dict[str, Any]:
    return {"id": row.pk, "name": row.name, "size": row.size, "sha256": row.sha256, "media_type": row.media_type}
