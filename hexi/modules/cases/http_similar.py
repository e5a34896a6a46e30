"""Similar cases over HTTP, for the page of a case."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from hexi.core.data.answers import answer
from hexi.core.data.api import describe, readable
from hexi.core.trust.api import viewer_of
from hexi.kernel.errors import NotFound
from hexi.modules.cases.alike import reasons_of
from hexi.modules.cases.duplicates import Similar, similar_to
from hexi.modules.cases.models import Case

router = Router(tags=["cases"])
LARGEST = 2**63 - 1


class SimilarCase(Schema):
    """A case that may be the same matter: how far (m), how many days apart, how like (0 to 1), and why."""

    id: int
    number: str
    title: str
    phase: str
    opened_at: datetime
    distance_m: int | None
    days: float
    score: float
    reasons: list[dict[str, str]]


class SimilarCases(Schema):
    cases: list[SimilarCase]


@router.get("/records/cases.case/{int:number}/similar", response=SimilarCases)
def similar_cases(request: HttpRequest, number: int) -> HttpResponse:
    """Cases that may be the same matter, the likest first, at most ten; only what the reader may see."""
    viewer = viewer_of(request)
    case = readable(viewer, Case).select_related("category").filter(pk=min(number, LARGEST)).first()
    if case is None:
        raise NotFound(which=f"{describe(Case).label.said(viewer.language)} {number}")
    return answer({"cases": [_document(one) for one in similar_to(viewer, case)]})


def _document(one: Similar) -> dict[str, Any]:
    row = one.row
    away = None if one.distance_m is None else round(one.distance_m)
    return {
        "id": row["id"], "number": row["number"], "title": row["title"], "phase": row["phase"], "opened_at": row["opened_at"],
        "distance_m": away, "days": round(one.days, 1), "score": round(one.score, 3),
        "reasons": reasons_of(one),
    }  # fmt: skip
