"""Codes are found by number or words, with hazards, and only where permits of the chosen firms cover them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from hexi.scenarios.waste.models import CollectionRun, Permit
from hexi.scenarios.waste.models_manifest import Manifest
from hexi.scenarios.waste.sources import today as day_now
from hexi.scenarios.waste.tests.conftest import COMMUNITY, OIL, PAINT, Town, begin, do, draft, fine, lot, refused

pytestmark = pytest.mark.django_db
Ask = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def ask(town: Town) -> Ask:
    def asked(source: str = "codes", who: str = "maker", **params: Any) -> list[dict[str, Any]]:
        return town.people[who].client.get(f"/api/data/waste.{source}", params).json()["rows"]

    return asked


def values(rows: list[dict[str, Any]]) -> list[str]:
    return [row["value"] for row in rows]


def test_a_code_is_found_by_a_piece_of_its_number_or_by_words(ask: Ask) -> None:
    by_number = ask(q="900-249")
    assert values(by_number) == ["900-249-08"]
    assert "HW08" in by_number[0]["about"]
    assert "易燃性" in by_number[0]["about"]
    assert OIL in values(ask(q="废矿物油"))
    assert ask(q="没有这种废物") == []


def test_what_the_firm_holds_and_plans_comes_first(town: Town, ask: Ask) -> None:
    lot(town, code=PAINT)
    assert values(ask())[0] == PAINT
    assert "本单位在库" in ask()[0]["about"]
    assert values(ask(who="clinic"))[0] != PAINT, "another firm's storage is nobody else's hint"


def test_only_what_the_receivers_permit_covers_is_offered(town: Town, ask: Ask) -> None:
    Permit.objects.filter(firm=town.firms["plant"]).update(covers="HW08")
    assert PAINT in values(ask(q="900-252-12"))
    assert PAINT not in values(ask(q="900-252-12", receiver=town.firms["plant"].pk))
    assert OIL in values(ask(q=OIL, receiver=town.firms["plant"].pk, carrier=town.firms["truck"].pk))
    assert ask(q=OIL, receiver=town.firms["maker"].pk) == [], "a firm without a permit takes nothing"


def test_a_run_offers_what_it_collects(town: Town, ask: Ask) -> None:
    run = CollectionRun.objects.create(
        name="示例趟次", on=day_now(), carrier=town.firms["truck"], receiver=town.firms["plant"], covers="900-252-12", capacity_kg=10,
        place=COMMUNITY,
    )  # fmt: skip
    assert values(ask("run_codes", record=run.pk)) == [PAINT]


def test_a_permit_names_codes_or_whole_categories(ask: Ask) -> None:
    found = values(ask("covered", who="office", q="HW08"))
    assert found[0] == "HW08"
    assert "HW50" in values(ask("covered", who="office")), "a permit that stands there already is called by its names"


def test_a_trade_code_without_a_catalogue_is_offered_as_typed(ask: Ask) -> None:
    assert values(ask(q="SW17", stream="general")) == ["SW17"]


def test_nobody_but_the_office_is_asked_for_which_firm_it_writes(town: Town) -> None:
    def asked_of(who: str) -> dict[str, Any]:
        actions = town.people[who].client.get("/api/models/waste.storagelot").json()["actions"]
        return next(one for one in actions if one["id"] == "store_lot")["fields_schema"]["properties"]

    assert "firm" in asked_of("office")
    assert "firm" not in asked_of("maker")
    assert not any("x-hexi-by" in one for one in asked_of("office").values())
    other = town.firms["clinic"].pk
    assert "不由您填写" in refused(begin(town.people["maker"], "storagelot", "store_lot", firm=other, code=OIL, kg="1"))


def test_only_crews_of_the_carrier_are_offered_and_taken(town: Town, ask: Ask) -> None:
    row = draft(town, lot(town))
    assert values(ask("crews", record=row.pk)) == ["crew_1"]
    assert values(ask("crews", record=row.pk, carrier=town.firms["van"].pk)) == []
    assert "该承运人的车组" in refused(do(town.people["maker"], row, "fill_draft", crew="firm_van"))
    fine(do(town.people["maker"], row, "fill_draft", crew="crew_1"))
    fine(do(town.people["maker"], row, "fill_draft", carrier=town.firms["van"].pk))
    row.refresh_from_db()
    assert row.crew == "", "another carrier comes with a crew of its own"


def test_nothing_is_begun_from_a_record_that_its_form_would_not_offer(town: Town) -> None:
    row = draft(town, lot(town))

    def begun() -> list[str]:
        found = town.people["plant"].client.get(f"/api/records/waste.manifest/{row.pk}").json()
        return [one["action"] for one in found["begins"]]

    assert begun() == [], "a draft lies in nobody's temporary storage"
    Manifest.objects.filter(pk=row.pk).update(state="stored")
    assert begun() == ["regroup"]


def test_a_question_names_which_records_it_offers(town: Town) -> None:
    actions = town.people["maker"].client.get("/api/models/waste.manifest").json()["actions"]
    load = next(one for one in actions if one["id"] == "load")["fields_schema"]["properties"]["lot"]
    assert "left_kg:gt:0" in load["x-hexi-among"]
    one = lot(town)
    fine(town.people["maker"].client.get("/api/records/waste.storagelot", {"where": load["x-hexi-among"][0]}))
    assert one.left_kg > 0
