"""Brakes on guessing passwords: a lock for each user name, a limit for each address.

They are counted in the database, so that every process and every restart sees them. A name is counted whether or not such an
account exists, so the lock tells nobody which names do. An attempt is booked as failed before the password is looked at and
forgiven when it fits: a thousand guesses at once get no further than five one by one.

The numbers are ours. NIST SP 800-63B-4 section 3.2.2 asks for a limit (at most 100 in a row) and suggests growing waits.
"""

from __future__ import annotations

import hmac
import ipaddress
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from hexi.core.trust.models import Attempt
from hexi.kernel.errors import SignInNeeded, TooMany
from hexi.kernel.label import Language, t

FREE_FAILURES = 5  # so many wrong passwords in a row lock the name
LOCKS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))  # the last one again and again
FORGET_AFTER = timedelta(days=1)  # a name that rested so long starts anew
ADDRESS_FAILURES = 100  # a whole office may share one address
ADDRESS_WINDOW = timedelta(minutes=10)


class Locked(SignInNeeded):
    """Too many wrong passwords for this name; `retry_after` in seconds."""

    code = "locked"

    def __init__(self, retry_after: int) -> None:
        what = t("密码多次输入错误，请在{wait}秒后再试", "Too many wrong passwords: try again in {wait} seconds").filled(wait=retry_after)
        super().__init__(what, do=t("忘记密码请联系系统管理员", "If you forgot the password, ask an administrator"))
        self.retry_after = retry_after

    def document(self, language: Language) -> dict[str, object]:
        return {**super().document(language), "retry_after": self.retry_after}


def book(name: str, address: str) -> None:
    """Count one attempt as failed, ahead of its outcome. Raises Locked or TooMany, and then counts nothing."""
    now = timezone.now()
    with transaction.atomic():
        _book_address(_held(_address_key(address), now), now)
        _book_name(_held(_name_key(name), now), now)


def unbook(name: str, address: str) -> None:
    """The password fitted but more is asked for: take this one attempt back, and no earlier one."""
    with transaction.atomic():
        _less(_name_key(name))
        _less(_address_key(address))


def forgive(name: str, address: str) -> None:
    """Signed in: the name starts anew. The address gets its one attempt back, no more: it may be guessing other names."""
    with transaction.atomic():
        unlock(name)
        _less(_address_key(address))


def unlock(name: str) -> None:
    """An administrator opens a locked name at once."""
    Attempt.objects.filter(key=_name_key(name)).update(failures=0, locked_until=None)


def is_locked(name: str) -> bool:
    return Attempt.objects.filter(key=_name_key(name), locked_until__gt=timezone.now()).exists()


def forget_old_attempts() -> int:
    """Remove the counts that no longer matter; for the daily round. Returns how many."""
    return Attempt.objects.filter(at__lt=timezone.now() - FORGET_AFTER).delete()[0]


def origin(request: HttpRequest) -> str:
    """The address that asks; of IPv6 the network, because one machine owns 2**64 of them.

    Behind HEXI_PROXIES reverse proxies the one that the outermost of ours saw: what stands further left in the header is hearsay.
    """
    proxies = int(getattr(settings, "PROXIES", 0))
    heard = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    given = heard[-proxies] if proxies and len(heard) >= proxies else str(request.META.get("REMOTE_ADDR", ""))
    try:
        address = ipaddress.ip_address(given)
    except ValueError:
        return ""
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else str(address)


def _held(key: str, now: datetime) -> Attempt:
    Attempt.objects.get_or_create(key=key, defaults={"since": now, "at": now})
    return Attempt.objects.select_for_update().get(key=key)


def _book_address(row: Attempt, now: datetime) -> None:
    if now - row.since > ADDRESS_WINDOW:
        row.since, row.failures = now, 0
    if row.failures >= ADDRESS_FAILURES:
        wait = int((row.since + ADDRESS_WINDOW - now).total_seconds()) + 1
        raise TooMany(t("登录尝试过于频繁，请稍后再试", "Too many attempts to sign in from this address: try later"), retry_after=wait)
    _more(row, now)


def _book_name(row: Attempt, now: datetime) -> None:
    if row.locked_until and row.locked_until > now:
        raise Locked(int((row.locked_until - now).total_seconds()) + 1)
    if now - row.at > FORGET_AFTER:
        row.failures, row.locked_until = 0, None
    if row.failures + 1 >= FREE_FAILURES:
        row.locked_until = now + LOCKS[min(row.failures + 1 - FREE_FAILURES, len(LOCKS) - 1)]
    _more(row, now)


def _more(row: Attempt, now: datetime) -> None:
    row.failures, row.at = row.failures + 1, now
    row.save()


def _less(key: str) -> None:
    row = Attempt.objects.select_for_update().filter(key=key).first()
    if row is None:
        return
    row.failures = max(row.failures - 1, 0)
    if row.failures < FREE_FAILURES:
        row.locked_until = None
    row.save()


def _name_key(name: str) -> str:
    return _key("name", name)


def _address_key(address: str) -> str:
    return _key("address", address)


def _key(kind: str, value: str) -> str:
    secret = f"hexi.trust.attempts:{settings.SECRET_KEY}".encode()
    return f"{kind}:{hmac.new(secret, value.encode(), 'sha256').hexdigest()}"
