"""Real manifests through the machine: a public export of the United States, where it is at hand (WASTE_MANIFESTS names its folder)."""

from __future__ import annotations

import json
import os
from decimal import Decimal
from itertools import islice
from pathlib import Path

import pytest

from hexi.core.data.api import act
from hexi.scenarios.waste.models import StorageLot
from hexi.scenarios.waste.models_manifest import Manifest
from hexi.scenarios.waste.rules import catalogue
from hexi.scenarios.waste.sealing import chain_faults
from hexi.scenarios.waste.tests.conftest import Town
from hexi.scenarios.waste.tests.foreign import Line, lines, outcome, read_lines, weight

FOLDER = Path(os.environ.get("WASTE_MANIFESTS", ""))
LINES = FOLDER / "ma_manifest_waste_lines.csv.gz"
at_hand = pytest.mark.skipif(not LINES.is_file(), reason="WASTE_MANIFESTS names no folder with the public manifests")
HEAD = ("manifest_tracking_number", "line_no", "waste_description", "quantity", "quantity_unit", "waste_code_1")


def test_pounds_and_tons_become_kilograms_and_volumes_nothing() -> None:
    assert weight("150", "P") == Decimal("68.039")
    assert weight("5", "T") == Decimal("4535.924")
    assert (weight("511", "G"), weight("0", "P"), weight("", "K")) == (None, None, None)


def test_a_line_is_read_with_its_number_code_and_weight() -> None:
    rows = [dict(zip(HEAD, ("000000219JES", "1", "SOLIDS", "150", "P", "MA99"), strict=True))]
    assert list(lines(rows)) == [Line("000000219JES", 1, "MA99", "SOLIDS", Decimal("68.039"))]


@at_hand
def test_the_whole_export_is_read() -> None:
    found = list(read_lines(LINES))
    assert (len(found), len({one.number for one in found})) == (38605, 19983)
    assert len({(one.number, one.line) for one in found}) == len(found)


@at_hand
@pytest.mark.django_db
def test_real_manifests_run_from_storage_to_close_and_weigh_what_they_weighed(town: Town) -> None:
    some = list(islice((one for one in read_lines(LINES) if one.kg and one.code), 25))
    for one in some:
        row = lived(town, one)
        assert (row.state, row.treated_kg, chain_faults(row)) == ("closed", one.kg, [])


def lived(town: Town, one: Line) -> Manifest:
    maker, truck, plant = (town.viewer(name) for name in ("maker", "truck", "plant"))
    act(
        maker,
        "waste.storagelot",
        None,
        "store_lot",
        {"stream": "general", "code": one.code, "name": one.description[:80], "kg": str(one.kg)},
    )
    to = {"receiver": town.firms["plant"].pk, "carrier": town.firms["truck"].pk}
    row = act(maker, "waste.manifest", None, "plan_pickup", {"stream": "general", "code": one.code, **to})
    steps = (
        (maker, "begin_draft", {}), (maker, "load", {"lot": StorageLot.objects.order_by("-pk")[0].pk}), (maker, "sign_producer", {}),
        (truck, "take_over", {"plate": "津A00001"}), (truck, "arrive", {}), (plant, "accept", {"received_kg": str(one.kg)}),
        (plant, "treat", {"method": "R"}), (plant, "close", {}),
    )  # fmt: skip
    for who, step, answers in steps:
        act(who, "waste.manifest", row.pk, step, answers, version=Manifest.objects.get(pk=row.pk).version)
    return Manifest.objects.get(pk=row.pk)


@at_hand
def test_what_became_of_the_published_examples_is_told() -> None:
    found = {file.name: outcome(json.loads(file.read_text(encoding="utf-8"))) for file in (FOLDER / "us_emanifest").glob("*-valid-*.json")}
    assert {"accepted", "partly", "refused"} == set(found.values())


@at_hand
def test_the_catalogue_here_has_every_code_of_the_official_list() -> None:
    import csv

    with (FOLDER / "cn_hazardous_waste_catalogue_2021.csv").open(encoding="utf-8-sig", newline="") as opened:
        official = {row["waste_code"]: (row["category_code"], tuple(row["hazard_properties"].split("/"))) for row in csv.DictReader(opened)}
    assert {key: (one.category, one.hazards) for key, one in catalogue().items()} == official
