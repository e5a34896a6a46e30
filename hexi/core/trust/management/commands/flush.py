"""Django's flush, which empties the database, with the guard of the event table lifted while it runs."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import flush
from django.db import connections

from hexi.core.trust.guard import guard_lifted


class Command(flush.Command):
    def handle(self, **options: Any) -> None:
        with guard_lifted(connections[options["database"]]):
            super().handle(**options)
