"""Shares honour their comparators, and never say done too early."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexi.kernel.label import t
from hexi.modules.projects.contracts import Comparator, Span, TargetFact
from hexi.modules.projects.curve import curve_faults, due_share
from hexi.modules.projects.progress import is_met, share_of, target_share, task_progress

D = Decimal
quantities = st.decimals(min_value=1, max_value=1_000_000, places=2)
values = st.decimals(min_value=0, max_value=2_000_000, places=2)
comparators = st.sampled_from(list(Comparator))
days = st.dates(date(2024, 6, 1), date(2026, 6, 1))
YEAR = Span(date(2025, 1, 1), date(2025, 12, 31))


def target(comparator: Comparator, quantity: str | None, value: str | None, *, met: bool | None = None, weight: float = 1.0) -> TargetFact:
    number = None if value is None else D(value)
    return TargetFact(t("路灯", "lamps"), comparator, None if quantity is None else D(quantity), None, number, met=met, weight=weight)


@pytest.mark.parametrize(
    "comparator, quantity, value, met",
    [
        (Comparator.AT_LEAST, "100", "100", True), (Comparator.AT_LEAST, "100", "99", False),
        (Comparator.ABOUT, "1500", "1425", True), (Comparator.ABOUT, "1500", "1424", False),
        (Comparator.EXACTLY, "8.7", "8.7", True), (Comparator.EXACTLY, "8.7", "8.69", False),
        (Comparator.MORE_THAN, "300", "300", False), (Comparator.MORE_THAN, "300", "301", True),
        (Comparator.DONE, None, "1", True), (Comparator.DONE, None, "0", False),
    ],
)  # fmt: skip
def test_each_comparator_asks_its_own_question(comparator: Comparator, quantity: str | None, value: str, met: bool) -> None:
    assert is_met(comparator, None if quantity is None else D(quantity), D(value)) is met


@given(comparators, quantities, values)
def test_a_share_is_whole_exactly_when_the_target_is_met(comparator: Comparator, quantity: Decimal, value: Decimal) -> None:
    share = target_share(comparator, quantity, value)
    assert share is not None and 0 <= share <= 1
    assert (share == 1.0) == is_met(comparator, quantity, value)


@given(comparators, quantities, values, values)
def test_more_done_is_never_a_smaller_share(comparator: Comparator, quantity: Decimal, one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    assert (target_share(comparator, quantity, low) or 0) <= (target_share(comparator, quantity, high) or 0)


@given(st.lists(st.tuples(quantities, values, st.floats(0.1, 10)), min_size=1, max_size=6))
def test_a_task_is_whole_only_when_every_target_is(rows: list[tuple[Decimal, Decimal, float]]) -> None:
    targets = [TargetFact(t("项", "item"), Comparator.AT_LEAST, quantity, None, value, weight=weight) for quantity, value, weight in rows]
    share = task_progress(targets).share
    assert share is not None and 0 <= share <= 1
    assert (share == 1.0) == all(value >= quantity for quantity, value, _ in rows)


def test_weights_scale_to_one() -> None:
    halves = [target(Comparator.EXACTLY, "10", "5", weight=1), target(Comparator.EXACTLY, "10", "10", weight=3)]
    assert task_progress(halves).share == pytest.approx((0.5 + 3) / 4)


def test_a_target_without_a_figure_adds_nothing_and_is_counted_as_unmeasured() -> None:
    found = task_progress([target(Comparator.EXACTLY, "20", "4"), target(Comparator.EXACTLY, "2", None)])
    assert (found.share, found.measured, found.complete) == (pytest.approx(0.1), 1, False)


def test_nothing_measured_is_unknown_and_not_zero() -> None:
    assert task_progress([target(Comparator.EXACTLY, "20", None)]).share is None
    assert task_progress([]).share is None


def test_the_word_that_a_target_is_met_stands_in_only_where_no_figure_is() -> None:
    assert share_of(target(Comparator.AT_LEAST, "100", None, met=True)) == 1.0
    assert share_of(target(Comparator.AT_LEAST, "100", "90", met=True)) == pytest.approx(0.9)
    assert share_of(target(Comparator.AT_LEAST, "100", None, met=False)) is None


def test_without_a_plan_the_year_is_a_straight_line_that_says_it_is_ours() -> None:
    found = due_share((), YEAR, date(2025, 10, 31))
    assert found.ours and found.share == pytest.approx(304 / 365)
    assert due_share((), YEAR, date(2024, 12, 31)).share == 0
    assert due_share((), YEAR, date(2026, 1, 5)).share == 1


def test_a_planned_curve_is_read_at_the_months_end_and_between() -> None:
    curve = (0.0, 0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
    assert due_share(curve, YEAR, date(2025, 10, 31)).share == pytest.approx(0.8)
    assert due_share(curve, YEAR, date(2025, 4, 15)).share == pytest.approx(0.15)
    assert not due_share(curve, YEAR, date(2025, 4, 15)).ours


@given(st.lists(st.floats(0, 1), min_size=12, max_size=12).map(sorted), days, days)
def test_what_is_due_never_falls(curve: list[float], one: date, other: date) -> None:
    low, high = sorted((one, other))
    for line in (curve, []):
        assert due_share(line, YEAR, low).share <= due_share(line, YEAR, high).share + 1e-9


def test_a_curve_that_falls_is_refused() -> None:
    assert curve_faults([0.1] * 12) == "" and curve_faults([]) == ""
    assert "falls" in curve_faults([0.5, 0.4, *[1.0] * 10])
    assert "12" in curve_faults([0.5])
