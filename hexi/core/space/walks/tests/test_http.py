"""Walks over HTTP, for staff."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from hexi.core.space.walks import answers
from hexi.kernel.catalogue import catalogue
from hexi.kernel.ground import Barred, Shown, Warden
from hexi.kernel.label import t

CROSSING, NORTH, EAST = [117.202, 39.002], [117.202, 39.004], [117.204, 39.002]
pytestmark = pytest.mark.usefixtures("town")


@pytest.fixture
def staff(django_user_model: Any) -> Client:
    client = Client()
    client.force_login(django_user_model.objects.create_user("walker", password="not-asked-for"))
    return client


def ask(client: Client, what: str, **question: Any) -> Any:
    return client.post(f"/api/space/walk/{what}", question, content_type="application/json")


def test_a_way_is_told_in_words_and_as_a_line(staff: Client) -> None:
    way = ask(staff, "route", where=NORTH, to=EAST).json()
    assert [step["turn"] for step in way["steps"]] == ["start", "left", "arrive"]
    assert way["line"][0] == pytest.approx(NORTH, abs=1e-6) and way["seconds"] > 300
    assert ask(staff, "route", where=NORTH, to=EAST, walker="elder").json()["seconds"] > way["seconds"]


def test_the_nearest_outlets_and_how_far_one_comes(staff: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    shops = [Shown(number, *EAST, "bakery", f"早点铺{number}") for number in (1, 2)]
    monkeypatch.setattr(answers.SHOPS, "all", lambda: shops)
    found = ask(staff, "outlets", where=CROSSING, limit=1).json()
    assert [each["name"] for each in found["outlets"]] == ["早点铺1"] and found["counts"] == {"bakery": 2}
    rings = ask(staff, "reach", where=CROSSING, minutes=[1, 2]).json()["rings"]
    assert [ring["minutes"] for ring in rings] == [1, 2]
    assert len(rings[1]["geometry"]["coordinates"]) >= len(rings[0]["geometry"]["coordinates"]) >= 4


def test_stops_are_put_in_the_order_of_the_walk_and_what_no_way_leads_to_comes_last(
    staff: Client, settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = [117.2028, 39.002]
    told = ask(staff, "order", where=CROSSING, stops=[EAST, beside, EAST]).json()
    assert told["exact"] and told["order"][0] == {"stop": 1, "metres": pytest.approx(69, abs=2)}
    assert {leg["stop"] for leg in told["order"][1:]} == {0, 2} and told["order"][2]["metres"] == 0
    works = Warden("test", t("测试", "test"), lambda moment: [Barred(117.203, 39.002)])
    monkeypatch.setitem(catalogue.wardens, "test", works)
    assert [leg["metres"] is None for leg in ask(staff, "order", where=CROSSING, stops=[EAST, beside]).json()["order"]] == [False, True]
    settings.WALKS = tmp_path / "nobody.sock"
    straight = ask(staff, "order", where=CROSSING, stops=[EAST, beside]).json()
    assert not straight["exact"] and [leg["stop"] for leg in straight["order"]] == [1, 0]


@pytest.mark.parametrize("what", ["route", "order", "outlets", "reach"])
def test_nobody_asks_without_signing_in(what: str) -> None:
    more = {"route": {"to": EAST}, "order": {"stops": [EAST]}}.get(what, {})
    assert ask(Client(), what, where=CROSSING, **more).status_code == 401


def test_what_cannot_be_is_refused_and_a_walker_that_no_table_has_is_not_found(staff: Client) -> None:
    assert ask(staff, "reach", where=[200, 39]).status_code == 422
    assert ask(staff, "reach", where=CROSSING, minutes=[600]).status_code == 422
    assert ask(staff, "outlets", where=CROSSING, walker="飞人").status_code == 404
    assert "117.2" not in ask(staff, "route", where=CROSSING, to=[117.3, 39.3]).content.decode()


def test_the_walkers_are_told_with_where_their_speed_comes_from(staff: Client) -> None:
    walkers = {each["key"]: each for each in staff.get("/api/space/walk/walkers").json()["walkers"]}
    assert {"adult", "elder", "child", "wheelchair"} <= set(walkers) and walkers["adult"]["basis"]
