"""Silence, storage over time and quantity, hints and what each reader gets of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from hexi.core.space.models import Place
from hexi.scenarios.waste.mass import years
from hexi.scenarios.waste.models import Declaration, Firm, Permit, StorageLot
from hexi.scenarios.waste.models_cells import WasteCell
from hexi.scenarios.waste.models_manifest import Movement
from hexi.scenarios.waste.steps import PickedUp, WeighedInPart
from hexi.scenarios.waste.tests.conftest import COMMUNITY, Person, Town, begin, do, draft, fine, lot, refused, there
from hexi.scenarios.waste.watching import completeness, hints, period_due, records_of, silent

pytestmark = pytest.mark.django_db
POINTS = {"sorting": 25, "reduction": 20, "reuse": 15, "records": 15}


def rows(who: Person, source: str, **params: str) -> list[dict[str, Any]]:
    answer = who.get(f"/api/data/waste.{source}", **params)
    assert answer.status_code == 200, answer.content
    return answer.json()["rows"]


def test_a_firm_has_until_its_day_to_declare_the_period_before() -> None:
    assert period_due("key", date(2025, 11, 16)) == (date(2025, 10, 1), date(2025, 11, 1))
    assert period_due("key", date(2025, 11, 15)) == (date(2025, 9, 1), date(2025, 10, 1))
    assert period_due("simplified", date(2025, 11, 16)) == (date(2025, 7, 1), date(2025, 10, 1))
    assert period_due("simplified", date(2025, 10, 3)) == (date(2025, 4, 1), date(2025, 7, 1))
    assert period_due("registered", date(2025, 11, 16)) == (date(2024, 1, 1), date(2025, 1, 1))
    assert period_due("key", date(2026, 1, 10)) == (date(2025, 11, 1), date(2025, 12, 1))


def test_who_should_have_reported_and_did_not_is_named_and_who_said_nothing_was_produced_is_not(town: Town) -> None:
    today = date(2025, 11, 20)
    office = town.viewer("office")
    assert {firm.number for firm, _ in silent(office, today)} == {"T-maker", "T-clinic", "T-store"}
    Declaration.objects.create(
        firm=town.firms["maker"], month=date(2025, 10, 1), batches=0, kg=0, nothing=True, by="示例", at=timezone.now()
    )
    lot(town, "clinic")
    StorageLot.objects.update(produced_at="2025-09-30T02:00:00Z")
    assert {firm.number: day for firm, day in silent(office, today)} == {"T-store": None}
    Firm.objects.update(since=date(2025, 11, 1))
    assert silent(office, today) == []


def test_completeness_counts_firms_with_a_record_of_those_there(town: Town) -> None:
    lot(town), lot(town)
    StorageLot.objects.update(produced_at="2025-09-15T02:00:00Z")
    found = completeness(town.viewer("office"), date(2025, 11, 20), months=3)
    assert found == [(date(2025, 8, 1), 3, 0), (date(2025, 9, 1), 3, 1), (date(2025, 10, 1), 3, 0)]


def test_storage_over_time_and_over_quantity_stands_on_the_page(town: Town) -> None:
    lot(town, "clinic", kg="3000.5")
    late = lot(town, kg="5")
    StorageLot.objects.filter(pk=late.pk).update(due_on=timezone.localdate() - timedelta(days=1))
    found = rows(town.people["office"], "storage")
    assert [(row["title"], row["mark"]) for row in found] == [("示例maker", "breach"), ("示例clinic", "watch")]
    assert "3000.5/3000 kg" in found[1]["name"]
    Firm.objects.update(has_warehouse=True)
    assert len(rows(town.people["office"], "storage")) == 1


def test_hints_are_ordered_by_what_weighs_most_and_say_why(town: Town) -> None:
    row = there(town, lot(town))
    fine(do(town.people["plant"], row, "accept", received_kg="80"))
    today = timezone.localdate()
    found = hints(town.viewer("office"), today)
    scores = {one.firm.number: (one.score, one.findings) for one in found}
    assert scores["T-maker"][1]["alerts"] == 2  # the weight, and no filed plan
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_the_balance_of_a_year_adds_up_for_each_firm(town: Town) -> None:
    row = there(town, lot(town))
    lot(town, kg="7")
    fine(do(town.people["plant"], row, "accept", received_kg="99"))
    fine(do(town.people["plant"], row, "treat_part", kg="40", method="R"))
    found = {one.firm: one for one in years(Movement.objects.all(), timezone.localdate().year)}
    maker, plant = found[town.firms["maker"].pk], found[town.firms["plant"].pk]
    assert (maker.produced, maker.away, maker.stock, maker.gap_share) == (107, 100, 7, 0)
    assert (plant.taken_in, plant.treated, plant.stock, plant.gap_share) == (99, 40, Decimal(59), 0)


def test_the_public_gets_sums_and_is_told_that_firms_are_not_public(town: Town, person: Callable[..., Person]) -> None:
    lot(town)
    public = person()
    (total,) = rows(public, "totals")
    assert (total["producers"], total["records"], total["stored"]) == (3, 1, 0.1)
    for source in ("balance", "recorded", "permits"):
        answer = public.get(f"/api/data/waste.{source}").json()
        assert (answer["rows"], "只公开总量" in answer["empty"]["zh"]) == ([], True)
    assert rows(public, "pickups") == rows(public, "waiting") == []


def test_the_public_wall_counts_and_names_nobody(town: Town, person: Callable[..., Person]) -> None:
    late = lot(town, kg="5")
    StorageLot.objects.filter(pk=late.pk).update(due_on=timezone.localdate() - timedelta(days=1))
    fine(do(town.people["plant"], there(town, lot(town)), "accept", received_kg="80"))
    public = person()
    assert [(row["title"], row["due_on"]) for row in rows(public, "storage")] == [("危险废物", "1")]
    assert {row["said"] for row in rows(public, "alerts")} == {"磅差超限", "超出年度计划"}
    assert {row["firm"]: row["score"] for row in rows(public, "hints")}["超期贮存"] == "1"
    assert {row["firm"] for row in rows(public, "silent")} <= {"重点监管", "简化管理", "登记管理"}
    assert rows(public, "complete")[-1]["there"] == 3
    for source in ("storage", "alerts", "hints", "silent", "complete"):
        assert "示例" not in public.get(f"/api/data/waste.{source}").content.decode().replace("示例数据", "")


def test_a_firm_learns_nothing_of_others_that_receive(town: Town) -> None:
    fine(do(town.people["store"], there(town, lot(town), receiver="store"), "accept", received_kg="100"))
    for source in ("balance", "silent", "hints", "recorded"):
        assert {row["firm"] for row in rows(town.people["maker"], source)} <= {"示例maker"}, source
    assert [row["firm"] for row in rows(town.people["store"], "balance")] == ["示例store"]


def test_completeness_by_producer_counts_months_and_records_and_puts_gaps_first(town: Town) -> None:
    lot(town), lot(town)
    StorageLot.objects.update(produced_at="2025-09-15T02:00:00Z")
    Declaration.objects.create(
        firm=town.firms["clinic"], month=date(2025, 10, 1), batches=0, kg=0, nothing=True, by="示例", at=timezone.now()
    )
    found = {one.firm.number: one for one in records_of(town.viewer("office"), date(2025, 11, 20), months=3)}
    assert [(key, one.there, one.spoke, one.records) for key, one in found.items()] == [
        ("T-store", 3, 0, 0), ("T-clinic", 3, 1, 1), ("T-maker", 3, 1, 2),
    ]  # fmt: skip
    assert found["T-maker"].last == date(2025, 9, 15)


def test_permits_that_run_out_stand_in_a_list_and_notes_say_that_limits_are_unchecked(town: Town) -> None:
    Permit.objects.filter(firm=town.firms["truck"]).update(valid_until=timezone.localdate() + timedelta(days=30))
    Permit.objects.filter(firm=town.firms["plant"]).update(valid_until=timezone.localdate() - timedelta(days=1))
    found = rows(town.people["office"], "permits")
    assert [(row["firm"], row["mark"]) for row in found] == [("示例plant", "breach"), ("示例truck", "watch")]
    note = town.people["office"].get("/api/data/waste.storage").json()["note"]
    assert "尚未与原文核对" in note["zh"] and "not yet compared" in note["en"]


def test_published_figures_are_told_apart_from_what_is_counted(town: Town) -> None:
    answer = town.people["office"].get("/api/data/waste.published").json()
    assert answer["quality"] == "published"
    assert [(row["value"], row["printed"], row["source"][:2]) for row in answer["rows"]] == [
        (500, "500余家", "S4"),
        (4000, "4000余条", "S4"),
    ]


def test_a_producer_sees_own_rows_only(town: Town) -> None:
    lot(town), lot(town, "clinic")
    assert {row["firm"] for row in rows(town.people["maker"], "balance")} == {"示例maker"}


def test_the_chain_of_a_manifest_is_shown_with_its_verdict(town: Town) -> None:
    row = there(town, lot(town))
    answer = town.people["maker"].get("/api/data/waste.chain", id=str(row.pk)).json()
    assert [one["step"] for one in answer["rows"]] == ["sign_producer", "take_over", "arrive"]
    assert "签署链完整" in answer["note"]["zh"]
    type(row).objects.filter(pk=row.pk).update(plate="津A66666")
    assert "1 处不符" in town.people["maker"].get("/api/data/waste.chain", id=str(row.pk)).json()["note"]["zh"]


def test_points_of_a_cell_follow_the_dated_criteria(town: Town, person: Callable[..., Person]) -> None:
    street = person("street_staff", "120103001")
    said = {"name": "示例小区", "kind": "community", "place": "120103001003"}
    assert '"field":"teaching"' in refused(begin(street, "wastecell", "apply_cell", **POINTS, teaching=16, **said))
    row = fine(begin(street, "wastecell", "apply_cell", **POINTS, teaching=10, **said))["record"]
    cell = WasteCell.objects.get(pk=row["id"])
    assert rows(person(), "cells") == []
    fine(do(town.people["office"], cell, "judge_cell", **POINTS, teaching=10, note="现场核实"))
    assert (cell.state, cell.points, cell.found.splitlines()[0]) == ("named", 85, "分类投放设施与准确率 25/25")
    assert [one["name"] for one in rows(person(), "cells")] == ["示例小区"]


def test_the_map_shows_everybody_how_much_a_street_produced_and_staff_alone_which_firm_needs_an_eye(
    town: Town, person: Callable[..., Person]
) -> None:
    late = lot(town, kg="1200")
    StorageLot.objects.filter(pk=late.pk).update(due_on=timezone.localdate() - timedelta(days=1))
    Place.objects.filter(code__in=(COMMUNITY, COMMUNITY[:9])).update(lon=117.2, lat=39.1)
    anybody, office = person(), town.people["office"]

    def seen(who: Person, layer: str, **params: str) -> list[dict[str, Any]]:
        return [feature["properties"] for feature in who.get(f"/api/layers/waste.{layer}", **params).json()["features"]]

    assert [(one["code"], one["value"]) for one in seen(anybody, "by_street")] == [(COMMUNITY[:9], 1.2)]
    assert seen(anybody, "by_street", place=COMMUNITY) == seen(anybody, "by_street"), "nothing smaller than a street"
    assert seen(anybody, "firms_on_map") == []
    assert {"id": town.firms["maker"].pk, "title": "示例maker", "mark": "breach"} in seen(office, "firms_on_map")
    assert {one["id"] for one in seen(town.people["clinic"], "firms_on_map")} <= {town.firms["clinic"].pk}, "a firm sees itself"


def test_a_correction_waits_on_the_desk_of_whoever_has_not_consented(town: Town) -> None:
    row = there(town, lot(town))
    fine(do(town.people["maker"], row, "ask_revision", why="称错了", kind="correct", item="packages", should_be="7"))
    assert [one["should_be"] for one in rows(town.people["truck"], "consents")] == ["7"]
    assert rows(town.people["maker"], "consents") == [], "whoever asks has consented by asking"
    assert rows(town.people["clinic"], "consents") == []


def test_the_time_of_the_device_is_asked_last() -> None:
    assert list(WeighedInPart.model_fields) == ["received_kg", "refused_kg", "device_at"]
    assert list(PickedUp.model_fields) == ["plate", "device_at"]


def test_a_desk_lists_first_what_waits_for_its_own_firm_and_says_whose_turn_it_is(town: Town) -> None:
    mine, theirs = draft(town, lot(town)), there(town, lot(town))
    seen = {who: [(one["id"], one["turn"]) for one in rows(town.people[who], "waiting")] for who in ("maker", "plant", "truck")}
    assert seen["maker"] == [(mine.pk, "本单位：移出人签署"), (theirs.pk, "接受人")]
    assert seen["plant"] == [(theirs.pk, "本单位：接受"), (mine.pk, "移出人")]
    assert [turn for _, turn in seen["truck"]] == ["接受人", "移出人"]
