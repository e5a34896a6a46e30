"""A stored file on its way to a browser: nothing in it can run in our pages."""

from __future__ import annotations

from urllib.parse import quote

from django.http import FileResponse

from hexi.core.data.files import path_of
from hexi.core.data.media import IMAGES, SUFFIXES
from hexi.core.data.models import StoredFile
from hexi.kernel.errors import NotFound
from hexi.kernel.label import t

SHOWN = IMAGES  # what a browser may show in its own window; the rest is saved


def file_answer(row: StoredFile) -> FileResponse:
    """The bytes, for whom the caller lets have them. Raises NotFound when they are gone."""
    path = path_of(row.sha256)
    if not path.is_file():
        what = t("文件内容已不在存储中，请联系管理员", "The file's bytes are no longer in the store; tell an administrator")
        raise NotFound(what, which=str(row.pk))
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
