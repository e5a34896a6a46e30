"""Computing, publishing and revising values, and saying how they came about."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from hexi.core.data.api import Query, act, listed
from hexi.core.trust.api import PUBLIC, Viewer, history
from hexi.kernel.catalogue import catalogue
from hexi.kernel.context import Context
from hexi.kernel.errors import Forbidden, Invalid, NotFound
from hexi.kernel.label import t
from hexi.modules.indicators.board import areas, board, tile, trend
from hexi.modules.indicators.compute import compute, period_of, touched_by
from hexi.modules.indicators.how import how
from hexi.modules.indicators.load import load_published
from hexi.modules.indicators.models import Card, Value
from hexi.modules.indicators.tests.conftest import DISTRICT, NORTH, NOW, SOUTH
from hexi.scenarios.population.scenario import Resident

Cards = dict[str, Card]
AT = Context(NOW)


def value_of(place: str, **where: Any) -> Value:
    return Value.objects.get(card__key="fresh", place=place, current="yes", **where)


def test_a_share_is_computed_for_every_area_in_one_statement(cards: Cards, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(12):
        assert compute(context=AT) == 5
    assert {v.place: float(v.value) for v in Value.objects.all()} == {
        DISTRICT: 75,
        NORTH: 100,
        f"{NORTH}001": 100,
        SOUTH: 50,
        f"{SOUTH}001": 50,
    }
    district = value_of(DISTRICT)
    assert (district.numerator, district.denominator, district.status, district.period) == (15, 20, "watch", "2026-11-21")
    assert value_of(SOUTH).status == "breach"


def test_an_area_without_rows_has_no_value_rather_than_zero(cards: Cards) -> None:
    Resident.objects.filter(home__startswith=SOUTH).delete()
    compute(context=AT)
    assert not Value.objects.filter(place=SOUTH).exists()


def test_an_area_whose_rows_are_gone_keeps_no_old_value(cards: Cards) -> None:
    compute(context=AT)
    Resident.objects.filter(home__startswith=SOUTH).delete()
    compute(context=Context(NOW + timedelta(days=1)))
    row = tile(PUBLIC, {"key": "fresh", "place": SOUTH}).rows[0]
    assert (row["period"], row["value"]) == ("2026-11-22", None)


def test_computing_again_changes_nothing(cards: Cards) -> None:
    compute(context=AT)
    before = list(Value.objects.values_list("pk", flat=True))
    assert compute(context=AT) == 0
    assert list(Value.objects.values_list("pk", flat=True)) == before


def test_yesterdays_values_stay_when_today_is_computed(cards: Cards) -> None:
    compute(context=AT)
    compute(context=Context(NOW + timedelta(days=1)))
    assert Value.objects.filter(card__key="fresh", place=DISTRICT, current="yes").count() == 2


@pytest.mark.parametrize(
    "frequency, period", [("daily", "2026-11-21"), ("weekly", "2026-W47"), ("monthly", "2026-11"), ("quarterly", "2026-Q4"), ("yearly", "2026")]
)
def test_a_value_belongs_to_the_period_of_its_frequency(frequency: str, period: str) -> None:
    assert period_of(frequency, AT) == period


def test_a_monthly_value_is_kept_fresh_within_the_month_and_compared_with_last_month(cards: Cards) -> None:
    Card.objects.filter(key="fresh").update(frequency="monthly")
    compute(context=Context(NOW - timedelta(days=31)))
    compute(context=AT)
    Resident.objects.filter(home__startswith=SOUTH).delete()
    compute(context=Context(NOW + timedelta(days=2)))
    (row,) = tile(PUBLIC, {"key": "fresh"}).rows
    assert (row["period"], row["value"], row["delta"]) == ("2026-11", 100, 25)
    assert Value.objects.filter(card__key="fresh", place=DISTRICT).count() == 2


def test_a_changed_register_names_the_indicators_that_read_it() -> None:
    assert "register_fresh_share" in touched_by(["population.resident"])
    assert touched_by(["indicators.value"]) == []


def test_a_published_value_is_never_overwritten(cards: Cards, steward: Viewer) -> None:
    compute(context=AT)
    value = value_of(DISTRICT)
    act(steward, "indicators.value", value.pk, "publish", {}, version=value.version)
    Resident.objects.filter(home__startswith=NORTH).update(confirmed_on=None)
    compute(context=AT)
    assert value_of(DISTRICT).value == Decimal(75)
    assert value_of(NORTH).value == 0


def test_a_revision_is_a_new_row_with_a_reason_beside_the_old_one(cards: Cards, steward: Viewer) -> None:
    compute(context=AT)
    value = value_of(DISTRICT)
    act(steward, "indicators.value", value.pk, "publish", {}, version=1)
    with pytest.raises(Invalid, match="Say why"):
        act(steward, "indicators.value", value.pk, "revise_value", {"value": 80}, version=2)
    act(steward, "indicators.value", value.pk, "revise_value", {"value": 80}, version=2, why="漏计一批")
    revised = value_of(DISTRICT)
    assert (revised.value, revised.state, revised.replaces_id) == (80, "revised", value.pk)
    old = Value.objects.get(pk=value.pk)
    assert (old.value, old.current) == (75, "no")
    assert history("indicators.value", value.pk)[0].why == "漏计一批"


def test_the_public_may_not_publish(cards: Cards) -> None:
    compute(context=AT)
    with pytest.raises(Forbidden):
        act(PUBLIC, "indicators.value", value_of(DISTRICT).pk, "publish", {}, version=1)


def test_the_board_shows_values_and_says_what_the_others_wait_for(cards: Cards) -> None:
    compute(context=AT)
    rows = {row["key"]: row for row in board(PUBLIC, {}).rows}
    assert rows["fresh"]["value"] == 75 and rows["fresh"]["status"] == "watch"
    assert rows["waste"]["value"] is None and rows["waste"]["status"] == "awaiting"
    assert rows["waste"]["feeds"]["zh"] == "固废场景上线后计算"


def test_a_place_without_a_figure_is_not_said_to_await_its_system(cards: Cards) -> None:
    compute(context=AT)
    rows = {row["key"]: row for row in board(PUBLIC, {"place": NORTH}).rows}
    assert {key: row["status"] for key, row in rows.items()} == {"fresh": "ok", "retrofits": "absent", "waste": "awaiting"}
    assert "只到全区" in rows["retrofits"]["feeds"]["zh"]


def test_what_counts_without_a_row_is_added_and_told(cards: Cards, steward: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = catalogue.indicators["register_fresh_share"]
    more = replace(plain, besides=lambda context: {"": (2.0, 0)}, besides_words=t("另加两人", "two are added"))
    monkeypatch.setitem(catalogue.indicators, plain.key, more)
    compute(context=AT)
    assert value_of(DISTRICT).numerator == 17 and value_of(NORTH).numerator == 10
    assert how(steward, "fresh", "", "")["sentence"]["zh"].endswith("另加两人")


def test_a_tile_tells_the_change_since_the_last_period(cards: Cards) -> None:
    compute(context=AT)
    Resident.objects.filter(home__startswith=SOUTH).update(confirmed_on=NOW.date())
    compute(context=Context(NOW + timedelta(days=1)))
    row = tile(PUBLIC, {"key": "fresh", "place": SOUTH}).rows[0]
    assert (row["value"], row["delta"], row["spark"]) == (100, 50, [50.0, 100.0])
    assert row["before"] == NOW.date().isoformat()
    assert [point["value"] for point in trend(PUBLIC, {"key": "fresh", "place": SOUTH}).rows] == [50, 100]


def test_areas_are_ranked_and_few_cases_carry_a_caution(cards: Cards) -> None:
    compute(context=AT)
    rows = areas(PUBLIC, {"key": "fresh"}).rows
    assert [(row["name"]["zh"], row["value"], row["caution"]) for row in rows] == [("北街道", 100, True), ("南街道", 50, True)]


def test_how_gives_sentence_statement_and_rows_that_recompute_the_figure(cards: Cards, steward: Viewer) -> None:
    compute(context=AT)
    told = how(steward, "fresh", "", "")
    assert "登记" in told["sentence"]["zh"] and "resident" in told["sentence"]["en"]
    with connection.cursor() as cursor:
        cursor.execute(told["sql"], told["params"])
        assert sum(row[1] for row in cursor.fetchall()) == 20
    assert told["records"] == {
        "entity": "population.resident",
        "set": "register_fresh_share.hit",
        "all": "register_fresh_share.where",
        "within": DISTRICT,
    }
    behind = listed(steward, "population.resident", Query(set=told["records"]["set"], limit=100))
    assert len(behind.rows) == told["numerator"] == 15


def test_a_published_figure_keeps_its_sentence(cards: Cards) -> None:
    from django.db import transaction

    figure = {
        "key": "age_retrofits",
        "value": 1725,
        "qualifier": "exact",
        "period": "2025-11",
        "source": "S4",
        "sentence": "完成1725户适老化改造",
        "printed": "1725户",
    }
    with transaction.atomic():
        assert load_published({"figures": [figure]}, [cards["retrofits"]]) == 1
    told = how(PUBLIC, "retrofits", "", "")
    assert (told["value"], told["state"], told["source_sentence"]) == (1725, "published", "完成1725户适老化改造")
    assert told["sql"] is None


def test_an_unknown_indicator_is_not_found(cards: Cards) -> None:
    for read in (lambda: how(PUBLIC, "nothing", "", ""), lambda: tile(PUBLIC, {"key": "nothing"})):
        with pytest.raises(NotFound):
            read()
