"""The ladder of supervision tells those whom its rungs name: one letter for all that is new to them, not one for each clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max
from django.utils import timezone

from hexi.core.data.api import platform_change, readable
from hexi.core.notices.api import Letter, Reader, tell
from hexi.core.trust.api import Holder, holders_of, viewer_of_account
from hexi.kernel.catalogue import catalogue
from hexi.kernel.label import Label, t
from hexi.modules.cases.contracts import rung_labels
from hexi.modules.cases.models import Chased, Supervision

REST = timedelta(minutes=10)
"""Ours: nobody gets two letters within it, unless a case is pressing."""
MOST = 1000
"""A letter counts no further: whoever has so many reads the list."""
PRESSING = ("danger", "urgent")
TITLE = t("时限督办：{n} 件", "Time limits: {n} cases")
FIRST = t("最近：{number}", "newest: {number}")
LIST = "/work/records/cases.supervision?where=answer:missing:true"
Row = dict[str, Any]


def chase() -> int:
    """Tell everybody to whom there is something new. Returns how many letters."""
    newest = Supervision.objects.aggregate(newest=Max("pk"))["newest"]
    if newest is None:
        return 0
    now, known = timezone.now(), {row.account: row for row in Chased.objects.all()}
    people = {account: holders for account, holders in _whom().items() if account not in known or known[account].upto < newest}
    return sum(_told(holders, known.get(account) or _fresh(account, now), newest, now) for account, holders in people.items())


def _whom() -> dict[int, list[Holder]]:
    """Accounts that hold a role that some rung names, with those posts."""
    found = dict[int, list[Holder]]()
    for one in holders_of(tuple(_rungs())):
        found.setdefault(one.account, []).append(one)
    return found


def _rungs() -> dict[str, set[str]]:
    """For each role the rungs that tell it."""
    found = dict[str, set[str]]()
    for kind in catalogue.case_types.values():
        for rung in kind.ladder:
            for role in rung.tells:
                found.setdefault(role, set()).add(rung.key)
    return found


def _fresh(account: int, now: datetime) -> Chased:
    """Who is new here is told of nothing that is old."""
    upto = Supervision.objects.filter(at__lt=now - REST).aggregate(upto=Max("pk"))["upto"] or 0
    return Chased(account=account, upto=upto)


def _told(holders: list[Holder], before: Chased, newest: int, now: datetime) -> int:
    """One letter, or none yet: the cursor moves on only with what was looked at."""
    rows = _new(holders, before.upto, newest)
    if rows and before.at is not None and now - before.at < REST and not any(row["case__urgency"] in PRESSING for row in rows):
        return 0
    before.upto = newest
    if rows:
        before.at = now
        with platform_change("tell_supervised", "督办") as change:
            tell(change, _letter(rows), [Reader(before.account, holders[0].language)])
    before.save()
    return int(bool(rows))


def _new(holders: list[Holder], upto: int, newest: int) -> list[Row]:
    """Calls that this account may read, of rungs that name it, about cases that are still open."""
    rungs = _rungs()
    wanted = set[str]().union(*(rungs[one.role] for one in holders))
    rows = readable(viewer_of_account(holders[0].account), Supervision).filter(pk__gt=upto, pk__lte=newest, rung__in=wanted)
    rows = rows.filter(answer="", case__closed_at=None).order_by("-pk")
    return list(rows.values("pk", "rung", "case", "case__number", "case__urgency", "case__place")[:MOST])


def _letter(rows: list[Row]) -> Letter:
    cases, labels = {row["case"] for row in rows}, rung_labels()
    counts = {rung: len({row["case"] for row in rows if row["rung"] == rung}) for rung in dict.fromkeys(row["rung"] for row in rows)}
    said = [_counted(labels.get(rung) or t(rung, rung), n) for rung, n in counts.items()]
    first = FIRST.filled(number=rows[0]["case__number"])
    body = t("、".join(one.zh for one in said) + "；" + first.zh, ", ".join(one.en for one in said) + "; " + first.en)
    link = f"/work/records/cases.case/{rows[0]['case']}" if len(cases) == 1 else LIST
    many = f"{MOST}+" if len(rows) == MOST else len(cases)
    return Letter(TITLE.filled(n=many), body, link, "cases.supervision", rows[0]["pk"], rows[0]["case__place"] or "")


def _counted(label: Label, n: int) -> Label:
    return t(f"{label.zh} {n} 件", f"{label.en}: {n}")
