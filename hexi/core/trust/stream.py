"""Which notices a reader of the stream gets: the one permission predicate again, over what the notice says of its row."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, cast

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone

from hexi.core.trust.contracts import PUBLIC, NoticeLike, Subject, Viewer
from hexi.core.trust.models import Session
from hexi.core.trust.permission import grants_of, reach_of
from hexi.core.trust.sessions import SessionStore
from hexi.core.trust.viewers import good_seals, viewer_of_session
from hexi.kernel.batches import batched
from hexi.kernel.catalogue import catalogue
from hexi.kernel.condition import Column, Cond, Everything, Nothing
from hexi.kernel.context import Context, now_context
from hexi.kernel.label import t
from hexi.kernel.shared import OfficesColumn

Filter = Callable[[NoticeLike], bool]
PLACE = Column[str]("place", t("地点", "place"), kind="place")
ORGANISATION = Column[str]("organisation", t("机构", "organisation"), kind="office")
ORGANISATIONS = OfficesColumn("organisation", t("机构", "organisation"), kind="offices")
KEPT = 256
_kept: dict[Any, Any] = {}
MANY = 0  # the object id of a notice about many rows


def session_alive(session_key: str) -> bool:
    """Does it still count: open, not ended, password unchanged, account still allowed in? The public ("") always does."""
    return not session_key or not _viewer(session_key).anonymous


def sessions_alive(session_keys: Collection[str]) -> set[str]:
    """Those of many sessions that still count, in two queries for each 500."""
    found = {""} & set(session_keys)
    for keys in batched(sorted(set(session_keys) - {""}), 500):
        rows = {row.session_key: row.get_decoded() for row in Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())}
        seals = good_seals({int(data[SESSION_KEY]) for data in rows.values() if SESSION_KEY in data})
        found |= {key for key, data in rows.items() if data.get(HASH_SESSION_KEY, "") in seals.get(int(data.get(SESSION_KEY, 0)), ())}
    return found


def stream_filter(session_key: str, context: Callable[[], Context] = now_context) -> Filter | None:
    """Whether a notice is for this session's reader, or None when the session does not count any more; "" is the public.

    It holds the posts of now: the caller asks `session_alive` every few seconds and compiles anew every few minutes. It may read a
    row where a grant says `where=`: call it in a thread that may use the database. A row that is gone, or whose register says
    nothing of it, tells nothing.
    """
    viewer = _viewer(session_key) if session_key else PUBLIC
    if session_key and viewer.anonymous:
        return None
    return filter_of(viewer, context)


def filter_of(viewer: Viewer, context: Callable[[], Context] = now_context) -> Filter:
    """Whether a notice is for this reader."""
    rules: dict[str, list[tuple[Cond, Cond]]] = {}

    def passes(notice: NoticeLike) -> bool:
        if notice.entity not in rules:
            rules[notice.entity] = _rules(viewer, notice.entity)
        return _told(notice, rules[notice.entity], viewer, context) or _is_addressee(notice, viewer)

    return passes


def _told(notice: NoticeLike, rules: list[tuple[Cond, Cond]], viewer: Viewer, context: Callable[[], Context]) -> bool:
    if notice.object_id == MANY:
        if not notice.place and catalogue.is_told_to_all(notice.entity):
            return True
        return bool(rules) and (viewer.holds("platform") or _touches(notice, viewer, rules))
    now = context()
    near = [where for reach, where in rules if reach.holds(notice, now)]
    if not near or any(isinstance(where, Everything) for where in near):
        return bool(near)
    row = _row(notice)
    return row is not None and any(where.holds(row, now) for where in near)


def _is_addressee(notice: NoticeLike, viewer: Viewer) -> bool:
    """Whoever a row is addressed to by account hears of it, whatever else they may read: their telephone then asks for what is theirs."""
    name = getattr(getattr(catalogue.entities.get(notice.entity), "Describe", None), "addressee", None)
    if name is None or viewer.account is None or notice.object_id == MANY:
        return False
    row = _row(notice)
    return row is not None and getattr(row, name) == viewer.account


def _touches(notice: NoticeLike, viewer: Viewer, rules: list[tuple[Cond, Cond]]) -> bool:
    """A notice about many rows names none of them; it goes to whoever could read some of them."""
    if not notice.place or any(isinstance(reach, Everything) for reach, _ in rules):
        return True
    return any(post.place.startswith(notice.place) or (post.place and notice.place.startswith(post.place)) for post in viewer.posts)


def _rules(viewer: Viewer, entity: str) -> list[tuple[Cond, Cond]]:
    """For each grant that lets the viewer read: whom it reaches, told by the notice alone, and which rows it means, told by the row."""
    if viewer.holds("platform"):
        return [(Everything(), Everything())]
    subject = subject_of(entity)
    pairs = [(reach_of(grant, post, subject), grant.where) for post, grant in grants_of(viewer, subject) if "read" in grant.verbs]
    return [(reach, where) for reach, where in pairs if not isinstance(reach, Nothing) and not isinstance(where, Nothing)]


def subject_of(entity: str) -> Subject:
    """The entity with the notice's own columns, as far as its register says that its rows have a place and an organisation."""
    register: Any = catalogue.entities.get(entity)
    said: Any = getattr(register, "Describe", None)
    return Subject(entity, PLACE if getattr(said, "place", None) else None, _organisation(register, getattr(said, "organisation", None)))


def _organisation(register: Any, name: str | None) -> Column[str] | None:
    if not name:
        return None
    return ORGANISATIONS if isinstance(getattr(register, name), OfficesColumn) else ORGANISATION


def _row(notice: NoticeLike) -> Any:
    """The row that the notice is about. A thousand readers ask for the same one at once, so the last few are kept by their sequence."""
    key = (getattr(notice, "sequence", None), notice.entity, notice.object_id, getattr(notice, "at", None))
    if key in _kept:
        return _kept[key]
    model = cast("Any", catalogue.entities.get(notice.entity))
    row = model._default_manager.filter(pk=notice.object_id).first() if model else None
    if key[0] is not None:
        while len(_kept) >= KEPT:
            _kept.pop(next(iter(_kept)))
        _kept[key] = row
    return row


def _viewer(session_key: str) -> Viewer:
    return viewer_of_session(SessionStore(session_key))
