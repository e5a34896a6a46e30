"""A person's open sessions: where they are signed in, and how to end one from another."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.utils import timezone

from hexi.core.trust.contracts import Device
from hexi.core.trust.models import Account, Session

BROWSERS = {"MicroMessenger": "微信 WeChat", "Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = {
    "HarmonyOS": "HarmonyOS", "iPhone": "iPhone", "iPad": "iPad", "Android": "Android",
    "Windows": "Windows", "Mac OS X": "macOS", "Linux": "Linux",
}  # fmt: skip


def device_name(user_agent: str) -> str:
    """`Chrome · Windows`, as far as the browser says what it is."""
    found = [next((name for mark, name in marks.items() if mark in user_agent), "") for marks in (BROWSERS, SYSTEMS)]
    return " · ".join(filter(None, found))


def open_sessions(account: int, present: str) -> list[Device]:
    """The account's sessions that still count, newest first; `present` is the asking browser's own key."""
    rows = Session.objects.filter(account_id=account, expire_date__gt=timezone.now()).order_by("-started_at")
    return [Device(_public_id(row.session_key), row.device, row.started_at, row.expire_date, row.session_key == present) for row in rows]


def end_session(account: int, device: str) -> bool:
    """End the session of that public id. False when the account has no such session."""
    keys = [key for key in Session.objects.filter(account_id=account).values_list("session_key", flat=True) if _public_id(key) == device]
    return bool(keys) and Session.objects.filter(session_key__in=keys).delete()[0] > 0


def end_sessions(account: int, but: str = "") -> int:
    """End every session of the account but this one. Returns how many."""
    return Session.objects.filter(account_id=account).exclude(session_key=but).delete()[0]


def forget_expired_sessions() -> int:
    """Remove the rows of sessions that ended by themselves; for the daily round. Returns how many."""
    return Session.objects.filter(expire_date__lte=timezone.now()).delete()[0]


def active_accounts(days: int) -> int:
    """Accounts that signed in within the last so many days."""
    return Account.objects.filter(is_active=True, last_login__gte=timezone.now() - timedelta(days=days)).count()


def _public_id(session_key: str) -> str:
    """A name for the session that cannot be used to take it over."""
    return hashlib.sha256(f"hexi.device:{session_key}".encode()).hexdigest()[:24]
