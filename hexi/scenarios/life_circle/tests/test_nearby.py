"""What residents find near them without an account, what they may say of it, and what the district makes of that."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate

from hexi.core.data.api import act
from hexi.core.space.models import Way
from hexi.core.space.walking import StreetFlag
from hexi.core.space.walks import answers, kept
from hexi.core.trust.api import PostRecord, Viewer
from hexi.kernel.catalogue import catalogue
from hexi.scenarios.life_circle.finding import HINTS
from hexi.scenarios.life_circle.models import Hint, Outlet, Voice, Wish
from hexi.scenarios.life_circle.models_circle import CircleCommunity
from hexi.scenarios.life_circle.sources import gaps
from hexi.scenarios.life_circle.tests import town

pytestmark = pytest.mark.usefixtures("standing", "walked_here")
ME, NEIGHBOUR = "7b1e5c1e-0000-4000-8000-000000000001", "7b1e5c1e-0000-4000-8000-000000000002"
WORKER = Viewer(7, "示例·网格员", (PostRecord(1, "grid_worker", town.STREET),))
PLANNER = Viewer(8, "示例·生活圈专员", (PostRecord(2, "circle_planner", town.DISTRICT),))
PUBLIC_WORDS = ("示例·网格员", "confirmed_by", "内部备注")


@pytest.fixture
def walked_here(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Walks are answered in this process, from a network that knows no other test's town."""
    settings.WALKS = None
    monkeypatch.setattr(answers, "KEPT", kept.Kept())


def near(x: float = 50, **more: Any) -> dict[str, Any]:
    answer = Client().get("/api/nearby/outlets", {**here(x), **more})
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def here(x: float) -> dict[str, float]:
    lon, lat = town.at(x, 0)
    return {"lon": lon, "lat": lat}


def send(address: str, values: dict[str, Any], **more: Any) -> Any:
    return Client().post(f"/api/records/life_circle.{address}", {"values": values, **more}, "application/json")


def wish(device: str = ME, kind: str = "pharmacy", **more: Any) -> Any:
    return send("wish/actions/ask", {"kind": kind, "place": town.COMMUNITIES[0], "device": device, **more})


def report(outlet: Outlet, what: str = "closed", device: str = ME, **more: Any) -> Any:
    return send("hint/actions/report", {"record": outlet.pk, "what": what, "device": device, **more})


def shop() -> Outlet:
    return Outlet.objects.get(kind="convenience")


def step(viewer: Viewer, row: Any, key: str, **values: Any) -> Any:
    row.refresh_from_db()
    return act(viewer, f"life_circle.{type(row).__name__.lower()}", row.pk, key, values, version=row.version)


def test_what_stands_within_the_walk_is_told_with_its_minutes_and_a_week_of_hours() -> None:
    Outlet.objects.filter(kind="convenience").update(opening_hours="Mo-Su 07:00-21:00")
    answer = near(at="2026-11-23T12:00:00+08:00")
    (row,) = answer["rows"]
    assert (row["kind"], row["title"], row["walks"]["adult"]["exact"]) == ("convenience", "示例convenience", True)
    assert 400 <= row["walks"]["adult"]["metres"] <= 420
    assert answer["from"] == "2026-11-23T00:00:00+08:00"
    assert answer["open"]["Mo-Su 07:00-21:00"][:2] == [[420, 1260], [1860, 2700]]
    assert len(answer["open"]["Mo-Su 07:00-21:00"]) == 8
    assert {kind["key"]: kind["counts"]["adult"] for kind in answer["kinds"] if kind["counts"]} == {"convenience": 1}
    assert answer["place"]["code"] == town.COMMUNITIES[0]
    (meant,) = answer["meant"]
    assert (meant["walker"], meant["label"]["zh"]) == ("child", "儿童服务") and {"school", "playground"} <= set(meant["kinds"])
    assert answer["groups"][0]["key"] == "basic" and "理发" in next(one["calls"] for one in answer["kinds"] if one["key"] == "hairdresser")


def test_one_answer_tells_the_walk_of_everybody_so_that_any_pace_can_be_chosen_without_a_network() -> None:
    answer = near(minutes=7)
    walkers = {one["key"]: one for one in answer["walkers"]}
    assert (walkers["elder"]["path"], walkers["wheelchair"]["path"]) == ("adult", "wheelchair")
    assert walkers["elder"]["metres_per_minute"] < walkers["adult"]["metres_per_minute"]
    counts = next(kind["counts"] for kind in answer["kinds"] if kind["key"] == "convenience")
    assert counts == {"adult": 1}, "in seven minutes a grown-up comes to the shop, an elder does not"


def test_what_is_behind_steps_is_told_a_wheelchair_user_by_the_way_round_and_counted_for_whom_it_is_near() -> None:
    Way.objects.filter(ref="1").update(flags=int(StreetFlag.STEPS))
    answer = near(1450)
    (market,) = [row for row in answer["rows"] if row["kind"] == "market"]
    walks = market["walks"]
    assert walks["adult"]["metres"] == pytest.approx(650, abs=10) and walks["adult"]["exact"]
    assert walks["wheelchair"]["metres"] == pytest.approx(1450 + 600 + 1500, abs=10) and walks["wheelchair"]["exact"]
    assert set(next(kind["counts"] for kind in answer["kinds"] if kind["key"] == "market")) == {"adult", "elder", "child"}


def test_what_closed_or_left_the_map_and_what_is_not_open_to_everybody_is_never_told() -> None:
    Outlet.objects.filter(kind="convenience").update(
        confirmed_by="示例·网格员", note="内部备注", confirmed_on=localdate(), confirmed_as="grid_worker"
    )
    answer = Client().get("/api/nearby/outlets", here(50))
    assert not [word for word in PUBLIC_WORDS if word in answer.content.decode()]
    (row,) = answer.json()["rows"]
    assert (row["seen_on"], row["seen_as"]) == (localdate().isoformat(), catalogue.roles["grid_worker"].label.as_dict())
    for field in ("off_map_on", "closed_on"):
        Outlet.objects.filter(kind="convenience").update(off_map_on=None, closed_on=None)
        Outlet.objects.filter(kind="convenience").update(**{field: localdate()})
        assert near()["rows"] == []


def test_a_point_is_used_no_finer_than_ten_metres_and_kept_by_nobody_on_the_way() -> None:
    answer = Client().get("/api/nearby/outlets", {"lon": 117.2005678912, "lat": 39.0800001})
    assert answer.json()["point"] == {"lon": 117.2006, "lat": 39.08}
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("wrong,status", [({"minutes": 90}, 422), ({"lon": 999}, 422), ({"at": "2026-11-23T12:00"}, 422)])
def test_a_question_that_makes_no_sense_is_refused(wrong: dict[str, Any], status: int) -> None:
    assert Client().get("/api/nearby/outlets", {**here(50), **wrong}).status_code == status


def test_nothing_is_near_under_a_key_that_nobody_declared() -> None:
    assert Client().get("/api/nearby/unicorns", here(50)).status_code == 404
    assert [one["key"] for one in Client().get("/api/nearby").json()] == ["outlets"]


def test_one_address_asks_only_so_often(settings: Any) -> None:
    settings.NEARBY_PER_ADDRESS = 1
    near()
    answer = Client().get("/api/nearby/outlets", here(50))
    assert answer.status_code == 429 and answer.json()["retry_after"] > 0


def test_strangers_at_one_address_speak_only_so_often(settings: Any) -> None:
    settings.REPORTS_PER_ADDRESS = 1
    assert [wish().status_code, wish(NEIGHBOUR).status_code] == [201, 429]


def test_the_way_to_one_is_told_in_words_and_there_is_none_to_what_is_closed() -> None:
    row, asked = shop(), here(50)
    answer = Client().get(f"/api/nearby/outlets/{row.pk}/route", asked)
    assert answer.status_code == 200, answer.content.decode()
    way = answer.json()
    assert way["metres"] == pytest.approx(410, abs=15) and way["steps"][-1]["turn"] == "arrive" and len(way["line"]) >= 2
    assert Client().get(f"/api/nearby/outlets/{row.pk}/route", {**asked, "walker": "bird"}).status_code == 422
    Outlet.objects.filter(pk=row.pk).update(closed_on=localdate())
    assert Client().get(f"/api/nearby/outlets/{row.pk}/route", asked).status_code == 404


def test_who_misses_the_same_thing_in_the_same_community_is_counted_once_each() -> None:
    first = wish(words="最近的药店太远")
    assert first.status_code == 201 and first.json()["record"]["supporters"] == 1
    assert wish().json()["record"]["supporters"] == 1
    second = wish(NEIGHBOUR)
    assert (second.json()["record"]["id"], second.json()["record"]["supporters"]) == (first.json()["record"]["id"], 2)
    number = Wish.objects.get().pk
    for device, count in ((ME, 2), ("7b1e5c1e-third-device", 3)):
        assert send(f"wish/{number}/actions/support", {"device": device}).status_code == 200
        assert Wish.objects.get().supporters == count
    assert [voice.mark for voice in Voice.objects.all() if ME in voice.mark] == []
    assert near()["wanted"][0] | {"state": None} == {
        "id": number, "kind": "pharmacy", "place": town.COMMUNITIES[0], "place_name": near()["place"]["name"], "supporters": 3,
        "state": None, "answer": "",
    }  # fmt: skip


def test_words_of_residents_are_for_the_office_and_not_for_the_public() -> None:
    number = wish(words="我家住三号楼").json()["record"]["id"]
    assert "三号楼" not in Client().get(f"/api/records/life_circle.wish/{number}").content.decode()
    assert "三号楼" not in str(near()["wanted"])
    assert Wish.objects.get().words == "我家住三号楼"


def test_what_was_sent_twice_by_a_shaky_line_counts_once() -> None:
    values = {"kind": "pharmacy", "place": town.COMMUNITIES[0], "device": ME}
    first, again = (send("wish/actions/ask", values, client_id="a-key-of-the-phone-0001") for _ in range(2))
    assert first.json()["record"] == again.json()["record"] and Wish.objects.get().supporters == 1


@pytest.mark.parametrize("values", [{"device": "short"}, {"kind": "castle"}, {"place": "120103"}, {"place": "999999999999"}])
def test_a_wish_without_a_device_a_known_kind_or_a_community_is_refused(values: dict[str, str]) -> None:
    answer = wish(**values)
    assert answer.status_code == 422 and Wish.objects.count() == 0
    assert answer.json()["errors"][0]["field"] == next(iter(values))


def test_the_list_of_gaps_says_how_many_ask_and_the_answer_reaches_the_residents() -> None:
    wish()
    wish(NEIGHBOUR)
    circle = str(CircleCommunity.objects.get(place=town.COMMUNITIES[0]).circle_id)
    asked = {row["rule"]: row["asked"] for row in gaps(PLANNER, {"circle": circle}).rows}
    assert asked["pharmacy"] == 2 and asked["laundry"] == 0
    assert {row["rule"]: row["asked"] for row in gaps(PLANNER, {}).rows}["pharmacy"] == 2
    step(PLANNER, Wish.objects.get(), "plan", answer="年内引进一家")
    assert (near()["wanted"][0]["answer"], near()["wanted"][0]["state"]["zh"]) == ("年内引进一家", "已列入计划")
    step(PLANNER, Wish.objects.get(), "decline", answer="房源不落实")
    assert near()["wanted"] == []
    assert send(f"wish/{Wish.objects.get().pk}/actions/support", {"device": "7b1e5c1e-third-device"}).status_code == 409
    assert wish().json()["record"]["id"] != Wish.objects.earliest("pk").pk


def test_a_report_changes_no_register_until_somebody_has_looked() -> None:
    row = shop()
    assert report(row, words="门口贴了转让").status_code == 201
    report(row)
    report(row, device=NEIGHBOUR)
    hint, version = Hint.objects.get(), row.version
    row.refresh_from_db()
    assert (row.version, row.closed_on, hint.people, hint.place) == (version, None, 2, row.place)
    assert near()["rows"][0]["doubt"]["zh"] == "2 人反映“已停业”，待核实"
    assert Client().get("/api/records/life_circle.hint").status_code in {403, 404} or Client().get("/api/records/life_circle.hint").json()["rows"] == []


def test_a_worker_who_looks_closes_it_or_confirms_it() -> None:
    row = shop()
    report(row)
    (stop,) = HINTS.stops(WORKER)
    assert (stop.title.zh, stop.record, stop.at is not None) == ("核实：示例convenience · 已停业", Hint.objects.get().pk, True)
    step(WORKER, Hint.objects.get(), "unfounded", found="正常营业")
    row.refresh_from_db()
    assert (row.closed_on, row.confirmed_on, row.confirmed_as) == (None, localdate(), "grid_worker")
    assert near()["rows"][0]["doubt"] is None and HINTS.stops(WORKER) == []
    report(row, "moved")
    step(WORKER, Hint.objects.get(state="waits"), "right", found="搬到隔壁街")
    row.refresh_from_db()
    assert row.closed_on == localdate() and near()["rows"] == []
    assert report(row).status_code == 422


def test_wrong_hours_that_are_right_to_be_doubted_leave_the_outlet_open() -> None:
    report(shop(), "hours")
    step(WORKER, Hint.objects.get(), "right", found="改为 8 点开门")
    assert shop().closed_on is None


def test_nobody_looks_outside_of_their_area() -> None:
    report(shop())
    elsewhere = Viewer(9, "示例·别处网格员", (PostRecord(3, "grid_worker", "120103002"),))
    assert HINTS.stops(elsewhere) == [] and HINTS.stops(PLANNER) == []
