"""What may be sensed in a home: the elder's last word counts, silence is no, and a dignity zone stands above every yes."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from hexi.kit import Label, district_calendar, t
from hexi.scenarios.eldercare import words
from hexi.scenarios.eldercare.models import Consent, Elder, QuietZone

BUTTON = "button"
NOT_SERVED = t("档案已暂停或退出", "the file is paused or closed")
NO_CONSENT = t("本人没有同意，或已关闭", "the elder did not agree, or switched it off")
IN_ZONE = t("在本人划定的免打扰区和时段内", "inside a dignity zone that the elder set")


def last_words(elder: Elder, now: datetime) -> dict[tuple[str, str], Consent]:
    """The last word on each device and purpose; one that has run out is none."""
    found = dict[tuple[str, str], Consent]()
    for one in Consent.objects.filter(elder=elder).order_by("pk"):
        found[one.device, one.purpose] = one
    return {pair: one for pair, one in found.items() if one.until is None or one.until > now}


def agreed(elder: Elder, device: str, purpose: str, now: datetime) -> bool:
    """Did the elder agree to this, and not take it back?"""
    word = last_words(elder, now).get((device, purpose))
    return word is not None and word.agreed


def why_not(elder: Elder, device: str, purpose: str, now: datetime, room: str = "") -> Label | None:
    """Why nothing may be recorded, in words; None where it may. An elder's own press of the button is a call, never sensing."""
    if device == BUTTON:
        return None
    if elder.state != "served":
        return NOT_SERVED
    if not agreed(elder, device, purpose, now):
        return NO_CONSENT
    return IN_ZONE if in_quiet_zone(elder, room, now) else None


def in_quiet_zone(elder: Elder, room: str, now: datetime) -> bool:
    """Is that room kept free at that hour? A device that does not say its room counts as being in every room."""
    hour = district_calendar().local(now).hour
    rooms = Q() if room in {"", "home"} else Q(room__in=(room, "home"))
    zones = QuietZone.objects.filter(rooms, elder=elder, lifted_at=None)
    return any(covers(zone.from_hour, zone.to_hour, hour) for zone in zones)


def covers(start: int, end: int, hour: int) -> bool:
    """Is the hour in the span? One that ends before it begins goes over midnight."""
    return start <= hour < end if start < end else hour >= start or hour < end


def sensed_words(elder: Elder, now: datetime) -> Label:
    """What is agreed to at this home, as its pages say it."""
    on = [device for (device, _), word in last_words(elder, now).items() if word.agreed]
    called = [words.label_of(words.DEVICES, device) for device in dict.fromkeys(on)]
    if not called:
        return t("都没有开，只有呼叫按钮可用", "none; only the call button works")
    return t("、".join(one.zh for one in called), ", ".join(one.en for one in called))
