"""What the desk and a helper's telephone show, and the proof that somebody is there at every hour."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from hexi.core.data.tests.conftest import COMMUNITY, STREET, Person
from hexi.core.notices.models import Delivery
from hexi.core.trust.models import Event
from hexi.modules.alarms.coverage import gaps_in
from hexi.modules.alarms.models import Duty, Position, Rescue
from hexi.modules.alarms.tests.conftest import call_of
from tests.support.clock import Clock

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_a_helper_sees_the_call_then_whom_it_is_about_once_they_answer(on_duty: Callable[..., Person], sos: Callable[..., Rescue]) -> None:
    steward, other = on_duty(), on_duty("community_worker")
    rescue = sos()
    (card,) = steward.get("/api/alarms/mine").json()["rows"]
    assert (card["title"], card["person"], card["state"]) == ("紧急呼叫 张**", None, "told")
    assert Delivery.objects.get(account=steward.account.pk).state == "received", "their telephone asked, which is the receipt"
    assert other.post(f"/api/alarms/calls/{card['id']}/answer", {"minutes": 3}).status_code == 404, "it is not their call"
    assert steward.post(f"/api/alarms/calls/{card['id']}/answer", {"minutes": 8}).json()["state"] == "coming"
    (card,) = steward.get("/api/alarms/mine").json()["rows"]
    assert card["person"]["name"] == "张秀英" and card["person"]["facts"][0]["said"]["zh"] == "助听器"
    assert Event.objects.filter(action="reveal", entity="samples.thing", account_id=steward.account.pk).count() == 1, "the look is kept"
    assert steward.post(f"/api/alarms/calls/{card['id']}/arrive", {"code": "0000"}).status_code == 403
    assert steward.post(f"/api/alarms/calls/{card['id']}/arrive", {"code": "7K3Q"}).json() == {"id": card["id"], "state": "there", "proof": "code"}
    assert call_of(rescue, steward).state == "there"


def test_the_board_shows_whom_nobody_else_may_see(
    on_duty: Callable[..., Person], person: Callable[..., Person], sos: Callable[..., Rescue]
) -> None:
    on_duty()
    sos()
    desk, elsewhere = person("alarm_operator", STREET), person("alarm_operator", "120103002")
    (row,) = desk.get("/api/alarms/board").json()["rows"]
    assert (row["state"], [call["call"] for call in row["calls"]]) == ("calling", ["steward"])
    assert [rung["key"] for rung in row["ladder"]] == ["steward", "family", "community", "centre"]
    assert elsewhere.get("/api/alarms/board").json()["rows"] == []
    assert person().get("/api/alarms/mine").status_code == 401


def test_a_telephone_says_where_it_is_and_only_the_newest_is_kept(on_duty: Callable[..., Person]) -> None:
    steward = on_duty()
    for lon in (117.1, 117.2):
        assert steward.post("/api/alarms/position", {"lon": lon, "lat": 39.1}).status_code == 204
    assert Position.objects.get().lon == 117.2


def test_the_proof_names_every_hour_without_anybody(on_duty: Callable[..., Person], person: Callable[..., Person], clock: Clock) -> None:
    steward = on_duty()
    Duty.objects.create(
        account=steward.account.username, role="grid_worker", place=STREET, starts_at=clock.now + 20 * HOUR, ends_at=clock.now + 30 * HOUR
    )
    Duty.objects.create(account="nobody", role="grid_worker", place=STREET, starts_at=clock.now, ends_at=clock.now + 24 * HOUR)
    found = person("alarm_operator", STREET).get("/api/alarms/coverage", days=1).json()
    row = next(one for one in found["rows"] if (one["places"], one["role"]) == ([COMMUNITY], "grid_worker"))
    assert row["hours"] == "1" * 12 + "0" * 8 + "1" * 4, "whoever does not hold the post covers nothing"
    gap = [datetime.fromisoformat(row["gaps"][0][end]) for end in ("from", "to")]
    assert gap == [clock.now + 12 * HOUR, clock.now + 20 * HOUR] and row["covered_pct"] == 66.7
    assert steward.get("/api/alarms/coverage").status_code == 403


def test_gaps_are_what_no_span_covers() -> None:
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    window = (begin, begin + 10 * HOUR)
    spans = [(begin + HOUR, begin + 3 * HOUR), (begin + 2 * HOUR, begin + 5 * HOUR), (begin + 8 * HOUR, begin + 12 * HOUR)]
    assert gaps_in(spans, window) == [(begin, begin + HOUR), (begin + 5 * HOUR, begin + 8 * HOUR)]
    assert gaps_in([], window) == [window]
