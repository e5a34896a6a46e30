"""Sends what waits: several beside each other, tried again with growing pauses, given up after a declared number of attempts."""

from __future__ import annotations

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from hexi.core.notices.channels.known import CHANNELS
from hexi.core.notices.contracts import NotSent, Sent
from hexi.core.notices.models import Delivery
from hexi.core.notices.preferences import PURPOSE
from hexi.core.trust.api import PLATFORM, Happening, record, unseal

log = logging.getLogger(__name__)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(hours=1)
BESIDE, AT_ONCE = 8, 200


class Sender:
    """Threads of one process that send; a slow provider holds up no other."""

    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(BESIDE, thread_name_prefix="notice")
        self.busy: set[int] = set()
        self.lock = threading.Lock()

    def look(self) -> None:
        """Begin with everything that is due and not being sent."""
        for number in due():
            with self.lock:
                if number in self.busy:
                    continue
                self.busy.add(number)
            self.pool.submit(self._send, number)

    def _send(self, number: int) -> None:
        try:
            send(number)
        except Exception:
            log.exception("notice %s could not be sent; it is looked at again", number)
        finally:
            connection.close()
            with self.lock:
                self.busy.discard(number)


def due() -> list[int]:
    """What is to be sent now, urgent things first."""
    rows = Delivery.objects.filter(next_at__lte=timezone.now()).order_by("-urgent", "next_at")
    return list(rows.values_list("pk", flat=True)[:AT_ONCE])


def send(number: int) -> None:
    """One attempt. It is written down before it begins: a process that is killed here tries again, and nothing is lost."""
    now = timezone.now()
    own = Delivery.objects.filter(pk=number, next_at__lte=now)
    row = own.first()
    if row is None or not own.update(tries=row.tries + 1, next_at=now + pause_after(row.tries + 1)):
        return
    row.tries += 1
    try:
        address, _, link = unseal(bytes(row.sealed or b""), PURPOSE).decode().partition("\n")
        _settled(row, CHANNELS[row.channel].send(row, address, link))
    except NotSent as fault:
        _failed(row, fault)
    except Exception as fault:
        log.exception("notice %s by %s", number, row.channel)
        _failed(row, NotSent("broken", type(fault).__name__))


def pause_after(tries: int) -> timedelta:
    """How long to wait after so many attempts."""
    return min(FIRST_PAUSE * 2 ** min(tries - 1, 20), LONGEST_PAUSE)


def _settled(row: Delivery, sent: Sent) -> None:
    now = timezone.now()
    received = {"state": "received", "received_at": now} if sent.received else {"state": "sent"}
    _written(row, next_at=None, sent_at=now, provider=sent.number[:120], fault="", detail="", sealed=None, **received)


def _failed(row: Delivery, fault: NotSent) -> None:
    last = not fault.again or row.tries >= settings.NOTICE_ATTEMPTS
    more = {"state": "failed", "next_at": None, "sealed": None} if last else {"next_at": timezone.now() + pause_after(row.tries)}
    _written(row, fault=fault.fault, detail=fault.detail[:200], **more)


def _written(row: Delivery, **values: object) -> None:
    """The row, and a notice for whoever looks at the page. An event of its own would tell nothing that the row does not."""
    with transaction.atomic():
        Delivery.objects.filter(pk=row.pk).update(version=row.version + 1, **values)
        told = {"state": values.get("state", row.state), "fault": values.get("fault", "")}
        record(PLATFORM, Happening("send", "notices.delivery", row.pk, after=told, place=row.place or "", version=row.version + 1))
