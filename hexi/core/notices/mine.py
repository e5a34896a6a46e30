"""What an account was told in the platform: its own letters, newest first, and which of them it has not looked at."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from hexi.core.data.api import plain
from hexi.core.notices.models import Delivery

SHOWN = 30


def my_letters(account: int) -> dict[str, Any]:
    """The newest letters of this account, and how many of all it has not looked at."""
    rows = _inside(account).order_by("-queued_at", "-pk")[:SHOWN]
    return {"rows": [_letter(row) for row in rows], "unread": _inside(account).filter(received_at=None).count()}


def looked_at(account: int, newest: int) -> int:
    """They have seen their letters up to this one. How many were new."""
    rows = _inside(account).filter(received_at=None, pk__lte=newest)
    return rows.update(state="received", received_at=timezone.now())


def _inside(account: int) -> QuerySet[Delivery]:
    return Delivery.objects.filter(account=account, channel="inside")


def _letter(row: Delivery) -> dict[str, Any]:
    return {
        "id": row.pk, "title": row.title, "body": row.body, "link": row.link, "urgent": row.urgent, "at": plain(row.queued_at),
        "unread": row.received_at is None,
    }  # fmt: skip
