"""One street with a doorway, an elder with a daughter, and the people around them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from hexi.core.data.tests.conftest import (  # noqa: F401  fixtures are found by name
    COMMUNITY,
    DISTRICT,
    GRID,
    STREET,
    Person,
    do,
    fine,
    offices,
    own_files,
    own_names,
    person,
    places,
)
from hexi.core.space.models import Place
from hexi.core.trust.models import Organisation
from hexi.scenarios.eldercare.models import Contact, Elder
from hexi.scenarios.eldercare.models_services import CatalogueItem, ServicePoint

DOOR = f"{GRID}00100101"
CODE, FAMILY_CODE = "E7KQ2MZXW4RT9BNA", "F3HJ6PVYC8DS5GUE"
Make = Callable[..., Elder]


@dataclass
class Around:
    """Everybody around the elder, by the role they have."""

    people: dict[str, Person]

    def __getitem__(self, name: str) -> Person:
        return self.people[name]


@pytest.fixture
def door(places: None) -> str:  # noqa: F811
    Place.objects.create(code=DOOR, level="doorway", name="1门", parent=GRID, origin="fact", lon=117.22, lat=39.1, updated_at=timezone.now())
    return DOOR


@pytest.fixture
def make(door: str) -> Make:
    """An elder; by default 85, alone, in the file for a year."""

    def made(age: int = 85, **more: Any) -> Elder:
        today = timezone.localdate()
        values: dict[str, Any] = {
            "name": "示例张奶奶", "sex": "female", "born_on": date(today.year - age, 1, 1), "phone": "00000000001", "home": door, "lives": "alone",
            "need": "weekly", "last_met": today - timedelta(days=7), "visit_due": today, "since": today - timedelta(days=365), "code": CODE,
        }  # fmt: skip
        return Elder.objects.create(**{**values, **more})

    return made


@pytest.fixture
def elder(make: Make) -> Elder:
    found = make()
    Contact.objects.create(elder=found, name="示例女儿", relation="child", phone="00000000002", code=FAMILY_CODE, place=found.home)
    return found


@pytest.fixture
def around(person: Callable[..., Person], door: str) -> Around:  # noqa: F811
    for key in ("kitchen", "home", "ward"):
        Organisation.objects.create(key=key, name_zh=f"示例{key}", name_en=key)
    return Around({
        "steward": person("care_steward", STREET), "community": person("community_worker", COMMUNITY), "centre": person("care_centre", STREET),
        "second": person("care_centre", STREET), "office": person("care_office", DISTRICT), "kitchen": person("care_provider", "", "kitchen"),
        "home": person("care_home", "", "home"), "ward": person("care_home", "", "ward"), "leader": person("leader", DISTRICT),
        "elsewhere": person("care_steward", "120103002"), "nobody": person(),
    })  # fmt: skip


@pytest.fixture
def meal(door: str) -> CatalogueItem:
    point = ServicePoint.objects.create(name="示例食堂", kind="kitchen", place=door, office="kitchen", a_day=3)
    return CatalogueItem.objects.create(
        point=point, kind="meal", name="标准套餐", price=Decimal(13), handed="delivered", place=door, office="kitchen"
    )


def begin(who: Person, entity: str, action: str, why: str = "", **values: Any) -> Any:
    """An action that makes something new."""
    return who.post(f"/api/records/eldercare.{entity}/actions/{action}", {"values": values, "why": why})


def sheet(who: Person, slip: str, code: str) -> Any:
    """What a link opens."""
    return who.client.get(f"/api/slips/{slip}", headers={"X-Slip-Secret": code})


def facts(answer: Any) -> dict[str, str]:
    """Its lines."""
    assert answer.status_code == 200, answer.content.decode()
    return {fact["label"]["zh"]: fact["said"]["zh"] for fact in answer.json()["facts"]}


def refused(answer: Any) -> str:
    """The words of a refusal."""
    assert answer.status_code in {403, 404, 409, 422}, answer.content.decode()
    return answer.content.decode()
