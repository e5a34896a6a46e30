"""From a request to a viewer, in one query beside the session's own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, cast

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from hexi.core.trust.contracts import PUBLIC, PostRecord, Viewer
from hexi.core.trust.models import RESERVED_ROLES, Account
from hexi.core.trust.organisations import subtree_keys
from hexi.kernel.label import Language

COLUMNS = ("posts__id", "posts__role", "posts__place", "posts__valid_from", "posts__valid_to", "posts__organisation__key")
OWN = ("id", "username", "name", "language", "password", "is_active")


def viewer_of(request: HttpRequest) -> Viewer:
    """Who asks. The same request always gives the same viewer."""
    if not hasattr(request, "hexi_viewer"):
        request.hexi_viewer = viewer_of_session(request.session, language_of(request))  # type: ignore[attr-defined]
    return cast(Viewer, request.hexi_viewer)  # type: ignore[attr-defined]


def forget_viewer(request: HttpRequest) -> None:
    """Ask anew: somebody signed in or out within this request."""
    if hasattr(request, "hexi_viewer"):
        del request.hexi_viewer  # type: ignore[attr-defined]


def viewer_of_account(account: Account | int, language: Language | None = None) -> Viewer:
    """The account (or the one of that id) with the posts that it holds today. Who is gone or may not sign in is the public."""
    rows = _rows(account.pk if isinstance(account, Account) else account)
    return _viewer(rows, language) if rows and rows[0]["is_active"] else PUBLIC


def viewer_of_username(username: str, language: Language | None = None) -> Viewer:
    """The same by the name that they sign in with."""
    found = Account.objects.filter(username=username).values_list("pk", flat=True).first()
    return PUBLIC if found is None else viewer_of_account(found, language)


def viewer_of_session(session: Any, language: Language | None = None) -> Viewer:
    """Who opened the session; the public when nobody did, or when it counts no more."""
    account = session.get(SESSION_KEY)
    rows = _rows(int(account)) if account is not None else []
    if not rows or not _still_good(rows[0], session.get(HASH_SESSION_KEY, "")):
        return Viewer(None, PUBLIC.name, PUBLIC.posts, language=language or "zh")
    return _viewer(rows, language)


def _rows(account: int) -> list[dict[str, Any]]:
    """One row for each post, or a single one without: a left join, so that an account without posts costs no second query."""
    return list(Account.objects.filter(pk=account).order_by("posts__id").values(*OWN, *COLUMNS))


def good_seals(accounts: Collection[int]) -> dict[int, set[str]]:
    """By account that may sign in: what its sessions must carry to count."""
    rows = Account.objects.filter(pk__in=accounts, is_active=True).values_list("pk", "password")
    return {pk: _seals(password) for pk, password in rows}


def _seals(password: str) -> set[str]:
    account = cast("Any", Account(password=password))
    return {account.get_session_auth_hash(), *account.get_session_auth_fallback_hash()}


def _still_good(row: dict[str, Any], seal: str) -> bool:
    """A changed password ends every session that was opened with the old one."""
    return row["is_active"] and any(constant_time_compare(seal, good) for good in _seals(row["password"]))


def _viewer(rows: Sequence[dict[str, Any]], language: Language | None) -> Viewer:
    first, today = rows[0], timezone.localdate()
    posts = tuple(_record(row) for row in rows if _held(row, today))
    spoken = language or cast(Language, first["language"] or "zh")
    return Viewer(first["id"], first["name"], (*posts, *PUBLIC.posts), first["username"], spoken)


def _record(row: dict[str, Any]) -> PostRecord:
    key = row["posts__organisation__key"] or ""
    return PostRecord(row["posts__id"], row["posts__role"], row["posts__place"], key, subtree_keys(key) if key else ())


def _held(row: dict[str, Any], today: date) -> bool:
    if row["posts__id"] is None or row["posts__role"] in RESERVED_ROLES:
        return False
    return (row["posts__valid_from"] or today) <= today <= (row["posts__valid_to"] or today)


def language_of(request: HttpRequest) -> Language:
    """The reader's language: what they chose, else what the browser prefers, else Chinese."""
    chosen = request.COOKIES.get("hexi_lang") or request.headers.get("Accept-Language", "zh")
    return "en" if chosen.lower().startswith("en") else "zh"
