"""The sample: visibly invented, as large as the sources say, and sound: its chains hold and its mass adds up."""

from __future__ import annotations

import random
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from hexi.core.trust.api import rows_against_leaves
from hexi.core.trust.models import Organisation
from hexi.kit import Label
from hexi.scenarios.waste import sample
from hexi.scenarios.waste.mass import balances
from hexi.scenarios.waste.models import Firm, StorageLot
from hexi.scenarios.waste.models_manifest import Alert, Manifest, Movement
from hexi.scenarios.waste.sealing import chain_faults
from hexi.scenarios.waste.tests.conftest import COMMUNITY

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> list[Label]:
    settings.VAR = tmp_path
    Organisation.objects.create(key="ecology_environment", name_zh="区生态环境局", name_en="Ecology and Environment Bureau")
    monkeypatch.setenv("HEXI_SAMPLE", "400")
    monkeypatch.setattr(sample, "doorway_codes", lambda: [f"{COMMUNITY}{n:08d}" for n in range(9)])
    said = list[Label]()
    sample.load(said.append)
    return said


def test_the_sample_is_visibly_invented_and_follows_the_wanted_size(loaded: list[Label]) -> None:
    assert "虚构" in loaded[0].zh
    assert all(firm.invented and "虚构" in firm.name for firm in Firm.objects.all())
    records = StorageLot.objects.count() + Manifest.objects.count()
    assert 300 <= records <= 560
    assert Firm.objects.filter(produces=True, receives=False).count() == 50
    sample.load(loaded.append)
    assert len(loaded) == 1  # a second time adds nothing


def test_chains_of_the_sample_hold_and_its_mass_adds_up(loaded: list[Label]) -> None:
    rows = list(Manifest.objects.all())
    assert [row.number for row in random.Random(1).sample(rows, 25) if chain_faults(row)] == []
    held = balances(Movement.objects.all())
    assert sum(held.values(), Decimal(0)) == 0
    for firm in Firm.objects.all():
        lots = sum((lot.left_kg for lot in StorageLot.objects.filter(firm=firm)), Decimal(0))
        taken = sum((row.held_kg for row in rows if row.receiver_id == firm.pk), Decimal(0))
        waiting = sum((row.shipped_kg for row in rows if row.producer_id == firm.pk and row.state == "signed"), Decimal(0))
        assert held.get(("store", firm.pk), 0) == lots + taken + waiting


def test_each_row_of_the_sample_begins_by_an_event_that_says_all_of_it(loaded: list[Label]) -> None:
    assert [fault.words.en for fault in rows_against_leaves() if fault.entity.startswith("waste.")] == []


def test_the_sample_has_work_for_everybody(loaded: list[Label]) -> None:
    states = Counter(Manifest.objects.values_list("state", flat=True))
    assert {"closed", "treated", "accepted", "planned"} <= states.keys()
    assert set(Alert.objects.values_list("kind", flat=True)) >= {"weight"}
    assert StorageLot.objects.filter(left_kg__gt=0).exists()
