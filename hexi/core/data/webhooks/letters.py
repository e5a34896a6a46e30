"""What a webhook carries: a CloudEvent with the record as the subscriber's account may read it, signed by the Standard Webhooks scheme."""

from __future__ import annotations

import base64
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from hexi.core.data.entities import described
from hexi.core.data.records import presented
from hexi.core.data.values import plain
from hexi.core.data.webhooks.models import Delivery, Subscription
from hexi.core.trust.api import Viewer, home, seal, unseal
from hexi.kernel.catalogue import catalogue

PURPOSE = "webhook secret"
PREFIX = "whsec_"
SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent: the same body and id at every attempt of one delivery while its record stands still."""

    id: str
    body: bytes


def new_secret() -> tuple[str, bytes]:
    """A secret as its receiver writes it down, and as the database keeps it."""
    secret = secrets.token_bytes(SECRET_BYTES)
    return PREFIX + base64.b64encode(secret).decode(), seal(secret, PURPOSE)


def letter_of(subscription: Subscription, delivery: Delivery, viewer: Viewer) -> Letter:
    """The change with its record as the viewer may read it now. Raises NotFound where they may not, or where it is gone."""
    told = {
        "sequence": delivery.sequence, "entity": delivery.entity, "id": delivery.object_id, "version": delivery.of_version,
        "place": delivery.place, "action": delivery.action, "record": _record(delivery, viewer),
    }  # fmt: skip
    event = {
        "specversion": "1.0", "id": str(delivery.sequence), "source": f"urn:hexi:{home().code}",
        "type": f"hexi.{delivery.entity}.{delivery.action or 'change'}", "subject": f"{delivery.entity}/{delivery.object_id}",
        "time": plain(delivery.happened_at), "datacontenttype": "application/json", "sequence": f"{delivery.sequence:020d}", "data": told,
    }  # fmt: skip
    return Letter(f"msg_{subscription.pk}_{delivery.sequence}", orjson.dumps(event))


def test_letter(now: datetime) -> Letter:
    """One that tells of no change: whoever gets it learns that address and secret are right."""
    mark = secrets.token_hex(8)
    event = {
        "specversion": "1.0", "id": f"test-{mark}", "source": f"urn:hexi:{home().code}", "type": "hexi.test", "time": plain(now),
        "datacontenttype": "application/json", "data": {"test": True},
    }  # fmt: skip
    return Letter(f"msg_test_{mark}", orjson.dumps(event))


def headers_of(subscription: Subscription, letter: Letter, now: datetime) -> Mapping[str, str]:
    """What proves to the receiver that the letter is ours and new."""
    moment = str(int(now.timestamp()))
    return {
        "Content-Type": "application/cloudevents+json; charset=utf-8", "User-Agent": "Hexi", "webhook-id": letter.id,
        "webhook-timestamp": moment, "webhook-signature": _signatures(subscription, f"{letter.id}.{moment}.".encode() + letter.body, now),
    }  # fmt: skip


def _signatures(subscription: Subscription, signed: bytes, now: datetime) -> str:
    """One for each secret that counts now: whoever has not changed it yet finds the old one among them."""
    until = subscription.old_secret_until
    secrets_now = [subscription.sealed, *([subscription.sealed_before] if until and now < until else ())]
    return " ".join(f"v1,{_signature(bytes(sealed), signed)}" for sealed in secrets_now)


def _signature(sealed: bytes, signed: bytes) -> str:
    return base64.b64encode(hmac.digest(unseal(sealed, PURPOSE), signed, "sha256")).decode()


def _record(delivery: Delivery, viewer: Viewer) -> dict[str, Any] | None:
    if not delivery.object_id or delivery.entity not in catalogue.entities:
        return None
    return presented(viewer, described(delivery.entity), delivery.object_id)
