"""The day in the district, for what a change writes down."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from hexi.kit import Change, Context


def local_day(moment: datetime, context: Context) -> date:
    """The day of that moment in the district."""
    return moment.astimezone(ZoneInfo(context.zone)).date()


def day_of(context: Context) -> date:
    """The local day of that moment."""
    return local_day(context.now, context)


def today(change: Change) -> date:
    """The local day on which the change is made."""
    return day_of(change.context)
