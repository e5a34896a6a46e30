"""Opening hours in the words of maps and of people."""

from __future__ import annotations

from datetime import date

import pytest

from hexi.kernel.open_hours import Span, spans

MONDAY, FRIDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 27), date(2026, 11, 29)


@pytest.mark.parametrize(
    "text,day,found",
    [
        ("Mo-Su 07:00-21:00", MONDAY, [(420, 1260)]),
        ("07:00-21:00", MONDAY, [(420, 1260)]),
        ("Mo-Fr 08:30-12:00,13:30-17:30", MONDAY, [(510, 720), (810, 1050)]),
        ("Mo-Fr 09:00-17:30", SUNDAY, []),
        ("Fr-Mo 10:00-11:00", SUNDAY, [(600, 660)]),
        ("Mo-Su 08:00-20:00; Su off", SUNDAY, []),
        ("Mo-Su 08:00-20:00; Su 10:00-16:00; PH off", SUNDAY, [(600, 960)]),
        ("24/7", MONDAY, [(0, 1440)]),
        ("18:00-02:00", MONDAY, [(0, 120), (1080, 1560)]),
        ("周一至周五 9:00-17:30", FRIDAY, [(540, 1050)]),
        ("周一、周三 9:00-17:30", MONDAY, [(540, 1050)]),
        ("每天：8：00～20：00", MONDAY, None),
        ("每天 8：00～20：00；周日休息", SUNDAY, []),
        ("24小时营业", MONDAY, [(0, 1440)]),
        ("工作日 08:30-17:00；周末 9:00-12:00", SUNDAY, [(540, 720)]),
    ],
)
def test_hours_are_read_as_maps_and_as_people_write_them(text: str, day: date, found: list[Span] | None) -> None:
    assert spans(text, day, 1) == found


@pytest.mark.parametrize("text", ["", "看心情", "Mo-Fr", "9点到5点", "Mo-Fr 25:99-26:00", "Xx 08:00-09:00", "sunrise-sunset", "Mo-We-Fr 08:00-09:00"])
def test_what_is_not_understood_is_not_guessed(text: str) -> None:
    assert spans(text, MONDAY, 1) is None


def test_whoever_is_open_round_the_clock_never_closes_at_midnight() -> None:
    assert spans("24/7", MONDAY, 7) == [(0, 7 * 1440)]
