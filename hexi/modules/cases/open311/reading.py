"""Public cases as GeoReport's service requests: by number, by time, by status, page by page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from hexi.core.data.api import readable
from hexi.core.trust.api import PUBLIC, organisation_labels
from hexi.kernel.errors import Invalid, NotFound, Problem
from hexi.kernel.label import Language, t
from hexi.modules.cases.models import Case
from hexi.modules.cases.shapes import district_moment
from hexi.modules.cases.words import kind_label, next_words, state_label

SPAN = timedelta(days=90)
MOST = 1000
"""Both from the specification: "90 days or first 1000 requests returned, whichever is smallest"."""
DEEPEST = 1000
ENDED = ("closed", "cancelled")
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of the answer: `page` counts from 1 (the extension that Chicago, Boston and Bloomington share)."""

    number: int
    size: int

    @property
    def part(self) -> slice:
        return slice((self.number - 1) * self.size, self.number * self.size)


def requests_asked(asked: Mapping[str, str], language: Language) -> list[dict[str, Any]]:
    """The requests that the arguments name, newest first. Raises Invalid."""
    if numbers := _listed(asked.get("service_request_id", "")):  # overrides all other arguments
        return _documents(Q(number__in=numbers[:MOST]), Page(1, MOST), language)
    page = Page(_whole("page", asked, 1, DEEPEST), _whole("page_size", asked, MOST, MOST))
    return _documents(_by_code(asked) & _by_status(asked) & _by_time(asked), page, language)


def request_of(number: str, language: Language) -> list[dict[str, Any]]:
    """The one request. Raises NotFound, also for what is not public."""
    found = _documents(Q(number=number[:24]), Page(1, 1), language)
    if not found:
        raise NotFound(t("没有这个 service_request_id", "service_request_id was not found"), which=number[:24])
    return found


def _documents(where: Q, page: Page, language: Language) -> list[dict[str, Any]]:
    rows = readable(PUBLIC, Case).filter(where).select_related("category").order_by("-opened_at", "-pk")[page.part]
    return [_document(case, language) for case in rows]


def _document(case: Case, language: Language) -> dict[str, Any]:
    """Only what is open to the public: neither the reporter's own words, nor their address, nor their photos."""
    row = case.category
    office = organisation_labels().get(case.lead)
    name = (row.name if language == "zh" else row.name_en or row.name) if row else kind_label(case.kind).said(language)
    return {
        "service_request_id": case.number, "status": "closed" if case.phase in ENDED else "open",
        "status_notes": state_label(case).said(language), "service_name": name,
        "service_code": f"{case.kind}.{row.code}" if row else case.kind, "description": case.title[:LONGEST],
        "agency_responsible": office.said(language) if office else None, "service_notice": next_words(case).said(language),
        "requested_datetime": case.opened_at, "updated_datetime": case.closed_at or case.updated_at, "expected_datetime": case.due_at,
        "address": None, "address_id": case.place or None, "zipcode": None,
        "lat": float(case.lat) if case.lat is not None else None, "long": float(case.lon) if case.lon is not None else None,
        "media_url": None,
    }  # fmt: skip


def _by_code(asked: Mapping[str, str]) -> Q:
    found = Q()
    for code in _listed(asked.get("service_code", "")):
        kind, _, category = code.partition(".")
        found |= Q(kind=kind, category__code=category) if category else Q(kind=kind)
    return found


def _by_status(asked: Mapping[str, str]) -> Q:
    wanted = set(_listed(asked.get("status", "")))
    if wanted - {"open", "closed"}:
        raise Invalid([Problem("status", t("status 应为 open 或 closed", "status is open or closed"), value=asked["status"][:40])])
    if len(wanted) != 1:
        return Q()
    return Q(phase__in=ENDED) if "closed" in wanted else ~Q(phase__in=ENDED)


def _by_time(asked: Mapping[str, str]) -> Q:
    """The range of `requested_datetime`, at most 90 days of it; with `updated_*` alone that of the last change."""
    start, end, after, before = (_moment(name, asked) for name in ("start_date", "end_date", "updated_after", "updated_before"))
    changed = (Q(updated_at__gt=after) if after else Q()) & (Q(updated_at__lt=before) if before else Q())
    if (after or before) and not (start or end):
        return changed
    if start and end and end - start > SPAN:
        raise Invalid([Problem("end_date", t("start_date 与 end_date 相距不得超过 90 天", "start_date and end_date span at most 90 days"))])
    end = end or (start + SPAN if start else timezone.now())
    return Q(opened_at__gte=start or end - SPAN, opened_at__lte=end) & changed


def _moment(name: str, asked: Mapping[str, str]) -> datetime | None:
    text = asked.get(name, "").strip().replace(" ", "+")  # a + that nobody escaped
    if not text:
        return None
    try:
        return district_moment(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        what = t("{name} 应为 2010-01-01T00:00:00Z 的形式", "{name} is written like 2010-01-01T00:00:00Z").filled(name=name)
        raise Invalid([Problem(name, what, value=text[:40])]) from None


def _whole(name: str, asked: Mapping[str, str], usual: int, most: int) -> int:
    text = asked.get(name, "").strip()
    if not text:
        return usual
    if not (text.isascii() and text.isdecimal() and len(text) < 6 and 1 <= int(text) <= most):
        what = t("{name} 应在 1 与 {most} 之间", "{name} lies between 1 and {most}").filled(name=name, most=most)
        raise Invalid([Problem(name, what, value=text[:20])])
    return int(text)


def _listed(text: str) -> list[str]:
    return [one.strip()[:120] for one in text.replace("\x00", "").split(",") if one.strip()]
