"""What the desk and a helper's telephone show, and the proof that somebody is there at every hour."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from hexi.core.data.tests.conftest import COMMUNITY, GRID, STREET, Person
from hexi.core.data.tests.samples.models import Thing
from hexi.core.notices.models import Delivery
from hexi.core.space.models import Place
from hexi.core.trust.models import Event
from hexi.modules.alarms import roster
from hexi.modules.alarms.coverage import gaps_in
from hexi.modules.alarms.models import Duty, Position, Rescue
from hexi.modules.alarms.past import PastRescue, load_past
from hexi.modules.alarms.tests.conftest import call_of
from hexi.modules.alarms.tests.samples.room import HOME
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


def test_the_desk_is_shown_whom_to_ring_and_that_look_is_kept(
    on_duty: Callable[..., Person], person: Callable[..., Person], sos: Callable[..., Rescue]
) -> None:
    steward = on_duty()
    rescue, desk = sos(), person("alarm_operator", STREET)
    told = desk.post(f"/api/alarms/rescues/{rescue.pk}/person").json()
    assert told["person"]["name"] == "张秀英" and [one["phone"] for one in told["contacts"]] == ["13800000001"]
    assert desk.account is not None
    assert Event.objects.filter(action="reveal", entity="samples.thing", account_id=desk.account.pk).count() == 1
    assert steward.post(f"/api/alarms/rescues/{rescue.pk}/person").status_code == 403
    Rescue.objects.update(state="reviewed")
    assert desk.post(f"/api/alarms/rescues/{rescue.pk}/person").status_code == 404


def test_what_runs_stands_on_the_map_of_whoever_may_read_it(
    on_duty: Callable[..., Person], person: Callable[..., Person], sos: Callable[..., Rescue]
) -> None:
    on_duty()
    rescue = sos(is_test=True)
    desk, elsewhere = person("alarm_operator", STREET), person("alarm_operator", "120103002")
    (shown,) = desk.get("/api/layers/alarms.running", place=COMMUNITY).json()["features"]
    assert shown["geometry"]["coordinates"] == list(HOME) and shown["properties"]["mark"] == "breach"
    assert shown["properties"]["title"] == {"zh": "【测试】紧急呼叫 张**", "en": "[test] SOS 张**"}
    assert elsewhere.get("/api/layers/alarms.running").json()["features"] == []
    stranger = person().get("/api/layers/alarms.running").json()
    assert stranger["features"] == [] and "不能查看救助记录" in stranger["empty"]["zh"]
    assert "empty" not in desk.get("/api/layers/alarms.running").json()
    Rescue.objects.filter(pk=rescue.pk).update(ended_at=rescue.raised_at)
    assert desk.get("/api/layers/alarms.running").json()["features"] == []


def test_invented_rescues_have_cases_with_clocks_and_count_in_the_desks_figures(
    lady: Thing, person: Callable[..., Person], clock: Clock
) -> None:
    outcomes = ("fall", "false_alarm", "needs_help", "needs_help", "test_call", "illness")
    past = [PastRescue(f"samples.thing:{lady.pk}", clock.now - timedelta(days=2 + at), outcome) for at, outcome in enumerate(outcomes)]
    cases = load_past("sos", past, clock.now, random.Random(1))
    rescues = {one.case_id: one for one in Rescue.objects.all()}
    assert [rescues[number].outcome for number in cases] == list(outcomes), "in the order that they were given in"
    assert Rescue.objects.filter(state="ended").count() == 3, "the newest wait for their review"
    assert all(one.case.closed_at == one.reviewed_at and one.calls.count() == one.rung + 1 for one in rescues.values())
    desk = person("alarm_operator", STREET)
    figures = desk.get("/api/alarms/board").json()["figures"]
    reached = [one for one in rescues.values() if one.there_at and not one.is_test]
    assert (figures["rescues"], figures["real"], figures["reached"]) == (5, 4, len(reached))
    bins = desk.get("/api/data/alarms.arrivals", place=STREET).json()["rows"]
    assert sum(row["count"] for row in bins) == len(reached)
    hidden = person().get("/api/data/alarms.arrivals", place=STREET).json()
    assert (hidden["rows"], hidden["empty"]["zh"]) == ([], "您的岗位不能查看救助记录，此处不显示"), "not shown is something else than none"
    told = desk.get("/api/data/alarms.outcomes").json()["rows"]
    assert {row["outcome"]: row["count"] for row in told} == {"fall": 1, "false_alarm": 1, "needs_help": 2, "illness": 1}


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
    assert {place[:9] for one in found["rows"] for place in one["places"]} == {STREET}, "a street's desk is told of its own street"
    row = next(one for one in found["rows"] if (one["places"], one["role"]) == ([COMMUNITY], "grid_worker"))
    assert row["hours"] == "1" * 12 + "0" * 8 + "1" * 4, "whoever does not hold the post covers nothing"
    gap = [datetime.fromisoformat(row["gaps"][0][end]) for end in ("from", "to")]
    assert gap == [clock.now + 12 * HOUR, clock.now + 20 * HOUR] and row["covered_pct"] == 66.7
    assert steward.get("/api/alarms/coverage").status_code == 403


def test_a_community_whose_grids_have_turns_of_their_own_is_covered_when_each_grid_is(
    on_duty: Callable[..., Person], person: Callable[..., Person], clock: Clock
) -> None:
    helper, desk = on_duty(place=GRID), person("alarm_operator", STREET)
    Place.objects.create(code=f"{COMMUNITY}09", level="grid", name="另一网格", parent=COMMUNITY, origin="fact", updated_at=clock.now)

    def covered() -> str:
        rows = desk.get("/api/alarms/coverage", days=1).json()["rows"]
        return next(row["hours"] for row in rows if COMMUNITY in row["places"] and row["role"] == "grid_worker")

    assert covered() == "0" * 24, "in the other grid nobody would be called"
    Duty.objects.create(
        account=helper.account.username, role="grid_worker", place=f"{COMMUNITY}09", starts_at=clock.now, ends_at=clock.now + 6 * HOUR
    )
    assert covered() == "1" * 6 + "0" * 18


def test_gaps_are_what_no_span_covers() -> None:
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    window = (begin, begin + 10 * HOUR)
    spans = [(begin + HOUR, begin + 3 * HOUR), (begin + 2 * HOUR, begin + 5 * HOUR), (begin + 8 * HOUR, begin + 12 * HOUR)]
    assert gaps_in(spans, window) == [(begin, begin + HOUR), (begin + 5 * HOUR, begin + 8 * HOUR)]
    assert gaps_in([], window) == [window]


def test_a_round_is_offered_those_whom_the_roster_has_within_its_hours_and_only_to_who_reads_it(
    on_duty: Callable[..., Person], person: Callable[..., Person], clock: Clock
) -> None:
    on_duty()
    [turn] = Duty.objects.all()
    assert turn.starts_at is not None and turn.ends_at is not None
    found, desk = roster.on_duty(turn.role), person("alarm_operator", STREET).viewer
    [said] = found(desk, clock.now, clock.now + timedelta(hours=1)).values()
    assert said.zh.startswith("值守 ") and "–" in said.zh
    assert not found(desk, turn.ends_at, turn.ends_at + timedelta(hours=1)), "that turn is over"
    assert not found(person().viewer, clock.now, clock.now + timedelta(hours=1)), "a stranger reads no roster"


def test_an_alarm_told_to_the_desk_about_somebody_whom_no_register_has_is_refused_at_the_question(person: Callable[..., Person]) -> None:
    desk, asked = person("alarm_operator", STREET), {"alarm": "sos", "place": COMMUNITY}
    for subject in ("1046", "samples.thing:999999", "samples.nothing:1"):
        refused = desk.post("/api/records/alarms.rescue/actions/raise", {"values": {**asked, "subject": subject}})
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "subject")
        assert subject in refused.json()["errors"][0]["message"]
    assert not Rescue.objects.exists()
    assert desk.post("/api/records/alarms.rescue/actions/raise", {"values": asked}).status_code == 201, "a place is enough"
