"""Circles are formed once, and redrawn by people, with a reason and without tearing one."""

from __future__ import annotations

import pytest

from hexi.core.data.api import act
from hexi.core.trust.api import PLATFORM, history
from hexi.kernel.errors import Conflict, Invalid
from hexi.scenarios.life_circle import circles
from hexi.scenarios.life_circle.circles import homes_by_community
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
