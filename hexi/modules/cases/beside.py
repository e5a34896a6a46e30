"""What stands beside one case and is no register: its clocks, why it went where it went, who reported it, cases like it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django.db import transaction
from django.utils import timezone

from hexi.core.data.api import describe, plain, presented, to_q, tuned_context
from hexi.core.trust.api import EventRecord, Viewer, allowed, history, masked, organisation_labels, record_reveal
from hexi.kernel.catalogue import catalogue
from hexi.kernel.errors import Forbidden, SignInNeeded
from hexi.kernel.label import Label, t
from hexi.modules.cases import routing
from hexi.modules.cases.clocks import limit_of
from hexi.modules.cases.course import question_of
from hexi.modules.cases.models import Case, CaseClock, Person
from hexi.modules.cases.others import other_cases, similar_cases
from hexi.modules.cases.people import reporter_of
from hexi.modules.cases.tables import district_calendar

Row = dict[str, Any]
ENTITY, INTERNAL = "cases.case", "routing"


def clocks_told(viewer: Viewer, number: int) -> list[Row]:
    """Every clock of the case as its panel shows it, the one that ends next first, then those that ended as they began. Raises NotFound."""
    case, now = _case(viewer, number), timezone.now()
    events = history(ENTITY, number)
    found = [_clock(case, one, events, now) for one in CaseClock.objects.filter(case=case).order_by("started_at", "pk")]
    order = {"over": 0, "running": 1, "paused": 2}
    return sorted(found, key=lambda one: (order.get(one["stands"], 3), one["due_at" if one["stands"] in order else "started_at"] or ""))


def beside(viewer: Viewer, number: int) -> Row:
    """Routing with the rules that were asked, the people who reported it, and cases like it that the viewer may read. Raises NotFound."""
    if viewer.anonymous:
        raise SignInNeeded
    case = _case(viewer, number)
    return {
        "routing": {"found": case.routing, "office": _office(case), "rules": routing.explained(question_of(case))},
        "people": [_masked(person) for person in _people(case)],
        "may_reveal": _revealable(viewer, case),
        "similar": similar_cases(viewer, case),
    }


def _office(case: Case) -> dict[str, str] | None:
    label = organisation_labels().get(case.routing.get("office", ""))
    return label.as_dict() if label else None


def others(viewer: Viewer, number: int, words: str, *, to_merge: bool) -> list[Row]:
    """Cases that this one may be merged into or related to, for whoever works on it. Raises NotFound, Forbidden, SignInNeeded."""
    if viewer.anonymous:
        raise SignInNeeded
    return other_cases(viewer, _case(viewer, number), words, to_merge=to_merge)


def people_revealed(viewer: Viewer, number: int, purpose: str) -> list[Row]:
    """Who reported the case, in clear, for a purpose that is kept as an event. Raises NotFound, Forbidden, Invalid."""
    case = _case(viewer, number)
    with transaction.atomic():
        if not _revealable(viewer, case):
            raise Forbidden(t("您的岗位不能查看反映人信息", "Your post may not see who reported a case"))
        record_reveal(viewer, ENTITY, number, ["reporter"], purpose, place=case.place, organisation=case.organisations)
    return [{**_masked(person), **_clear(person)} for person in _people(case)]


def _case(viewer: Viewer, number: int) -> Case:
    """The case, for those who see more of it than the public does. Raises NotFound, Forbidden."""
    about = describe(Case)
    if INTERNAL in presented(viewer, about, number).get("__masked", ()):
        raise Forbidden(t("您的岗位只能查看案件的公开内容", "Your post sees only what is public of this case"))
    return Case.objects.select_related("category").get(pk=number)


def _clock(case: Case, one: CaseClock, events: list[EventRecord], now: datetime) -> Row:
    limit, rule = limit_of(one), cast("dict[str, str]", cast(Any, one).rule)
    left = limit.left(now, one.due_at, district_calendar()).total_seconds() if one.due_at else None
    return {
        "key": one.key, "label": _label(case, one.key).as_dict(), "limit": limit.words().as_dict(), "working": limit.is_working,
        "day_s": district_calendar().day.total_seconds(),
        "basis": rule.get("basis", ""), "source": rule.get("source", ""), "clause": rule.get("clause", ""),
        "started_at": plain(one.started_at), "due_at": plain(one.due_at), "met_at": plain(one.met_at), "ended_at": plain(one.ended_at),
        "breached_at": plain(one.breached_at), "paused_at": plain(one.paused_at), "stands": _stands(one, now),
        "left_s": one.left_s if one.paused_at else left, "used": _used(one, now), "why_paused": _why(one, events),
    }  # fmt: skip


def _label(case: Case, key: str) -> Label:
    kind = catalogue.case_types.get(case.kind)
    found = {clock.key: clock.label for clock in kind.clocks} if kind else {}
    return found.get(key, t(key, key))


def _stands(one: CaseClock, now: datetime) -> str:
    """One word for where it stands: met, missed (met too late), dropped (no longer needed), paused, over, running."""
    if one.met_at:
        return "missed" if one.breached_at else "met"
    if one.ended_at:
        return "dropped"
    if one.paused_at:
        return "paused"
    return "over" if one.due_at and one.due_at <= now else "running"


def _used(one: CaseClock, now: datetime) -> float | None:
    """The share of its time that is gone, for its bar: 0 to 1, by the wall clock."""
    if one.due_at is None or one.due_at <= one.started_at:
        return None
    end = one.met_at or one.ended_at or one.paused_at or now
    return min(1.0, max(0.0, (end - one.started_at) / (one.due_at - one.started_at)))


def _why(one: CaseClock, events: list[EventRecord]) -> str:
    """The reason given with the step that stopped it for a while."""
    if one.paused_at is None:
        return ""
    moved = (event for event in events if "state" in event.after and event.at >= one.paused_at)  # newest first
    return next((event.why for event in reversed(list(moved)) if event.why), "")


def _people(case: Case) -> list[Person]:
    return list(Person.objects.filter(case=case).order_by("-is_first", "at", "pk"))


def _masked(person: Person) -> Row:
    who = reporter_of(person)
    return {
        "id": person.pk, "first": person.is_first, "at": plain(person.at), "anonymous": who.anonymous,
        "forgotten": person.forgotten_at is not None,
        "name": masked(who.name, "name", "personal"), "phone": masked(who.phone, "phone", "personal"),
    }  # fmt: skip


def _clear(person: Person) -> Row:
    who = reporter_of(person)
    return {"name": who.name or None, "phone": who.phone or None}


def _revealable(viewer: Viewer, case: Case) -> bool:
    rows = Case.objects.filter(to_q(allowed(viewer, "reveal", describe(Case).subject), tuned_context()), pk=case.pk)
    return rows.exists()
