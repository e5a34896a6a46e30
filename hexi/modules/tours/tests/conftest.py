"""Three houses of one street that somebody has to look at, a planner, and two who go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from hexi.core.data.tests.conftest import COMMUNITY, GRID, STREET, Person, offices, own_files, own_names, person, places  # noqa: F401
from hexi.core.space.models import Place
from hexi.core.trust.api import Viewer
from hexi.kernel.catalogue import catalogue
from hexi.kernel.label import t
from hexi.kernel.outside import Fact, Round, Stop
from hexi.kernel.tour import Demand, Terms, Tour

TERMS = Terms(time(9), time(17), timedelta(minutes=10), t("测试值", "for tests"), returns=False)
LATE = (timezone.now() - timedelta(days=3)).date()


class Houses:
    """What is due, as the round says it; a test takes one away when it was written down."""

    def __init__(self) -> None:
        self.due = [self.house(number, lon) for number, lon in ((1, 117.221), (2, 117.224), (3, 117.222))]
        self.demands: dict[int, Demand] = {}
        self.hidden: dict[int, set[int]] = {}

    def seen_by(self, viewer: Viewer) -> list[Stop]:
        return [stop for stop in self.due if stop.record not in self.hidden.get(viewer.account or 0, set())]

    def house(self, number: int, lon: float | None) -> Stop:
        return Stop(
            number, t(f"示例{number}号", f"sample {number}"), t("友谊路", "Youyi Road"), LATE, (lon, 39.1) if lon else None,
            (Fact(t("备注", "note"), t("敲门", "knock")),),
        )  # fmt: skip


@pytest.fixture
def houses(monkeypatch: pytest.MonkeyPatch, settings: Any, places: None) -> Houses:  # noqa: F811
    found = Houses()
    settings.WALKS = None
    walk = Round("walk", t("看房", "houses to look at"), "tours.plan", found.seen_by, acts=("none",))
    tour = Tour(walk, ("community_worker",), ("grid_worker",), lambda day: TERMS, lambda viewer, stops, day: found.demands)
    monkeypatch.setitem(catalogue.tours, "walk", tour)
    now = timezone.now()
    Place.objects.filter(code=GRID).update(lon=117.22, lat=39.1)
    Place.objects.get_or_create(
        code=f"{COMMUNITY}09", defaults={"level": "grid", "name": "第09网格", "parent": COMMUNITY, "origin": "fact", "lon": 117.225, "lat": 39.1, "updated_at": now}
    )
    return found


@pytest.fixture
def planner(houses: Houses, person: Callable[..., Person]) -> Person:  # noqa: F811
    return person("community_worker", COMMUNITY)


@pytest.fixture
def near(houses: Houses, person: Callable[..., Person]) -> Person:  # noqa: F811
    return person("grid_worker", GRID)


@pytest.fixture
def far(houses: Houses, person: Callable[..., Person]) -> Person:  # noqa: F811
    return person("grid_worker", f"{COMMUNITY}09")


def number(who: Person) -> int:
    assert who.account is not None
    return who.account.pk


def planned(who: Person, **chosen: Any) -> Any:
    answer = who.post("/api/tours/walk/plan", chosen)
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def handed_out(who: Person, **chosen: Any) -> int:
    kept = who.post("/api/tours/walk/plans", chosen)
    assert kept.status_code == 200, kept.content.decode()
    plan = kept.json()["id"]
    assert who.post(f"/api/tours/plans/{plan}/hand-out", {}).json() == {"id": plan, "state": "out"}
    return plan
