"""A case comes in: checked, placed and routed, then kept with clocks and event in one transaction; the same key never twice."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from django.db import IntegrityError, transaction
from django.utils import timezone

from hexi.core.data.api import Change, check_files, claim, claimed
from hexi.core.space.api import certain, labels_for, match_address, places_at, roots, spot_of
from hexi.core.trust.api import Viewer, insert_row, insert_rows, mark_of, record
from hexi.kernel.case_type import CaseType
from hexi.kernel.catalogue import catalogue
from hexi.kernel.errors import Forbidden, Invalid, NotFound, Problem
from hexi.kernel.label import t
from hexi.modules.cases import routing
from hexi.modules.cases.clocks import first_clocks, reading
from hexi.modules.cases.contracts import NewCase, Reporter, Routed
from hexi.modules.cases.course import advance
from hexi.modules.cases.models import Case, CaseClock, Category, Person
from hexi.modules.cases.people import digits, person_of
from hexi.modules.cases.photos import flag_same

ENTITY = "cases.case"
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is read as another
LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Opened:
    """The case, the secret with which its reporter follows it, and whether it was there already (the same key)."""

    case: Case
    secret: str
    again: bool = False


def open_case(viewer: Viewer, new: NewCase) -> Opened:
    """Take in a case. Raises NotFound for an unknown kind, Forbidden, Invalid; nothing is kept then."""
    kind = kind_of(new.kind)
    if not viewer.holds(*kind.opened_by, "platform"):
        raise Forbidden(t("您不能登记“{what}”", "You may not open a {what}").filled(what=kind.label))
    if new.key and (found := _before(viewer, new)):
        return found
    made = _made(viewer, kind, new, timezone.now())  # looks things up, which may take long: not while a transaction holds others up
    try:
        with transaction.atomic():
            return _kept(viewer, kind, new, made)
    except IntegrityError:
        if new.key and (found := _before(viewer, new)):
            return found
        raise


def opened(viewer: Viewer, kind: CaseType, new: NewCase, change: Change | None = None) -> Opened:
    """The same inside a transaction of the caller's, whose change takes the events; without one they are recorded here."""
    return _kept(viewer, kind, new, _made(viewer, kind, new, timezone.now()), change)


def _kept(viewer: Viewer, kind: CaseType, new: NewCase, made: tuple[Case, Routed], change: Change | None = None) -> Opened:
    (case, routed), own = made, change or Change(viewer, "open", new.why)
    now = case.opened_at or timezone.now()
    clocks = first_clocks(case, kind, new.category, now)
    for name, value in reading(clocks).values().items():
        setattr(case, name, value)
    insert_row(case)
    person = person_of(case, new.reporter, viewer.account, now)
    insert_row(person)
    for clock in clocks:
        clock.case = case  # its number is known only now
    insert_rows(clocks)
    own.added(case)
    own.also(case, clocks={one.key: _told(one) for one in clocks}, routed=routed.why.as_dict())
    flag_same(own, case, case.files, "report")
    if new.key:
        claim(viewer, ENTITY, new.key, case.pk, content_of(new))
    if kind.at_once and routed.office:
        advance(own, case, kind.at_once)
    if change is None:
        record(viewer, *own.happenings)
    return Opened(case, person.secret)


def kind_of(key: str) -> CaseType:
    """The declared kind. Raises NotFound."""
    if key not in catalogue.case_types:
        known = "、".join(catalogue.case_types) or "—"
        raise NotFound(t("没有这种事项", "There is no such kind of case"), which=key, do=t(f"现有：{known}", f"There are: {known}"))
    return catalogue.case_types[key]


def _told(clock: CaseClock) -> dict[str, Any]:
    return {"due_at": clock.due_at, "rule": cast(Any, clock).rule}


def content_of(new: NewCase) -> str:
    """A mark of what is reported and by whom: whoever sends another's key with other words gets nothing of theirs."""
    who = new.reporter or Reporter(anonymous=True)
    return mark_of("\x1f".join((new.kind, new.title, new.description, new.address, who.name, digits(who.phone))), "case content")


def _before(viewer: Viewer, new: NewCase) -> Opened | None:
    number = claimed(viewer, ENTITY, new.key, content_of(new))
    person = Person.objects.filter(reported=number).select_related("reported").first() if number else None
    return Opened(person.reported, person.secret, again=True) if person and person.reported else None


def _made(viewer: Viewer, kind: CaseType, new: NewCase, now: datetime) -> tuple[Case, Routed]:
    place, problems = _place(new)
    day = timezone.localdate(now)
    category = routing.category_of(new.category, day, kind.key) if new.category else None
    if new.category and category is None:
        problems.append(Problem("category", t("没有这个分类，或当前不适用", "There is no such category in force"), value=new.category[:80]))
    if not new.title.strip():
        problems.append(Problem("title", t("必填", "This is required")))
    if new.occurred_at and new.occurred_at > now:
        problems.append(Problem("occurred_at", t("发生时间不能晚于现在", "It cannot have happened later than now")))
    problems += check_files(viewer, "files", new.files)
    if problems:
        raise Invalid(problems)
    routed = routing.route(routing.Question(kind.key, new.category, place, now))
    return _row(kind, replace(new, place=place), now, category, routed), routed


def english_of(title: str, category: Category | None) -> str:
    """The title for English readers where it is its category's name alone; what people wrote themselves is not translated."""
    return category.name_en if category and title.strip() == category.name else ""


def _row(kind: CaseType, new: NewCase, now: datetime, category: Category | None, routed: Routed) -> Case:
    lon, lat = new.point or (None, None)
    usual = category.urgency if category and new.urgency == "normal" else new.urgency
    return Case(
        title_en=new.title_en or english_of(new.title, category),
        number=fresh_number(now), kind=kind.key, state=kind.lifecycle.start, phase=kind.lifecycle.state(kind.lifecycle.start).phase,
        title=new.title.strip()[:LONGEST_TITLE], description=new.description.strip(), category=category, urgency=usual, source=new.source,
        place=new.place, lon=lon, lat=lat, spot=spot_of(lon, lat), address=new.address.strip()[:200],
        occurred_at=new.occurred_at, opened_at=now,
        answers=dict(new.answers), files=list(new.files), subject=new.subject, supporters=1,
        is_public=kind.public and (category is None or category.is_public),
        routing=routed.document(),
    )  # fmt: skip


def _place(new: NewCase) -> tuple[str, list[Problem]]:
    """The code of the place: as named, else where the point lies, else what the address says for certain, else the whole district:
    whoever sees the district finds it then."""
    if new.point is not None and not (-180 <= new.point[0] <= 180 and -90 <= new.point[1] <= 90):
        return "", [Problem("point", t("经纬度超出范围", "The longitude or latitude is out of range"), value=str(new.point))]
    if new.place:
        known = new.place in labels_for([new.place])
        return new.place, [] if known else [Problem("place", t("没有这个地点", "There is no such place"), value=new.place[:60])]
    found = places_at([new.point])[0] if new.point else None  # from the shapes held in memory: no statement
    if new.point is None and new.address and (meant := certain(match_address(new.address))) is not None:
        found = meant.code
    return found or next((root.code for root in roots()), ""), []


def fresh_number(now: datetime) -> str:
    """A number that people can read out and nobody can count through: 251128-7K3QF2."""
    return f"{timezone.localtime(now):%y%m%d}-{''.join(secrets.choice(LETTERS) for _ in range(6))}"
