"""The status of a task follows from its records, and says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hexi.kernel.label import t
from hexi.modules.projects.contracts import Comparator, Kind, Span, Statement, Status, TargetFact, TaskFact
from hexi.modules.projects.status import standing

YEAR = Span(date(2025, 1, 1), date(2025, 12, 31))
OCTOBER = date(2025, 10, 31)
CURVE = tuple(round(month / 12, 4) for month in range(1, 13))


def lamps(value: int | None, as_of: date | None = OCTOBER, *, met: bool | None = None) -> TargetFact:
    number = None if value is None else Decimal(value)
    return TargetFact(t("太阳能路灯", "solar lamps"), Comparator.EXACTLY, Decimal(150), None, number, met, as_of)


def task(*targets: TargetFact, **more: Any) -> TaskFact:
    return TaskFact(**{"code": "2025-19-01", "title": t("路灯", "lamps"), "kind": Kind.SERVICE, "span": YEAR, "targets": targets, **more})


def said(status: Status, day: date = OCTOBER) -> tuple[Statement, ...]:
    return (Statement(status, day, "150盏太阳能路灯"),)


def test_figures_that_reach_every_target_make_a_task_done() -> None:
    found = standing(task(lamps(150)), OCTOBER)
    assert (found.status, found.share, found.share_basis) == (Status.DONE, 1.0, "figures")


def test_a_statement_makes_a_task_done_and_says_that_it_is_only_a_statement() -> None:
    found = standing(task(lamps(None, met=True), statements=said(Status.DONE)), OCTOBER)
    assert (found.status, found.share, found.share_basis) == (Status.DONE, 1.0, "stated")
    assert "2025年10月31日的表述" in found.reason.zh


def test_a_newer_figure_below_the_target_undoes_the_statement() -> None:
    found = standing(task(lamps(140, date(2025, 11, 10)), statements=said(Status.DONE)), date(2025, 11, 30))
    assert found.status is not Status.DONE


def test_done_by_word_over_figures_below_the_target_is_shown_with_its_doubt() -> None:
    found = standing(task(lamps(140), statements=said(Status.DONE)), OCTOBER)
    assert found.status is Status.DONE and found.doubt and "未达目标" in found.doubt.zh


def test_a_contested_task_is_not_done() -> None:
    found = standing(task(lamps(150), contested=2), OCTOBER)
    assert found.status is Status.UNDER_WAY and "2条" in found.reason.zh


def test_a_procedure_has_no_end_date_and_is_never_late() -> None:
    found = standing(task(lamps(3), kind=Kind.PROCEDURE), date(2027, 1, 1))
    assert found.status is Status.BY_PROCEDURE and found.due_share is None


def test_a_statement_of_on_schedule_holds_while_it_is_fresh_and_no_figure_is_newer() -> None:
    one = task(lamps(None), statements=said(Status.ON_SCHEDULE))
    assert standing(one, OCTOBER).status is Status.ON_SCHEDULE
    assert standing(one, OCTOBER + timedelta(days=46)).status is Status.UNDER_WAY


def test_figures_behind_a_plan_are_at_risk_and_then_late() -> None:
    assert standing(task(lamps(120), curve=CURVE), OCTOBER).status is Status.ON_SCHEDULE
    assert standing(task(lamps(110), curve=CURVE), OCTOBER).status is Status.AT_RISK
    assert standing(task(lamps(60), curve=CURVE), OCTOBER).status is Status.LATE


def test_a_straight_line_that_is_ours_never_makes_a_task_late() -> None:
    found = standing(task(lamps(10)), OCTOBER)
    assert found.official is Status.UNDER_WAY
    assert found.status is Status.AT_RISK and found.due_is_ours and "平台口径" in found.reason.zh


def test_a_missed_milestone_and_a_passed_due_day_are_late() -> None:
    assert standing(task(lamps(140), missed_milestone=t("招标", "tender")), OCTOBER).status is Status.LATE
    assert standing(task(lamps(140)), date(2026, 1, 1)).status is Status.LATE


def test_silence_is_unknown_even_after_the_due_day() -> None:
    assert standing(task(lamps(None)), date(2026, 1, 1)).status is Status.UNKNOWN
    assert standing(task(lamps(None), statements=said(Status.UNKNOWN)), OCTOBER).status is Status.UNKNOWN


def test_a_forecast_beyond_the_due_day_is_a_risk() -> None:
    start = date(2025, 6, 30)
    history = tuple((start + timedelta(days=30 * index), Decimal(value)) for index, value in enumerate((100, 105, 110, 115, 120)))
    found = standing(task(replace(lamps(120), history=history), curve=CURVE), OCTOBER)
    assert found.status is Status.AT_RISK and "2026" in found.reason.zh


def test_part_of_the_targets_unspoken_of_is_shown_as_a_doubt() -> None:
    found = standing(task(lamps(150), lamps(None), statements=said(Status.DONE)), OCTOBER)
    assert found.status is Status.DONE and found.doubt and "1个" in found.doubt.zh


@pytest.mark.parametrize("kind", list(Kind))
@given(st.none() | st.integers(0, 300), st.integers(-400, 400), st.none() | st.sampled_from(list(Status)), st.integers(0, 3))
def test_every_judgement_has_a_reason_in_both_languages(
    kind: Kind, value: int | None, days: int, status: Status | None, contested: int
) -> None:
    day = OCTOBER + timedelta(days=days)
    spoken = said(status, min(day, OCTOBER)) if status else ()
    found = standing(task(lamps(value, min(day, OCTOBER)), kind=kind, statements=spoken, contested=contested), day)
    assert found.reason.zh and found.reason.en
    assert found.status is not Status.DONE or not contested
    assert found.share is None or 0 <= found.share <= 1
