"""The log over HTTP, as c2sp.org/tlog-tiles has it: static bytes that any client of such logs reads. Nobody needs to sign in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from hexi.core.trust.ledger.reading import checkpoint_content, tile_content
from hexi.core.trust.ledger.trees import GM, MAIN
from hexi.core.trust.viewers import language_of
from hexi.kernel.label import t
from hexi.kernel.tlog.tiles import CHECKPOINT_PATH

TEXT, BYTES = "text/plain; charset=utf-8", "application/octet-stream"
SECONDS, FOR_EVER = "public, max-age=1", "public, max-age=31536000, immutable"
ABSENT = t(
    "日志中没有这一文件：路径不合规范，或超出最新检查点的范围",
    "The log has no such file: it is no path of c2sp.org/tlog-tiles, or lies beyond the newest checkpoint",
)


@require_safe
def log_file(request: HttpRequest, path: str) -> HttpResponse:
    """A checkpoint, tile or entry bundle of either tree."""
    tree, path = (GM, path.removeprefix(GM.prefix)) if path.startswith(GM.prefix) else (MAIN, path)
    if path == CHECKPOINT_PATH:
        return _answer(request, checkpoint_content(tree), TEXT, SECONDS)
    return _answer(request, tile_content(tree, path), BYTES, FOR_EVER)


def _answer(request: HttpRequest, content: bytes | None, kind: str, kept: str) -> HttpResponse:
    if content is None:
        return HttpResponse(ABSENT.said(language_of(request)) + "\n", status=404, content_type=TEXT, headers={"Cache-Control": "no-store"})
    return HttpResponse(content, content_type=kind, headers={"Cache-Control": kept, "Access-Control-Allow-Origin": "*"})
