"""Meals within the hours of lunch, and visits by whose steward it is, as planned rounds."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from hexi.kernel.catalogue import catalogue
from hexi.scenarios.eldercare.models import Elder
from hexi.scenarios.eldercare.models_care import Carer
from hexi.scenarios.eldercare.models_services import Booking, CatalogueItem
from hexi.scenarios.eldercare.tests.conftest import STREET, Around

pytestmark = pytest.mark.django_db


@pytest.fixture
def brought(elder: Elder, meal: CatalogueItem) -> Booking:
    return Booking.objects.create(
        elder=elder, item=meal, kind="meal", on=timezone.localdate(), number=2, price=26, own=26, state="booked", called="示例张奶奶",
        phone="00000000001", place=elder.home, office="kitchen",
    )  # fmt: skip


def rounds_of(who: Any, key: str) -> list[dict[str, Any]]:
    return next((one["stops"] for one in who.get("/api/cases/work").json()["rounds"] if one["key"] == key), [])


def tours_of(who: Any) -> dict[str, Any]:
    return {one["key"]: one for one in who.get("/api/tours").json()["tours"]}


def test_a_meal_that_is_brought_is_a_stop_within_the_hours_of_lunch_with_as_many_as_were_booked(around: Around, brought: Booking) -> None:
    told = tours_of(around["centre"])["meals"]
    [stop] = told["stops"]
    assert (stop["record"], stop["windows"], stop["load"]) == (brought.pk, [[11 * 3600, 12 * 3600 + 1800]], 2)
    assert told["capacity"] == 20 and "工作值" in told["basis"]["zh"]


def test_meals_of_another_day_eaten_there_or_done_are_nobodys_stop(around: Around, brought: Booking) -> None:
    assert [stop["record"] for stop in rounds_of(around["steward"], "meals")] == [brought.pk]
    for change in ({"state": "done"}, {"state": "booked", "on": timezone.localdate() + timedelta(days=1)}):
        Booking.objects.update(**change)
        assert rounds_of(around["steward"], "meals") == []
    Booking.objects.update(on=timezone.localdate())
    CatalogueItem.objects.update(handed="eat_in")
    assert rounds_of(around["steward"], "meals") == []


def test_the_canteen_takes_it_on_and_brings_it_from_its_telephone(around: Around, brought: Booking) -> None:
    [stop] = rounds_of(around["kitchen"], "meals")
    assert (stop["title"]["zh"], stop["state"]) == ("示例张奶奶", "booked")
    path = f"/api/records/eldercare.booking/{brought.pk}/actions"
    assert around["kitchen"].post(f"{path}/take", {"values": {}, "version": stop["version"]}).status_code == 200
    [stop] = rounds_of(around["kitchen"], "meals")
    assert around["kitchen"].post(f"{path}/finish", {"values": {"word": ""}, "version": stop["version"]}).status_code == 200
    assert rounds_of(around["kitchen"], "meals") == []


def test_an_elder_is_visited_by_the_own_steward(around: Around, elder: Elder) -> None:
    account = around["steward"].account
    assert account is not None
    carer = Carer.objects.create(name="示例·孔管家", kind="steward", place=STREET, account=account.pk, active=True)
    Elder.objects.update(steward=carer)
    [stop] = tours_of(around["community"])["care_visits"]["stops"]
    assert stop["owner"] == account.pk
    assert catalogue.tours["care_visits"].terms(timezone.localdate()).stay == timedelta(minutes=20)
