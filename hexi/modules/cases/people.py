"""Who reported a case: sealed apart from it, found again by a mark, forgotten when the time of retention is over."""

from __future__ import annotations

import re
import secrets
from datetime import datetime, timedelta

import orjson
from django.db.models import QuerySet
from django.utils import timezone

from hexi.core.trust.api import mark_of, seal, unseal
from hexi.modules.cases.contracts import Reporter
from hexi.modules.cases.models import Case, Person

PURPOSE = "case reporter"
GONE = b""
PERSON_KEPT = timedelta(days=3 * 365)
"""Ours: so long after the end of a case its reporter stays known."""
DIGITS = re.compile(r"\D")


def person_of(case: Case, reporter: Reporter | None, account: int | None, now: datetime, *, first: bool = True) -> Person:
    """The row of somebody who reported, not saved. Its secret lets them follow the case without an account."""
    reporter = reporter or Reporter(anonymous=True)
    known = {} if reporter.anonymous else {"name": reporter.name, "phone": reporter.phone}
    mark = mark_of(digits(reporter.phone), PURPOSE) if known.get("phone") else ""
    return Person(
        case=case, sealed=seal(orjson.dumps(known), PURPOSE), mark=mark, secret=secrets.token_urlsafe(24), is_first=first,
        account_id=account, at=now,
    )  # fmt: skip


def reporter_of(person: Person) -> Reporter:
    """Who it is; anonymous where nothing was said, or where it was forgotten."""
    if person.forgotten_at is not None or not bytes(person.sealed):
        return Reporter(anonymous=True)
    known = orjson.loads(unseal(bytes(person.sealed), PURPOSE))
    return Reporter(**known) if known else Reporter(anonymous=True)


def earlier_of(phone: str, since: timedelta) -> QuerySet[Case]:
    """Cases that the same telephone reported lately."""
    mark = mark_of(digits(phone), PURPOSE)
    return Case.objects.filter(people__mark=mark, people__at__gt=timezone.now() - since).distinct()


def repeated(cases: QuerySet[Case], since: timedelta, least: int = 2) -> list[list[Case]]:
    """Those of the cases that one telephone reported, oldest first, where there are `least` of them; most first. Never whose it is."""
    rows = Person.objects.filter(case__in=cases, at__gt=timezone.now() - since).exclude(mark="").order_by("mark", "at")
    found: dict[str, list[Case]] = {}
    for row in rows.select_related("case", "case__category"):
        found.setdefault(row.mark, []).append(row.case)
    return sorted((one for one in found.values() if len(one) >= least), key=len, reverse=True)


def forget_people(older_than: timedelta) -> int:
    """Forget who reported cases that have been closed for that long: nobody can be told any more. Returns how many."""
    limit = timezone.now() - older_than
    gone = Person.objects.filter(forgotten_at=None, case__closed_at__lt=limit)
    return gone.update(sealed=GONE, mark="", account_id=None, forgotten_at=timezone.now())


def digits(phone: str) -> str:
    """The telephone number as it is compared: digits only, without the country."""
    return DIGITS.sub("", phone).removeprefix("86")
