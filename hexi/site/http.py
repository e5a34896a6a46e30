"""The API: every room's router under /api, errors as RFC 9457 problem documents."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI, Router
from ninja.errors import HttpError, ValidationError

from hexi.core.data.answers import answer
from hexi.core.data.api import problem_words
from hexi.core.trust.api import language_of
from hexi.core.trust.http import reader
from hexi.kernel.errors import HexiError, Invalid, NotFound, Problem, TooLarge, TooMany, Unavailable
from hexi.kernel.label import t

log = logging.getLogger("hexi.http")
AGAIN_S = 5
api = NinjaAPI(title="Hexi", version="1", docs_url=None, urls_namespace="api", openapi_url="/openapi.json", auth=reader)


def problem(request: HttpRequest, error: HexiError) -> HttpResponse:
    """The error as a problem document in the reader's language."""
    response = answer(error.document(language_of(request)), status=error.status, media_type="application/problem+json")
    if isinstance(error, TooMany):
        response["Retry-After"] = str(error.retry_after)
    return response


@api.exception_handler(HexiError)
def told(request: HttpRequest, error: HexiError) -> HttpResponse:
    return problem(request, error)


@api.exception_handler(ValidationError)
def wrong_shape(request: HttpRequest, error: ValidationError) -> HttpResponse:
    problems = [Problem(".".join(str(part) for part in e["loc"][1:]), problem_words(e)) for e in error.errors]
    return problem(request, Invalid(problems, t("请求的内容不符合接口约定", "The request does not have the form that the API asks for")))


@api.exception_handler(HttpError)
@api.exception_handler(MultiPartParserError)
@api.exception_handler(SuspiciousOperation)
def unreadable(request: HttpRequest, error: Exception) -> HttpResponse:
    """A body that is no JSON, or no form: the client's fault, so no trace in the log."""
    said = t("请求的内容无法读取", "The body of the request cannot be read")
    return problem(request, Invalid([], said, do=t("请按接口约定的格式重新提交", "Send it again in the form that the API asks for")))


@api.exception_handler(RequestDataTooBig)
def too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return problem(
        request,
        TooLarge(
            t("提交的内容过大", "The request is too large"), do=t("请分批提交，或作为文件上传", "Send it in parts, or upload it as a file")
        ),
    )


@api.exception_handler(OperationalError)
def database_away(request: HttpRequest, error: OperationalError) -> HttpResponse:
    """The database is away, or somebody writes so much that the turn never came: the same request may succeed in a moment."""
    log.error("the database refused %s %s: %s", request.method, request.path, error)
    response = problem(
        request,
        Unavailable(
            t("数据库暂时繁忙或无法连接，未作任何更改", "The database is busy or away for the moment; nothing was changed"),
            do=t("请稍后重试", "Try again in a moment"),
        ),
    )
    response["Retry-After"] = str(AGAIN_S)
    return response


@api.exception_handler(Exception)
def unforeseen(request: HttpRequest, error: Exception) -> HttpResponse:
    """Something that nobody foresaw: the log has the trace, the reader has a number to name, and no inner detail leaves."""
    mark = format(id(error) & 0xFFFFFF, "06x")
    log.error("unforeseen %s at %s %s", mark, request.method, request.path, exc_info=error)
    return problem(
        request,
        HexiError(
            t("系统出错，未作任何更改", "Something went wrong; nothing was changed"),
            which=mark,
            do=t("请稍后重试；如再次出现，请将编号告知管理员", "Try again later; if it happens again, tell the administrator the number"),
        ),
    )


def no_such_address(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What nobody serves: a problem document for programs, a plain sentence for people."""
    error = NotFound(t("没有这个地址", "There is no such address"), which=request.path)
    if request.path.startswith("/api/"):
        return problem(request, error)
    return HttpResponse(f"{error.what.said(language_of(request))}: /", status=404, content_type="text/plain; charset=utf-8")


def mount(routers: Iterable[Router]) -> None:
    """Put each room's router under /api."""
    for router in routers:
        api.add_router("", router)
