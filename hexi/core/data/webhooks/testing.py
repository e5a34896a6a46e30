"""A test letter to one receiver: sent at once and only once, outside of every line, its answer kept."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from hexi.core.data.actions import allowed_actions
from hexi.core.data.entities import describe
from hexi.core.data.records import readable
from hexi.core.data.values import LARGEST_ID
from hexi.core.data.webhooks.letters import headers_of, test_letter
from hexi.core.data.webhooks.models import Attempt, Subscription
from hexi.core.data.webhooks.post import Answer, posted
from hexi.core.trust.api import Happening, Viewer, record
from hexi.kernel.errors import Forbidden, NotFound
from hexi.kernel.label import t

ACTION = "send_test"
AS = "renew_secret"
"""Whoever may renew the secret may try it."""


def testable(viewer: Viewer, number: int) -> Subscription:
    """The webhook, for those who may test it. Raises NotFound, Forbidden."""
    row = readable(viewer, Subscription).filter(pk=min(number, LARGEST_ID)).first()
    if row is None:
        raise NotFound(which=f"{describe(Subscription).label.said(viewer.language)} {number}")
    if AS not in allowed_actions(viewer, describe(Subscription), row):
        raise Forbidden(t("您的岗位不能测试这项订阅，或它已移除", "Your post may not test this webhook, or it was removed"))
    return row


def called_for_test(viewer: Viewer, row: Subscription) -> Answer:
    """Call the receiver, then keep what it answered: no transaction is open while somebody else's machine thinks."""
    now = timezone.now()
    letter = test_letter(now)
    told = posted(row.address, headers_of(row, letter, now), letter.body)
    with transaction.atomic():
        Attempt.objects.create(subscription=row, at=now, status=told.status, fault=told.fault)
        Subscription.objects.filter(pk=row.pk).update(tried_at=now, status=told.status, fault=told.fault)
        after = {"status": told.status, "fault": told.fault}
        record(viewer, Happening(ACTION, "data.subscription", row.pk, after=after, version=row.version))
    return told
