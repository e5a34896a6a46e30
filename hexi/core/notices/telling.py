"""Somebody is told something: one row for each way, written in the change that gives cause for it; a lane of its own sends them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from django.utils import timezone

from hexi.core.data.api import Change
from hexi.core.notices.channels.known import not_set_up
from hexi.core.notices.contracts import Letter, Reader
from hexi.core.notices.models import Delivery
from hexi.core.notices.preferences import PURPOSE, Way, is_quiet_for, ways
from hexi.core.trust.api import insert_row, masked, ring_after_commit, seal
from hexi.kernel.label import Language

LANE = "outward"


def tell(change: Change, letter: Letter, readers: Iterable[Reader]) -> list[Delivery]:
    """One delivery for each reader and way, in the caller's transaction. A way that is not set up sends nothing, and its row says so."""
    found = [_delivered(change, letter, reader, way) for reader in readers for way in ways(reader, letter)]
    if any(one.state == "queued" for one in found):
        ring_after_commit(LANE)
    return found


def _delivered(change: Change, letter: Letter, reader: Reader, way: Way) -> Delivery:
    channel, address = way
    language, now = cast(Language, reader.language if reader.language in {"zh", "en"} else "zh"), timezone.now()
    state = _state(letter, reader, channel)
    row = Delivery(
        channel=channel, state=state, to=shown(channel, address), account=reader.account, title=letter.title.said(language)[:200],
        body=letter.body.said(language), link=(reader.link or letter.link)[:200] if channel == "inside" or not reader.link else "",
        about=letter.about, number=letter.number or None, place=letter.place, urgent=letter.urgent, queued_at=now,
        next_at=now if state == "queued" else None, sent_at=now if channel == "inside" else None,
        fault="not_set_up" if state == "off" else "",
        sealed=seal(f"{address}\n{reader.link or letter.link}".encode(), PURPOSE) if state == "queued" else None,
    )  # fmt: skip
    insert_row(row)  # straight to the table: somebody waits
    change.added(row)
    return row


def _state(letter: Letter, reader: Reader, channel: str) -> str:
    if channel == "inside":
        return "sent"
    if not_set_up(channel) is not None:
        return "off"
    return "quiet" if is_quiet_for(reader, letter) else "queued"


def shown(channel: str, address: str) -> str:
    """The address as the desk may read it."""
    if channel == "sms":
        return str(masked(address, "phone", "personal") or "")
    if channel == "mail":
        name, _, domain = address.partition("@")
        return f"{name[:1]}***@{domain}"
    return ""


def seen(account: int, about: str, numbers: Iterable[int]) -> int:
    """Their own telephone showed it: that is the receipt of what was told in the platform. How many rows."""
    rows = Delivery.objects.filter(account=account, channel="inside", about=about, number__in=list(numbers), received_at=None)
    return rows.update(state="received", received_at=timezone.now())
