"""Sends what waits: in order for each record, tried again with growing pauses, given up after a declared number of attempts."""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from hexi.core.data.webhooks.letters import headers_of, letter_of
from hexi.core.data.webhooks.line import line_up
from hexi.core.data.webhooks.models import Attempt, Delivery, Subscription
from hexi.core.data.webhooks.post import Answer, posted
from hexi.core.trust.api import Viewer, viewer_of_account
from hexi.kernel.errors import NotFound

log = logging.getLogger(__name__)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=2), timedelta(hours=6)
JITTER = 0.25
AT_ONCE = 50
RECEIVERS = 64  # ours: so many are served beside each other; a receiver holds its place for some seconds at most
Clock = Callable[[], datetime]


class Sender:
    """Serves every receiver in a thread of its own, so that a slow one holds up nobody else."""

    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(RECEIVERS, thread_name_prefix="webhook")
        self.busy: set[int] = set()
        self.lock = threading.Lock()

    def look(self) -> None:
        """Line up what is new, and begin to serve whoever has something waiting and is not being served."""
        line_up()
        for pk in _with_work(timezone.now()):
            with self.lock:
                if pk in self.busy:
                    continue
                self.busy.add(pk)
            self.pool.submit(self._serve, pk)

    def _serve(self, pk: int) -> None:
        try:
            serve(pk)
        except Exception:
            log.exception("webhook %s could not be served; it is looked at again", pk)
        finally:
            connection.close()
            with self.lock:
                self.busy.discard(pk)


def serve(subscription_id: int, clock: Clock = timezone.now) -> None:
    """Send all that is due for one receiver; stop at once when it does not answer at all."""
    while batch := list(due(subscription_id, clock())[:AT_ONCE]):
        subscription = Subscription.objects.get(pk=subscription_id)
        if not subscription.active or not _batch_sent(subscription, batch, clock):
            return


def _batch_sent(subscription: Subscription, batch: list[Delivery], clock: Clock) -> bool:
    """Send these; did the receiver answer to the last? Its answer is kept once for all of them."""
    viewer, last = viewer_of_account(subscription.account_id), None
    for delivery in batch:
        last = _send(subscription, delivery, viewer, clock) or last
        if last and not last.status:
            break
    if last:
        told = Subscription.objects.filter(pk=subscription.pk)
        told.update(tried_at=clock(), status=last.status, fault=last.fault)
    return last is None or last.status != 0


def due(subscription_id: int, now: datetime) -> QuerySet[Delivery]:
    """What may be sent now: of each record only the first that waits, so that its changes arrive in their order."""
    waiting = Delivery.objects.filter(subscription_id=subscription_id, state="waiting")
    same = {"entity": OuterRef("entity"), "object_id": OuterRef("object_id"), "sequence__lt": OuterRef("sequence")}
    return waiting.filter(~Exists(waiting.filter(**same)), next_at__lte=now).order_by("sequence")


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts that failed; a little different each time, so that receivers are not stormed."""
    usual = min(FIRST_PAUSE * 2 ** min(attempts - 1, 30), LONGEST_PAUSE)
    return usual * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 - no secret


def _with_work(now: datetime) -> list[int]:
    waiting = Delivery.objects.filter(subscription=OuterRef("pk"), state="waiting", next_at__lte=now)
    return list(Subscription.objects.filter(Exists(waiting), active=True).values_list("pk", flat=True))


def _send(subscription: Subscription, delivery: Delivery, viewer: Viewer, clock: Clock) -> Answer | None:
    """Send one; None when its account may no longer read it, so that nobody was called."""
    own = Delivery.objects.filter(pk=delivery.pk, state="waiting")
    try:
        letter = letter_of(subscription, delivery, viewer)
    except NotFound:
        own.update(state="withheld", next_at=None, sent_at=clock())
        return None
    answer = posted(subscription.address, headers_of(subscription, letter, clock()), letter.body)
    if answer.is_success:
        own.update(state="sent", attempts=delivery.attempts + 1, status=answer.status, fault="", next_at=None, sent_at=clock())
        _wake(subscription, clock())
    else:
        Attempt.objects.create(subscription=subscription, delivery=delivery, at=clock(), status=answer.status, fault=answer.fault)
        _failed(own if answer.status else due(subscription.pk, clock()), answer, clock())
    return answer


def _failed(found: QuerySet[Delivery], answer: Answer, now: datetime) -> None:
    """One attempt more for each of these; those that had their last are given up."""
    by_attempts: dict[int, list[int]] = {}
    for pk, attempts in found.order_by().values_list("pk", "attempts"):
        by_attempts.setdefault(attempts + 1, []).append(pk)
    for attempts, numbers in by_attempts.items():
        last = attempts >= settings.WEBHOOK_ATTEMPTS
        state, next_at = ("dead", None) if last else ("waiting", now + pause_after(attempts))
        for part in range(0, len(numbers), AT_ONCE):
            rows = Delivery.objects.filter(pk__in=numbers[part : part + AT_ONCE], state="waiting")
            rows.update(state=state, next_at=next_at, attempts=attempts, status=answer.status, fault=answer.fault)


def _wake(subscription: Subscription, now: datetime) -> None:
    """It answers again: what waited because it did not need not wait for its own time."""
    Delivery.objects.filter(subscription=subscription, state="waiting", status=0, next_at__gt=now).update(next_at=now)
