"""Cases for the staff's programs: one whole, many at once, why it goes where. Everything through the generic functions of registers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, cast

from django.utils import timezone

from hexi.core.data.api import Query, act, describe, listed, presented_whole, readable
from hexi.core.space.api import place_at
from hexi.core.trust.api import Viewer, organisation_labels
from hexi.kernel.case_type import CaseType, LimitRule
from hexi.kernel.catalogue import catalogue
from hexi.kernel.clock import Clock
from hexi.kernel.errors import Conflict, Forbidden, HexiError, Invalid, Problem
from hexi.kernel.label import t
from hexi.modules.cases import routing
from hexi.modules.cases.acts import STAFF
from hexi.modules.cases.course import clocks_of
from hexi.modules.cases.intake import ENTITY, kind_of
from hexi.modules.cases.models import Case, CaseClock
from hexi.modules.cases.people import earlier_of
from hexi.modules.cases.reporting import wgs84
from hexi.modules.cases.shapes import Bulk, Hypothesis
from hexi.modules.cases.tables import district_calendar
from hexi.modules.cases.words import clock_label, state_words

MOST = 200
EARLIER = ("number", "title", "kind", "state", "phase", "opened_at", "closed_at", "lead")
INCLUDED = {
    "tasks": ("cases.casetask", ("case",)), "notes": ("cases.note", ("case",)), "verifications": ("cases.verification", ("case",)),
    "links": ("cases.caselink", ("case", "other")), "extensions": ("cases.extension", ("case",)),
    "supervisions": ("cases.supervision", ("case",)), "ratings": ("cases.rating", ("case",)), "same_photos": ("cases.samephoto", ("case",)),
}  # fmt: skip


def whole(viewer: Viewer, number: int, fields: Iterable[str] = (), include: Iterable[str] = ()) -> dict[str, Any]:
    """The case as its reader may see it, only these fields where some are named, with what belongs to it. Raises NotFound, Invalid."""
    wanted = tuple(include)
    found = presented_whole(viewer, ENTITY, number)
    if lost := [name for name in fields if name not in describe(Case).fields]:
        raise Invalid([Problem("fields", t("没有这一栏", "There is no such field"), value=name[:80]) for name in lost])
    if kept := set(fields):
        found["record"] = {k: v for k, v in found["record"].items() if k in {"id", "version"} or k.removesuffix("__label") in kept}
    return {**found, **{name: _included(viewer, name, number) for name in wanted}}


def _included(viewer: Viewer, name: str, number: int) -> list[dict[str, Any]]:
    if name == "clocks":
        return [clock_document(one) for one in clocks_of(Case.objects.get(pk=number))]
    if name not in INCLUDED:
        known = "、".join(("clocks", *INCLUDED))
        raise Invalid([Problem("include", t("可附带的内容：{known}", "What can be included: {known}").filled(known=known), value=name[:60])])
    entity, columns = INCLUDED[name]
    rows = {row["id"]: row for column in columns for row in _rows(viewer, entity, column, number)}
    return list(rows.values())


def _rows(viewer: Viewer, entity: str, column: str, number: int) -> list[dict[str, Any]]:
    return listed(viewer, entity, Query(where=(f"{column}:eq:{number}",), sort="id", limit=MOST)).rows


def clock_document(one: CaseClock) -> dict[str, Any]:
    """A clock with the rule as it was when it started."""
    label = clock_label(one.case.kind, one.key) or t(one.key, one.key)
    return {
        "key": one.key, "label": label.as_dict(), "limit": {"amount": one.amount, "unit": one.unit}, "rule": cast(Any, one).rule,
        "started_at": one.started_at, "due_at": one.due_at, "paused_at": one.paused_at, "met_at": one.met_at, "ended_at": one.ended_at,
        "breached_at": one.breached_at,
    }  # fmt: skip


def version_asked(if_match: str, action: str) -> int:
    """The version that `If-Match` names; any for an action that only adds.

    Raises Invalid where it names none: whoever changes something says on what they saw.
    """
    declared = catalogue.actions.get(ENTITY, {}).get(action)
    if declared and declared.adds:
        return 0
    text = if_match.strip().removeprefix("W/").strip('"')
    if not (text.isascii() and text.isdecimal() and len(text) <= 10):
        what = t("请在 If-Match 中给出案件版本", "Give the version of the case in If-Match")
        raise Invalid([Problem("If-Match", what, value=if_match[:40])], code="version_needed")
    return int(text)


def earlier_cases(viewer: Viewer, phone: str, span: timedelta) -> dict[str, Any]:
    """Cases that the same telephone reported, as far as the viewer may read them. Raises Forbidden for whoever takes none in."""
    must_be_staff(viewer)
    numbers = ",".join(earlier_of(phone, span).order_by("-pk").values_list("number", flat=True)[:MOST])
    if not numbers:
        return {"rows": [], "dict": {}}
    found = listed(viewer, ENTITY, Query(where=(f"number:in:{numbers}",), columns=EARLIER, limit=MOST))
    return {"rows": found.rows, "dict": found.words}


def must_be_staff(viewer: Viewer) -> None:
    """Raises Forbidden for whoever works on no case."""
    if not viewer.holds(*STAFF, "platform"):
        raise Forbidden(t("只有办案人员可以使用", "Only who works on cases may use this"))


def done_to_many(viewer: Viewer, asked: Bulk) -> dict[str, Any]:
    """The action on each case in a transaction of its own: what one refuses does not hold up the others."""
    results = [_done_to(viewer, asked, row.id, row.version) for row in asked.rows]
    return {"results": results, **{word: sum(one["result"] == word for one in results) for word in ("done", "refused", "conflict")}}


def _done_to(viewer: Viewer, asked: Bulk, number: int, version: int) -> dict[str, Any]:
    try:
        done = act(viewer, ENTITY, number, asked.action, asked.values, version=version, why=asked.why)
    except Conflict as fault:
        present = fault.present.version if fault.present else None
        return {"id": number, "result": "conflict" if fault.present else "refused", "version": present, "problem": _told(viewer, fault)}
    except HexiError as fault:
        return {"id": number, "result": "refused", "version": None, "problem": _told(viewer, fault)}
    same = isinstance(done, Case)
    return {"id": number, "result": "done", "version": done.version if same else _version(viewer, number), "problem": None}


def _version(viewer: Viewer, number: int) -> int | None:
    return readable(viewer, Case).filter(pk=number).values_list("version", flat=True).first()


def _told(viewer: Viewer, fault: HexiError) -> dict[str, Any]:
    document = fault.document(viewer.language)
    document.pop("present", None)
    return document


def explained(viewer: Viewer, asked: Hypothesis) -> dict[str, Any]:
    """Where such a case would go, rule by rule, and which limit would count for each of its clocks. Raises Forbidden, NotFound."""
    must_be_staff(viewer)
    kind, at = kind_of(asked.kind), asked.at or timezone.now()
    found = place_at(*wgs84(asked.point)) if asked.point and not asked.place else None
    question = routing.Question(kind.key, asked.category, asked.place or (found.code if found else ""), at)
    routed = routing.route(question)
    office = organisation_labels().get(routed.office)
    rules = [{**rule, "counts": rule["rule"] == routed.rule} for rule in routing.explained(question)]
    return {
        "place": question.place, "at": at,
        "routing": {
            "office": {"key": routed.office, **office.as_dict()} if office else None, "co_offices": list(routed.co_offices),
            "rule": routed.rule, "why": routed.why.as_dict(), "rules": rules,
        },
        "clocks": [_clock_explained(kind, clock, asked, at) for clock in kind.clocks],
    }  # fmt: skip


def _clock_explained(kind: CaseType, clock: Clock, asked: Hypothesis, at: datetime) -> dict[str, Any]:
    calendar = district_calendar()
    day = calendar.local(at).date()
    counts = kind.limit(clock.key, asked.category, asked.urgency, day)
    rules = [_limit(rule, counts, rule.covers(asked.category, asked.urgency, day)) for rule in kind.limits if rule.clock == clock.key]
    states = {word: [state_words(kind.key, one).as_dict() for one in getattr(clock, word)] for word in ("starts", "stops", "pauses")}
    return {
        "key": clock.key, "label": clock.label.as_dict(), **states, "rules": rules,
        "due_at": counts.limit.due(at, calendar) if counts else None,
    }  # fmt: skip


def _limit(rule: LimitRule, counts: LimitRule | None, fits: bool) -> Mapping[str, Any]:
    return {
        "limit": rule.limit.words().as_dict(), "basis": rule.basis, "source": rule.source, "clause": rule.clause,
        "category": rule.category, "urgency": rule.urgency, "valid_from": rule.valid_from, "valid_to": rule.valid_to,
        "fits": fits, "counts": rule is counts,
    }  # fmt: skip
