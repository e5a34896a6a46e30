"""Judging values against lines."""

import pytest

from hexi.modules.indicators.judge import Lines, Status, status_of

UP = Lines(low_breach=80, low_watch=90, back=2)
DOWN = Lines(high_watch=5, high_breach=10, back=1)
BAND = Lines(30, 50, 85, 95, 2)


@pytest.mark.parametrize(("value", "lines", "before", "status"), [
    (95, UP, "ok", "ok"), (89.9, UP, "ok", "watch"), (79, UP, "ok", "breach"),
    (91, UP, "watch", "watch"), (92, UP, "watch", "ok"), (81, UP, "breach", "breach"), (82, UP, "breach", "watch"),
    (5, DOWN, "ok", "ok"), (5.1, DOWN, "ok", "watch"), (11, DOWN, "ok", "breach"), (9.5, DOWN, "breach", "breach"),
    (60, BAND, "ok", "ok"), (49, BAND, "ok", "watch"), (96, BAND, "ok", "breach"), (29, BAND, "ok", "breach"),
    (None, UP, "ok", "none"), (60, Lines(), "ok", "none"),
])  # fmt: skip
def test_a_value_is_judged_by_its_lines_and_by_where_it_comes_from(
    value: float | None, lines: Lines, before: Status, status: Status
) -> None:
    assert status_of(value, lines, before) == status
