"""Two producers, two carriers, a temporary store and a plant, with people and permits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from hexi.core.data.api import act
from hexi.core.data.tests.conftest import (  # noqa: F401  fixtures are found by name
    COMMUNITY,
    DISTRICT,
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
from hexi.core.trust.api import Viewer
from hexi.core.trust.models import Organisation
from hexi.scenarios.waste.mass import balances
from hexi.scenarios.waste.models import Firm, Permit, StorageLot
from hexi.scenarios.waste.models_manifest import Load, Manifest, Movement

OIL, PAINT = "900-214-08", "900-252-12"
FIRMS = {
    "maker": {"produces": True, "risk": "key", "industry": "repair"}, "clinic": {"produces": True, "risk": "simplified", "industry": "clinic"},
    "truck": {"carries": True, "industry": "transport"}, "van": {"carries": True, "industry": "transport"},
    "store": {"receives": True, "produces": True, "risk": "key", "industry": "disposal"}, "plant": {"receives": True, "industry": "disposal"},
}  # fmt: skip
ROLES = {"maker": "waste_producer", "clinic": "waste_producer", "truck": "waste_carrier", "van": "waste_carrier",
         "store": "waste_receiver", "plant": "waste_receiver"}  # fmt: skip
ALWAYS = {"valid_from": date(2000, 1, 1), "valid_until": date(2090, 1, 1)}


@dataclass
class Town:
    """The firms of a test by name, and who acts for each."""

    firms: dict[str, Firm]
    people: dict[str, Person]

    def viewer(self, name: str) -> Viewer:
        return self.people[name].viewer


@pytest.fixture
def town(person: Callable[..., Person]) -> Town:  # noqa: F811
    firms, people = {}, {}
    for name, does in FIRMS.items():
        Organisation.objects.create(key=f"firm_{name}", name_zh=f"示例{name}", name_en=name)
        firms[name] = Firm.objects.create(
            number=f"T-{name}", name=f"示例{name}", place=COMMUNITY, office=f"firm_{name}", contact="王示例", **does
        )
        people[name] = person(ROLES[name], "", f"firm_{name}")
    for name, kind in (("truck", "transport"), ("van", "transport"), ("store", "operate"), ("plant", "operate")):
        Permit.objects.create(firm=firms[name], kind=kind, number=f"P-{name}", covers="HW08\n900-252-12", office=f"firm_{name}", **ALWAYS)
    Organisation.objects.create(key="crew_1", name_zh="示例车组", name_en="crew", parent=Organisation.objects.get(key="firm_truck"))
    people["driver"] = person("waste_driver", "", "crew_1")
    people["office"] = person("waste_office", DISTRICT)
    return Town(firms, people)


def begin(who: Person, entity: str, action: str, why: str = "", **values: Any) -> Any:
    """An action that makes something new."""
    return who.post(f"/api/records/waste.{entity}/actions/{action}", {"values": values, "why": why})


def lot(town: Town, firm: str = "maker", kg: str = "100", code: str = OIL, stream: str = "hazardous") -> StorageLot:
    fine(begin(town.people[firm], "storagelot", "store_lot", stream=stream, code=code, kg=kg))
    return StorageLot.objects.order_by("-pk")[0]


def draft(town: Town, *lots: StorageLot, number: str = "", receiver: str = "plant", firm: str = "maker", **more: Any) -> Manifest:
    """A draft with these batches, ready for the producer's signature."""
    who = town.people[firm]
    code, stream = (lots[0].code, lots[0].stream) if lots else (OIL, "hazardous")
    fine(begin(who, "manifest", "plan_pickup", stream=stream, code=code, receiver=town.firms[receiver].pk, carrier=town.firms["truck"].pk))
    row = Manifest.objects.order_by("-pk")[0]
    fine(do(who, row, "begin_draft"))
    fine(do(who, row, "fill_draft", national_number=number or f"20251201{row.pk:06d}", packages=1, **more))
    for one in lots:
        fine(do(who, row, "load", lot=one.pk))
    return row


def on_the_road(town: Town, *lots: StorageLot, **more: Any) -> Manifest:
    row = draft(town, *lots, **more)
    fine(do(town.people[more.get("firm", "maker")], row, "sign_producer"))
    fine(do(town.people["truck"], row, "take_over", plate="津A00001"))
    return row


def there(town: Town, *lots: StorageLot, **more: Any) -> Manifest:
    row = on_the_road(town, *lots, **more)
    fine(do(town.people["truck"], row, "arrive"))
    return row


__all__ = ["COMMUNITY", "DISTRICT", "OIL", "PAINT", "STREET", "Load", "Person", "Town", "act", "begin", "do", "draft", "fine", "lot", "on_the_road",
           "refused", "there"]  # fmt: skip


def refused(answer: Any) -> str:
    """The words of a refusal."""
    assert answer.status_code in {403, 409, 422}, answer.content.decode()
    return answer.content.decode()


def held(kind: str, number: int = 0) -> Decimal:
    """How much is there, in kilograms."""
    return balances(Movement.objects.all()).get((kind, number), Decimal(0))
