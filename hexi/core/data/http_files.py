"""Files over HTTP: evidence and photographs in, and back to those who may see them."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File, Router, Schema
from ninja import Form as FromForm
from ninja.files import UploadedFile as Upload

from hexi.core.data.answers import answer
from hexi.core.data.exif import taken_of
from hexi.core.data.files import pieces, readable_file, store
from hexi.core.data.likeness import keep_likeness
from hexi.core.data.media import IMAGES, SUFFIXES, media_type_of
from hexi.core.data.models import StoredFile
from hexi.core.data.sending import file_answer
from hexi.core.data.stripping import Damaged, stripped
from hexi.core.data.taken import taken_words
from hexi.core.data.throttle import count
from hexi.core.trust.api import Viewer, origin, viewer_of
from hexi.kernel.errors import Invalid, Problem, TooLarge
from hexi.kernel.label import Label, t

router = Router(tags=["files"])
MEGABYTE = 1024 * 1024
LIMIT, PUBLIC_LIMIT = 20 * MEGABYTE, 5 * MEGABYTE
PUBLIC_FILES, WINDOW = 20, timedelta(minutes=10)  # per address: a statement has a few photographs, a flood has thousands
KINDS = t("照片（JPEG、PNG、WebP、HEIC）、PDF、DOCX、XLSX、TXT 或 CSV", "a photograph (JPEG, PNG, WebP, HEIC), PDF, DOCX, XLSX, TXT or CSV")


class Taken(Schema):
    """Where and when a photograph was taken, by its own word."""

    at: str | None
    lon: float | None
    lat: float | None
    place: str
    place_label: dict[str, str] | None
    distance_m: int | None
    age_s: int | None
    words: dict[str, str]


class Stored(Schema):
    """A file as it was kept; photographs without what they tell of place and device."""

    id: int
    name: str
    size: int
    sha256: str
    media_type: str
    taken: Taken | None = None


@router.post("/files", response={201: Stored})
def send_file(request: HttpRequest, file: File[Upload], lon: FromForm[float | None] = None, lat: FromForm[float | None] = None) -> HttpResponse:
    """Keep a file. 413 beyond 20 MB (5 MB without an account), 422 for what is no photograph or document.

    `taken` is what a photograph tells of where and when it was taken; it is told here and kept nowhere. `lon`, `lat` (WGS-84) is
    where the sender stands, to say how far from there.
    """
    viewer = viewer_of(request)
    _check_size(viewer, file)
    if viewer.anonymous:
        count("files", origin(request), PUBLIC_FILES, WINDOW)
    name = plain_name(file.name or "")
    kind = media_type_of(file.file, name)  # type: ignore[arg-type]
    if kind is None:
        raise _refused(t("这种文件不能上传，可以上传{kinds}", "This kind of file is not kept; send {kinds}").filled(kinds=KINDS), name)
    if kind not in IMAGES:
        return answer(_document(store(viewer, _named(name, kind), kind, pieces(file))), status=201)
    content = file.read()
    row = store(viewer, _named(name, kind), kind, [_stripped(content, kind, name)])
    keep_likeness(row, content)
    taken = taken_words(taken_of(content, kind, timezone.now()), (lon, lat) if lon is not None and lat is not None else None)
    return answer({**_document(row), "taken": taken}, status=201)


def _check_size(viewer: Viewer, file: UploadedFile) -> None:
    limit = PUBLIC_LIMIT if viewer.anonymous else LIMIT
    if (file.size or 0) > limit:
        said = t("文件超过 {limit} MB", "The file is larger than {limit} MB").filled(limit=limit // MEGABYTE)
        raise TooLarge(said, do=t("请压缩后再上传", "Make it smaller and send it again"))
    if not file.size:
        raise _refused(t("文件是空的", "The file is empty"), file.name or "")


def _stripped(content: bytes, kind: str, name: str) -> bytes:
    try:
        return stripped(content, kind)
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
    return file_answer(readable_file(viewer_of(request), number))


def _document(row: StoredFile) -> dict[str, Any]:
    return {"id": row.pk, "name": row.name, "size": row.size, "sha256": row.sha256, "media_type": row.media_type}
