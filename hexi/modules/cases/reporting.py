"""A report over HTTP becomes a case: how often strangers may, the point in our coordinate system, the questions of its kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from hexi.core.data.api import answers_of, claimed, clean, count_use
from hexi.core.space.api import Datum, convert
from hexi.core.trust.api import Viewer, mark_of, origin
from hexi.kernel.case_type import CaseType
from hexi.kernel.errors import Invalid, Problem
from hexi.kernel.label import t
from hexi.modules.cases.contracts import NewCase, Reporter
from hexi.modules.cases.intake import ENTITY, Opened, content_of, kind_of, open_case
from hexi.modules.cases.people import digits
from hexi.modules.cases.shapes import NewReport, Point, Who
from hexi.modules.cases.words import clock_label, next_words, state_label

WINDOW = timedelta(minutes=10)
SHORTEST_KEY = 16
"""Strangers have no account, so their key alone says that a report is theirs: it has to be one that nobody hits upon (a UUID has 36)."""
LONGEST_KEY = 64
FOLLOW = "/m/cases/{number}#{secret}"


def report(request: HttpRequest, viewer: Viewer, given: NewReport, key: str) -> Opened:
    """Open the case that is reported. Raises NotFound, Forbidden, Invalid, Conflict, TooMany."""
    kind = kind_of(given.kind)
    new = new_case(viewer, kind, given, _checked_key(viewer, key or given.client_id))
    if viewer.anonymous and not (new.key and claimed(viewer, ENTITY, new.key, content_of(new))):
        brake(request, "report", given.reporter.phone if given.reporter else "")
    return open_case(viewer, new)


def new_case(viewer: Viewer, kind: CaseType, given: NewReport, key: str) -> NewCase:
    """The report as the engine takes it. Raises Invalid."""
    if viewer.anonymous and given.source != "resident":
        raise Invalid([Problem("source", t("未登录时来源只能是居民上报", "Without signing in the source is resident"), value=given.source)])
    return NewCase(
        kind.key, given.title, given.description, given.category, given.urgency, given.source, given.place,
        wgs84(given.point) if given.point else None, given.address, given.occurred_at, reporter_given(given.reporter),
        answered(viewer, kind, given.answers), tuple(dict.fromkeys(given.files)), key,
    )  # fmt: skip


def answered(viewer: Viewer, kind: CaseType, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers to what the kind asks. Raises Invalid with `answers.` before the name of each question."""
    if kind.questions is None and answers:
        raise Invalid([Problem(f"answers.{name}"[:80], t("这类事项没有这一问", "This kind does not ask this")) for name in answers])
    try:
        found = answers_of(viewer, kind.questions, answers)
    except Invalid as fault:
        raise Invalid([replace(one, field=f"answers.{one.field}") for one in fault.problems]) from None
    return found.model_dump(mode="json") if found is not None else {}


def wgs84(point: Point) -> tuple[float, float]:
    """The point in the system of the satellites, to a tenth of a metre."""
    lon, lat = convert(point.lon, point.lat, Datum(point.datum), Datum.WGS84)
    return round(max(-180.0, min(180.0, lon)), 6), round(max(-90.0, min(90.0, lat)), 6)


def reporter_given(who: Who | None) -> Reporter | None:
    """Who it is, with nothing of them where they wish so."""
    return Reporter(who.name, who.phone, who.anonymous) if who else None


def brake(request: HttpRequest, what: str, phone: str) -> None:
    """Count this by the address and by the telephone behind it: an office shares one address, nobody has a hundred telephones.

    Raises TooMany.
    """
    address = origin(request)
    count_use(what, address, settings.REPORTS_PER_ADDRESS, WINDOW)
    if phone:
        count_use(what, f"{address}:{mark_of(digits(phone), 'brake')}", settings.REPORTS_PER_PERSON, WINDOW)


def answer_to(opened: Opened) -> dict[str, Any]:
    """What the reporter gets back."""
    case = opened.case
    clock = clock_label(case.kind, case.clock)
    return {
        "number": case.number, "follow": follow(case.number, opened.secret), "state": {"key": case.state, **state_label(case).as_dict()},
        "phase": case.phase, "due_at": case.due_at, "clock": {"key": case.clock, **clock.as_dict()} if clock else None,
        "next": next_words(case).as_dict(), "again": opened.again, "same_photo": case.same_photo,
    }  # fmt: skip


def follow(number: str, secret: str) -> dict[str, str]:
    """Where the reporter follows it."""
    return {"secret": secret, "address": FOLLOW.format(number=number, secret=secret)}


def _checked_key(viewer: Viewer, key: str) -> str:
    key = clean(key)
    least = SHORTEST_KEY if viewer.anonymous else 1
    if key and not least <= len(key) <= LONGEST_KEY:
        said = t("提交编号应有 {least} 至 {most} 个字符，如 UUID", "The key has {least} to {most} characters, such as a UUID")
        raise Invalid([Problem("Idempotency-Key", said.filled(least=least, most=LONGEST_KEY))])
    return key
