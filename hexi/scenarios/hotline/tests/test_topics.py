"""What rises, and how sure that is; many calls about one thing; the same telephone again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from hexi.kit import Case, wilson
from hexi.scenarios.hotline.gathering import mass_events, repeat_callers
from hexi.scenarios.hotline.tests.conftest import Person, do, ok
from hexi.scenarios.hotline.topics import Rise, rises

pytestmark = pytest.mark.django_db
Call = Callable[..., Case]


def test_what_rises_surely_comes_before_what_may_be_chance(call: Call) -> None:
    now = datetime.now(UTC) + timedelta(minutes=1)
    for category, late, early in (("appeal.supply.heat", 8, 1), ("appeal.market.food", 6, 11)):
        for n in range(late + early):
            case = call(category=category)
            Case.objects.filter(pk=case.pk).update(opened_at=now - timedelta(days=3 if n < late else 45))
    first, second = rises(Case.objects.all(), now, "category")
    assert (first.category, first.now, first.before, first.ratio, first.is_sure) == ("appeal.supply.heat", 8, 1, 16, True)
    assert (second.category, second.is_sure) == ("appeal.market.food", False)


def test_the_interval_of_a_ratio_follows_from_the_share_of_the_calls() -> None:
    low, high = wilson(8, 9) or (0, 0)
    assert Rise("a", "", 8, 1).interval == pytest.approx((low / (1 - low) * 2, high / (1 - high) * 2))
    assert Rise("a", "", 8, 0).interval[1] is None and Rise("a", "", 8, 0).ratio is None


@given(some.integers(1, 500), some.integers(1, 500))
def test_the_interval_always_holds_the_ratio(now: int, before: int) -> None:
    rise = Rise("a", "", now, before)
    low, high = rise.interval
    assert rise.ratio is not None and high is not None
    assert low <= rise.ratio <= high


def test_many_calls_about_one_thing_become_one_order_with_supporters(call: Call, dispatcher: Person) -> None:
    orders = [call(category="appeal.supply.water", phone=f"0000000000{n}") for n in range(4)]
    call(category="appeal.supply.power")
    (event,) = mass_events(Case.objects.all(), datetime.now(UTC))
    assert [one.pk for one in event.orders] == [one.pk for one in orders]
    ok(do(dispatcher, orders[0], "gather", "同一处跑水"))
    assert orders[0].supporters == 4
    assert {one.state for one in Case.objects.filter(master=orders[0])} == {"same_event"}
    assert orders[0].people.count() == 4
    assert mass_events(Case.objects.all(), datetime.now(UTC)) == []


def test_a_single_call_is_no_event(call: Call, dispatcher: Person) -> None:
    assert do(dispatcher, call(), "gather", "试").status_code == 409


def test_the_same_telephone_is_found_again_without_being_told(call: Call, dispatcher: Person) -> None:
    for _ in range(3):
        call(phone="00012345678")
    call(phone="00087654321")
    ((first, *rest),) = repeat_callers(Case.objects.all())
    assert len(rest) == 2 and first.kind == "hotline"
    answer = dispatcher.get("/api/data/hotline.repeats")
    assert answer.json()["rows"][0]["count"] == 3 and "12345678" not in answer.content.decode()
