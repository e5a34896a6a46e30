"""Who reported a case: sealed apart from it, found again by a mark, forgotten when the time of retention is over."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import orjson
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from hexi.core.trust.api import PLATFORM, PUBLIC, Happening, Viewer, erase, mark_of, seal, unseal, viewer_of_account
from hexi.kernel.concerned import Own, People
from hexi.kernel.label import t
from hexi.modules.cases.contracts import Reporter
from hexi.modules.cases.models import Case, Person

PURPOSE = "case reporter"
GONE = b""
PERSON_KEPT = timedelta(days=3 * 365)
"""Ours: so long after the end of a case its reporter stays known."""
KEPT_LONG_ENOUGH = t("办结后保存期满", "kept for the time of retention after its end")
REPORTER = "reporter"
"""What events call whoever reported a case: it is no field of it."""
DIGITS = re.compile(r"\D")


def person_of(case: Case, reporter: Reporter | None, account: int | None, now: datetime, *, first: bool = True) -> Person:
    """The row of somebody who reported, not saved. Its secret lets them follow the case without an account."""
    reporter = reporter or Reporter(anonymous=True)
    known = {} if reporter.anonymous else {"name": reporter.name, "phone": reporter.phone}
    mark = mark_of(digits(reporter.phone), PURPOSE) if known.get("phone") else ""
    return Person(
        case=case, sealed=seal(orjson.dumps(known), PURPOSE), mark=mark, secret=secrets.token_urlsafe(24), is_first=first,
        reported=case if first else None, account_id=account, at=now,
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
    old = Case.objects.filter(people__forgotten_at=None, closed_at__lt=limit).distinct()
    return sum(forget_of(PLATFORM, case, KEPT_LONG_ENOUGH.zh) for case in old)


def forget_of(viewer: Viewer, case: Case, why: str) -> int:
    """Forget everybody who reported this case, also in its events. Returns how many."""
    with transaction.atomic():
        Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        people = Person.objects.select_for_update().filter(case=case, forgotten_at=None)
        accounts = {person.account_id for person in people if person.account_id and _is_resident(person.account_id)}
        count = people.update(sealed=GONE, mark="", account_id=None, forgotten_at=timezone.now())
        told = Happening("erase", "cases.case", case.pk, place=case.place, organisation=case.organisations, version=case.version, why=why)
        erase(viewer, told, [REPORTER], accounts)
    return count


def erase_people(change: Any) -> Case:
    """A data officer does it before the time of retention is over."""
    forget_of(change.viewer, change.record, change.why)
    return change.record


def digits(phone: str) -> str:
    """The telephone number as it is compared: digits only, without the country."""
    return DIGITS.sub("", phone).removeprefix("86")


def _of_account(account: int) -> Iterator[Own]:
    if _is_resident(account):
        yield from _own(Person.objects.filter(account_id=account))


def _is_resident(account: int) -> bool:
    """Whoever holds a post reports what others told them: the case is not about them."""
    return viewer_of_account(account).posts == PUBLIC.posts


def _of_secret(secret: str) -> Iterator[Own]:
    yield from _own(Person.objects.filter(secret=secret[:64]))


def _own(people: QuerySet[Person]) -> Iterator[Own]:
    """Looks before somebody joined a case were at those who had reported it until then."""
    yield from (Own(case, at) for case, at in people.values_list("case_id", "at"))


REPORTERS = People(
    "cases.case", _of_account, _of_secret, called="number", fields={REPORTER: t("反映人姓名和电话", "name and telephone of who reported it")}
)
