"""What the intake needs to know of a device, small enough to hold all of them in memory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hexi.core.sensing.devices.keys import digest
from hexi.core.sensing.devices.models import Device

FIELDS = ("pk", "code", "subject", "state", "key_digest", "place", "organisation")


@dataclass(frozen=True, slots=True)
class Card:
    """One device: its number and code, whose its readings are, whether it may send, and where it belongs."""

    id: int
    code: str
    key: str
    active: bool
    key_digest: str
    place: str
    organisation: str


def card_of_secret(secret: str) -> Card | None:
    """The device that holds this key; also one that is revoked, so that it can be told so."""
    row = Device.objects.filter(key_digest=digest(secret)).only(*FIELDS).first()
    return _card(row) if row else None


def card_of_code(code: str) -> Card | None:
    """The device of that name."""
    row = Device.objects.filter(code=code).only(*FIELDS).first()
    return _card(row) if row else None


def cards_since(moment: datetime | None) -> list[Card]:
    """The devices that changed since then; all without a moment."""
    rows = Device.objects.only(*FIELDS).order_by()
    return [_card(row) for row in (rows.filter(updated_at__gte=moment) if moment else rows).iterator()]


def _card(row: Device) -> Card:
    return Card(
        row.pk, row.code, row.reading_key, row.state == "active" and bool(row.key_digest), row.key_digest or "", row.place, row.organisation
    )
