"""The table of walkers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from hexi.core.space.network.attach import Kerbs
from hexi.core.space.network.contraction import contract
from hexi.core.space.network.profiles import profile, profiles
from hexi.core.space.network.route import route
from hexi.core.space.network.streets import StreetFlag
from hexi.core.space.network.tests.grids import streets
from hexi.kernel.errors import DeclarationError, NotFound

DAY = date(2026, 6, 1)


def test_every_walker_has_a_source_or_says_that_there_is_none() -> None:
    assert {row.key for row in profiles()} == {"adult", "elder", "child", "wheelchair"}
    assert all(row.basis for row in profiles())


def test_nobody_passes_a_closed_gate_or_a_fence() -> None:
    assert all(row.closed_to & flag for row in profiles() for flag in (StreetFlag.GATE_CLOSED, StreetFlag.WORKS))


def test_fifteen_minutes_of_an_adult_are_a_kilometre() -> None:
    adult = profile("adult", DAY)
    assert adult.metres(15) == pytest.approx(1000, abs=1)
    assert adult.minutes(adult.metres(15)) == pytest.approx(15)


def test_a_wheelchair_takes_no_steps_and_a_child_no_trunk_road() -> None:
    ways = streets([0, 1, 2, 3], [0, 0, 0, 0], [0, 1, 2], [1, 2, 3], flags=[StreetFlag.STEPS, StreetFlag.TRUNK, 0])
    assert profile("wheelchair", DAY).closed(ways).tolist() == [True, False, False]
    assert profile("child", DAY).closed(ways).tolist() == [False, True, False]
    assert not np.any(profile("adult", DAY).closed(ways))


def test_a_wheelchair_goes_round_the_steps_that_others_climb() -> None:
    ways = streets([0, 100, 100, 0], [0, 0, 60, 60], [0, 1, 2, 3], [1, 2, 3, 0], flags=[0, 0, 0, StreetFlag.STEPS])
    metres = {}
    for walker in (profile("adult", DAY), profile("wheelchair", DAY)):
        network = contract(ways, walker.closed(ways))
        doors = Kerbs(network, ~network.closed).attach(np.array([10.0, 20.0]), np.array([0.0, 60.0]))
        found = route(network, doors[:1], doors[1:])
        assert found is not None
        metres[walker.key] = found.metres
    assert metres == {"adult": 10 + 60 + 20, "wheelchair": 90 + 60 + 80}


def test_the_row_in_force_on_the_day_counts(tmp_path: Path) -> None:
    row = "  - {{key: adult, label: {{zh: 人, en: a}}, metres_per_minute: {speed}, closed_to: [], valid_from: {day}, basis: ours}}\n"
    table = tmp_path / "walkers.yaml"
    table.write_text("profiles:\n" + row.format(speed=60, day="2020-01-01") + row.format(speed=70, day="2025-01-01"), encoding="utf-8")
    assert profile("adult", date(2024, 12, 31), table=table).metres_per_minute == 60
    assert profile("adult", date(2025, 1, 1), table=table).metres_per_minute == 70
    with pytest.raises(NotFound):
        profile("adult", date(2019, 1, 1), table=table)


def test_a_flag_that_no_street_has_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "walkers.yaml"
    row = "profiles:\n  - {key: a, label: {zh: 人, en: a}, metres_per_minute: 60, closed_to: [STAIRS], valid_from: 2020-01-01, basis: x}\n"
    table.write_text(row, encoding="utf-8")
    with pytest.raises(DeclarationError, match="STAIRS"):
        profiles(table)
