"""What the dated table answers: levels, intervals, subsidies, and what an alarm budget gives up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from hexi.scenarios.eldercare.budget import ALWAYS, NEVER, Scored, offer, threshold
from hexi.scenarios.eldercare.rules import Whom, level_of, meal_share, need_of, retrofit_share, rows_of, service_share, standing, table
from hexi.scenarios.eldercare.sensing import covers

DAY = date(2026, 3, 2)
MEAL = Decimal(13)


@pytest.mark.parametrize(("score", "level"), [(90, "able"), (89, "mild"), (66, "mild"), (65, "moderate"), (46, "moderate"), (45, "severe"),
                                              (30, "severe"), (29, "total"), (0, "total")])  # fmt: skip
def test_each_score_of_the_assessment_has_the_level_of_the_standard(score: int, level: str) -> None:
    assert level_of(score, DAY) == level


def test_before_the_standard_was_in_force_there_is_no_level() -> None:
    assert level_of(50, date(2022, 1, 1)) == "unknown"


def test_the_most_frequent_of_the_needs_that_hold_counts() -> None:
    assert need_of(Whom(92, "severe", "alone"), DAY)[0] == "near"
    assert need_of(Whom(92, "able", "alone"), DAY)[0] == "weekly"
    assert need_of(Whom(92, "able", "family"), DAY)[0] == "fortnightly"
    assert need_of(Whom(70, "able", "family"), DAY)[0] == "seasonal"
    assert need_of(Whom(95, "total", "institution"), DAY) == ("none", None)


def share(whom: Whom, *, today: int = 0, week: int = 0, number: int = 1) -> Decimal:
    return meal_share(whom, MEAL, DAY, had_today=today, had_this_week=week, number=number).subsidy


def test_a_meal_of_somebody_entitled_is_subsidised_once_a_day_and_five_times_a_week() -> None:
    old = Whom(80)
    assert share(old) == 3
    assert share(old, today=1, week=1) == 0
    assert share(old, week=4) == 3 and share(old, week=5) == 0
    assert share(old, number=3) == 3
    assert share(Whom(80, lives="institution")) == 0


def test_who_is_entitled_to_subsidised_meals_follows_the_table_and_is_told_in_words() -> None:
    assert share(Whom(79)) == 0
    assert share(Whom(70, hardship="low_income")) == 3
    assert share(Whom(65, ability="severe", hardship="low_income")) == 3
    assert share(Whom(65, ability="mild", hardship="low_income")) == 0
    told = meal_share(Whom(80), MEAL, DAY, had_today=0, had_this_week=0).why
    assert "80周岁及以上" in told.zh and "待与原文核对" in told.zh


def test_a_subsidy_is_paid_only_from_the_day_on_that_the_table_names() -> None:
    early = meal_share(Whom(80), MEAL, date(2022, 6, 30), had_today=0, had_this_week=0)
    assert (early.subsidy, early.own) == (0, MEAL)


def test_help_at_home_is_half_paid_twice_a_month() -> None:
    poor = Whom(75, "severe", hardship="low_income")
    assert service_share("bathing", poor, Decimal(161), DAY, had_this_month=1).subsidy == Decimal("80.50")
    assert service_share("bathing", poor, Decimal(161), DAY, had_this_month=2).subsidy == 0
    assert service_share("bathing", Whom(75), Decimal(161), DAY, had_this_month=0).subsidy == 0
    assert service_share("shop", poor, Decimal(161), DAY, had_this_month=0).subsidy == 0


def test_a_home_gets_its_share_up_to_the_cap_and_once_a_year() -> None:
    old = Whom(70)
    assert retrofit_share(Decimal(10_000), old, DAY, last_paid=None).subsidy == 3_000
    assert retrofit_share(Decimal(40_000), old, DAY, last_paid=None).subsidy == 5_000
    assert retrofit_share(Decimal(10_000), old, DAY, last_paid=date(2025, 9, 1)).subsidy == 0
    assert retrofit_share(Decimal(10_000), Whom(59), DAY, last_paid=None).subsidy == 0


def test_every_row_says_where_it_stands() -> None:
    for part in table():
        for row in rows_of(part, DAY):
            assert row["basis"] in {"ours", "published"} and standing(row).zh
            assert row["basis"] == "ours" or (row["source"] and "checked" in row)


def test_hours_of_a_zone_may_go_over_midnight() -> None:
    assert covers(22, 6, 23) and covers(22, 6, 5) and not covers(22, 6, 6)
    assert covers(0, 24, 13) and not covers(13, 14, 14)


HOME = (Scored(30, False), Scored(50, False), Scored(70, False), Scored(60, True), Scored(90, True))


def test_the_budget_sets_the_lowest_score_that_keeps_to_it() -> None:
    assert threshold(None, HOME, 1) == ALWAYS
    assert threshold(3, HOME, 1) == ALWAYS
    assert threshold(1, HOME, 1) == 51
    assert threshold(0, HOME, 1) == NEVER
    assert threshold(1, HOME, 3) == ALWAYS


def test_what_a_budget_gives_up_is_counted_and_told_with_its_uncertainty() -> None:
    row = {"key": "few", "calls": 1, "label": {"zh": "少", "en": "few"}}
    found = offer(row, HOME, HOME, 0.5, few=30)
    assert (found.call_from, found.missed, found.known, found.few) == (71, 1, 2, True)
    assert "2次真的出事，会漏掉1次" in found.given_up.zh and "样本少" in found.given_up.zh
    assert "没有足够的记录" in offer(row, (), (), 1, few=30).given_up.zh
