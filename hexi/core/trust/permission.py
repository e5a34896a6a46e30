"""The one permission predicate: who may do what with which rows, as a condition.

List, detail, count, map, search, export and stream all filter by what `allowed` returns; there is no second check.
"""

from __future__ import annotations

from typing import Any

from hexi.core.trust.contracts import PostRecord, Subject, Viewer
from hexi.kernel.catalogue import catalogue
from hexi.kernel.condition import Cond, Everything, Nothing, Within, any_of, both
from hexi.kernel.context import Context
from hexi.kernel.declare import PRIVACY_ORDER, Grant, Privacy, Reach, Verb


def allowed(viewer: Viewer, verb: Verb, subject: Subject) -> Cond:
    """The rows of the entity on which the viewer may do `verb`."""
    if viewer.holds("platform"):
        return Everything()
    return any_of(*(_rows(grant, post, subject) for post, grant in grants_of(viewer, subject) if verb in grant.verbs))


def clear(viewer: Viewer, privacy: Privacy, subject: Subject) -> Cond:
    """The rows of which the viewer may read fields of this privacy class unmasked."""
    if viewer.holds("platform"):
        return Everything()
    wanted = PRIVACY_ORDER.index(privacy)
    pairs = ((post, grant) for post, grant in grants_of(viewer, subject) if "read" in grant.verbs)
    return any_of(*(_rows(grant, post, subject) for post, grant in pairs if PRIVACY_ORDER.index(grant.sees) >= wanted))


def roles_reaching(viewer: Viewer, subject: Subject, row: Any, context: Context) -> set[str]:
    """The roles whose holders' reach, as this viewer holds them, takes in the row: who may take a step."""
    found = set[str]()
    for post in viewer.posts:
        role = catalogue.roles.get(post.role)
        if role and _within_reach(role.reach, post, subject).holds(row, context):
            found.add(post.role)
    return found


def reached_as(viewer: Viewer, role: str, subject: Subject) -> Cond:
    """The rows that the viewer reaches as holder of this role: the same as `roles_reaching`, asked of all rows at once."""
    reach = catalogue.roles[role].reach if role in catalogue.roles else None
    return any_of(*(_within_reach(reach, post, subject) for post in viewer.posts if reach and post.role == role))


def grants_of(viewer: Viewer, subject: Subject) -> list[tuple[PostRecord, Grant]]:
    """Every grant on the entity, with the post through which the viewer has it."""
    return [(post, grant) for post in viewer.posts for grant in catalogue.grants_for(post.role, subject.entity)]


def reach_of(grant: Grant, post: PostRecord, subject: Subject) -> Cond:
    """The rows that the post reaches under this grant, whatever else the grant says of them."""
    return _within_reach(grant.reach or catalogue.roles[post.role].reach, post, subject)


def _rows(grant: Grant, post: PostRecord, subject: Subject) -> Cond:
    return both(reach_of(grant, post, subject), grant.where)


def _within_reach(reach: Reach, post: PostRecord, subject: Subject) -> Cond:
    if reach == "everywhere":
        return Everything()
    if reach == "organisation":
        return _own(post, subject)
    if subject.place is None:  # the thing has no area: an area cannot shut it out
        return Everything()
    return Within(subject.place, post.place) if post.place else Nothing()


def _own(post: PostRecord, subject: Subject) -> Cond:
    if subject.organisation is None:
        return Everything()
    return subject.organisation.one_of(*post.organisations) if post.organisations else Nothing()
