"""How every webhook stands: its last answer, what waits, what was given up, and what may be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q

from hexi.core.data.actions import allowed_actions
from hexi.core.data.entities import describe
from hexi.core.data.records import readable
from hexi.core.data.values import plain
from hexi.core.data.webhooks.models import FAULTS, Delivery, Subscription
from hexi.core.trust.api import Viewer, newest_sequence

WORDS = dict(FAULTS)


@dataclass(frozen=True, slots=True)
class Standing:
    """One webhook with its counts."""

    row: Subscription
    waiting: int
    dead: int
    next_at: datetime | None
    behind: int
    actions: list[str]

    @staticmethod
    def said(status: int | None, fault: str) -> dict[str, Any]:
        """An answer with its words."""
        return {"status": status, "fault": fault, "fault_label": WORDS[fault].as_dict() if fault else None}

    def document(self) -> dict[str, Any]:
        """As its page shows it."""
        row = self.row
        return {
            "id": row.pk, "version": row.version, "name": row.name, "address": row.address, "topics": sorted(row.wanted),
            "account": row.account, "active": row.active, **self.said(row.status, row.fault), "tried_at": plain(row.tried_at),
            "waiting": self.waiting, "dead": self.dead, "next_at": plain(self.next_at), "behind": self.behind,
            "old_secret_until": plain(row.old_secret_until), "allowed_actions": self.actions,
        }  # fmt: skip


def standings(viewer: Viewer) -> list[Standing]:
    """Those that the viewer may read and that were not removed, by name."""
    rows = list(readable(viewer, Subscription).filter(removed_at=None).order_by("name", "pk"))
    counted = _counts([row.pk for row in rows])
    newest = newest_sequence() if rows else 0
    return [_standing(viewer, row, counted.get(row.pk, {}), newest) for row in rows]


def _standing(viewer: Viewer, row: Subscription, counts: dict[str, Any], newest: int) -> Standing:
    behind = max(0, newest - int(row.position)) if row.active else 0
    actions = allowed_actions(viewer, describe(Subscription), row)
    return Standing(row, counts.get("waits", 0), counts.get("dead", 0), counts.get("next"), behind, actions)


def _counts(numbers: list[int]) -> dict[int, dict[str, Any]]:
    """What is not delivered, counted by state in one question. What was sent is never looked at: it is the most."""
    found = Delivery.objects.filter(subscription_id__in=numbers, state__in=("waiting", "dead")).order_by().values("subscription_id")
    waits, dead = Q(state="waiting"), Q(state="dead")
    counted = found.annotate(waits=Count("pk", filter=waits), dead=Count("pk", filter=dead), next=Min("next_at", filter=waits))
    return {row["subscription_id"]: row for row in counted}
