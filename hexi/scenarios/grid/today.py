"""The day in the district, for what a change writes down."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from hexi.kit import Change, Context


def day_of(context: Context) -> date:
    """The local day of that moment."""
    return context.now.astimezone(ZoneInfo(context.zone)).date()


def today(change: Change) -> date:
    """The local day on which the change is made."""
    return day_of(change.context)
