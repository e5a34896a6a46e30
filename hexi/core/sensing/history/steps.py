"""The steps that charts go by: a clock hour, or a day by the district's clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Literal

from django.utils import timezone

from hexi.kernel.reading import microseconds

Step = Literal["hour", "day"]
LENGTHS: dict[Step, int] = {"hour": microseconds(timedelta(hours=1)), "day": microseconds(timedelta(days=1))}
"""In microseconds."""


@cache
def aside() -> int:
    """So far is the district's clock ahead of UTC, in microseconds. Where summer has a time of its own, a day begins an hour later then."""
    ahead = timezone.localtime(datetime(2026, 1, 1, tzinfo=UTC), timezone.get_default_timezone()).utcoffset()
    return microseconds(ahead or timedelta(0))


def begin_of(moment: int, step: Step) -> int:
    """Where the step began in which this moment lies."""
    return moment - (moment + aside()) % LENGTHS[step]
