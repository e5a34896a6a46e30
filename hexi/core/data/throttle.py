"""How often strangers may do what costs us: counted in the database, so that every process sees the same number."""

from __future__ import annotations

import hmac
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from hexi.core.data.models import Tally
from hexi.kernel.errors import TooMany
from hexi.kernel.label import t


def count(what: str, who: str, limit: int, window: timedelta) -> None:
    """One more of these by this address. Raises TooMany beyond the limit; the address itself is not kept."""
    now = timezone.now()
    key = _sealed(f"{what}:{who}")
    with transaction.atomic():
        Tally.objects.get_or_create(key=key, defaults={"since": now})
        row = Tally.objects.select_for_update().get(key=key)
        if now - row.since > window:
            row.since, row.number = now, 0
        if row.number >= limit:
            wait = int((row.since + window - now).total_seconds()) + 1
            raise TooMany(t("操作过于频繁，请稍后再试", "Too often: try again later"), retry_after=wait)
        row.number += 1
        row.save()


def _sealed(text: str) -> str:
    """The text as nobody can read it back."""
    return hmac.new(f"hexi.data.tally{settings.SECRET_KEY}".encode(), text.encode(), "sha256").hexdigest()


def forget_old(older_than: timedelta = timedelta(days=1)) -> int:
    """Remove counts that no longer matter; for the daily round. Returns how many."""
    return Tally.objects.filter(since__lt=timezone.now() - older_than).delete()[0]
