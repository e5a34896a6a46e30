"""From the outbox to the line of each receiver: one delivery for each change that its account may read, written with the position."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from hexi.core.data.changes import readable_of
from hexi.core.data.webhooks.models import Attempt, Delivery, Subscription
from hexi.core.trust.api import Told, give_sequence, newest_sequence, told_after, viewer_of_account

OWN = ("data.subscription", "data.delivery", "data.attempt")
"""What tellings are told of their own telling would never end."""


def line_up() -> int:
    """Put what changed since into the line of every receiver; how many deliveries are new."""
    give_sequence()  # so that receivers are told also where no stream process runs
    newest = newest_sequence()
    behind = Subscription.objects.filter(active=True, position__lt=newest).order_by("pk").values_list("pk", flat=True)
    return sum(_lined_up(pk) for pk in behind)


@transaction.atomic
def _lined_up(pk: int) -> int:
    """One batch for one receiver: the deliveries and the position together, so that a crash loses and doubles nothing."""
    subscription = Subscription.objects.select_for_update().filter(pk=pk, active=True).first()
    told = told_after(subscription.position) if subscription else []
    if subscription is None or not told:
        return 0
    viewer = viewer_of_account(subscription.account_id)
    heard = [] if viewer.anonymous else readable_of(viewer, [one for one in told if _wanted(subscription, one)])
    Delivery.objects.bulk_create([_delivery(subscription, one) for one in heard], ignore_conflicts=True, batch_size=500)
    Subscription.objects.filter(pk=pk).update(position=told[-1].sequence)
    return len(heard)


def _wanted(subscription: Subscription, one: Told) -> bool:
    return one.entity not in OWN and (not subscription.wanted or one.topic in subscription.wanted)


def _delivery(subscription: Subscription, one: Told) -> Delivery:
    return Delivery(
        subscription=subscription, sequence=one.sequence, entity=one.entity, object_id=one.object_id, of_version=one.version,
        place=one.place, action=one.action, happened_at=one.at, next_at=timezone.now(),
    )  # fmt: skip


def wanted_from() -> int | None:
    """The lowest sequence that a receiver has not got yet: nothing from there on may be forgotten."""
    position = Subscription.objects.filter(active=True).aggregate(least=Min("position"))["least"]
    waiting = Delivery.objects.filter(state__in=("waiting", "dead"), subscription__active=True).aggregate(least=Min("sequence"))["least"]
    known = [one for one in (None if position is None else position + 1, waiting) if one is not None]
    return min(known, default=None)


def forget_deliveries(older_than: timedelta) -> int:
    """Throw away what was sent, or withheld, so long ago, with its calls, and the tests of that time. How many deliveries."""
    before = timezone.now() - older_than
    Attempt.objects.filter(delivery=None, at__lt=before).delete()
    gone = Delivery.objects.filter(state__in=("sent", "withheld"), sent_at__lt=before)
    return gone.delete()[1].get(Delivery._meta.label, 0)
