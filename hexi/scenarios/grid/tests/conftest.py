"""Two grids of one community, residents in one of them, and people with posts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from hexi.core.data.tests.conftest import (  # noqa: F401  fixtures are found by name
    COMMUNITY,
    DISTRICT,
    GRID,
    Person,
    do,
    offices,
    own_files,
    own_names,
    person,
    places,
)
from hexi.core.space.models import Place
from hexi.modules.cases import routing
from hexi.scenarios.grid.models import CareCall, DutyGrid, Need, PartyUnit
from hexi.scenarios.population.scenario import Resident

OTHER_GRID = f"{COMMUNITY}03"
DOOR, OTHER_DOOR = f"{GRID}00100101", f"{OTHER_GRID}00100101"
Make = Callable[..., Person]


@pytest.fixture(autouse=True)
def own_rules() -> None:
    routing.forget()


@pytest.fixture
def grids(places: None) -> tuple[DutyGrid, DutyGrid]:  # noqa: F811
    Place.objects.bulk_create(
        Place(code=code, level=level, name=name, parent=parent, origin="fact", lon=lon, lat=39.1, updated_at=timezone.now())
        for code, level, name, parent, lon in (
            (OTHER_GRID, "grid", "第03网格", COMMUNITY, 117.23),
            (DOOR, "doorway", "1门", GRID, 117.22),
            (OTHER_DOOR, "doorway", "1门", OTHER_GRID, 117.231),
        )
    )
    return tuple(DutyGrid.objects.create(name=f"网格{code[-2:]}", place=code) for code in (GRID, OTHER_GRID))  # type: ignore[return-value]


@pytest.fixture
def resident(grids: Any) -> Callable[..., Resident]:
    def make(age: int = 82, home: str = DOOR, **more: Any) -> Resident:
        born = timezone.localdate() - timedelta(days=age * 366)
        return Resident.objects.create(
            **{"name": "示例老人", "sex": "female", "born_on": born, "home": home, "residence": "registered", "lives_alone": True, **more}
        )

    return make


@pytest.fixture
def call(resident: Callable[..., Resident]) -> CareCall:
    found = resident(phone="00000000001")
    return CareCall.objects.create(resident=found.pk, place=found.home, reason="old_alone", due_on=timezone.localdate())


@pytest.fixture
def desk(person: Make, grids: Any) -> Person:  # noqa: F811
    return person("community_worker", COMMUNITY)


@pytest.fixture
def worker(person: Make, grids: Any) -> Person:  # noqa: F811
    return person("grid_worker", GRID)


@pytest.fixture
def liaison(person: Make, grids: Any) -> Person:  # noqa: F811
    return person("party_liaison", COMMUNITY)


@pytest.fixture
def unit(grids: Any) -> PartyUnit:
    return PartyUnit.objects.create(name="示例·某机关党支部", kind="office", place=COMMUNITY, members=12)


@pytest.fixture
def need(desk: Person) -> Need:
    answer = begin(desk, "need", "post_need", title="陪伴就医", kind="care", place=COMMUNITY)
    assert answer.status_code == 201, answer.content
    return Need.objects.get()


def begin(who: Person, entity: str, action: str, why: str = "", **values: Any) -> Any:
    """An action that makes something new."""
    return who.post(f"/api/records/grid.{entity}/actions/{action}", {"values": values, "why": why})


def rows(who: Person, source: str, **params: str) -> list[dict[str, Any]]:
    answer = who.get(f"/api/data/grid.{source}", **params)
    assert answer.status_code == 200, answer.content
    return answer.json()["rows"]
