"""What the intake needs to know of a device, small enough to hold all of them in memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q

from hexi.core.data.api import readable
from hexi.core.sensing.devices.keys import digest
from hexi.core.sensing.devices.models import Device, reading_key
from hexi.core.trust.api import Viewer

FIELDS = ("id", "code", "kind", "room", "gateway_id", "subject", "state", "key_digest", "place", "organisation", "simulated")

BY_KEY = f"SELECT {', '.join(FIELDS)} FROM sensing_device WHERE key_digest = %s"  # noqa: S608 - constants only


@dataclass(frozen=True, slots=True)
class Card:
    """One device: its number and code, whose its readings are, whether it may send, where it belongs, and behind which gateway."""

    id: int
    code: str
    key: str
    active: bool
    key_digest: str
    place: str
    organisation: str
    simulated: bool = False
    kind: str = ""
    room: str = ""
    gateway: int = 0


def card_of_secret(secret: str) -> Card | None:
    """The device that holds this key; also one that is revoked, so that it can be told so."""
    with connection.cursor() as cursor:  # asked at every request of every device: Django's own way takes ten times as long
        cursor.execute(BY_KEY, [digest(secret)])
        row = cursor.fetchone()
    if row is None:
        return None
    number, code, kind, room, gateway, subject, state, key_digest, place, organisation, simulated = row
    key = reading_key(number, subject)
    return Card(number, code, key, state == "active", key_digest, place, organisation, bool(simulated), kind, room, gateway or 0)


def card_of_code(code: str) -> Card | None:
    """The device of that name."""
    row = Device.objects.filter(code=code).only(*FIELDS).first()
    return _card(row) if row else None


def cards_since(moment: datetime | None) -> list[Card]:
    """The devices that changed since then; all without a moment."""
    rows = Device.objects.only(*FIELDS).order_by()
    return [_card(row) for row in (rows.filter(updated_at__gte=moment) if moment else rows).iterator()]


def simulated_keys(keys: Iterable[str]) -> set[str]:
    """Those of these keys of which nothing but simulated devices sends: beside a real one nobody may read that a call is not meant."""
    wanted = set(keys)
    own = {key.rpartition(":")[2] for key in wanted if key.startswith("sensing.device:")}
    named = Q(pk__in=[number for number in own if number.isdecimal()]) | Q(subject__in=wanted)
    sending = Device.objects.filter(named, Q(simulated=True) | Q(state="active"))  # a real one that is not in use sends nothing
    real = dict[str, bool]()
    for row in sending.only("subject", "simulated").order_by():
        real[row.reading_key] = real.get(row.reading_key, False) or not row.simulated
    return {key for key in wanted if real.get(key) is False}


def devices_of_keys(viewer: Viewer, keys: Iterable[str]) -> dict[str, str]:
    """What the devices are called of which the readings of these keys come, as far as the viewer may read them."""
    wanted = set(keys)
    own = {key.rpartition(":")[2] for key in wanted if key.startswith("sensing.device:")}
    rows = readable(viewer, Device).filter(Q(pk__in=[number for number in own if number.isdecimal()]) | Q(subject__in=wanted))
    found = dict[str, list[str]]()
    for row in rows.order_by("pk"):
        found.setdefault(row.reading_key, []).append(row.name)
    return {key: "、".join(names) for key, names in found.items() if key in wanted}


def _card(row: Device) -> Card:
    return Card(
        row.pk, row.code, row.reading_key, row.state == "active" and bool(row.key_digest), row.key_digest or "", row.place,
        row.organisation, row.simulated, row.kind, row.room, row.gateway_id or 0,
    )  # fmt: skip
