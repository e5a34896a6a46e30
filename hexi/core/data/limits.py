"""Bodies that are too large are turned away by their announced length, before anything reads or stores them."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from hexi.core.data.answers import answer
from hexi.core.trust.api import language_of
from hexi.kernel.errors import TooLarge
from hexi.kernel.label import t

MEGABYTE = 1024 * 1024
FILES = 20 * MEGABYTE
ENVELOPE = 64 * 1024  # what a multipart body needs beside the file itself


class BodyLimits:
    """Middleware: 413 for a body beyond what its address takes. It stands first, since the CSRF check reads whole forms."""

    def __init__(self, answer_to: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer_to = answer_to

    def __call__(self, request: HttpRequest) -> HttpResponse:
        limit = limit_of(request)
        if _length(request) <= limit:
            return self.answer_to(request)
        said = t("提交的内容超过 {limit} MB", "The body is larger than {limit} MB").filled(limit=limit // MEGABYTE)
        error = TooLarge(said, do=t("请压缩或分批提交", "Make it smaller, or send it in parts"))
        response = answer(error.document(language_of(request)), status=error.status, media_type="application/problem+json")
        response["Connection"] = "close"
        return response


def limit_of(request: HttpRequest) -> int:
    """How many bytes this address takes: imports the most, single files some, everything else a form's worth."""
    if (request.content_type or "") == "multipart/form-data":
        return (settings.UPLOAD_LIMIT if request.path == "/api/imports" else FILES) + ENVELOPE
    return settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def _length(request: HttpRequest) -> int:
    said = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(said) if said.isascii() and said.isdecimal() else 0
