"""The ladder of supervision reaches people: those whom its rungs name, of what they may read, in one letter for all that is new."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from hexi.core.data.tests.conftest import DISTRICT, OTHER_STREET, STREET, Person
from hexi.core.notices.models import Delivery
from hexi.modules.cases.chasing import chase
from hexi.modules.cases.models import Case
from hexi.modules.cases.tests.conftest import do
from hexi.modules.cases.timers import fire
from tests.support.clock import Clock as Time

pytestmark = pytest.mark.django_db
Report = Callable[..., Case]
People = Callable[..., Person]
NEAR = timedelta(minutes=23)


@pytest.fixture
def dispatcher(person: People) -> Person:
    return person("case_dispatcher", STREET)


def told(who: Person) -> list[Delivery]:
    return list(Delivery.objects.filter(account=who.viewer.account).order_by("pk"))


def test_whom_the_rung_names_is_told_once_of_all_that_came_near_and_nobody_else(
    report: Report, dispatcher: Person, person: People, clock: Time
) -> None:
    elsewhere, checker = person("case_dispatcher", OTHER_STREET), person("case_checker", DISTRICT)
    cases = [report() for _ in range(3)]
    clock.pass_by(NEAR)
    fire()
    assert (chase(), chase()) == (1, 0)
    (letter,) = told(dispatcher)
    assert (letter.title, letter.about, letter.urgent) == ("时限督办：3 件", "cases.supervision", False)
    assert letter.body == f"临期 3 件；最近：{cases[-1].number}"
    assert told(elsewhere) == told(checker) == [], "another street's, and a role that the rung does not name"


def test_within_ten_minutes_only_what_is_pressing_is_told_and_the_rest_comes_after(report: Report, dispatcher: Person, clock: Time) -> None:
    def after(minutes: float) -> int:
        clock.pass_by(timedelta(minutes=minutes))
        fire()
        return chase()

    report()
    clock.pass_by(timedelta(minutes=5))
    report()
    clock.pass_by(timedelta(minutes=8))
    pressing = report(urgency="danger")
    assert after(10) == 1, "23 min: the first comes near its end"
    assert after(2) == 1 and pressing.number in told(dispatcher)[-1].body, "25 min: danger does not wait"
    assert after(3) == 0, "28 min: the second comes near its end, and may wait"
    assert after(8) == 1, "36 min: told once ten minutes have gone by"
    assert [one.body[:6] for one in told(dispatcher)] == ["临期 1 件；"[:6]] * 3, "rungs that name nobody tell nobody"


def test_what_was_ended_or_answered_meanwhile_is_no_longer_told(report: Report, dispatcher: Person, desk: Person, clock: Time) -> None:
    case = report()
    clock.pass_by(NEAR)
    fire()
    do(desk, case, "refuse", why="不在范围")
    assert chase() == 0 and told(dispatcher) == []


def test_whoever_is_new_is_told_of_nothing_that_is_old(report: Report, person: People, clock: Time) -> None:
    report()
    clock.pass_by(NEAR)
    fire()
    clock.pass_by(timedelta(hours=2))
    late = person("case_dispatcher", STREET)
    assert chase() == 0 and told(late) == []


def test_one_case_opens_by_itself_and_several_as_the_list(report: Report, dispatcher: Person, clock: Time) -> None:
    case = report()
    clock.pass_by(NEAR)
    fire(), chase()
    assert told(dispatcher)[0].link == f"/work/records/cases.case/{case.pk}"
    report(), report()
    clock.pass_by(NEAR)
    fire(), chase()
    assert told(dispatcher)[1].link.startswith("/work/records/cases.supervision")


def test_the_bell_shows_ones_own_letters_and_what_is_new_until_it_was_looked_at(
    report: Report, dispatcher: Person, person: People, clock: Time, client: Person
) -> None:
    other = person("case_dispatcher", OTHER_STREET)
    report()
    clock.pass_by(NEAR)
    fire(), chase()
    mine = dispatcher.get("/api/notices/mine").json()
    assert (mine["unread"], [row["unread"] for row in mine["rows"]]) == (1, [True])
    assert other.get("/api/notices/mine").json() == {"rows": [], "unread": 0}
    assert other.post("/api/notices/mine/seen", {"newest": mine["rows"][0]["id"]}).status_code == 204
    assert dispatcher.get("/api/notices/mine").json()["unread"] == 1, "nobody looks for another"
    assert dispatcher.post("/api/notices/mine/seen", {"newest": mine["rows"][0]["id"]}).status_code == 204
    assert dispatcher.get("/api/notices/mine").json()["unread"] == 0
    assert client.get("/api/notices/mine").status_code == 401
