"""Days and months as people write them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from hexi.kernel.label import Label, t
from hexi.modules.projects.contracts import Month

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")

ZONE = ZoneInfo("Asia/Shanghai")


def today() -> date:
    """The day in the district."""
    return datetime.now(UTC).astimezone(ZONE).date()


def spoken_day(day: date) -> Label:
    """2025年10月31日, 31 October 2025."""
    return t(f"{day.year}年{day.month}月{day.day}日", f"{day.day} {MONTHS[day.month - 1]} {day.year}")


def spoken_month(month: Month) -> Label:
    """10月份, October; the year stands in the programme's name."""
    return t(f"{month.number}月份", MONTHS[month.number - 1])
