"""A district of two streets, a handful of residents, and the indicators that read them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from hexi.core.space.models import Place
from hexi.core.trust.api import PostRecord, Viewer
from hexi.modules.indicators.load import load_cards
from hexi.modules.indicators.models import Card
from hexi.scenarios.population.scenario import Resident

NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)
DISTRICT, NORTH, SOUTH = "120103", "120103001", "120103002"
ENTRY: dict[str, Any] = {
    "code": "T-01", "key": "fresh", "domain": "data", "name": {"zh": "核实率", "en": "Confirmed"}, "frequency": "daily", "grain": "community",
    "definition": {"zh": "一年内核实过的比例", "en": "share confirmed within a year"}, "unit": "percent", "better": "up", "owner": "data_centre",
    "source": {"computed": "register_fresh_share"}, "thresholds": {"watch": 90, "breach": 60, "hysteresis": 2, "basis": "ours"},
    "target": {"value": 95}, "valid_from": "2025-01-01",
}  # fmt: skip
PRINTED: dict[str, Any] = {
    **ENTRY, "code": "T-02", "key": "retrofits", "name": {"zh": "适老化改造", "en": "Retrofits"}, "unit": "households", "better": "none",
    "source": {"published": "age_retrofits"}, "thresholds": None, "target": None,
}  # fmt: skip
AWAITING: dict[str, Any] = {
    **ENTRY, "code": "T-03", "key": "waste", "name": {"zh": "固废记录", "en": "Waste records"}, "better": "none", "thresholds": None, "target": None,
    "source": {"awaiting": "waste", "note": {"zh": "固废场景上线后计算", "en": "the waste scenario will feed it"}},
}  # fmt: skip
DOCUMENT = {"domains": [{"key": "data", "name": {"zh": "数据", "en": "Data"}}], "indicators": [ENTRY, PRINTED, AWAITING]}


@pytest.fixture
def places(db: None) -> None:
    rows = [(DISTRICT, "district", "", "河西区"), (NORTH, "street", DISTRICT, "北街道"), (SOUTH, "street", DISTRICT, "南街道")]
    rows += [(f"{street}001", "community", street, f"{street}社区") for street in (NORTH, SOUTH)]
    Place.objects.bulk_create(
        Place(code=code, level=level, parent=parent, name=name, origin="generated", updated_at=NOW) for code, level, parent, name in rows
    )


@pytest.fixture
def residents(places: None) -> None:
    """Ten in the north, all confirmed lately; ten in the south, half of them long ago."""
    lately, long_ago = NOW.date() - timedelta(days=30), NOW.date() - timedelta(days=800)
    for street, confirmed in ((NORTH, [lately] * 10), (SOUTH, [lately] * 5 + [long_ago] * 5)):
        Resident.objects.bulk_create(
            Resident(name="示例", sex="female", born_on=date(1950, 1, 1), home=f"{street}00101", residence="registered", confirmed_on=day)
            for day in confirmed
        )


@pytest.fixture
def cards(residents: None) -> dict[str, Card]:
    from django.db import transaction

    with transaction.atomic():
        load_cards(DOCUMENT)
    return {card.key: card for card in Card.objects.all()}


@pytest.fixture
def steward() -> Viewer:
    return Viewer(7, "示例·数据管理员", (PostRecord(1, "data_steward", DISTRICT),), "steward")
