"""What elders said, as the gate before the readings is told it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hexi.core.sensing.devices.words import KINDS, ROOMS
from hexi.kit import Allowed, Quiet
from hexi.scenarios.eldercare import words
from hexi.scenarios.eldercare.keeping import DEVICES, FREE, allowed, changed
from hexi.scenarios.eldercare.models import Consent, Elder, QuietZone
from hexi.scenarios.eldercare.tests.conftest import Around, Make, begin, do, fine

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
DAY = timedelta(days=1)


def said(elder: Elder, agreed: bool, days_ago: int, until: datetime | None = None, device: str = "radar", purpose: str = "rescue") -> None:
    Consent.objects.create(
        elder=elder, device=device, purpose=purpose, agreed=agreed, until=until, way="desk", at=NOW - days_ago * DAY, place=elder.home
    )


def told(elder: Elder) -> dict[str, Allowed]:
    return {one.device: one for one in allowed([elder.pk])}


def test_the_words_of_both_registers_are_the_same() -> None:
    known = dict(KINDS)
    assert set(DEVICES) | {"button"} == {key for key, _ in words.DEVICES}
    assert {*DEVICES.values(), *FREE} <= set(known)
    assert {key for key, _ in ROOMS} | {"home"} == {key for key, _ in words.ROOMS}


def test_silence_is_no_and_the_last_word_counts(elder: Elder) -> None:
    assert told(elder) == {}
    said(elder, True, 9)
    assert told(elder) == {"radar": Allowed(elder.pk, "radar", NOW - 9 * DAY)}
    said(elder, False, 5)
    assert told(elder) == {}
    said(elder, True, 2)
    assert told(elder)["radar"].since == NOW - 2 * DAY, "what was measured in between stays unsaid"
    said(elder, True, 1)
    assert told(elder)["radar"].since == NOW - 2 * DAY, "a yes that is said again goes on"


def test_a_yes_for_a_time_ends_and_any_purpose_is_enough(elder: Elder) -> None:
    said(elder, True, 9, NOW - 2 * DAY)
    assert told(elder) == {}
    said(elder, True, 1, NOW + DAY)
    said(elder, True, 3, NOW + 2 * DAY, purpose="care")
    said(elder, True, 1, device="mattress")
    found = told(elder)
    assert (found["radar"].since, found["radar"].until) == (NOW - 3 * DAY, NOW + 2 * DAY)
    assert found["bed"].until is None


def test_zones_are_told_until_they_are_lifted_and_a_file_that_rests_allows_nothing(elder: Elder, around: Around) -> None:
    said(elder, True, 1)
    fine(begin(around["steward"], "quietzone", "set_zone", elder=elder.pk, room="bathroom", from_hour=0, to_hour=24, way="desk"))
    fine(begin(around["steward"], "quietzone", "set_zone", elder=elder.pk, room="home", from_hour=22, to_hour=6, way="desk"))
    assert told(elder)["radar"].quiet == (Quiet(0, 24, "bathroom"), Quiet(22, 6))
    for zone in QuietZone.objects.all():
        fine(do(around["steward"], zone, "lift_zone", "本人要求"))
    assert told(elder)["radar"].quiet == ()
    fine(do(around["steward"], elder, "pause", "住院"))
    assert told(elder) == {}


def test_whoever_says_something_is_asked_again(make: Make, around: Around) -> None:
    one, other, third = (make(code=f"CODE{n}") for n in range(3))
    assert changed(NOW - DAY) == {one.pk, other.pk, third.pk}
    moment = datetime.now(UTC)
    fine(begin(around["steward"], "consent", "switch", elder=one.pk, switch="on", device="radar", purpose="rescue", way="desk"))
    fine(begin(around["steward"], "quietzone", "set_zone", elder=other.pk, room="home", from_hour=1, to_hour=2, way="desk"))
    assert changed(moment) == {one.pk, other.pk}


def test_many_elders_are_asked_with_three_questions(make: Make) -> None:
    elders = [make(code=f"CODE{n}") for n in range(20)]
    for elder in elders:
        said(elder, True, 1)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found: Any = list(allowed([elder.pk for elder in elders]))
    assert (len(found), len(asked)) == (20, 3)
