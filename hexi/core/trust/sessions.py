"""Sessions in our own table, so that a person's open sessions can be listed and ended."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone
from django.utils.dateparse import parse_datetime

STARTED, DEVICE = "started_at", "device"


def now_said() -> str:
    """This moment, as a session's data can carry it."""
    return timezone.now().isoformat()


class SessionStore(DatabaseStore):
    """Django's database store with the account beside the data.

    Django writes the whole row at every save, so nothing may live in the row alone.
    """

    @classmethod
    def get_model_class(cls) -> Any:
        from hexi.core.trust.models import Session

        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row: Any = super().create_model_instance(data)
        row.account_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.started_at = parse_datetime(str(data.get(STARTED, ""))) or timezone.now()
        row.device = str(data.get(DEVICE, ""))[:200]
        return row
