"""Officials close, fence and open for a time; walks know of it at once, and only those do who may."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from hexi.core.data.api import act
from hexi.core.space.api import Standpoint, nearest_helpers
from hexi.core.space.ground.tables import Gate
from hexi.core.space.ground.tests.town import drawn_place
from hexi.core.trust.api import PUBLIC, Viewer, filter_of, give_sequence, history, latest_told
from hexi.core.trust.contracts import PostRecord
from hexi.kernel.errors import Forbidden, Invalid
from hexi.scenarios.passage.barring import barred
from hexi.scenarios.passage.models import Closure

KEY = "passage.closure"
GRID, COMPOUND = "12010300800101", "12010300800101001"
CROSSING, EAST, BEFORE_IT, BEHIND_IT = (117.202, 39.002), (117.204, 39.002), (117.203, 39.002), (117.203, 39.004)
THROUGH_M, ROUND_M = 222.0, 395.0
pytestmark = pytest.mark.usefixtures("compound")


@pytest.fixture
def compound(town: None) -> None:
    """The gate on the path is the south gate of a compound in a grid."""
    for code, level, name in ((GRID, "grid", "第1网格"), (COMPOUND, "compound", "示例里")):
        drawn_place(code, level, name, (117.2, 39.0, 117.21, 39.01))
    Gate.objects.filter(ref="n303").update(name="南门", name_en="south gate", place=COMPOUND, is_shut=False, updated_at=timezone.now())


def official(place: str = GRID, role: str = "street_staff") -> Viewer:
    return Viewer(7, "示例·管理员", (PostRecord(1, role, place), *PUBLIC.posts))


def until(hours: float) -> datetime:
    return timezone.now() + timedelta(hours=hours)


def closed(viewer: Viewer | None = None, kind: str = "gate", **more: Any) -> Closure:
    answers = {"kind": kind, "place": COMPOUND, "gate": "南门", "ends_at": until(2).isoformat(), **more}
    row = act(viewer or official(), KEY, None, "close_gate", answers, why="示例·夜间管理")
    assert isinstance(row, Closure)
    return row


def metres(at: datetime | None = None) -> float:
    return nearest_helpers(BEFORE_IT, [Standpoint("门后", *BEHIND_IT)], at=at)[0].metres


def test_a_closed_gate_sends_the_next_walk_round_and_lifting_it_lets_it_through_again() -> None:
    assert metres() == pytest.approx(THROUGH_M, abs=2)
    row = closed()
    assert metres() == pytest.approx(ROUND_M, abs=2)
    act(official(), KEY, row.pk, "lift", {}, version=row.version, why="示例·提前开门")
    assert metres() == pytest.approx(THROUGH_M, abs=2)
    assert [event.action for event in history(KEY, row.pk)] == ["lift", "close_gate"]


def test_a_closure_ends_by_itself_and_does_not_begin_before_its_time() -> None:
    closed(begins_at=until(1).isoformat())
    assert [metres(until(hours)) == pytest.approx(ROUND_M, abs=2) for hours in (0.5, 1.5, 2.5)] == [False, True, False]


def test_a_gate_that_the_map_has_as_shut_opens_for_a_time() -> None:
    Gate.objects.filter(ref="n303").update(is_shut=True, updated_at=timezone.now())
    assert metres() == pytest.approx(ROUND_M, abs=2)
    closed(kind="opened")
    assert metres() == pytest.approx(THROUGH_M, abs=2)


def test_a_fence_closes_what_lies_within() -> None:
    answers = {"lon": 117.203, "lat": 39.00205, "radius_m": 20, "ends_at": until(2).isoformat()}
    row = act(official(), KEY, None, "fence", answers, why="示例·管道施工")
    assert isinstance(row, Closure)
    assert (row.kind, row.place, row.reason) == ("works", GRID, "示例·管道施工")
    assert not nearest_helpers(CROSSING, [Standpoint("东头", *EAST)])[0].exact


@pytest.mark.parametrize(
    "answers,field", [
        ({"gate": "西门"}, "gate"), ({"place": "12010300800101002"}, "gate"), ({"kind": "works"}, "kind"),
        ({"ends_at": "2020-01-01T00:00:00+08:00"}, "ends_at"), ({"ends_at": "2099-01-01T00:00:00+08:00"}, "ends_at"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_says_what_there_is(answers: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as fault:
        closed(**answers)
    assert [problem.field for problem in fault.value.problems] == [field]
    if answers.get("gate"):
        assert "示例里南门" in fault.value.problems[0].value
    assert not list(barred(timezone.now()))


@pytest.mark.parametrize("viewer", [official(place="120103001"), official(role="grid_worker"), PUBLIC])
def test_nobody_closes_a_gate_outside_of_their_area_or_without_the_post(viewer: Viewer) -> None:
    with pytest.raises(Forbidden):
        closed(viewer)
    assert not Closure.objects.exists()


def test_a_closure_without_a_reason_is_refused() -> None:
    with pytest.raises(Invalid):
        act(official(), KEY, None, "close_gate", {"kind": "gate", "place": COMPOUND, "ends_at": until(1).isoformat()})


def test_a_stranger_hears_at_once_that_something_was_closed_and_not_what(compound: None) -> None:
    row = closed()
    give_sequence()
    told = [each for each in latest_told(10) if each.topic == KEY]
    public, grid = filter_of(PUBLIC), filter_of(official())
    assert [(each.object_id, each.place) for each in told if public(each)] == [(0, "")]
    assert [each.object_id for each in told if grid(each)] == [row.pk, 0]
