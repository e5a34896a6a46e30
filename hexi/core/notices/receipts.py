"""What the provider of text messages says afterwards: each one arrived, or why it did not."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from hexi.core.notices.models import Delivery
from hexi.core.trust.api import PLATFORM, Happening, record
from hexi.kernel.errors import NotFound


def check_caller(token: str) -> None:
    """Raises NotFound for whoever does not know the token that the provider was given with our address."""
    if not settings.SMS_RECEIPTS or not hmac.compare_digest(token, settings.SMS_RECEIPTS):
        raise NotFound(which="receipts")


def take(reports: Iterable[Mapping[str, object]]) -> int:
    """Keep what is said of messages of ours; how many. The same report again changes nothing."""
    return sum(_taken(one) for one in reports)


def _taken(report: Mapping[str, object]) -> bool:
    number = str(report.get("biz_id") or "")
    arrived = report.get("success") in {True, "true"}
    with transaction.atomic():
        rows = Delivery.objects.filter(provider=number, channel="sms", state="sent").exclude(provider="")
        row = rows.select_for_update().first()
        if row is None:
            return False
        said = f"{report.get('err_code') or ''} {report.get('err_msg') or ''}".strip()[:200]
        lost = {"state": "failed", "fault": "undelivered", "detail": said}
        values = {"state": "received", "received_at": timezone.now()} if arrived else lost
        Delivery.objects.filter(pk=row.pk).update(version=row.version + 1, **values)
        record(PLATFORM, Happening("receipt", "notices.delivery", row.pk, after={"state": values["state"]}, place=row.place or "",
                                   version=row.version + 1))  # fmt: skip
    return True
