"""Circles are formed once, and redrawn by people, with a reason and without tearing one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from hexi.core.data.api import act, described, paper_page
from hexi.core.space.api import DAY_S
from hexi.core.trust.api import PLATFORM, Viewer, history
from hexi.core.trust.contracts import PUBLIC, PostRecord
from hexi.kernel.errors import Conflict, Invalid, NotFound
from hexi.modules.tours.planning import windows_of
from hexi.scenarios.life_circle import circles, rounds
from hexi.scenarios.life_circle.circles import homes_by_community
from hexi.scenarios.life_circle.models import Outlet
from hexi.scenarios.life_circle.models_circle import Circle, CircleCommunity, Proposal
from hexi.scenarios.life_circle.tests import town

pytestmark = pytest.mark.usefixtures("standing")
PART = "life_circle.circlecommunity"


def part(number: int) -> CircleCommunity:
    return CircleCommunity.objects.get(place=town.COMMUNITIES[number])


def move(number: int, circle: str, why: str = "居民意见") -> None:
    row = part(number)
    act(PLATFORM, PART, row.pk, "move", {"circle": Circle.objects.get(name=circle).pk}, version=row.version, why=why)


def test_a_community_moves_to_the_circle_next_to_it_with_a_reason_and_the_border_is_drawn_by_a_person_then() -> None:
    with pytest.raises(Invalid):
        move(1, "东圈", why="")
    move(1, "东圈")
    assert part(1).circle.name == "东圈"
    assert {circle.name: circle.computed for circle in Circle.objects.all()} == {"西圈": False, "东圈": False}
    assert [event.action for event in history(PART, part(1).pk)] == ["move"]


@pytest.mark.parametrize("number,circle,why", [(0, "东圈", "不相邻"), (0, "西圈", "已在"), (2, "东圈", "已在")])
def test_a_move_that_makes_no_sense_says_why(number: int, circle: str, why: str) -> None:
    with pytest.raises(Invalid) as refused:
        move(number, circle)
    assert why in refused.value.problems[0].message.zh


def test_no_circle_is_left_empty() -> None:
    move(1, "东圈")
    with pytest.raises(Invalid) as refused:
        move(0, "东圈")
    assert "为空" in refused.value.problems[0].message.zh


def test_no_circle_is_torn_in_two(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third, fourth = town.COMMUNITIES
    near = {first: {second, third}, second: {first, third}, third: {first, second, fourth}, fourth: {third}}
    monkeypatch.setattr(circles, "bordering", lambda _: near)
    move(1, "东圈")
    with pytest.raises(Invalid) as refused:
        move(2, "西圈")
    assert "分成两块" in refused.value.problems[0].message.zh


def test_circles_are_formed_where_there_are_none_and_not_over_those_that_are() -> None:
    with pytest.raises(Conflict):
        act(PLATFORM, "life_circle.circle", None, "form", {"count": 2})
    CircleCommunity.objects.all().delete()
    Circle.objects.all().delete()
    act(PLATFORM, "life_circle.circle", None, "form", {"count": 2})
    groups = [sorted(circle.communities.values_list("place", flat=True)) for circle in Circle.objects.order_by("pk")]
    assert sorted(groups) == [list(town.COMMUNITIES[:2]), list(town.COMMUNITIES[2:])]
    assert all(circle.computed for circle in Circle.objects.all())
    assert homes_by_community() == dict.fromkeys(town.COMMUNITIES, 15)


def test_a_change_that_was_tried_is_kept_with_its_effect_and_changes_nothing_else() -> None:
    lon, lat = town.at(1460, 0)
    said = {"title": "东圈加一家便利店", "change": "open", "kind": "convenience", "lon": lon, "lat": lat}
    act(PLATFORM, "life_circle.proposal", None, "propose", said)
    row = Proposal.objects.get()
    assert (row.gained, row.lost, row.state, row.place) == (11, 0, "kept", town.COMMUNITIES[2])
    assert [each["rule"] for each in row.effect["rules"]] == ["convenience"]
    act(PLATFORM, "life_circle.proposal", row.pk, "take", {}, version=row.version, why="列入下年计划")
    assert Proposal.objects.get().state == "taken"


def test_the_plan_of_a_circle_names_it_its_gaps_and_what_is_not_official() -> None:
    circle = Circle.objects.get(name="东圈")
    Circle.objects.filter(pk=circle.pk).update(name="<东圈>")
    page = paper_page(PLATFORM, described("life_circle.circle"), circle.pk)
    assert "&lt;东圈&gt;" in page and "<东圈>" not in page
    assert "为自动划分，非官方边界" in page and "便利店" in page and "示例003、示例004" in page
    with pytest.raises(NotFound):
        paper_page(PLATFORM, described("life_circle.outlet"), 1)


def walker(place: str) -> Viewer:
    return Viewer(5, "示例·吴网格", (PostRecord(1, "grid_worker", place), *PUBLIC.posts), "grid")


def test_outlets_that_nobody_saw_in_time_are_on_the_walking_list_of_their_area() -> None:
    today = timezone.localdate()
    town.outlet("bakery", 100, confirmed_on=today - timedelta(days=10))
    late = town.outlet("cafe", 100, confirmed_on=today - timedelta(days=400))
    town.outlet("gym", 100, closed_on=today)
    gone = town.outlet("pet", 100, confirmed_on=today, off_map_on=today)
    stops = rounds.stops(walker(town.COMMUNITIES[0]))
    shop = Outlet.objects.get(kind="convenience").pk
    assert [stop.record for stop in stops] == [late.pk, shop, gone.pk] or {stop.record for stop in stops} == {late.pk, shop, gone.pk}
    assert stops[0].record == late.pk and stops[0].due_on < today and stops[0].at is not None
    assert rounds.stops(PUBLIC) == [] and rounds.stops(walker(town.COMMUNITIES[2])) == []


def test_an_outlet_is_seen_in_its_hours_of_that_day_and_at_any_time_where_nobody_can_read_them() -> None:
    noon = town.outlet("cafe", 100, opening_hours="Mo-Sa 08:00-11:30,14:00-18:00; Su off")
    late = town.outlet("bakery", 100, opening_hours="18:00-02:00")
    vague = town.outlet("gym", 100, opening_hours="看心情")
    due = rounds.stops(walker(town.COMMUNITIES[0]))
    monday, sunday = (rounds.TOUR.demands(PLATFORM, due, date(2026, 11, day)) if rounds.TOUR.demands else {} for day in (30, 29))
    assert (monday[noon.pk].spans, sunday[noon.pk].spans) == (((480, 690), (840, 1080)), ())
    assert windows_of(monday[late.pk]) == ((0, 2 * 3600), (18 * 3600, DAY_S))
    assert vague.pk in {stop.record for stop in due} and vague.pk not in monday


def test_what_was_seen_on_the_round_counts_whatever_a_desk_changed_meanwhile() -> None:
    shop = Outlet.objects.get(kind="convenience")
    act(PLATFORM, "life_circle.outlet", shop.pk, "confirm", {"opening_hours": "06:30-21:00"}, version=0)
    assert shop.pk not in {stop.record for stop in rounds.stops(walker(town.STREET))}
    said = {"closed_on": timezone.localdate().isoformat(), "found": "门头已拆"}
    act(PLATFORM, "life_circle.outlet", shop.pk, "close", said, version=0)
    assert Outlet.objects.get(pk=shop.pk).closed_on == timezone.localdate()
