"""A forecast speaks from the target's own past, with an interval, or says why it does not speak."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from hexi.modules.projects.forecast import forecast

START = date(2025, 3, 31)
UNTIL = date(2025, 12, 31)


def monthly(*values: float) -> list[tuple[date, Decimal]]:
    return [(START + timedelta(days=30 * index), Decimal(str(value))) for index, value in enumerate(values)]


def test_a_steady_pace_is_carried_on_to_the_target() -> None:
    found = forecast(monthly(10, 20, 30, 40, 50), Decimal(100), until=UNTIL)
    assert found.day == found.earliest == found.latest == START + timedelta(days=270)
    assert "2025年12月26日" in found.words.zh and "80%" in found.words.zh


def test_an_uneven_pace_widens_the_interval_around_the_day() -> None:
    found = forecast(monthly(10, 24, 27, 44, 48), Decimal(100), until=UNTIL)
    assert found.day and found.earliest and found.latest
    assert found.earliest < found.day < found.latest


def test_too_few_figures_give_no_forecast_and_say_so() -> None:
    found = forecast(monthly(4), Decimal(20), until=UNTIL)
    assert found.day is None and "1期" in found.words.zh and "so far: 1" in found.words.en


def test_figures_from_too_short_a_time_give_no_forecast() -> None:
    close = [(START + timedelta(days=index), Decimal(index + 1)) for index in range(6)]
    assert "5天" in forecast(close, Decimal(20), until=UNTIL).words.zh


def test_figures_that_stand_still_give_no_forecast() -> None:
    assert "稳定增长" in forecast(monthly(5, 5, 5, 5, 5), Decimal(20), until=UNTIL).words.zh
    assert forecast(monthly(5, 9, 2, 8, 5), Decimal(20), until=UNTIL).day is None


def test_a_reached_target_and_a_yes_or_no_target_need_none() -> None:
    assert "已达到" in forecast(monthly(20), Decimal(20), until=UNTIL).words.zh
    assert "不计数量" in forecast([], None, until=UNTIL).words.zh


def test_figures_later_than_the_report_are_not_used() -> None:
    assert "2期" in forecast(monthly(10, 20, 30, 40), Decimal(100), until=START + timedelta(days=31)).words.zh


@given(st.lists(st.integers(0, 99), min_size=0, max_size=12), st.integers(100, 10_000))
def test_the_interval_holds_the_day_and_lies_after_the_last_figure(values: list[int], goal: int) -> None:
    history = monthly(*values)
    found = forecast(history, Decimal(goal), until=UNTIL + timedelta(days=400))
    assert found.words.zh and found.words.en
    if found.day and found.earliest and found.latest:
        assert history[-1][0] < found.earliest <= found.day <= found.latest
