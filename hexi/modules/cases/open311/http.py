"""The addresses of GeoReport v2. They read no session, so no browser can be made to send for somebody: changes need an api_key."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Header, Query, Router, Schema

from hexi.core.data.api import clean
from hexi.core.trust.api import language_of
from hexi.kernel.errors import Forbidden, HexiError, Invalid, NotFound, TooMany
from hexi.kernel.label import Language
from hexi.modules.cases.open311.reading import request_of, requests_asked
from hexi.modules.cases.open311.sending import posted, token_resolved
from hexi.modules.cases.open311.services import definition, discovery, service_of, services
from hexi.modules.cases.open311.written import FORMATS, written

router = Router(tags=["open311"], auth=None)
CODES: tuple[tuple[type[HexiError], int], ...] = ((Forbidden, 403), (NotFound, 404), (TooMany, 429))


class GeoReportQuery(Schema):
    """The arguments of GeoReport, as text: what is wrong with one is said in GeoReport's way."""

    service_request_id: str = ""
    service_code: str = ""
    start_date: str = ""
    end_date: str = ""
    status: str = ""
    updated_after: str = ""
    updated_before: str = ""
    page: str = ""
    page_size: str = ""
    jurisdiction_id: str = ""


View = Callable[..., HttpResponse]


def told_in_its_way(view: View) -> View:
    """Errors as GeoReport writes them: 403 for the key, 404 for what is not there, 429 for too often, 400 for all else."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except HexiError as error:
            return _refused(error, kwargs.get("form", "xml"), language_of(request))

    return answered


def _refused(error: HexiError, form: str, language: Language) -> HttpResponse:
    status = next((code for kind, code in CODES if isinstance(error, kind)), 400)
    said = [f"{one.field}: {one.message.said(language)}" for one in error.problems] if isinstance(error, Invalid) else []
    said = said or [" ".join(part for part in (error.what.said(language), error.which) if part)]
    body = [{"code": status, "description": one} for one in said]
    response = written("errors", body, form if form in FORMATS else "xml", status)
    if isinstance(error, TooMany):
        response["Retry-After"] = str(error.retry_after)
    return response


@router.get("/discovery.{form}", response=dict[str, Any])
@told_in_its_way
def discover(request: HttpRequest, form: str) -> HttpResponse:
    """Where the endpoint is, which formats it speaks, and when the services last changed."""
    address = request.build_absolute_uri("/api/open311/v2")
    return written("discovery", discovery(address, language_of(request)), form)


@router.get("/v2/services.{form}", response=list[dict[str, Any]])
@told_in_its_way
def list_services(request: HttpRequest, form: str, jurisdiction_id: str = "") -> HttpResponse:
    """What may be reported. There is one jurisdiction, so `jurisdiction_id` is not needed."""
    return written("services", [one.document(language_of(request)) for one in services()], form)


@router.get("/v2/services/{code}.{form}", response=dict[str, Any])
@told_in_its_way
def define_service(request: HttpRequest, code: str, form: str, jurisdiction_id: str = "") -> HttpResponse:
    """What is asked for one service."""
    return written("service_definition", definition(service_of(clean(code)), language_of(request)), form)


@router.get("/v2/requests.{form}", response=list[dict[str, Any]])
@told_in_its_way
def list_requests(request: HttpRequest, form: str, asked: Query[GeoReportQuery]) -> HttpResponse:
    """Public cases: 90 days, 1000 at most; `page`, `page_size`, `updated_after`, `updated_before` are extensions."""
    return written("service_requests", requests_asked(asked.model_dump(), language_of(request)), form)


@router.post("/v2/requests.{form}", response=list[dict[str, Any]])
@told_in_its_way
def post_request(request: HttpRequest, form: str, api_key: str = "", idempotency_key: Header[str] = "") -> HttpResponse:
    """Report for a resident, as a form. The api_key stands in the form, better than in the address, which logs keep."""
    key = str(request.POST.get("api_key", "")) or api_key
    return written("service_requests", posted(request.POST, key, idempotency_key[:64], language_of(request)), form)


@router.get("/v2/requests/{number}.{form}", response=list[dict[str, Any]])
@told_in_its_way
def one_request(request: HttpRequest, number: str, form: str, jurisdiction_id: str = "") -> HttpResponse:
    """One public case."""
    return written("service_requests", request_of(clean(number), language_of(request)), form)


@router.get("/v2/tokens/{token}.{form}", response=list[dict[str, Any]])
@told_in_its_way
def resolve_token(request: HttpRequest, token: str, form: str, jurisdiction_id: str = "") -> HttpResponse:
    """The number behind a token, empty until the case was accepted."""
    return written("service_requests", token_resolved(clean(token)), form)
