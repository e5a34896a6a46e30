"""A day's rounds: planned at the desk, kept with their events, walked with a telephone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone

from hexi.core.trust.api import Viewer, history
from hexi.kernel.catalogue import catalogue
from hexi.kernel.label import Label, t
from hexi.kernel.tour import Demand
from hexi.modules.tours.models import Plan, PlannedStop
from hexi.modules.tours.tests.conftest import Houses, Person, handed_out, number, planned

pytestmark = pytest.mark.django_db


def records(told: Any) -> dict[int, list[int]]:
    return {each["account"]: [stop["record"] for stop in each["stops"]] for each in told["rounds"]}


def test_the_planner_sees_what_is_due_who_could_go_and_by_whose_numbers(planner: Person, near: Person, far: Person) -> None:
    told = next(tour for tour in planner.get("/api/tours").json()["tours"] if tour["key"] == "walk")
    assert [stop["record"] for stop in told["stops"]] == [1, 2, 3]
    assert {one["account"] for one in told["people"]} == {number(near), number(far)}
    assert (told["begins_s"], told["ends_s"], told["stay_s"], told["basis"]["zh"]) == (9 * 3600, 17 * 3600, 600, "测试值")


def test_who_does_not_plan_these_rounds_sees_and_plans_none(planner: Person, near: Person) -> None:
    assert "walk" not in [tour["key"] for tour in near.get("/api/tours").json()["tours"]]
    assert near.post("/api/tours/walk/plan", {}).status_code == 403
    assert near.post("/api/tours/nothing/plan", {}).status_code == 404


def test_a_plan_serves_every_house_in_one_walk_and_tells_the_straight_line(planner: Person, near: Person) -> None:
    told = planned(planner)
    assert records(told) == {number(near): [1, 3, 2]}
    assert not told["exact"] and "straight" in told["note"]["en"]
    [own] = told["rounds"]
    assert own["stops"][0]["arrive_s"] == 9 * 3600 + own["stops"][0]["walk_s"]
    assert own["back_s"] == 9 * 3600 + own["walk_s"] + 3 * 600 and own["fits"]
    assert told["total"]["metres"] <= told["crow"]["metres"]
    assert not Plan.objects.exists()


def test_a_stop_that_was_locked_stays_with_its_person_and_the_rest_is_shared(planner: Person, near: Person, far: Person) -> None:
    told = records(planned(planner, locks={1: number(far)}))
    assert 1 in told[number(far)] and sorted(told[number(far)] + told[number(near)]) == [1, 2, 3]


def test_what_cannot_be_served_says_why(planner: Person, near: Person, houses: Houses) -> None:
    houses.due.append(houses.house(4, None))
    houses.demands = {2: Demand(spans=((0, 8 * 60),)), 3: Demand(owner=999)}
    told = planned(planner)
    assert {one["record"]: one["reason"] for one in told["unserved"]} == {2: "window_early", 3: "nobody_may", 4: "no_point"}
    assert records(told) == {number(near): [1]}


def test_what_is_closed_all_day_is_named_before_the_plan_and_in_it_and_noon_stays_free(planner: Person, near: Person, houses: Houses) -> None:
    houses.demands = {1: Demand(spans=()), 3: Demand(spans=((8 * 60, 9 * 60), (14 * 60, 24 * 60 + 90)))}
    tour = next(tour for tour in planner.get("/api/tours").json()["tours"] if tour["key"] == "walk")
    afternoon = [14 * 3600, 24 * 3600]
    assert [stop["windows"] for stop in tour["stops"]] == [[], None, [[8 * 3600, 9 * 3600], afternoon]]
    told = planned(planner)
    assert [(one["record"], one["reason"], one["why"]["zh"]) for one in told["unserved"]] == [(1, "closed", "当天不开门")]
    [own] = told["rounds"]
    assert [stop["begin_s"] for stop in own["stops"] if stop["record"] == 3] == [14 * 3600]
    assert planned(planner, order={number(near): [1, 2]})["unserved"][0]["reason"] == "closed"
    handed_out(planner)
    [mine] = near.get("/api/tours/mine").json()["tours"]
    assert {stop["record"]: stop["windows"] for stop in mine["stops"]} == {2: [], 3: [[8 * 3600, 9 * 3600], afternoon]}


def test_an_order_by_hand_is_timed_as_it_is(planner: Person, near: Person, houses: Houses) -> None:
    houses.demands = {1: Demand(spans=((0, 9 * 60 + 5),))}
    told = planned(planner, order={number(near): [2, 1]})
    [own] = told["rounds"]
    assert [(stop["record"], stop["late_s"] > 0) for stop in own["stops"]] == [(2, False), (1, True)] and not own["fits"]
    assert [one["record"] for one in told["unserved"]] == [3]


def test_only_chosen_people_and_stops_are_planned_and_nobody_at_all_is_refused(planner: Person, near: Person, far: Person) -> None:
    assert records(planned(planner, stops=[3], people=[number(far)])) == {number(far): [3]}
    assert planner.post("/api/tours/walk/plan", {"people": [987654]}).status_code == 422


def test_whoever_is_on_duty_within_the_hours_of_the_round_stands_first_and_says_so(
    houses: Houses, planner: Person, near: Person, far: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[datetime, datetime]] = []

    def on_duty(_viewer: Viewer, begins: datetime, ends: datetime) -> dict[int, Label]:
        asked.append((begins, ends))
        return {number(far): t("值守 08:00–20:00", "on duty 08:00–20:00")}

    monkeypatch.setitem(catalogue.tours, "walk", replace(catalogue.tours["walk"], on_duty=on_duty))
    tour = next(one for one in planner.get("/api/tours").json()["tours"] if one["key"] == "walk")
    assert [(one["account"], (one["duty"] or {}).get("zh")) for one in tour["people"]] == [(number(far), "值守 08:00–20:00"), (number(near), None)]
    begins, ends = asked[0]
    assert (timezone.localtime(begins).hour, timezone.localtime(ends).hour) == (9, 17)


def test_a_plan_is_kept_with_its_events_and_reaches_the_telephone_when_it_is_handed_out(planner: Person, near: Person) -> None:
    kept = planner.post("/api/tours/walk/plans", {}).json()
    assert kept["state"] == "draft" and near.get("/api/tours/mine").json()["tours"] == []
    planner.post(f"/api/tours/plans/{kept['id']}/hand-out", {})
    [own] = near.get("/api/tours/mine").json()["tours"]
    assert [(stop["number"], stop["title"]["zh"]) for stop in own["stops"]] == [(1, "示例1号"), (2, "示例3号"), (3, "示例2号")]
    assert own["stops"][0]["facts"][0]["said"]["zh"] == "敲门"
    assert [event.action for event in history("tours.plan", kept["id"])] == ["hand_out", "keep_plan"]
    assert planner.post(f"/api/tours/plans/{kept['id']}/hand-out", {}).status_code == 409


def test_a_newer_plan_of_the_day_takes_the_place_of_the_one_before(planner: Person, near: Person) -> None:
    first, second = handed_out(planner), handed_out(planner, stops=[2])
    assert Plan.objects.get(pk=first).state == "withdrawn"
    [own] = near.get("/api/tours/mine").json()["tours"]
    assert (own["plan"], [stop["record"] for stop in own["stops"]]) == (second, [2])
    assert planner.post(f"/api/tours/plans/{second}/withdraw", {}).json()["state"] == "withdrawn"
    assert near.get("/api/tours/mine").json()["tours"] == []


def test_what_is_said_at_a_stop_twice_is_said_once_and_only_by_whose_it_is(planner: Person, near: Person, far: Person) -> None:
    handed_out(planner, people=[number(near)])
    stop = PlannedStop.objects.get(record=3)
    path = f"/api/tours/stops/{stop.pk}"
    assert far.post(f"{path}/done", {}).status_code == 404
    for _ in range(2):
        assert near.post(f"{path}/nobody", {"note": "门锁着", "client_id": "n-1"}).json() == {"id": stop.pk, "state": "nobody"}
    stop.refresh_from_db()
    assert (stop.state, stop.note, stop.version) == ("nobody", "门锁着", 2)
    assert near.post(f"{path}/flown", {}).status_code == 422


def test_the_rest_of_the_round_is_ordered_anew_from_where_one_stands(planner: Person, near: Person) -> None:
    plan = handed_out(planner)
    first = PlannedStop.objects.get(record=1)
    near.post(f"/api/tours/stops/{first.pk}/done", {})
    assert near.post(f"/api/tours/plans/{plan}/again", {"lon": 117.2245, "lat": 39.1}).json() == {"left": 2}
    [own] = near.get("/api/tours/mine").json()["tours"]
    assert [(stop["record"], stop["state"]) for stop in own["stops"]] == [(1, "done"), (2, "planned"), (3, "planned")]
    assert planner.post(f"/api/tours/plans/{plan}/again", {"lon": 117.2245, "lat": 39.1}).status_code == 404


def test_what_was_written_down_is_due_no_more_and_keeps_no_name_in_the_plan(planner: Person, near: Person, houses: Houses) -> None:
    handed_out(planner)
    houses.due = houses.due[1:]
    [own] = near.get("/api/tours/mine").json()["tours"]
    assert (own["stops"][0]["open"], own["stops"][0]["title"]) == (False, None)
    assert "title" not in {field.name for field in PlannedStop._meta.get_fields()}


def test_the_paper_has_every_stop_in_order_with_its_time(planner: Person, near: Person) -> None:
    from hexi.core.data.api import described, paper_page
    from hexi.core.trust.api import viewer_of_account

    plan = handed_out(planner)
    page = paper_page(viewer_of_account(number(planner)), described("tours.plan"), plan)
    assert page.index("示例1号") < page.index("示例3号") < page.index("示例2号")
    assert "友谊路" in page and "09:0" in page and "直线" in page
    assert page.count("<circle") == page.count("<i></i>无人在") == 3, "a drawing with every stop, and boxes to tick"
    assert "须在" not in page


def test_the_paper_says_what_was_said_and_calls_what_is_on_no_round_by_its_name(planner: Person, near: Person, houses: Houses) -> None:
    from hexi.core.data.api import described, paper_page
    from hexi.core.trust.api import viewer_of_account

    houses.due.append(houses.house(4, None))
    plan = handed_out(planner)
    first = near.get("/api/tours/mine").json()["tours"][0]["stops"][0]
    assert near.post(f"/api/tours/stops/{first['id']}/skipped", {"note": "门锁"}).status_code == 200
    page = paper_page(viewer_of_account(number(planner)), described("tours.plan"), plan)
    assert page.count("<i></i>跳过") == 2 and '<td class=said>跳过' in page
    assert "示例4号（友谊路）：没有标出位置" in page


def test_a_planner_sees_who_is_out_on_another_round_that_day(planner: Person, near: Person, houses: Houses) -> None:
    people = {one["account"]: one["busy"] for one in planner.get("/api/tours").json()["tours"][-1]["people"]}
    assert people == {number(near): []}
    plan = handed_out(planner)
    first = near.get("/api/tours/mine").json()["tours"][0]["stops"][0]
    near.post(f"/api/tours/stops/{first['id']}/nobody", {})
    [own] = [tour for tour in planner.get("/api/tours").json()["tours"] if tour["key"] == "walk"]
    assert {row["plan__label"] for row in planner.get("/api/records/tours.plannedstop").json()["rows"]} == {"看房"}, "not its key"
    out = {"plan": plan, "label": {"zh": "看房", "en": "houses to look at"}, "left": 2, "over": 1}
    assert [one["busy"] for one in own["people"]] == [[out]]


def test_nobody_is_sent_where_their_own_round_shows_nothing(planner: Person, near: Person, far: Person, houses: Houses) -> None:
    houses.hidden = {number(near): {1, 3}}
    told = records(planned(planner, people=[number(near), number(far)]))
    assert told[number(near)] in ([], [2]) and {1, 3} <= set(told[number(far)])
    assert planner.post("/api/tours/walk/plan", {"order": {number(near): [1]}}).status_code == 403
    alone = planned(planner, people=[number(near)])
    assert {one["record"]: one["reason"] for one in alone["unserved"]} == {1: "nobody_may", 3: "nobody_may"}
