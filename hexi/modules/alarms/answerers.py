"""Who may be put on the roster: accounts that hold a role which a ladder calls, today or soon."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hexi.core.data.api import described, plain, tuned_context
from hexi.core.trust.api import Viewer, accounts_named, allowed, appointed, holders_of
from hexi.kernel.declare import Verb
from hexi.kernel.errors import Problem
from hexi.kernel.label import t
from hexi.kernel.screen import Envelope
from hexi.modules.alarms.words import duty_roles

MOST_OFFERED = 40
ORIGIN = t("账号与岗位", "accounts and their posts")
NOBODY = t("没有可登录的账号“{who}”，请从提示中选择", "No account {who} may sign in; choose one of those offered")
NOT_CALLED = t(
    "账号“{who}”没有任“{role}”，告警叫不到：请换人，或先由管理员授予这个岗位",
    "{who} does not hold the role {role}, so no alarm calls them: choose somebody else, or let an administrator give them the role first",
)


def unanswerable(rows: Sequence[Any]) -> Mapping[int, Problem]:
    """Turns that would cover nothing, since no alarm could call that account in that role."""
    names = {row.account for row in rows}
    known, held = accounts_named(names), appointed({row.role for row in rows}, names)
    return {at: _why_not(row, row.account in known) for at, row in enumerate(rows) if (row.account, row.role) not in held}


def _why_not(row: Any, is_known: bool) -> Problem:
    role = duty_roles().get(row.role, t(row.role, row.role))
    return Problem("account", (NOT_CALLED if is_known else NOBODY).filled(who=row.account, role=role), value=row.account)


def answerers(viewer: Viewer, params: Mapping[str, str]) -> Envelope:
    """The accounts whom this viewer may put on the roster, each with name and roles."""
    roles, said = duty_roles(), dict[str, tuple[str, set[str]]]()
    found = holders_of(roles)
    near = reached(viewer, "create", {one.place for one in found})
    for one in found:
        if one.place in near:
            said.setdefault(one.username, (one.name, set()))[1].add(roles[one.role].said(viewer.language))
    rows = [{"value": who, "label": name, "about": " · ".join([who, *sorted(held)])} for who, (name, held) in said.items()]
    asked = params.get("q", "").lower()
    fit = [row for row in rows if asked in f"{row['label']} {row['about']}".lower()]
    return Envelope(rows=fit[:MOST_OFFERED], as_of=plain(tuned_context().now), quality="live", origin=ORIGIN)


def reached(viewer: Viewer, verb: Verb, places: Iterable[str]) -> set[str]:
    """Those of the places over which the viewer may read the roster, or write in it."""
    about, context = described("alarms.duty"), tuned_context()
    rights = allowed(viewer, verb, about.subject)
    return {place for place in set(places) if rights.holds(about.model(place=place), context)}
