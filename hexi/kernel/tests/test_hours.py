"""Opening hours: what is understood means what it says, and what is not is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from hexi.kernel.errors import Invalid
from hexi.kernel.hours import opening_hours


def at(day: int, clock: str) -> datetime:
    """A day of the week that begins on Monday, 2 March 2026."""
    hour, minute = clock.split(":")
    return datetime(2026, 3, 2 + day, int(hour), int(minute), tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "day", "clock", "is_open"),
    [
        ("24/7", 6, "03:00", True),
        ("07:00-22:00", 2, "06:59", False),
        ("07:00-22:00", 2, "07:00", True),
        ("07:00-22:00", 2, "22:00", False),
        ("Mo-Fr 08:00-12:00,14:00-18:00", 4, "13:00", False),
        ("Mo-Fr 08:00-12:00,14:00-18:00", 4, "14:30", True),
        ("Mo-Fr 08:00-18:00", 5, "09:00", False),
        ("Sa-Mo 08:00-18:00", 0, "09:00", True),
        ("Sa-Mo 08:00-18:00", 1, "09:00", False),
        ("Sa,Su 09:00-17:00", 6, "10:00", True),
        ("Fr 20:00-02:00", 5, "01:30", True),
        ("Fr 20:00-02:00", 4, "01:30", False),
        ("Su 20:00-02:00", 0, "01:30", True),
        ("Mo-Su 07:00-22:00; We off", 2, "12:00", False),
        ("Mo-Su 07:00-22:00; We off; ", 3, "12:00", True),
        ("Mo-Fr: 8:00-18:00", 0, "08:00", True),
    ],
)
def test_the_hours_say_whether_it_is_open(said: str, day: int, clock: str, is_open: bool) -> None:
    assert opening_hours(said).open_at(at(day, clock)) is is_open


@pytest.mark.parametrize(
    "said", ["", ";", "PH off", "Mo-Fr 08:00-18:00; PH 10:00-14:00", "Apr-Oct 08:00-20:00", "sunrise-sunset", "08:00+", "Mo-Fr",
             "25:00-26:00", "08:70-09:00", '09:00-17:00 "call"', "每天八点到十点"],
)  # fmt: skip
def test_what_is_not_understood_is_refused_with_its_rule(said: str) -> None:
    with pytest.raises(Invalid) as fault:
        opening_hours(said)
    assert fault.value.problems[0].value in said


@pytest.mark.parametrize(
    ("said", "same"),
    [
        ("周一至周五 9:00-17:30", "Mo-Fr 09:00-17:30"),
        ("周一、周三 9：00～17：30", "Mo,We 09:00-17:30"),
        ("每天 8:00-20:00；周日休息", "Mo-Su 08:00-20:00; Su off"),
        ("工作日 08:30-12:00，13:30-17:00；周末 9:00到12:00", "Mo-Fr 08:30-12:00,13:30-17:00; Sa,Su 09:00-12:00"),
        ("24小时营业", "24/7"),
    ],
)
def test_hours_in_chinese_words_mean_the_same_as_in_signs(said: str, same: str) -> None:
    assert opening_hours(said) == opening_hours(same)


def test_spans_run_on_over_midnight_and_from_the_evening_before() -> None:
    monday = date(2026, 3, 2)
    assert opening_hours("24/7").spans(monday, 7) == [(0, 7 * 1440)]
    assert opening_hours("18:00-02:00").spans(monday, 1) == [(0, 120), (1080, 1560)]
    assert opening_hours("Mo-Fr 09:00-17:30").spans(date(2026, 3, 1), 2) == [(1980, 2490)]
