"""What others ask about walks: who is there first, and which way."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path
from socket import AF_UNIX, SOCK_STREAM
from socket import socket as Socket  # noqa: N812 - a fixture is called so
from typing import Any

import pytest

from hexi.core.space.api import Standpoint, asked_of_walks, distance_m, nearest_helpers, serve_walks, walked_route
from hexi.core.space.walks import answers, service
from hexi.kernel.catalogue import catalogue
from hexi.kernel.errors import Invalid, NotFound, Problem, Unavailable
from hexi.kernel.ground import WalkAnswer
from hexi.kernel.label import t
from hexi.kernel.line import hang_up

CROSSING, NORTH, EAST = (117.202, 39.002), (117.202, 39.004), (117.204, 39.002)
ADULT_M_A_MINUTE = 66.7


@pytest.mark.usefixtures("town")
def test_the_nearest_is_told_by_the_walk_and_not_by_the_straight_line() -> None:
    # From the upper end of 围堤道: the one on the path behind the shut gate is near as the crow flies, and cut off by it.
    people = [Standpoint("路口", *CROSSING), Standpoint("东头", *EAST)]
    first, second = nearest_helpers(NORTH, people, 2)
    assert (first.key, second.key) == ("路口", "东头")
    assert first.exact and second.exact
    assert first.metres == pytest.approx(distance_m(NORTH, CROSSING), abs=0.1)
    assert second.metres == pytest.approx(distance_m(NORTH, CROSSING) + distance_m(CROSSING, EAST), abs=0.1)
    assert second.seconds == pytest.approx(second.metres / ADULT_M_A_MINUTE * 60)


@pytest.mark.usefixtures("town")
def test_no_more_are_named_than_asked_for_and_whoever_is_off_the_streets_is_told_by_the_straight_line() -> None:
    off = Standpoint("田里", 117.2085, 39.0045)
    people = [Standpoint("东头", *EAST), off, Standpoint("路口", *CROSSING)]
    assert [walk.key for walk in nearest_helpers(CROSSING, people, 1)] == ["路口"]
    found = nearest_helpers(CROSSING, people, 5)
    assert [(walk.key, walk.exact) for walk in found] == [("路口", True), ("东头", True), ("田里", False)]
    assert found[2].metres == pytest.approx(distance_m(CROSSING, (off.lon, off.lat)))
    assert nearest_helpers(CROSSING, []) == []


@pytest.mark.django_db
@pytest.mark.usefixtures("here")
def test_without_streets_all_are_told_by_the_straight_line() -> None:
    found = nearest_helpers(CROSSING, [Standpoint("远", *NORTH), Standpoint("近", *EAST)])
    assert [(walk.key, walk.exact) for walk in found] == [("近", False), ("远", False)]
    with pytest.raises(NotFound):
        walked_route(CROSSING, NORTH)


@pytest.mark.usefixtures("town")
def test_a_route_says_where_to_turn_and_lies_on_the_streets() -> None:
    way = walked_route(NORTH, EAST)
    assert [step.turn for step in way.steps] == ["start", "left", "arrive"]
    assert "友谊路" in way.steps[1].text.zh and "Youyi Road" in way.steps[1].text.en
    assert way.line[0] == pytest.approx(NORTH, abs=1e-6) and way.line[-1] == pytest.approx(EAST, abs=1e-6)
    assert way.seconds == pytest.approx(way.metres / ADULT_M_A_MINUTE * 60)


@pytest.mark.usefixtures("town")
def test_a_walker_that_no_table_has_is_refused() -> None:
    with pytest.raises(NotFound):
        nearest_helpers(CROSSING, [Standpoint("东头", *EAST)], walker="飞人")


@pytest.fixture
def socket(settings: Any) -> Path:
    settings.WALKS = Path(tempfile.mkdtemp(prefix="hexi-w-")) / "walks.sock"
    return settings.WALKS


def test_while_the_process_is_away_helpers_are_told_by_the_straight_line_and_routes_say_so(socket: Path) -> None:
    assert [walk.exact for walk in nearest_helpers(CROSSING, [Standpoint("东头", *EAST)])] == [False]
    with pytest.raises(Unavailable):
        walked_route(CROSSING, EAST)


def listening(path: Path) -> bool:
    """The file is there a moment before anybody listens."""
    with Socket(AF_UNIX, SOCK_STREAM) as probe:
        return probe.connect_ex(str(path)) == 0


def test_the_process_answers_over_its_socket_and_a_question_that_fails_does_not_break_the_line(
    socket: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: Any) -> None:
        raise ValueError("broken")

    def echoed(**question: Any) -> Any:
        return {"found": [(0, question["spots"][0][0], 7.0)], "off": []}

    def refused(lon: float) -> Any:
        raise Invalid([Problem("lon", t("没有路", "No way"), value=str(lon))])

    monkeypatch.setattr(service, "_warmed", lambda: None)
    monkeypatch.setitem(catalogue.walk_answers, "test_refusing", WalkAnswer("test_refusing", t("测试", "test"), refused))
    monkeypatch.setattr(answers, "ANSWERS", {"nearest": echoed, "route": broken})
    stopped = threading.Event()
    thread = threading.Thread(target=lambda: serve_walks(stopped.is_set))
    thread.start()
    while not listening(socket):
        stopped.wait(0.01)
    try:
        with pytest.raises(Unavailable):
            walked_route(CROSSING, EAST)
        assert nearest_helpers(CROSSING, [Standpoint("东头", *EAST)])[0].metres == EAST[0]
        with pytest.raises(Invalid) as told:
            asked_of_walks("test_refusing", lon=7)
        assert told.value.problems == (Problem("lon", t("没有路", "No way"), value="7"),)
    finally:
        hang_up(socket)
        stopped.set()
        thread.join()
