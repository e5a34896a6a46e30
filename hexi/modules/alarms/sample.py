"""An invented roster and two people at the alarm desk, for the demonstration: all is covered but the night after Tuesday."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from hexi.core.data.api import insert_sample
from hexi.core.trust.api import Holder, Invented, holders_of, load_people
from hexi.kernel.declare import Progress
from hexi.kernel.label import t
from hexi.modules.alarms.models import Duty
from hexi.modules.alarms.words import duty_roles

DAYS, OPEN_NIGHT = 28, 2
DISTRICT_WIDTH, COMMUNITY_WIDTH = 6, 12
"""Digits of a place's code."""
DAY, NIGHT = (time(8), timedelta(hours=12)), (time(20), timedelta(hours=12))
PEOPLE = (Invented("alarmdesk", "示例·秦值守", "alarm_operator"), Invented("alarmcheck", "示例·许复核", "alarm_supervisor"))


def load(progress: Progress) -> None:
    """The desk's accounts, and turns for the next four weeks; nothing where there is a roster already."""
    load_people(PEOPLE)
    added = insert_sample(Duty, turns())
    progress(t(f"{added} 班值守（示例）", f"{added} turns of duty, invented"))


def turns() -> Iterator[dict[str, Any]]:
    """Of those who hold a role that a ladder calls: each by day, and by night but for that after Tuesday, when nobody is there."""
    first = timezone.localdate() - timedelta(days=1)
    for one in holders_of(duty_roles()):
        for day in (first + timedelta(days=offset) for offset in range(DAYS)):
            for start, length in (DAY, NIGHT) if day.isoweekday() != OPEN_NIGHT else (DAY,):
                for place in _areas(one):
                    yield _turn(one, place, timezone.make_aware(datetime.combine(day, start)), length)


def _areas(one: Holder) -> tuple[str, ...]:
    """Their own; and whoever has a community or more stands in for the whole district, where the demonstration has nobody else."""
    district = one.place[:DISTRICT_WIDTH]
    return (one.place, district) if DISTRICT_WIDTH < len(one.place) <= COMMUNITY_WIDTH else (one.place,)


def _turn(one: Holder, place: str, start: datetime, length: timedelta) -> dict[str, Any]:
    return {"account": one.username, "role": one.role, "place": place, "base": one.place, "starts_at": start, "ends_at": start + length}
